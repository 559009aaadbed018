package review

import (
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// verdictOf is the verdict that a step gives; empty for a step that gives none.
func verdictOf(step flow.Code) law.ReviewVerdict {
	switch step {
	case "pass_review":
		return law.VerdictPass
	case "amend_review":
		return law.VerdictAmend
	case "return_review":
		return law.VerdictReturn
	case "refuse_review":
		return law.VerdictRefuse
	}
	return ""
}

// judged folds the review into facts: who reviews, by what route, what was answered.
func (w *work) judged(tx *db.Tx) (*law.Facts, error) {
	f, err := w.room.Cases.ReviewFacts(tx, w.actor, w.row.Case, w.day)
	if err != nil {
		return nil, err
	}
	f.Act, f.Occurred, f.Today, f.Predecessor = string(w.step.Code), w.day, workday.DayOf(tx.Now()), w.latest()
	f.LateReason = strings.TrimSpace(w.act.LateReason)
	f.DisputeOpen = w.row.State == string(flow.Disputed)
	f.ReviewDue = law.Due{Day: w.row.DueOn}
	f.CounselConsulted = w.row.Counsel != ""
	f.Reviewer = w.row.Reviewer
	if w.step.Role == law.RoleReviewer {
		f.Reviewer = w.actor.Account
		standing, ok, err := roster.ReviewerFor(tx, w.row.Agency, w.actor.Account, w.day)
		if err != nil {
			return nil, err
		}
		f.ReviewerQualified, f.ReviewerFirst = standing.Qualified, standing.First
		agency, err := roster.FindAgency(tx, w.row.Agency)
		if err != nil {
			return nil, err
		}
		// What an entrusted organisation decides is reviewed where it was entrusted, not by itself (第二十条第三款、118号（十一）).
		f.ReviewRoute = ok && standing.InReviewUnit && agency.EntrustedBy == ""
	}
	if w.step.Role == law.RoleApprover {
		f.Approver, f.ApproverIsHead = w.actor.Account, true
	}
	opinion := w.papers["法制审核意见书"]
	f.ReviewVerdict = verdictOf(w.step.Code)
	for _, p := range w.room.Cases.Books().Pack.Checklist(w.day) {
		switch answer := opinion.Text(p.Field); answer {
		case "":
		case "否", "超越", "涉嫌犯罪", "无法判断":
			f.ChecklistNo++
			f.ChecklistAnswered++
		default:
			f.ChecklistAnswered++
		}
	}
	resolution := w.papers["异议处理决定书"]
	f.ResolutionWritten = strings.TrimSpace(resolution.Text("finding")) != ""
	return f, nil
}

// latest is the day of the last act of this round; no act of it is dated before that.
func (w *work) latest() workday.Day {
	last := w.row.SubmittedOn
	for _, day := range []workday.Day{w.row.CompleteOn, w.row.ConcludedOn} {
		if day.After(last) {
			last = day
		}
	}
	return last
}
