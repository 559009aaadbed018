package casework

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// beginning is a way in which a case begins, with the papers that it begins on.
type beginning struct {
	procedure                   string
	papers                      []string
	title, lead, action, submit string
	prefill                     form.Values // over what the papers take from the agency
}

func byLead() beginning {
	return beginning{procedure: book.Ordinary, papers: []string{"案源登记表"}, title: "登记案源", action: root + "/new", submit: "登记案源",
		lead: "发现违法线索后先登记案源，再由负责人决定是否立案。立案期限自发现之日起计算（《行政处罚法》第五十四条第二款）。"}
}

func onTheSpot(today string) beginning {
	return beginning{procedure: book.Simple, papers: []string{"现场检查笔录", "案件要素登记"}, title: "登记当场处罚", action: root + "/new/spot", submit: "保存并继续",
		lead: "违法事实确凿并有法定依据，对公民处二百元以下、对法人或者其他组织处三千元以下罚款或者警告的，可以当场作出决定（《行政处罚法》第五十一条）。" +
			"先记录现场检查情况，再作出决定。", prefill: form.Values{"act_ended_on": today}}
}

// said is what was done, on the first click and on a second one.
func (b beginning) said(again bool) string {
	switch {
	case again:
		return "这份内容已经登记过，没有重复登记。"
	case b.procedure == book.Simple:
		return "现场检查情况已记录。请继续填写当场处罚决定。"
	}
	return "案源已登记，立案期限开始计算。"
}

// newPage is the page on which a case begins.
type newPage struct {
	page.Frame
	Lead, Action, Submit string
	Fields               []template.HTML
	Trouble              seat.Trouble
	Late                 string // reason for a late entry, as typed
	Occurred             string
	Key, Version         string // see inOnce
	Unfinished           []unfinished
}

func (r room) leadNew(v *seat.Visitor) error { return r.beginNew(v, byLead()) }
func (r room) spotNew(v *seat.Visitor) error { return r.beginNew(v, onTheSpot(v.Today().String())) }

func (r room) leadRecord(v *seat.Visitor) error { return r.beginRecord(v, byLead()) }
func (r room) spotRecord(v *seat.Visitor) error {
	return r.beginRecord(v, onTheSpot(v.Today().String()))
}

// filled is a paper of the page with what stands in it.
type filled struct {
	kind    *form.Kind
	values  form.Values
	invalid form.Invalid
	base    string // of its draft once it was kept
}

// beginNew shows the empty papers.
func (r room) beginNew(v *seat.Visitor, b beginning) error {
	own, err := r.ownRow(v)
	if err != nil {
		return err
	}
	var papers []filled
	for _, code := range b.papers {
		k, ok := r.House.Cases.Books().Forms.Kind(code)
		if !ok {
			return refusal.NotFound{What: "文书格式"}
		}
		values := form.Prefill(k, map[string]any{"actor": map[string]any{"name": v.Name}, "agency": map[string]any{"name": r.House.Agency.Name},
			"unit": map[string]any{"name": r.unitName(v.Unit)}})
		for name, value := range b.prefill {
			if _, has := k.Field(name); has {
				values[name] = value
			}
		}
		if _, has := k.Field("officers"); has && own != nil && values["officers"] == nil {
			values["officers"] = []any{own}
		}
		papers = append(papers, filled{kind: k, values: values})
	}
	typed := url.Values{inOnce: {access.NewFormKey()}}
	if key := v.Value("draft"); key != "" {
		base, err := r.resumed(v, b, key, papers)
		if err != nil {
			return err
		}
		typed = url.Values{inOnce: {key}, inVersion: {base}}
	}
	return r.showNew(v, http.StatusOK, b, papers, typed, seat.Trouble{})
}

// ownRow is the person who fills in the paper as one of its officers; nil for who is no officer with a certificate.
func (r room) ownRow(v *seat.Visitor) (map[string]any, error) {
	var row map[string]any
	err := v.Read(func(tx *db.Tx) error {
		e, err := roster.OfficerOf(tx, v.Account, v.Today())
		if errors.As(err, new(refusal.NotFound)) {
			return nil
		}
		if err == nil && e.Certificate.Number != "" {
			row = map[string]any{"name": e.Name, "certificate": e.Certificate.Number}
		}
		return err
	})
	return row, err
}

func (r room) showNew(v *seat.Visitor, status int, b beginning, papers []filled, typed url.Values, t seat.Trouble) error {
	offers, err := r.offers(v)
	if err != nil {
		return err
	}
	p := newPage{Frame: v.Head(b.title, page.Link{Text: "案件", Href: root}), Lead: b.lead, Action: b.action, Submit: b.submit, Trouble: t,
		Late: typed.Get("act.late"), Occurred: typed.Get("act.occurred"), Key: typed.Get(inOnce), Version: typed.Get(inVersion)}
	if p.Unfinished, err = r.unfinishedOf(v, b, p.Key); err != nil {
		return err
	}
	for _, paper := range papers {
		p.Fields = append(p.Fields, form.Page(paper.kind, paper.values, paper.invalid, form.PageOptions{Offer: offers}))
	}
	return v.Show(status, "new", p)
}

// beginRecord makes the case; what is refused is shown on the papers with everything that was typed.
func (r room) beginRecord(v *seat.Visitor, b beginning) error {
	typed, papers, err := r.written(v, b, false)
	if err != nil {
		return err
	}
	act, whole := casefile.Act{Papers: map[string]form.Values{}, LateReason: typed.Get("act.late")}, true
	for _, paper := range papers {
		act.Papers[paper.kind.Code], whole = paper.values, whole && paper.invalid.OK()
	}
	if !whole {
		return r.showNew(v, refusedStatus, b, papers, typed, seat.Trouble{})
	}
	if act.Occurred, err = dayOf(typed.Get("act.occurred")); err == nil {
		var href string
		var again bool
		if href, again, err = r.entered(v, b, act, typed); err == nil {
			return v.Done(href, b.said(again))
		}
	}
	t, known := seat.TroubleOf(err)
	if !known {
		return err
	}
	renew(err, typed)
	for i := range papers {
		papers[i].invalid = fieldsOf(err, papers[i].kind.Code, typed)
		t = outside(t, papers[i].kind.Code)
	}
	return r.showNew(v, refusedStatus, b, papers, typed, t)
}

// fieldsOf are the faults of one paper by the names of its inputs.
func fieldsOf(err error, paper string, typed url.Values) form.Invalid {
	var invalid refusal.Invalid
	out := form.Invalid{Fields: map[string]string{}, Raw: typed}
	if errors.As(err, &invalid) {
		for name, message := range invalid.Fields {
			if field, ok := strings.CutPrefix(name, paper+"/"); ok {
				out.Fields[field] = message
			} else if strings.HasPrefix(name, "party.") {
				out.Fields[name] = message
			}
		}
	}
	return out
}

// outside leaves the trouble that belongs to no field of the paper.
func outside(t seat.Trouble, paper string) seat.Trouble {
	rest := map[string]string{}
	for name, message := range t.Fields {
		if !strings.HasPrefix(name, paper+"/") && !strings.HasPrefix(name, "party.") {
			rest[name] = message
		}
	}
	t.Fields = rest
	return t
}

// offers are the texts that fields offer while typing: certificates with the names of their holders, items, laws.
func (r room) offers(v *seat.Visitor) (map[string][]string, error) {
	var offers map[string][]string
	err := v.Read(func(tx *db.Tx) (err error) {
		offers, err = r.offered(tx, v)
		return err
	})
	return offers, err
}
