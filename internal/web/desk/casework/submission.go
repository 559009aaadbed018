package casework

import (
	"net/http"
	"net/url"

	"mingjing/internal/access"
	"mingjing/internal/casefile/submission"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// submissionPage is a paper on its way through 签批.
type submissionPage struct {
	page.Frame
	Facts  []seat.Fact
	Signed []document.Signoff
	Papers []page.Paper
	Form   *seat.Form
	Take   string // the page on which the step itself is taken, for whom it may be
	Recall string
	Reason string
}

// submissionSend hands the drafts of a step to a role.
func (r room) submissionSend(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	s, err := r.sheetOf(v, "", "")
	if err != nil {
		return err
	}
	s.kind = nil
	to := typed.Get("act.to")
	if _, err := submission.Send(v.Context(), r.House.DB, v.Actor, s.view.File.ID, s.step.Code, typed["act.party"], to); err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.showCheck(v, refusedStatus, s, typed, t)
	}
	return v.Done(address(s.view.File.ID), "“"+s.step.Title+"”的文书已送"+access.RoleTitle(to)+"签批。对方打开之前可以撤回。")
}

// submissionView shows a submission to whom it waits for and to who sent it.
func (r room) submissionView(v *seat.Visitor) error {
	return r.showSubmission(v, http.StatusOK, nil)
}

func (r room) showSubmission(v *seat.Visitor, status int, again *seat.Form) error {
	h, err := submission.Receive(v.Context(), r.House.DB, v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	view, err := r.House.Cases.Look(v.Context(), v.Actor, h.Submission.Case)
	if err != nil {
		return err
	}
	s := h.Submission
	p := submissionPage{Frame: v.Head("签批："+h.Step.Title, crumb(view.File)...), Signed: h.Signed, Reason: h.Reason}
	rows := map[string]string{"waiting": "等" + access.RoleTitle(s.Waiting) + "签批", "recalled": "已撤回", "returned": "已退回", "taken": "已办理"}
	p.Facts = []seat.Fact{{Name: "案件", Text: view.File.Title, Href: address(view.File.ID), Wide: true}, {Name: "送签人", Text: s.SentName}, {Name: "送签时间", Text: dossier.Moment(s.SentAt)},
		{Name: "状态", Text: rows[s.State]}, {Name: "打开时间", Text: dossier.Moment(s.ReadAt)}}
	meta := form.PrintMeta{Agency: r.House.Agency.Name, RedHead: true, Demo: r.House.Demo, Mask: dossier.Mask(v, view)}
	guarded := false
	for _, d := range view.Drafts {
		if k, ok := r.House.Cases.Books().Forms.Kind(d.Kind); ok && d.Step == s.Step && s.State != "taken" {
			guarded = guarded || form.NamesAPerson(k, d.Values)
			p.Papers = append(p.Papers, page.Paper{Title: d.Kind, Sheet: form.Print(k, d.Values, meta)})
		}
	}
	if err := dossier.LookedAtDraft(v, view, "查看送签的“"+h.Step.Title+"”文书", guarded); err != nil {
		return err
	}
	p.Form = again
	if h.Mine {
		if f := signForm(h); again == nil {
			p.Form = &f
		}
		if string(h.Step.Role) == s.Waiting {
			p.Take = stepAddress(view.File.ID, s.Step) + "/check"
		}
	}
	if h.Sender {
		p.Recall = "/desk/submissions/" + s.ID + "/recall"
	}
	return v.Show(status, "submission", p)
}

// signForm asks for an opinion and where the papers go next.
func signForm(h submission.Handed) seat.Form {
	options := []seat.Option{}
	for _, role := range submission.Receivers(h.Step) {
		if role != h.Submission.Waiting {
			options = append(options, seat.Option{Value: role, Text: "同意，转" + access.RoleTitle(role)})
		}
	}
	options = append(options, seat.Option{Value: "return", Text: "退回" + h.Submission.SentName + "修改"})
	return seat.Form{Title: "签批", Action: "/desk/submissions/" + h.Submission.ID + "/sign", Submit: "签批", Fields: []seat.Field{
		{Name: "opinion", Label: "意见", Control: seat.Area, Required: true},
		{Name: "next", Label: "去向", Control: seat.Radio, Options: options, Required: true}}}
}

// submissionSign adds one level of 签批.
func (r room) submissionSign(v *seat.Visitor) error {
	h, err := submission.Receive(v.Context(), r.House.DB, v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	return v.Submit(signForm(h), func(typed url.Values) error {
		next := typed.Get("next")
		said := "已签批，转" + access.RoleTitle(next) + "。"
		switch next {
		case "return":
			next, said = "", "已退回"+h.Submission.SentName+"。"
		case "":
			next = "none"
		}
		if err := submission.Sign(v.Context(), r.House.DB, v.Actor, h.Submission.ID, typed.Get("opinion"), next); err != nil {
			return err
		}
		return v.Done("/desk/", said)
	}, func(f seat.Form) error { return r.showSubmission(v, refusedStatus, &f) })
}

// submissionRecall takes a submission back.
func (r room) submissionRecall(v *seat.Visitor) error {
	s, err := submission.Recall(v.Context(), r.House.DB, v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	return v.Done(stepAddress(s.Case, s.Step)+"/check", "送签已撤回，可以修改后重新送签。")
}
