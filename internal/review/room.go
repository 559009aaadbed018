package review

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// Room is where texts are reviewed.
type Room struct {
	DB    *db.DB
	Cases *casefile.Room
}

// New opens the room beside the one of cases.
func New(d *db.DB, cases *casefile.Room) *Room { return &Room{DB: d, Cases: cases} }

// Submit asks for the review of the decision that is drafted against each party of the act. What is reviewed is named by
// the hash of its canonical body; a batch is the list of its hashes (DECISIONS §4).
func (r *Room) Submit(ctx context.Context, actor access.Actor, act casefile.Act) (string, error) {
	var id string
	err := r.DB.Write(ctx, actor.Agency, func(tx *db.Tx) (err error) {
		id, err = r.SubmitIn(tx, actor, act)
		return err
	})
	return id, err
}

// SubmitIn is Submit within a transaction.
func (r *Room) SubmitIn(tx *db.Tx, actor access.Actor, act casefile.Act) (string, error) {
	act.Step = "submit_review"
	done, err := r.Cases.TakeIn(tx, actor, act)
	if err != nil {
		return "", err
	}
	earlier, err := rounds(tx, act.Case)
	if err != nil {
		return "", err
	}
	for _, e := range earlier {
		if e.State == string(flow.Passed) || e.State == string(flow.Submitted) || e.State == string(flow.UnderReview) {
			same, err := covers(tx, e.ID, done.Texts)
			if err != nil {
				return "", err
			}
			if same {
				return "", refusal.Field("submit_review", "这一文本已经送审或者已经审核通过，不需要重复送审。")
			}
		}
	}
	id, today := tx.NewID(), workday.DayOf(tx.Now())
	day := act.Occurred
	if day.IsZero() {
		day = today
	}
	body, err := json.Marshal(map[string]any{"documents": documentIDs(done.Documents)})
	if err != nil {
		return "", fmt.Errorf("review: submit: %w", err)
	}
	if _, err := tx.Exec(`INSERT INTO review (id, agency, case_id, round, state, verdict, submitted_by, submitted_on, complete_on, reviewer, concluded_on, body, counsel, opinion, draft_kind, due_on)
		VALUES ($1, $2, $3, $4, 'submitted', '', $5, $6, '', '', '', $7, '', '', '行政处罚决定书', $8)`, id, actor.Agency, act.Case, len(earlier)+1, actor.Account, day.String(), string(body),
		dueOf(tx, act.Case)); err != nil {
		return "", fmt.Errorf("review: submit: %w", err)
	}
	for _, p := range done.Parties {
		if _, err := tx.Exec(`INSERT INTO review_text (review_id, case_id, party_id, body_hash) VALUES ($1, $2, $3, $4)`, id, act.Case, p.ID, done.Texts[p.ID]); err != nil {
			return "", fmt.Errorf("review: submit: %w", err)
		}
	}
	return id, nil
}

func documentIDs(list []document.Document) []string {
	ids := make([]string, len(list))
	for i, d := range list {
		ids[i] = d.ID
	}
	return ids
}

// dueOf is the last day for the opinion as the case's clock has it.
func dueOf(tx *db.Tx, caseID string) string {
	clocks, err := deadline.Of(tx, caseID)
	if err != nil {
		return ""
	}
	for i := len(clocks) - 1; i >= 0; i-- {
		if clocks[i].Param == law.ReviewDays && clocks[i].State == deadline.Open {
			return clocks[i].Due.String()
		}
	}
	return ""
}

func covers(tx *db.Tx, id string, texts map[string]string) (bool, error) {
	list, err := textsOf(tx, id)
	if err != nil {
		return false, err
	}
	for party, hash := range texts {
		if list[party] != hash {
			return false, nil
		}
	}
	return len(texts) > 0, nil
}

// Act is one step of a review that somebody asks to take.
type Act struct {
	Review   string
	Step     flow.Code
	Occurred workday.Day
	// Papers are the documents of the step by kind; those not handed in are taken from the step's drafts.
	Papers map[string]form.Values
}

// Take takes one step of a review: it judges first and writes once.
func (r *Room) Take(ctx context.Context, actor access.Actor, act Act) error {
	return r.DB.Write(ctx, actor.Agency, func(tx *db.Tx) error { return r.TakeIn(tx, actor, act) })
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
	return w.write(findings)
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
	file    casefile.File
}

