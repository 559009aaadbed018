package casework

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/casefile/draft"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/casefile/submission"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// checkPage is the page before an act: the papers as they will print, what is missing, and what the act itself needs.
type checkPage struct {
	page.Frame
	Case           picture.File
	Step           string
	Tabs           []page.Link
	Action, Send   string
	Trouble        seat.Trouble
	Summary        page.Summary // papers that are not whole
	Blocked, Warns []page.Finding
	Overrides      []override
	Papers         []page.Paper
	Parties        []choice
	Occurred, Late string
	Seal, Sealed   bool
	Mine, Open     bool
	Reason         string
	StepUp         string // address of the proof of presence, where it is missing
	DecisionText   string
	To             []seat.Option
	Waiting        string
	Submit         string
	Unwritten      string // the first paper that is not written yet
	Key            string // by which the page is taken once
	ReadOnly       bool   // the person may not send the papers either
}

// override asks a head for the reason to let a rule be set aside.
type override struct{ Rule, Title, Ground, Reason string }

// choice is a party that the act may be taken for.
type choice struct {
	ID, Name string
	Chosen   bool
}

// stepCheck shows what is about to be done.
func (r room) stepCheck(v *seat.Visitor) error {
	s, err := r.sheetOf(v, "", "")
	if err != nil {
		return err
	}
	s.kind = nil
	return r.showCheck(v, http.StatusOK, s, nil, seat.Trouble{})
}

// showCheck shows the page with what was typed on it.
func (r room) showCheck(v *seat.Visitor, status int, s sheet, typed url.Values, t seat.Trouble) error {
	id, code := s.view.File.ID, string(s.step.Code)
	p := checkPage{Frame: v.Head("核对办理："+s.step.Title, crumb(s.view.File)...), Case: s.view.File, Step: s.step.Title, Tabs: tabs(s), Trouble: withoutPapers(t),
		Action: stepAddress(id, code), Send: stepAddress(id, code) + "/send", Occurred: typed.Get("act.occurred"), Late: typed.Get("act.late"),
		Sealed: typed.Get("act.sealed") != "", Submit: "办理“" + s.step.Title + "”", Key: cmp.Or(typed.Get(inOnce), access.NewFormKey())}
	p.DecisionText, _ = decisionText(s)
	if err := r.checkPapers(v, s, &p); err != nil {
		return err
	}
	if faults := paperFaults(s, t.Fields); len(faults) > 0 {
		p.Summary.Lines = faults // what the act lacked, paper by paper; the count of each draft says no more
	}
	r.checkStep(v, s, typed, &p)
	for _, sub := range s.view.Submissions {
		if sub.Step == code && sub.State == "waiting" {
			p.Waiting = "/desk/submissions/" + sub.ID
		}
	}
	if p.ReadOnly = draft.MayWrite(v.Actor, s.view.Thing, s.step) != nil; p.ReadOnly {
		p.Tabs, p.Summary, p.Unwritten = nil, page.Summary{}, "" // there is nothing for this person to write
	}
	for _, role := range submission.Receivers(s.step) {
		p.To = append(p.To, seat.Option{Value: role, Text: access.RoleTitle(role)})
	}
	return v.Show(status, "check", p)
}

// checkStep says whether the step may be taken, by this person, now.
func (r room) checkStep(v *seat.Visitor, s sheet, typed url.Values, p *checkPage) {
	if s.at == nil {
		p.Reason = "案件现在处于“" + s.view.File.StateTitle() + "”，还不能办理这一环节。"
		return
	}
	p.Open, p.Mine, p.Reason = s.at.Open, s.at.Mine, s.at.Reason
	if p.Open && !p.Mine {
		p.Reason += "这一环节" + whoTakes(*s.at) + "。"
	}
	if d := access.Can(v.Actor, access.StepAction(s.step.Role), s.view.Thing); d.NeedStepUp {
		p.StepUp = "/desk/step-up?back=" + url.QueryEscape(p.Action+"/check")
	}
	p.Warns = findings(slices.DeleteFunc(slices.Clone(s.at.Findings), func(f law.Finding) bool { return f.Severity == law.Block }))
	p.Blocked = findings(law.Blocking(s.at.Findings))
	for _, f := range law.Blocking(s.at.Findings) {
		if f.Override != nil && v.Has(string(f.Override.Role)) && !slices.ContainsFunc(p.Overrides, func(o override) bool { return o.Rule == f.Rule }) {
			p.Overrides = append(p.Overrides, override{Rule: f.Rule, Title: f.Message, Ground: f.Override.Ground, Reason: typed.Get("act.override." + f.Rule)})
		}
	}
	named := typed["act.party"]
	if len(s.at.Parties) > 1 {
		for _, q := range s.at.Parties {
			p.Parties = append(p.Parties, choice{ID: q.ID, Name: q.Name, Chosen: typed == nil || slices.Contains(named, q.ID)})
		}
	}
}

// checkPapers sets every paper of the step as it will print and lists what is missing in them.
func (r room) checkPapers(v *seat.Visitor, s sheet, p *checkPage) error {
	meta := form.PrintMeta{Agency: r.House.Agency.Name, RedHead: true, Demo: r.House.Demo, Mask: dossier.Mask(v, s.view)}
	guarded := false
	for i, code := range s.kinds {
		k, ok := r.House.Cases.Books().Forms.Kind(code)
		if !ok {
			continue
		}
		drafted := draftsOf(s, code)
		if len(drafted) == 0 {
			if i < s.must {
				href := paperAddress(s.view.File.ID, string(s.step.Code), code, "")
				p.Summary.Lines = append(p.Summary.Lines, page.Link{Text: "请填写《" + code + "》", Href: href})
				p.Unwritten = cmp.Or(p.Unwritten, href)
			}
			continue
		}
		p.Seal = p.Seal || k.Seal
		for _, d := range drafted {
			if n := len(form.Check(k, d.Values).Fields); n > 0 {
				p.Summary.Lines = append(p.Summary.Lines, page.Link{Text: "《" + code + "》有" + page.Count(n) + "处没有填写完整",
					Href: paperAddress(s.view.File.ID, string(s.step.Code), code, d.Party) + "&check=1"})
			}
			title := code
			if d.Party != "" {
				title += "（" + dossier.PartyNames(s.view)[d.Party] + "）"
			}
			guarded = guarded || form.NamesAPerson(k, d.Values)
			p.Papers = append(p.Papers, page.Paper{Title: title, Sheet: form.Print(k, d.Values, meta)})
		}
	}
	p.Seal = p.Seal || s.step.Code == "decide_on_spot"
	return dossier.LookedAtDraft(v, s.view, "核对“"+s.step.Title+"”的文书", guarded)
}

// draftsOf are the drafts of a kind for the step: the one for all, and those of single parties.
func draftsOf(s sheet, kind string) []document.Draft {
	var list []document.Draft
	for _, d := range s.view.Drafts {
		if d.Step == string(s.step.Code) && d.Kind == kind {
			list = append(list, d)
		}
	}
	return list
}
