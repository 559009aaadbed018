package lawreview

import (
	"fmt"
	"net/http"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/ledger"
	"mingjing/internal/redact"
	"mingjing/internal/review"
	"mingjing/internal/web/desk/attachment"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

// onePage is one review.
type onePage struct {
	page.Frame
	Row       review.Row
	State     string
	Tone      string
	Facts     []seat.Fact
	Texts     []textView
	Materials []seat.Fact // what lay in the case when the round was sent
	Later     []seat.Fact
	Checklist []pointView
	Opinion   page.Paper
	Rounds    []roundView
	// The lists as files.
	PointFiles, RoundFiles []page.Link
	Steps                  page.StepPanel
	Clocks                 []page.Deadline
	Story                  []page.Event
	Files                  seat.Files
}

// textView is the text against one party, as paper, with its hash and whether it is still that.
type textView struct {
	Party string
	Hash  string
	Same  bool
	Paper page.Paper
}

// pointView is one of the nine points with its answer.
type pointView struct {
	No            int
	Title, Cite   string
	Hint          string
	Answer, Notes string
	Tone          string
}

type roundView struct {
	Row           review.Row
	Href, State   string
	Tone, Opinion string
	Here          bool
}

func (r room) one(v *seat.Visitor) error {
	d, err := r.reviews.Get(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	p := onePage{Frame: v.Head("法制审核", page.Link{Text: "法制审核", Href: root}, page.Link{Text: d.Row.CaseTitle}), Row: d.Row, State: d.Row.StateTitle(), Tone: stateTone(d.Row.State)}
	p.Title = d.Row.CaseTitle
	if p.Facts, err = r.facts(v, d); err != nil {
		return err
	}
	sight, err := r.sight(v, d)
	if err != nil {
		return err
	}
	p.Texts = r.texts(d, sight)
	for _, doc := range d.Documents {
		fact := seat.Fact{Name: doc.MadeOn.String(), Text: doc.Title, Href: documentHref(doc), Sub: doc.Number}
		if d.Sent(doc) {
			p.Materials = append(p.Materials, fact)
		} else {
			p.Later = append(p.Later, fact)
		}
	}
	opinion := opinionOf(d)
	p.Checklist = points(d, opinion)
	if opinion.ID != "" {
		if k, ok := r.House.Cases.Books().Forms.KindAt(opinion.Kind, opinion.Version); ok {
			p.Opinion = page.Paper{Sheet: seat.Sheet(form.Print(k, opinion.Values, r.meta(opinion.Number, opinion.MadeOn, sight)))}
		}
	}
	p.Rounds = rounds(d)
	p.PointFiles, p.RoundFiles = r.pointList().Exports(v, len(p.Checklist)), r.roundList().Exports(v, len(p.Rounds))
	if p.Files, err = attachment.Block(v, document.OwnerReview, d.Row.ID); err != nil {
		return err
	}
	p.Steps = panel(d)
	if p.Clocks, p.Story, err = r.record(v, d); err != nil {
		return err
	}
	return v.Show(http.StatusOK, "review", p)
}

func documentHref(d document.Document) string { return "/desk/cases/" + d.Case + "/documents/" + d.ID }

// sight is what the papers of the review pass through for this person: nil for who sees personal data in clear, whose look
// is recorded first.
func (r room) sight(v *seat.Visitor, d review.View) (func(string) string, error) {
	var thing access.Thing
	err := v.Read(func(tx *db.Tx) (err error) {
		thing, _, err = r.House.Cases.ThingOf(tx, v.Actor, d.Row.Case)
		return err
	})
	if err != nil {
		return nil, err
	}
	if !v.Sees(thing) {
		return func(text string) string { return redact.Conceal(text) }, nil
	}
	k, ok := r.House.Cases.Books().Forms.Kind(d.Row.DraftKind)
	if !ok || !slices.ContainsFunc(d.Texts, func(t review.Text) bool { return form.Guarded(k, t.Values) }) {
		return nil, nil
	}
	if slices.Contains(thing.Relations, access.RelHandler) {
		return nil, v.LookedToday(thing, "查看送审的《"+d.Row.DraftKind+"》")
	}
	return nil, v.Looked(thing, "查看送审的《"+d.Row.DraftKind+"》")
}

func (r room) meta(number string, on workday.Day, mask func(string) string) form.PrintMeta {
	return form.PrintMeta{Mask: mask, Agency: r.House.Agency.Name, SealName: r.House.Agency.Name, Number: number, Date: on.String(), Demo: r.House.Demo}
}

func (r room) facts(v *seat.Visitor, d review.View) ([]seat.Fact, error) {
	names, err := v.Names(d.Row.SubmittedBy, d.Row.Reviewer)
	if err != nil {
		return nil, err
	}
	due := left(d.Row, v.Today(), r.House.Calendar)
	list := []seat.Fact{{Name: "案件", Text: d.Row.CaseTitle, Href: "/desk/cases/" + d.Row.Case, Sub: d.Row.CaseNumber, Wide: true},
		{Name: "轮次", Text: fmt.Sprintf("第%d次审核", d.Row.Round)}, {Name: "期限", Text: due.Text, Tone: due.Tone, Sub: due.Sub},
		{Name: "送审", Text: d.Row.SubmittedOn.String(), Sub: names[d.Row.SubmittedBy]}, {Name: "材料齐全", Text: d.Row.CompleteOn.String()},
		{Name: "审核意见", Text: d.Row.Verdict}, {Name: "出具", Text: d.Row.ConcludedOn.String(), Sub: names[d.Row.Reviewer]}}
	if d.Row.Counsel != "" {
		list = append(list, seat.Fact{Name: "征求意见", Text: d.Row.Counsel})
	}
	return list, nil
}

// texts sets each reviewed text as paper. A text that has changed since is shown as it stands now, and said to be another.
func (r room) texts(d review.View, mask func(string) string) []textView {
	var list []textView
	k, ok := r.House.Cases.Books().Forms.Kind(d.Row.DraftKind)
	for _, t := range d.Texts {
		x := textView{Party: t.Name, Hash: t.Hash, Same: t.Same}
		if ok {
			x.Paper = page.Paper{Sheet: seat.Sheet(form.Print(k, t.Values, r.meta("", workday.Day{}, mask)))}
		}
		list = append(list, x)
	}
	return list
}

// opinionOf is the opinion of this round.
func opinionOf(d review.View) document.Document {
	for _, doc := range d.Documents {
		if doc.ID == d.Row.Opinion {
			return doc
		}
	}
	return document.Document{}
}

func points(d review.View, opinion document.Document) []pointView {
	var list []pointView
	for _, c := range d.Checklist {
		p := pointView{No: c.No, Title: c.Title, Hint: c.Hint, Cite: c.Cite, Answer: opinion.Values.Text(c.Field), Notes: opinion.Values.Text(c.Field + "_note"), Tone: "met"}
		switch p.Answer {
		case "":
			p.Tone = "none"
		case "否", "超越", "涉嫌犯罪", "无法判断":
			p.Tone = "late"
		}
		list = append(list, p)
	}
	return list
}

// panel says what this person may do now, and what not and why.
func panel(d review.View) page.StepPanel {
	var p page.StepPanel
	for _, s := range d.Steps {
		if s.Mine {
			p.Allowed = append(p.Allowed, page.Step{Title: s.Step.Title, Href: root + "/" + d.Row.ID + "/" + string(s.Step.Code), Primary: !s.Step.Optional, Hint: hintOf(string(s.Step.Code))})
			continue
		}
		p.Refused = append(p.Refused, page.RefusedStep{Title: s.Step.Title, Findings: []page.Finding{{Title: s.Step.Title, Message: s.Reason}}})
	}
	return p
}

func hintOf(step string) string {
	switch step {
	case "accept_review":
		return "审核期限从材料齐全之日起算。"
	case "pass_review":
		return "只对这一份文本有效，文本一改即失效。"
	case "amend_review":
		return "修改后须再次送审。"
	case "raise_dispute":
		return "由科室负责人提出，有单独的处理期限。"
	}
	return ""
}

// record is the clocks of the review and what happened in it.
func (r room) record(v *seat.Visitor, d review.View) (clocks []page.Deadline, story []page.Event, err error) {
	var events []ledger.Record
	var list []deadline.Clock
	err = v.Read(func(tx *db.Tx) (err error) {
		if events, err = ledger.Stream(tx, "case", d.Row.Case); err != nil {
			return err
		}
		list, err = deadline.Of(tx, d.Row.Case)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	for _, c := range list {
		if !reviewClock(c) {
			continue
		}
		if worked, err := c.Explain(r.House.Calendar); err == nil {
			clocks = append(clocks, page.DeadlineOf(c.Label, worked, v.Today(), c.MetOn))
		}
	}
	var own []ledger.Record
	for _, e := range events {
		if e.Ref["review"] == d.Row.ID {
			own = append(own, e)
		}
	}
	story, err = seat.Story(v, own, func(e ledger.Record) (string, string, string) { return seat.EventTitle(e.Kind), e.Ref["verdict"], "" })
	return clocks, story, err
}

func reviewClock(c deadline.Clock) bool {
	switch c.Param {
	case "review_days", "review_extra_days", "dispute_days":
		return c.State == deadline.Open
	}
	return false
}
