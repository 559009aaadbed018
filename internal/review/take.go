package review

import (
	"context"
	"slices"
	"strconv"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/casefile/prefill"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/form/entry"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Act is one step of a review that somebody asks to take.
type Act struct {
	Review   string
	Step     flow.Code
	Occurred workday.Day // the legal day; zero means today
	// LateReason is asked for when it is entered days later.
	LateReason string
	// Papers are the documents of the step by kind; those not handed in are taken from the step's drafts.
	Papers map[string]form.Values
}

// Take takes one step of a review: it judges first and writes once.
func (r *Room) Take(ctx context.Context, actor access.Actor, act Act) error {
	return casefile.Gated(r.DB.Write(ctx, actor.Agency, func(tx *db.Tx) error { return r.TakeIn(tx, actor, act) }))
}

// TakeIn is Take within a transaction.
func (r *Room) TakeIn(tx *db.Tx, actor access.Actor, act Act) error {
	w, err := r.prepare(tx, actor, act)
	if err != nil {
		return err
	}
	findings, err := w.judge()
	if err != nil {
		return err
	}
	if blocking := law.Blocking(findings); len(blocking) > 0 {
		return refusal.Refused{Findings: blocking}
	}
	if err := w.upToDate(); err != nil {
		return err
	}
	return w.write(findings)
}

// upToDate refuses papers that speak of another text than the one under review.
func (w *work) upToDate() error {
	texts, err := textsOf(w.tx, w.row.ID)
	if err != nil {
		return err
	}
	fields := map[string]string{}
	for _, kind := range w.kinds {
		k, _ := w.room.Cases.Books().Forms.Kind(kind)
		d, err := w.room.Cases.Draft(w.tx, w.actor, w.row.Case, DraftStep(w.row.ID, w.step.Code), kind, "")
		if err != nil {
			return err
		}
		now := []form.Values{d.Values}
		for _, hash := range texts {
			now = append(now, form.Values{"draft_hash": hash})
		}
		for name, message := range prefill.Stale(k, w.papers[kind], now...) {
			fields[kind+"/"+name] = message
		}
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "决定文本在这份文书写好以后有变化。", Fields: fields}
	}
	return nil
}

// work is a step under way.
type work struct {
	room    *Room
	tx      *db.Tx
	actor   access.Actor
	act     Act
	row     Row
	machine flow.Machine
	step    flow.Step
	day     workday.Day
	papers  map[string]form.Values
	kinds   []string
	facts   *law.Facts
	file    picture.File
}

// begin finds the review, the step and the case as the policies see it.
func (r *Room) begin(tx *db.Tx, actor access.Actor, act Act) (*work, access.Thing, error) {
	row, err := find(tx, act.Review)
	if err != nil {
		return nil, access.Thing{}, err
	}
	if row.Agency != actor.Agency {
		return nil, access.Thing{}, refusal.NotFound{What: "法制审核"}
	}
	w := &work{room: r, tx: tx, actor: actor, act: act, row: row, machine: flow.Review(), day: act.Occurred, papers: map[string]form.Values{}}
	step, ok := w.machine.Find(act.Step)
	if !ok || act.Step == "submit_review" || act.Step == "void_review" {
		return nil, access.Thing{}, refusal.NotFound{What: "审核环节"}
	}
	w.step = step
	thing, file, err := r.Cases.ThingOf(tx, actor, row.Case)
	w.file = file
	return w, thing, err
}

func (r *Room) prepare(tx *db.Tx, actor access.Actor, act Act) (*work, error) {
	w, thing, err := r.begin(tx, actor, act)
	if err != nil {
		return nil, err
	}
	if entry.Unprintable(act.LateReason) {
		return nil, refusal.Field("late", entry.UnprintableMessage("补记原因")+"。")
	}
	if today := workday.DayOf(tx.Now()); w.day.IsZero() {
		w.day = today
	} else if w.day.After(today) {
		return nil, refusal.Field("occurred", "办理日期"+w.day.String()+"晚于今天。")
	}
	if err := access.Require(actor, access.StepAction(w.step.Role), thing); err != nil {
		return nil, err
	}
	if err := w.allowed(); err != nil {
		return nil, err
	}
	if err := w.gather(); err != nil {
		return nil, err
	}
	w.facts, err = w.judged(tx)
	return w, err
}