func (r *Room) prepare(tx *db.Tx, actor access.Actor, act Act) (*work, error) {
	row, err := find(tx, act.Review)
	if err != nil {
		return nil, err
	}
	if row.Agency != actor.Agency {
		return nil, refusal.NotFound{What: "法制审核"}
	}
	w := &work{room: r, tx: tx, actor: actor, act: act, row: row, machine: flow.Review(), day: act.Occurred, papers: map[string]form.Values{}}
	step, ok := w.machine.Find(act.Step)
	if !ok || act.Step == "submit_review" || act.Step == "void_review" {
		return nil, refusal.NotFound{What: "审核环节"}
	}
	w.step = step
	if today := workday.DayOf(tx.Now()); w.day.IsZero() {
		w.day = today
	} else if w.day.After(today) {
		return nil, refusal.Field("occurred", "办理日期"+w.day.String()+"晚于今天。")
	}
	thing, file, err := r.Cases.ThingOf(tx, actor, row.Case)
	if err != nil {
		return nil, err
	}
	w.file = file
	if err := access.Require(actor, access.StepAction(step.Role), thing); err != nil {
		return nil, err
	}
	if !w.machine.May(step, flow.State(row.State), "") {
		return nil, refusal.Refused{Findings: []law.Finding{w.closed()}}
	}
	if err := w.gather(); err != nil {
		return nil, err
	}
	w.facts, err = w.judged(tx)
	return w, err
}

func (w *work) closed() law.Finding {
	title := w.row.State
	if info, ok := w.machine.State(flow.State(w.row.State)); ok {
		title = info.Title
	}
	return law.Finding{Rule: "FLOW", Title: "应当按照法定程序顺序办理", Severity: law.Block, Message: "本次审核目前为“" + title + "”，不能办理“" + w.step.Title + "”。",
		Cite:   law.Cite{Statute: "《行政处罚法》", Article: "第五十八条", Version: "2021年修订"},
		Advice: "请查看审核页面右侧可以办理的环节。"}
}

