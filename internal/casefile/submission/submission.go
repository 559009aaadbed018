package submission

import (
	"context"
	"errors"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/draft"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/party"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// The verdicts of one level of 签批.
const (
	Agree  = "同意"
	Return = "退回"
)

// Receivers are the roles to which the drafts of a step may be handed for 签批: those above the handler, and the one that
// the flow table lets take the step.
func Receivers(step flow.Step) []string {
	roles := []string{access.RoleUnitHead, access.RoleApprover}
	if own := string(step.Role); !slices.Contains(roles, own) && own != access.RoleHandler {
		roles = append(roles, own)
	}
	return roles
}

// Send hands the drafts of a step to somebody in a role (送签). The papers that the step must have are drafted by then;
// whether they are whole is judged when the step is taken.
func Send(ctx context.Context, d *db.DB, actor access.Actor, caseID string, code flow.Code, parties []string, to string) (document.Submission, error) {
	var sent document.Submission
	err := d.Write(ctx, actor.Agency, func(tx *db.Tx) error {
		pic, step, err := stepFor(tx, actor, caseID, code)
		if err != nil {
			return err
		}
		if !slices.Contains(Receivers(step), to) {
			return refusal.Field("to", "请选择送签的岗位。")
		}
		for _, id := range parties {
			if !slices.ContainsFunc(pic.Parties, func(p party.Party) bool { return p.ID == id }) {
				return refusal.Field("party", "所选的当事人不在本案中，请重新选择。")
			}
		}
		for _, kind := range book.StepForms(step) {
			if !slices.ContainsFunc(pic.Drafts, func(x document.Draft) bool { return x.Step == string(code) && x.Kind == kind }) {
				return refusal.Field(kind, "请先填写并保存《"+kind+"》，再送签。")
			}
		}
		sent, err = document.Send(tx, document.Submission{Agency: pic.File.Agency, Case: caseID, Step: string(code), Parties: parties, Waiting: to,
			SentBy: actor.Account, SentName: actor.Title()})
		var waits document.Waits
		if errors.As(err, &waits) {
			return refusal.Field("step", "“"+step.Title+"”的文书已由"+waits.Open.SentName+"于"+zh.FormatDay(workday.DayOf(waits.Open.SentAt).Date())+"送"+
				access.RoleTitle(waits.Open.Waiting)+"，正在等待签批，不能重复送签；需要修改的，请在对方打开之前撤回，或者联系对方退回。")
		}
		if err != nil {
			return err
		}
		return handed(tx, pic, actor, "document.submitted", "送签："+step.Title, map[string]string{"submission": sent.ID, "to": to}, "送"+access.RoleTitle(to)+"签批")
	})
	return sent, err
}

// stepFor finds a step for somebody who may write papers of the case.
func stepFor(tx *db.Tx, actor access.Actor, caseID string, code flow.Code) (*picture.Picture, flow.Step, error) {
	pic, err := picture.Load(tx, caseID)
	if err != nil {
		return nil, flow.Step{}, err
	}
	if pic.File.Agency != actor.Agency {
		return nil, flow.Step{}, refusal.NotFound{What: "案件"}
	}
	machine := book.MachineOf(pic.File.Procedure)
	step, ok := machine.Find(code)
	if !ok {
		return nil, flow.Step{}, refusal.NotFound{What: "办案环节"}
	}
	return pic, step, draft.MayWrite(actor, picture.Thing(pic, actor), step)
}

// handed appends what happened to a submission to the story of the case.
func handed(tx *db.Tx, pic *picture.Picture, actor access.Actor, kind, title string, ref map[string]string, text string) error {
	_, err := ledger.Append(tx, ledger.Event{Agency: pic.File.Agency, Kind: kind, SubjectKind: "case", Subject: pic.File.ID,
		Actor: actor.Ledger(access.RoleHandler), Ref: ref, Payload: map[string]any{"title": title, "actor": actor.Title(), "text": text}})
	return err
}

// Handed is a submission as its receiver sees it.
type Handed struct {
	Submission document.Submission
	Signed     []document.Signoff
	Step       flow.Step
	// Mine: it waits for a role of this person, whom no relation to the case keeps from signing.
	Mine   bool
	Reason string // why it is not the person's, in Chinese
	// Sender: the person sent it and nobody has opened it, so that it may be recalled.
	Sender bool
}

// Receive opens a submission. When it waits for a role of this person it counts as read from now on.
func Receive(ctx context.Context, d *db.DB, actor access.Actor, id string) (Handed, error) {
	var h Handed
	err := d.Write(ctx, actor.Agency, func(tx *db.Tx) error {
		pic, err := submitted(tx, actor, id, &h)
		if err != nil {
			return err
		}
		if !access.Can(actor, access.CaseView, picture.Thing(pic, actor)).Allowed {
			return refusal.NotFound{What: "送签"}
		}
		if h.Signed, err = document.Signoffs(tx, id); err != nil {
			return err
		}
		if h.Mine && h.Submission.ReadAt.IsZero() {
			return document.Read(tx, id)
		}
		return nil
	})
	return h, err
}

func submitted(tx *db.Tx, actor access.Actor, id string, h *Handed) (*picture.Picture, error) {
	var err error
	if h.Submission, err = document.GetSubmission(tx, id); err != nil {
		return nil, err
	}
	s := h.Submission
	pic, err := picture.Load(tx, s.Case)
	if err != nil {
		return nil, err
	}
	if pic.File.Agency != actor.Agency {
		return nil, refusal.NotFound{What: "送签"}
	}
	machine := book.MachineOf(pic.File.Procedure)
	h.Step, _ = machine.Find(flow.Code(s.Step))
	if s.State == "waiting" {
		d := access.Can(actor, access.StepAction(law.Role(s.Waiting)), picture.Thing(pic, actor))
		h.Mine = actor.Has(s.Waiting) && s.SentBy != actor.Account && (d.Allowed || d.NeedStepUp)
		if !h.Mine {
			h.Reason = d.Reason
		}
		h.Sender = s.SentBy == actor.Account && s.ReadAt.IsZero()
	}
	return pic, nil
}

// Sign adds one level of 签批: agreed, it waits for the next role; returned, it goes back to the sender.
func Sign(ctx context.Context, d *db.DB, actor access.Actor, id, opinion, next string) error {
	return d.Write(ctx, actor.Agency, func(tx *db.Tx) error {
		var h Handed
		pic, err := submitted(tx, actor, id, &h)
		if err != nil {
			return err
		}
		if h.Submission.State != "waiting" {
			return refusal.Field("submission", "该送签已经办结或者撤回，不需要再签批。")
		}
		if !h.Mine {
			return refusal.Refused{Findings: []law.Finding{{Rule: "access:sign", Title: "签批由送签指定的岗位办理", Severity: law.Block,
				Message: "该文书送" + access.RoleTitle(h.Submission.Waiting) + "签批，您不能签批。" + h.Reason, Tasks: []int{19}}}}
		}
		if next != "" && !slices.Contains(Receivers(h.Step), next) {
			return refusal.Field("next", "请选择下一级签批的岗位，或者退回。")
		}
		verdict, text := Agree, "转"+access.RoleTitle(next)+"签批"
		if next == "" {
			verdict, text = Return, "退回"+h.Submission.SentName
		}
		signed := document.Signoff{Account: actor.Account, Name: actor.Title(), Role: h.Submission.Waiting, Opinion: strings.TrimSpace(opinion), Verdict: verdict}
		if err := document.Sign(tx, id, signed, next); err != nil {
			return err
		}
		return handed(tx, pic, actor, "document.signed", "签批："+h.Step.Title, map[string]string{"submission": id, "verdict": verdict}, verdict+"，"+text+"："+signed.Opinion)
	})
}

// Recall takes back a submission that nobody has opened yet.
func Recall(ctx context.Context, d *db.DB, actor access.Actor, id string) (document.Submission, error) {
	var h Handed
	err := d.Write(ctx, actor.Agency, func(tx *db.Tx) error {
		pic, err := submitted(tx, actor, id, &h)
		if err != nil {
			return err
		}
		if !access.Can(actor, access.CaseView, picture.Thing(pic, actor)).Allowed {
			return refusal.NotFound{What: "送签"}
		}
		if h.Submission.SentBy != actor.Account {
			return refusal.Refused{Findings: []law.Finding{{Rule: "access:recall", Title: "送签由送签人撤回", Severity: law.Block,
				Message: "该文书由" + h.Submission.SentName + "送签，您不能撤回。", Tasks: []int{19}}}}
		}
		if err := document.Recall(tx, id, actor.Account); err != nil {
			return err
		}
		return handed(tx, pic, actor, "document.recalled", "撤回送签："+h.Step.Title, map[string]string{"submission": id}, "")
	})
	return h.Submission, err
}