// allowed asks the flow table, and what it does not know: an objection is made to a written opinion, and to the latest
// round; the limit is extended once.
func (w *work) allowed() error {
	if !w.machine.May(w.step, flow.State(w.row.State), "") {
		return w.closed("本次审核目前为“" + w.row.StateTitle() + "”，不能办理“" + w.step.Title + "”。")
	}
	switch w.step.Code {
	case "raise_dispute", "end_review":
		list, err := rounds(w.tx, w.row.Case)
		if err != nil {
			return err
		}
		texts, err := textsOf(w.tx, w.row.ID)
		if err != nil {
			return err
		}
		for _, later := range list {
			if later.ID <= w.row.ID || later.State == string(flow.Recalled) {
				continue
			}
			covered, err := textsOf(w.tx, later.ID)
			if err != nil {
				return err
			}
			for party := range covered {
				if _, both := texts[party]; both {
					return w.closed("已经提交了第" + strconv.Itoa(later.Round) + "次审核，请在最近一次审核中办理。")
				}
			}
		}
		if w.step.Code == "raise_dispute" && w.row.Verdict == "" {
			return w.closed("审核机构退回的是材料，没有出具审核意见，不能提出异议；请补充材料后重新送审。")
		}
	case "extend_review":
		extended, err := w.extended()
		if err != nil {
			return err
		}
		if extended {
			return w.closed("本次审核的期限已经延长过一次。")
		}
	}
	return nil
}

// extended tells whether the limit of this round was extended already.
func (w *work) extended() (bool, error) {
	clocks, err := deadline.Of(w.tx, w.row.Case)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(clocks, func(c deadline.Clock) bool {
		return c.Param == law.ReviewExtraDays && c.State == deadline.Open && c.Party == "" && c.Due == w.row.DueOn
	}), nil
}

func (w *work) closed(message string) error {
	return refusal.Refused{Findings: []law.Finding{{Rule: "FLOW", Title: "应当按照法定程序顺序办理", Severity: law.Block, Message: message,
		Cite:   law.Cite{Statute: "《行政处罚法》", Article: "第五十八条", Version: "2021年修订"},
		Advice: "现在可以办理的环节列在审核页面上。"}}}
}

// instant is the legal time of the step: now when it is entered on its day, else the beginning of that day.
func (w *work) instant() time.Time {
	if w.day == workday.DayOf(w.tx.Now()) {
		return w.tx.Now()
	}
	return w.day.Start()
}

// gather finds the papers of the step: handed in, else drafted.
func (w *work) gather() error {
	w.kinds = book.StepForms(w.step)
	for _, kind := range w.kinds {
		if v, ok := w.act.Papers[kind]; ok {
			w.papers[kind] = v
			continue
		}
		d, err := document.DraftFor(w.tx, w.row.Case, "", DraftStep(w.row.ID, w.step.Code), kind)
		if err != nil {
			return err
		}
		if d.ID != "" {
			w.papers[kind] = d.Values
		}
	}
	return nil
}

func (w *work) judge() ([]law.Finding, error) {
	fields := map[string]string{}
	for _, kind := range w.kinds {
		v, ok := w.papers[kind]
		if !ok {
			fields[kind] = "请填写《" + kind + "》。"
			continue
		}
		k, known := w.room.Cases.Books().Forms.Kind(kind)
		if !known {
			fields[kind] = "没有《" + kind + "》的格式。"
			continue
		}
		for name, message := range form.Check(k, v).Fields {
			fields[kind+"/"+name] = message
		}
	}
	if want := verdictOf(w.step.Code); want != "" && w.papers["法制审核意见书"].Text("verdict") != string(want) && len(fields) == 0 {
		fields["法制审核意见书/verdict"] = "审核意见应与所办理的环节一致：“" + string(want) + "”。"
	}
	if len(fields) > 0 {
		return nil, refusal.Invalid{Message: "“" + w.step.Title + "”所需的文书还没有填写完整。", Fields: fields}
	}
	return law.Judge(w.room.Cases.Books().Law, w.day, w.step.Rules, w.facts), nil
}
