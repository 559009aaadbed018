package casework

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/workday"
)

// inOnce is the key of a page on which something new is entered: sent twice it is done once, and what is written on it
// before it is sent is kept under it.
const inOnce = seat.OnceField

// unfinished is a case that somebody has begun to write and not entered.
type unfinished struct{ Title, At, Href, Key string }

// unfinishedOf lists the pages that the person left without entering the case, but for the one that is open.
func (r room) unfinishedOf(v *seat.Visitor, b beginning, but string) ([]unfinished, error) {
	var list []unfinished
	err := v.Read(func(tx *db.Tx) error {
		keys, drafts, err := r.House.Cases.Leads(tx, v.Actor, b.procedure)
		for _, key := range keys {
			u := unfinished{Key: key, Href: b.action + "?draft=" + url.QueryEscape(key), Title: "没有写当事人"}
			for _, d := range drafts[key] {
				if name := d.Values.Text("party.name"); name != "" || d.Values.Text("cause") != "" {
					u.Title = strings.Trim(name+"　"+d.Values.Text("cause"), "　")
				}
				u.At = dossier.Moment(d.Saved)
			}
			if key != but {
				list = append(list, u)
			}
		}
		return err
	})
	return list, err
}

// resumed puts what was kept under a key into the papers of the page; base is what the page then names when it saves.
func (r room) resumed(v *seat.Visitor, b beginning, key string, papers []filled) (base string, err error) {
	var kept []document.Draft
	err = v.Read(func(tx *db.Tx) error {
		_, drafts, err := r.House.Cases.Leads(tx, v.Actor, b.procedure)
		kept = drafts[key]
		return err
	})
	if err != nil {
		return "", err
	}
	if len(kept) == 0 {
		return "", refusal.NotFound{What: "没有登记完的草稿"}
	}
	bases := make([]string, len(papers))
	for i := range papers {
		for _, d := range kept {
			if d.Kind != papers[i].kind.Code {
				continue
			}
			papers[i].values, bases[i] = d.Values, string(d.Base())
			if len(d.Raw) > 0 {
				papers[i].values, papers[i].invalid = form.Decode(papers[i].kind, d.Raw, true)
			}
		}
	}
	return strings.Join(bases, ","), nil
}

// leadKeep keeps what is being typed before there is a case.
func (r room) leadKeep(v *seat.Visitor) error { return r.beginKeep(v, byLead()) }
func (r room) spotKeep(v *seat.Visitor) error { return r.beginKeep(v, onTheSpot(v.Today().String())) }

func (r room) beginKeep(v *seat.Visitor, b beginning) error {
	typed, papers, err := r.written(v, b, true)
	if err != nil {
		return err
	}
	bases := strings.Split(typed.Get(inVersion), ",")
	var saved document.Draft
	err = v.Write(func(tx *db.Tx) error {
		for i, p := range papers {
			d := document.Draft{Kind: p.kind.Code, Values: p.values}
			if !p.invalid.OK() {
				d.Raw = fieldsOnly(typed)
			}
			base := ""
			if i < len(bases) {
				base = bases[i]
			}
			if saved, err = r.House.Cases.SaveLead(tx, v.Actor, b.procedure, typed.Get(inOnce), d, document.Base(base)); err != nil {
				return err
			}
			papers[i].base = string(saved.Base())
		}
		return nil
	})
	if errors.As(err, new(document.Conflict)) {
		return answer(v, http.StatusConflict, autosaved{Text: "这份内容已经登记，或者在另一个页面上作了修改；这一次没有保存，您填写的内容还在本页。"})
	}
	if err != nil {
		return r.autosaveTrouble(v, err)
	}
	for i, p := range papers {
		if i >= len(bases) {
			bases = append(bases, "")
		}
		bases[i] = p.base
	}
	return answer(v, http.StatusOK, autosaved{Saved: saved.Saved.In(workday.Shanghai()).Format("15:04"), Version: strings.Join(bases, ",")})
}

// leadDrop removes what was written and is not wanted.
func (r room) leadDrop(v *seat.Visitor) error { return r.beginDrop(v, byLead()) }
func (r room) spotDrop(v *seat.Visitor) error { return r.beginDrop(v, onTheSpot(v.Today().String())) }

func (r room) beginDrop(v *seat.Visitor, b beginning) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	if err := v.Write(func(tx *db.Tx) error { return r.House.Cases.DropLead(tx, v.Actor, b.procedure, typed.Get("key")) }); err != nil {
		return err
	}
	return v.Done(b.action, "没有登记完的草稿已删除。")
}

// written reads the papers of the page as they were posted.
func (r room) written(v *seat.Visitor, b beginning, partial bool) (typed url.Values, papers []filled, err error) {
	if typed, err = v.Form(); err != nil {
		return nil, nil, err
	}
	tidied(typed)
	for _, code := range b.papers {
		k, ok := r.House.Cases.Books().Forms.Kind(code)
		if !ok {
			return nil, nil, refusal.NotFound{What: "文书格式"}
		}
		paper := filled{kind: k}
		paper.values, paper.invalid = form.Decode(k, typed, partial)
		papers = append(papers, paper)
	}
	return typed, papers, nil
}

// entered makes the case of a page once: a second click is led to the case that the first one made.
func (r room) entered(v *seat.Visitor, b beginning, act casefile.Act, typed url.Values) (href string, again bool, err error) {
	err = v.Write(func(tx *db.Tx) error {
		if href, err = sent(tx, v, typed); err != nil || href != "" {
			again = href != ""
			return err
		}
		done, err := r.House.Cases.BeginIn(tx, v.Actor, b.procedure, act)
		if err != nil {
			return err
		}
		href = address(done.Case)
		if b.procedure == book.Simple {
			href = stepAddress(done.Case, "decide_on_spot")
		}
		if err := did(tx, v, typed, href); err != nil {
			return err
		}
		return r.House.Cases.DropLead(tx, v.Actor, b.procedure, typed.Get(inOnce))
	})
	return href, again, err
}
