package casework

import (
	"cmp"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"

	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/draft"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// The names of what a page posts beside the fields of a paper. No field of a paper holds a dot before its first part, so
// they cannot meet.
const (
	inKind    = "act.kind"
	inParty   = "act.for"
	inDo      = "act.do"
	inVersion = "version"
)

func stepAddress(id, step string) string { return address(id) + "/steps/" + url.PathEscape(step) }

// paperAddress is the page on which a paper is written.
func paperAddress(id, step, kind, party string) string {
	q := url.Values{"kind": {kind}}
	if party != "" {
		q.Set("party", party)
	}
	return stepAddress(id, step) + "?" + q.Encode()
}

// sheet is a paper being written: of which case and step, of which kind, for which party.
type sheet struct {
	view  casefile.View
	step  flow.Step
	at    *casefile.StepView // nil where the step is not open now
	kind  *form.Kind
	kinds []string // the papers of the step, those it must have first
	must  int
	party string
	base  document.Base // what the page had opened when it was posted; empty takes what stands now
}

// sheetOf finds what the address and the post name.
func (r room) sheetOf(v *seat.Visitor, kindCode, party string) (sheet, error) {
	view, err := r.House.Cases.OpenAt(v.Context(), v.Actor, v.Path("id"), flow.Code(v.Path("step")))
	if err != nil {
		return sheet{}, err
	}
	s := sheet{view: view, party: party}
	m := machine(view.File)
	var ok bool
	if s.step, ok = m.Find(flow.Code(v.Path("step"))); !ok {
		return sheet{}, refusal.NotFound{What: "办案环节"}
	}
	for i := range view.Steps {
		if view.Steps[i].Step.Code == s.step.Code {
			s.at = &view.Steps[i]
		}
	}
	s.kinds = book.StepForms(s.step)
	s.must = len(s.kinds)
	for _, f := range s.step.MayForms {
		if !slices.Contains(s.kinds, string(f)) {
			s.kinds = append(s.kinds, string(f))
		}
	}
	if party != "" && !slices.ContainsFunc(view.Parties, func(p casefile.PartyView) bool { return p.Party.ID == party }) {
		return sheet{}, refusal.NotFound{What: "当事人"}
	}
	if kindCode == "" && len(s.kinds) > 0 {
		kindCode = s.kinds[0]
	}
	if kindCode != "" {
		if s.kind, ok = r.House.Cases.Books().Forms.Kind(kindCode); !ok || !slices.Contains(s.kinds, kindCode) {
			return sheet{}, refusal.NotFound{What: "文书格式"}
		}
	}
	return s, nil
}

// paperPage is the page on which a paper is written.
type paperPage struct {
	page.Frame
	Case           picture.File
	Step           string
	Kind           string
	Tabs           []page.Link
	Parties        []page.Link
	Party          string // whose paper it is, in words
	Action, Check  string
	Draft          string // where autosave goes
	ID, For        string
	Version        document.Base
	Fields         template.HTML
	Saved          string
	Trouble        seat.Trouble
	Preview        page.Paper
	Previews       bool
	Law            []page.Finding
	DecisionText   string // address of the decision's text, on the steps that judge it
	Optional, Void bool   // Void: a review covers the text as it stands
}

// paperEdit shows a paper of a step for writing.
func (r room) paperEdit(v *seat.Visitor) error {
	s, err := r.sheetOf(v, v.Value("kind"), v.Value("party"))
	if err != nil {
		return err
	}
	if s.kind == nil {
		http.Redirect(v.Writer(), v.Request, stepAddress(s.view.File.ID, string(s.step.Code))+"/check", http.StatusSeeOther)
		return nil
	}
	// A paper that is being written is for who writes it, in clear. Everybody else reads it on the page of the step.
	if draft.MayWrite(v.Actor, s.view.Thing, s.step) != nil || !v.Sees(s.view.Thing) {
		http.Redirect(v.Writer(), v.Request, stepAddress(s.view.File.ID, string(s.step.Code))+"/check", http.StatusSeeOther)
		return nil
	}
	d, err := r.draft(v, s)
	if err != nil {
		return err
	}
	if err := dossier.LookedAtDraft(v, s.view, "查看《"+s.kind.Code+"》草稿", form.NamesAPerson(s.kind, d.Values)); err != nil {
		return err
	}
	values, invalid := d.Values, form.Invalid{}
	if len(d.Raw) > 0 {
		values, invalid = form.Decode(s.kind, d.Raw, true)
	}
	if v.Value("check") == "1" {
		invalid.Fields = form.Check(s.kind, values).Fields
	}
	return r.showPaper(v, http.StatusOK, s, d, values, invalid, seat.Trouble{})
}

func (r room) draft(v *seat.Visitor, s sheet) (document.Draft, error) {
	var d document.Draft
	err := v.Read(func(tx *db.Tx) (err error) {
		d, err = r.House.Cases.Draft(tx, v.Actor, s.view.File.ID, string(s.step.Code), s.kind.Code, s.party)
		return err
	})
	return d, err
}

func (r room) showPaper(v *seat.Visitor, status int, s sheet, d document.Draft, values form.Values, invalid form.Invalid, t seat.Trouble) error {
	offers, err := r.offers(v)
	if err != nil {
		return err
	}
	id, code := s.view.File.ID, string(s.step.Code)
	p := paperPage{Frame: v.Head(s.step.Title, crumb(s.view.File)...), Case: s.view.File, Step: s.step.Title, Kind: s.kind.Code, For: s.party, Version: cmp.Or(s.base, d.Base()),
		Action: stepAddress(id, code) + "/papers", Check: stepAddress(id, code) + "/check", Draft: stepAddress(id, code) + "/draft", Trouble: t,
		Fields: form.Page(s.kind, values, invalid, form.PageOptions{Offer: offers})}
	p.Optional = slices.Index(s.kinds, s.kind.Code) >= s.must
	p.Tabs = tabs(s)
	p.Parties, p.Party = partyTabs(s)
	if d.ID != "" {
		p.Saved = dossier.Moment(d.Saved) + " " + d.EditorName + "保存"
	}
	meta := form.PrintMeta{Agency: r.House.Agency.Name, RedHead: true, Demo: r.House.Demo}
	p.Preview = page.Paper{Title: s.kind.Code, Sheet: form.Print(s.kind, values, meta)}
	for _, b := range s.kind.Basis {
		p.Law = append(p.Law, page.Finding{Message: "制作《" + s.kind.Code + "》的依据", Cite: b})
	}
	p.DecisionText, p.Void = decisionText(s)
	return v.Show(status, "paper", p)
}

// decisionText leads to the text of the decision from the steps that judge it; covered tells that a passed review covers
// the text of the paper being edited.
func decisionText(s sheet) (href string, covered bool) {
	if s.kind != nil && s.kind.Code == "行政处罚决定书" {
		return "", slices.ContainsFunc(s.view.Parties, func(p casefile.PartyView) bool {
			return p.Review.SameText && slices.Contains([]string{"passed", "submitted", "under_review"}, p.Review.State) && (s.party == "" || s.party == p.Party.ID)
		})
	}
	if slices.Contains([]flow.Code{"approve", "submit_review", "decide"}, s.step.Code) && s.view.File.Procedure == book.Ordinary {
		return paperAddress(s.view.File.ID, "decide", "行政处罚决定书", s.party), false
	}
	return "", false
}

// tabs are the papers of the step with how far each is, and the check at the end.
func tabs(s sheet) []page.Link {
	links := make([]page.Link, 0, len(s.kinds)+1)
	for i, code := range s.kinds {
		text := code
		if i >= s.must {
			text += "（需要时）"
		}
		if slices.ContainsFunc(s.view.Drafts, func(d document.Draft) bool { return d.Step == string(s.step.Code) && d.Kind == code }) {
			text = "✓ " + text
		}
		links = append(links, page.Link{Text: text, Href: paperAddress(s.view.File.ID, string(s.step.Code), code, s.party), Here: s.kind != nil && s.kind.Code == code})
	}
	return append(links, page.Link{Text: "核对办理", Href: stepAddress(s.view.File.ID, string(s.step.Code)) + "/check", Here: s.kind == nil})
}

// partyTabs let the papers of a batch differ by party; shared papers are written once.
func partyTabs(s sheet) (links []page.Link, name string) {
	if !s.step.PerParty || s.step.Shared || len(s.view.Parties) < 2 || s.kind == nil {
		return nil, ""
	}
	links = []page.Link{{Text: "全体当事人共用", Href: paperAddress(s.view.File.ID, string(s.step.Code), s.kind.Code, ""), Here: s.party == ""}}
	name = "全体当事人共用，每位当事人各生成一份"
	for _, p := range s.view.Parties {
		here := p.Party.ID == s.party
		if here {
			name = "只用于" + p.Party.Name
		}
		links = append(links, page.Link{Text: p.Party.Name, Href: paperAddress(s.view.File.ID, string(s.step.Code), s.kind.Code, p.Party.ID), Here: here})
	}
	return links, name
}

// posted is a paper as it came from its page.
type posted struct {
	sheet
	typed   url.Values
	values  form.Values
	invalid form.Invalid
}

// posted reads a paper that was sent.
func (r room) posted(v *seat.Visitor, partial bool) (posted, error) {
	typed, err := v.Form()
	if err != nil {
		return posted{}, err
	}
	p := posted{typed: typed}
	if p.sheet, err = r.sheetOf(v, typed.Get(inKind), typed.Get(inParty)); err != nil {
		return p, err
	}
	if p.kind == nil {
		return p, refusal.NotFound{What: "文书格式"}
	}
	p.base = document.Base(typed.Get(inVersion))
	tidied(typed)
	p.values, p.invalid = form.Decode(p.kind, typed, partial)
	return p, nil
}

// save keeps a posted paper; what was typed and not understood is kept as typed.
func (r room) save(v *seat.Visitor, p posted, values form.Values, base document.Base) (document.Draft, error) {
	d := document.Draft{Case: p.view.File.ID, Party: p.party, Step: string(p.step.Code), Kind: p.kind.Code, Values: values}
	if _, faults := form.Decode(p.kind, p.typed, true); !faults.OK() {
		d.Raw = fieldsOnly(p.typed)
	}
	var saved document.Draft
	err := v.Write(func(tx *db.Tx) (err error) {
		saved, err = r.House.Cases.SaveDraft(tx, v.Actor, d, base)
		return err
	})
	return saved, err
}

// fieldsOnly leaves out what the page posts beside the paper.
func fieldsOnly(typed url.Values) url.Values {
	out := url.Values{}
	for name, values := range typed {
		if name != inKind && name != inParty && name != inDo && name != inVersion && name != inOnce {
			out[name] = values
		}
	}
	return out
}

// paperSave keeps a paper, and goes on to the next where that was asked and nothing is missing.
func (r room) paperSave(v *seat.Visitor) error {
	p, err := r.posted(v, false)
	if err != nil {
		return err
	}
	saved, err := r.save(v, p, p.values, p.base)
	var conflict document.Conflict
	if errors.As(err, &conflict) {
		return r.showConflict(v, p, conflict)
	}
	if err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.showPaper(v, refusedStatus, p.sheet, document.Draft{}, p.values, p.invalid, t)
	}
	id, code := p.view.File.ID, string(p.step.Code)
	if p.typed.Get(inDo) != "next" {
		return v.Done(paperAddress(id, code, p.kind.Code, p.party), "草稿已保存。")
	}
	if !p.invalid.OK() {
		p.base = saved.Base()
		return r.showPaper(v, refusedStatus, p.sheet, saved, p.values, p.invalid, seat.Trouble{})
	}
	if i := slices.Index(p.kinds, p.kind.Code); i+1 < p.must {
		return v.Done(paperAddress(id, code, p.kinds[i+1], p.party), "《"+p.kind.Code+"》已保存。")
	}
	return v.Done(stepAddress(id, code)+"/check", "《"+p.kind.Code+"》已保存。请核对后办理或者送签。")
}