// gather finds the papers of the step: handed in, else drafted.
func (w *work) gather() error {
	w.kinds = casefile.StepForms(w.step)
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

// DraftStep names the drafts of a step of one review among the drafts of its case.
func DraftStep(review string, step flow.Code) string { return "review/" + review + "/" + string(step) }

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
	f, err := w.room.Cases.ReviewFacts(tx, w.actor, w.row.Case)
	if err != nil {
		return nil, err
	}
	f.Act, f.Occurred, f.Today, f.Predecessor = string(w.step.Code), w.day, workday.DayOf(tx.Now()), w.row.SubmittedOn
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
		f.ReviewRoute = ok && standing.InReviewUnit
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

func (w *work) write(findings []law.Finding) error {
	docs, err := w.documents()
	if err != nil {
		return err
	}
	state := string(w.step.After(flow.State(w.row.State)))
	verdict, reviewer, concluded := w.row.Verdict, w.row.Reviewer, w.row.ConcludedOn
	complete, counsel, opinion := w.row.CompleteOn, w.row.Counsel, w.row.Opinion
	switch w.step.Code {
	case "accept_review":
		complete, reviewer = w.day, w.actor.Account
	case "consult_counsel":
		counsel = w.papers["顾问意见登记"].Text("counsel")
	case "remand_review":
		return w.remand(docs, findings)
	}
	if v := verdictOf(w.step.Code); v != "" {
		verdict, reviewer, concluded = string(v), w.actor.Account, w.day
		opinion = docs["法制审核意见书"].ID
		if err := roster.MarkFirstReview(w.tx, w.row.Agency, w.actor.Account, w.day); err != nil {
			return err
		}
	}
	if _, err := w.tx.Exec(`UPDATE review SET state = $2, verdict = $3, reviewer = $4, concluded_on = $5, complete_on = $6, counsel = $7, opinion = $8 WHERE id = $1`,
		w.row.ID, state, verdict, reviewer, concluded.String(), complete.String(), counsel, opinion); err != nil {
		return fmt.Errorf("review: %s: %w", w.step.Code, err)
	}
	if err := w.clocks(w.row.ID); err != nil {
		return err
	}
	return w.record(docs, findings, map[string]string{"verdict": verdict})
}

// remand opens a further round on the same texts: a verdict once given never changes, so the earlier row stays as it is.
func (w *work) remand(docs map[string]document.Document, findings []law.Finding) error {
	texts, err := textsOf(w.tx, w.row.ID)
	if err != nil {
		return err
	}
	if _, err := w.tx.Exec(`UPDATE review SET state = 'ended' WHERE id = $1`, w.row.ID); err != nil {
		return fmt.Errorf("review: remand: %w", err)
	}
	id := w.tx.NewID()
	if _, err := w.tx.Exec(`INSERT INTO review (id, agency, case_id, round, state, verdict, submitted_by, submitted_on, complete_on, reviewer, concluded_on, body, counsel, opinion, draft_kind, due_on)
		VALUES ($1, $2, $3, $4, 'submitted', '', $5, $6, '', '', '', '{}', '', '', $7, '')`, id, w.row.Agency, w.row.Case, w.row.Round+1, w.row.SubmittedBy,
		w.day.String(), w.row.DraftKind); err != nil {
		return fmt.Errorf("review: remand: %w", err)
	}
	for party, hash := range texts {
		if _, err := w.tx.Exec(`INSERT INTO review_text (review_id, case_id, party_id, body_hash) VALUES ($1, $2, $3, $4)`, id, w.row.Case, party, hash); err != nil {
			return fmt.Errorf("review: remand: %w", err)
		}
	}
	if _, err := w.tx.Exec(`UPDATE review SET state = 'under_review', complete_on = $2 WHERE id = $1`, id, w.day.String()); err != nil {
		return fmt.Errorf("review: remand: %w", err)
	}
	if err := w.clocks(id); err != nil {
		return err
	}
	return w.record(docs, findings, map[string]string{"next": id})
}

func (w *work) documents() (map[string]document.Document, error) {
	docs := map[string]document.Document{}
	books := w.room.Cases.Books()
	for _, kind := range w.kinds {
		k, ok := books.Forms.Kind(kind)
		if !ok {
			return nil, refusal.Field(kind, "没有《"+kind+"》的格式。")
		}
		d, err := document.Finish(w.tx, k, books.Pack, document.Document{Agency: w.row.Agency, Case: w.row.Case, Step: string(w.step.Code), MadeOn: w.day,
			MadeBy: w.actor.Account, Values: w.papers[kind]})
		if err != nil {
			return nil, err
		}
		docs[kind] = d
	}
	return docs, document.UsedUp(w.tx, w.row.Case, "", DraftStep(w.row.ID, w.step.Code))
}

// clocks ends and starts the clocks of the step, and keeps the review's own due day.
func (w *work) clocks(id string) error {
	texts, err := textsOf(w.tx, w.row.ID)
	if err != nil {
		return err
	}
	if err := deadline.Meet(w.tx, w.row.Case, slices.Collect(maps.Keys(texts)), string(w.step.Code), w.day); err != nil {
		return err
	}
	books := w.room.Cases.Books()
	for _, d := range w.step.Deadlines {
		p, _, ok := books.Law.Param(d.Param, w.day)
		if !ok {
			continue
		}
		if err := deadline.Drop(w.tx, w.row.Case, "", d.Param); err != nil {
			return err
		}
		done := make([]string, len(d.Done))
		for i, code := range d.Done {
			done[i] = string(code)
		}
		c, err := deadline.Start(w.tx, books.Calendar, deadline.Clock{Agency: w.row.Agency, Case: w.row.Case, Param: d.Param, Label: d.Label, Done: done, Trigger: w.day,
			Length: int(p.Value), Unit: p.Unit})
		if err != nil {
			return err
		}
		if _, err := w.tx.Exec(`UPDATE review SET due_on = $2 WHERE id = $1`, id, c.Due.String()); err != nil {
			return fmt.Errorf("review: clock: %w", err)
		}
	}
	return nil
}

func (w *work) record(docs map[string]document.Document, findings []law.Finding, more map[string]string) error {
	ref := map[string]string{"review": w.row.ID, "step": string(w.step.Code)}
	for name, value := range more {
		if value != "" {
			ref[name] = value
		}
	}
	texts, err := textsOf(w.tx, w.row.ID)
	if err != nil {
		return err
	}
	if len(texts) <= 60 {
		for party, hash := range texts {
			ref["text."+party] = hash
		}
	}
	var papers []map[string]string
	for _, d := range docs {
		ref["doc."+d.ID] = d.BodyHash
		papers = append(papers, map[string]string{"id": d.ID, "kind": d.Kind, "number": d.Number})
	}
	var warned []string
	for _, f := range findings {
		if f.Severity != law.Block {
			warned = append(warned, f.Rule)
		}
	}
	if len(warned) > 0 {
		ref["warned"] = strings.Join(warned, " ")
	}
	_, err = ledger.Append(w.tx, ledger.Event{Agency: w.row.Agency, Kind: w.step.Event, SubjectKind: "case", Subject: w.row.Case,
		Actor: w.actor.Ledger(string(w.step.Role)), Ref: ref, Payload: map[string]any{"title": "法制审核：" + w.step.Title, "actor": w.actor.Title(), "documents": papers}})
	return err
}
