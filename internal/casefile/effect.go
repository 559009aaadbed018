package casefile

import (
	"encoding/json"
	"fmt"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/facts"
	"mingjing/internal/casefile/payment"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

type (
	dbTx = db.Tx
)

// effect writes the rows that stand behind a step, beyond its documents: gates and lists ask these rows.
func (w *work) effect(s *picture.Sheet) error {
	switch w.Step.Code {
	case "open_case":
		return w.opened(s)
	case "assign_officers", "change_officers":
		return w.assign(s)
	case "check_catalogue":
		s.Party.Catalogue = true
		s.Party.Major = s.Party.Major || facts.Of(s, w.Books, w.Moment, w.people).Major
	case "serve_notice":
		return w.noticed(s)
	case "record_defence", "waive_defence", "review_defence":
		w.window(s)
	case "waive_hearing":
		w.window(s)
		return w.waivedClocks(s)
	case "request_hearing":
		s.Party.HearingOpen = true
		s.Party.Major = true // 经过听证程序的，属于重大执法决定 (第五十八条第一款第二项)
		w.window(s)
	case "hold_hearing", "end_hearing":
		s.Party.HearingOpen = false
	case "schedule_hearing":
		return w.deliver(s, "hearing", "听证通知书")
	case "hold_panel":
		return w.panel(s)
	case "approve":
		return w.approve(s)
	case "decide", "no_penalty", "decide_on_spot":
		return w.decide(s)
	case "serve_decision", "serve_no_penalty":
		return w.serveDecision(s)
	case "demand":
		return w.deliver(s, "demand", "履行催告书")
	case "grant_instalment":
		return w.granted(s)
	case "pay", "collect_cash", "refund":
		return w.pay(s)
	case "record_remedy":
		return w.remedied(s)
	case "annul_decision":
		return w.annul(s)
	default:
		w.caseEffect(s)
		if w.Step.Code == "close" {
			return deadline.DropAll(w.tx, w.Picture.File.ID)
		}
	}
	return nil
}

func (w *work) caseEffect(s *picture.Sheet) {
	f := &w.Picture.File
	switch w.Step.Code {
	case "report_investigation":
		f.Complex = f.Complex || picture.Yes(s.Finished("案件要素登记"), "complex")
	case "report_crime":
		f.CrimeOpen = true
	case "refuse_transfer":
		f.CrimeOpen = false
	case "receive_transfer_result":
		f.CrimeOpen = s.Act["移送结果登记"].Text("result") == facts.PoliceOpened
	case "close":
		f.ClosedOn = w.Moment.Occurred
	case "reopen":
		f.ClosedOn = workday.Day{}
	case "redo":
		s.Party.NoticeOn, s.Party.WindowUntil, s.Party.Waived = workday.Day{}, workday.Day{}, false
		s.Party.NotifiedRank, s.Party.NotifiedAmount = 0, 0
	}
}

func (w *work) opened(s *picture.Sheet) error {
	f := &w.Picture.File
	paper, elements := s.Act["立案审批表"], s.Act["案件要素登记"]
	f.OpenedOn, f.RuleSet, f.Pack = w.Moment.Occurred, w.Books.Law.Version, w.Books.Pack.Hash()
	f.Title, f.Cause = paper.Text("case_title"), paper.Text("cause")
	f.Number = w.made(s, "立案审批表").Number
	f.Complex = picture.Yes(elements, "complex")
	code := strings.TrimSpace(elements.Text("item"))
	if _, ok := w.Books.Pack.Item(code, w.Moment.Occurred); !ok {
		return refusal.Field("案件要素登记/item", "执法事项清单中没有“"+code+"”，请从清单中选择事项编码。")
	}
	f.Item = code
	for i := range w.Picture.Parties {
		w.Picture.Parties[i].Item = code
		if _, err := w.tx.Exec(`UPDATE party SET item = $2 WHERE id = $1`, w.Picture.Parties[i].ID, code); err != nil {
			return fmt.Errorf("casefile: open: %w", err)
		}
	}
	return nil
}

// assign replaces the officers of the case by those that the paper names, from its day on.
func (w *work) assign(s *picture.Sheet) error {
	for _, o := range w.Picture.Officers {
		if !o.Until.IsZero() {
			continue
		}
		if _, err := w.tx.Exec(`UPDATE case_officer SET until_on = $3 WHERE case_id = $1 AND certificate = $2 AND until_on = ''`, w.Picture.File.ID, o.Certificate,
			w.Moment.Occurred.AddDays(-1).String()); err != nil {
			return fmt.Errorf("casefile: assign: %w", err)
		}
	}
	lead := s.Act[assignmentKind].Text("lead_officer")
	for _, o := range s.ActingOfficers(w.Moment) {
		standing := w.people.Standing[o.Certificate]
		if _, err := w.tx.Exec(`INSERT INTO case_officer (case_id, certificate, name, account, from_on, until_on) VALUES ($1, $2, $3, $4, $5, '')
			ON CONFLICT (case_id, certificate, from_on) DO UPDATE SET until_on = ''`, w.Picture.File.ID, o.Certificate, o.Name, standing.Account, w.Moment.Occurred.String()); err != nil {
			return fmt.Errorf("casefile: assign: %w", err)
		}
		if zh.Key(o.Name) == zh.Key(lead) && standing.Account != "" {
			w.Picture.File.Handler = standing.Account
		}
	}
	return nil
}

// deliver records the service of a paper of the act and returns its effective day by w.effective.
func (w *work) deliver(s *picture.Sheet, purpose, kind string) error {
	receipt := s.Act[book.ReceiptKind]
	paper := w.made(s, kind)
	return w.delivery(s, purpose, paper.ID, receipt)
}

func (w *work) delivery(s *picture.Sheet, purpose, documentID string, receipt form.Values) error {
	effective := w.effective(s)
	if effective.IsZero() {
		return refusal.Field(book.ReceiptKind+"/at", "请填写送达时间。")
	}
	_, err := w.tx.Exec(`INSERT INTO delivery (id, agency, case_id, party_id, document_id, purpose, mode, sent_on, effective_on, receipt)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, w.tx.NewID(), w.Picture.File.Agency, w.Picture.File.ID, s.Party.ID, documentID, purpose, receipt.Text("mode"),
		w.Moment.Occurred.String(), effective.String(), w.made(s, book.ReceiptKind).ID)
	if err != nil {
		return fmt.Errorf("casefile: deliver: %w", err)
	}
	return nil
}

// effective is the day on which the service of the act takes effect; for 公告送达 the last day of the announcement.
func (w *work) effective(s *picture.Sheet) workday.Day {
	receipt := s.Act[book.ReceiptKind]
	if receipt.Text("mode") != string(law.ServedPublic) {
		return facts.EffectiveDay(receipt, workday.Day{})
	}
	due, err := w.Books.Calendar.Due(workday.Deadline{Trigger: picture.DayOf(receipt, "at"), N: w.Books.Law.Values(w.Moment.Occurred).Int(law.AnnouncementDays), Unit: workday.CalendarDay})
	if err != nil {
		return workday.Day{}
	}
	return due.Due
}

func (w *work) noticed(s *picture.Sheet) error {
	if err := w.deliver(s, "notice", book.NoticeKind); err != nil {
		return err
	}
	values := w.Books.Law.Values(w.Moment.Occurred)
	penalty := facts.PenaltyOf(s.Act[book.NoticeKind], w.Books.Pack.Kinds(w.Moment.Occurred))
	s.Party.NoticeOn, s.Party.Waived = w.effective(s), false
	s.Party.NotifiedRank = law.SeverityRank(values.Order(), penalty)
	s.Party.NotifiedAmount = penalty.Money()
	s.Party.WindowUntil = workday.Day{}
	windows := []string{law.DefenceDays}
	if picture.Yes(s.Act[book.NoticeKind], "hearing_right") || s.Act[book.HearingKind] != nil {
		windows = append(windows, law.HearingRequestDays)
	}
	for _, param := range windows {
		p, _, ok := w.Books.Law.Param(param, w.Moment.Occurred)
		if !ok {
			continue
		}
		due, err := w.Books.Calendar.Due(workday.Deadline{Trigger: s.Party.NoticeOn, N: int(p.Value), Unit: workday.Unit(p.Unit), ForParty: true})
		if err != nil {
			return fmt.Errorf("casefile: notice: %w", err)
		}
		if due.Due.After(s.Party.WindowUntil) {
			s.Party.WindowUntil = due.Due
		}
	}
	return nil
}

// window tells whether nothing is left that the windows of the notice protect: the party has spoken or given up its
// right to, and has asked for its hearing or given that up too.
func (w *work) window(s *picture.Sheet) {
	f := facts.Of(s, w.Books, w.Moment, w.people)
	spoken := f.DefenceReceived || f.DefenceWaived || w.Step.Code == "record_defence"
	asked := !f.HearingRight && !f.HearingTold || f.HearingRequested || f.HearingWaived || w.Step.Code == "request_hearing"
	s.Party.Waived = spoken && asked
}

// waivedClocks ends the windows that a statement of the party gives up, whichever step it was made in (行政处罚法第六十二条).
func (w *work) waivedClocks(s *picture.Sheet) error {
	for param, right := range map[string]string{law.DefenceDays: "陈述、申辩的权利", law.HearingRequestDays: "要求听证的权利"} {
		for _, c := range s.Clocks {
			if c.Param != param || c.State != deadline.Open || !s.Concerns(c.Party) || !s.Waived(right) {
				continue
			}
			if err := deadline.End(w.tx, c, w.Moment.Occurred); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *work) panel(s *picture.Sheet) error {
	f := facts.Of(s, w.Books, w.Moment, w.people)
	_, err := w.tx.Exec(`INSERT INTO panel (id, agency, case_id, party_id, held_on, members, minutes, document_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		w.tx.NewID(), w.Picture.File.Agency, w.Picture.File.ID, s.Party.ID, f.PanelHeld.String(), f.PanelAttendees, f.PanelMinutes, w.made(s, "集体讨论记录").ID)
	if err != nil {
		return fmt.Errorf("casefile: panel: %w", err)
	}
	return nil
}

func (w *work) approve(s *picture.Sheet) error {
	kind, text := facts.TextNow(s, w.Moment)
	k, ok := w.Books.Forms.Kind(kind)
	if !ok || text == nil || kind != book.DecisionKind {
		return refusal.Field(book.DecisionKind, "请先起草《行政处罚决定书》，负责人批准的是这一份文本。")
	}
	hash := form.Hash(k, text)
	_, err := w.tx.Exec(`INSERT INTO approval (id, agency, case_id, party_id, body_hash, approver, approved_on, document_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		w.tx.NewID(), w.Picture.File.Agency, w.Picture.File.ID, s.Party.ID, hash, w.Actor.Account, w.Moment.Occurred.String(), w.made(s, "行政处罚决定审批表").ID)
	if err != nil {
		return fmt.Errorf("casefile: approve: %w", err)
	}
	w.Picture.Approved[s.Party.ID] = picture.Approval{Hash: hash, Approver: w.Actor.Account, On: w.Moment.Occurred}
	return nil
}

// Made is a decision just made, with what the rooms behind need of it.
type Made struct {
	File     picture.File
	Decision picture.Decision
	Document document.Document
	Kind     *form.Kind
	Actor    access.Actor
	Minor    bool
	Due      workday.Day // last day for publishing
	// PartyPublic and PartyKind are the party as it may be shown outside.
	PartyPublic, PartyKind string
	Details                map[string]any
}

func (w *work) decide(s *picture.Sheet) error {
	kind := map[string]string{"decide": book.DecisionKind, "no_penalty": book.PardonKind, "decide_on_spot": book.SpotKind}[string(w.Step.Code)]
	doc := w.made(s, kind)
	values := w.Books.Law.Values(w.Moment.Occurred)
	penalty := facts.PenaltyOf(doc.Values, w.Books.Pack.Kinds(w.Moment.Occurred))
	names, err := json.Marshal(penalty.Kinds)
	if err != nil {
		return fmt.Errorf("casefile: decide: %w", err)
	}
	var rv picture.Reviewed
	if r, ok := s.Review(); ok {
		rv = r
	}
	granted, _ := s.Approval()
	d := picture.Decision{ID: w.tx.NewID(), Agency: w.Picture.File.Agency, Case: w.Picture.File.ID, Party: s.Party.ID, Document: doc.ID, Kind: kind, Procedure: w.Picture.File.Procedure,
		Number: doc.Number, BodyHash: doc.BodyHash, Major: s.Party.Major, Review: rv.ID, Handler: w.Picture.File.Handler, Approver: granted.Approver,
		DecidedOn: w.Moment.Occurred, Penalties: string(names), Rank: law.SeverityRank(values.Order(), penalty), Fine: penalty.Fine,
		Confiscated: penalty.Confiscated, State: "made"}
	switch kind {
	case book.PardonKind:
		d.Approver = w.Actor.Account
	case book.SpotKind:
		w.Picture.File.Item, w.Picture.File.OpenedOn = strings.TrimSpace(s.Paper("案件要素登记").Text("item")), w.Moment.Occurred
		w.Picture.File.RuleSet, w.Picture.File.Pack = w.Books.Law.Version, w.Books.Pack.Hash()
		w.Picture.File.Number = doc.Number
		d.ServedOn, d.EffectiveOn, d.ServiceMode = d.DecidedOn, d.DecidedOn, string(law.ServedDirect)
	}
	_, err = w.tx.Exec(`INSERT INTO decision (`+picture.DecisionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
		d.ID, d.Agency, d.Case, d.Party, d.Document, d.Kind, d.Procedure, d.Number, d.BodyHash, d.Review, d.Handler, d.Approver, d.Major, d.DecidedOn.String(),
		d.ServedOn.String(), d.EffectiveOn.String(), "", d.Penalties, d.ServiceMode, d.State, d.Rank, int64(d.Fine), int64(d.Confiscated))
	if err != nil {
		return fmt.Errorf("casefile: decide: %w", err)
	}
	w.Picture.Decided[s.Party.ID] = d
	if w.room.Decided == nil {
		return nil
	}
	made := Made{File: w.Picture.File, Decision: d, Document: doc, Actor: w.Actor, Minor: facts.Of(s, w.Books, w.Moment, w.people).PartyMinor,
		PartyPublic: s.Party.PublicName(), PartyKind: s.Party.Kind, Details: s.Party.Details}
	made.Kind, _ = w.Books.Forms.Kind(kind)
	param := law.PublishDays
	if kind == book.PardonKind {
		param = law.PublishOtherDays
	}
	if p, _, ok := w.Books.Law.Param(param, w.Moment.Occurred); ok {
		due, err := w.Books.Calendar.Due(workday.Deadline{Trigger: d.DecidedOn, N: int(p.Value), Unit: workday.Unit(p.Unit)})
		if err != nil {
			return fmt.Errorf("casefile: decide: %w", err)
		}
		made.Due = due.Due
	}
	return w.room.Decided(w.tx, made)
}

func (w *work) serveDecision(s *picture.Sheet) error {
	d, ok := w.Picture.Decided[s.Party.ID]
	if !ok {
		return refusal.NotFound{What: "处罚决定"}
	}
	receipt := s.Act[book.ReceiptKind]
	if err := w.delivery(s, "decision", d.Document, receipt); err != nil {
		return err
	}
	d.ServedOn, d.EffectiveOn, d.ServiceMode = w.Moment.Occurred, w.effective(s), receipt.Text("mode")
	if _, err := w.tx.Exec(`UPDATE decision SET served_on = $2, effective_on = $3, service_mode = $4 WHERE id = $1`, d.ID, d.ServedOn.String(), d.EffectiveOn.String(), d.ServiceMode); err != nil {
		return fmt.Errorf("casefile: serve: %w", err)
	}
	w.Picture.Decided[s.Party.ID] = d
	if w.room.Served == nil {
		return nil
	}
	return w.room.Served(w.tx, d, w.Actor)
}

func (w *work) pay(s *picture.Sheet) error {
	v, kind := s.Act[payment.EntryKind], payment.FinePaid
	on, receipt, amount := picture.DayOf(v, "paid_on"), v.Text("receipt"), v.Fen("amount")
	switch w.Step.Code {
	case "pay":
		kind = v.Text("kind")
	case "collect_cash":
		v = s.Act[payment.CashKind]
		on, receipt, amount = w.Moment.Occurred, v.Text("receipt"), v.Fen("amount")
	case "refund":
		v = s.Act[payment.RefundKind]
		kind, on, receipt, amount = payment.RefundPaid, w.Moment.Occurred, v.Text("receipt"), v.Fen("refund")
	}
	_, err := w.tx.Exec(`INSERT INTO payment (id, agency, case_id, party_id, kind, amount, paid_on, receipt, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		w.tx.NewID(), w.Picture.File.Agency, w.Picture.File.ID, s.Party.ID, kind, amount, on.String(), receipt, db.Text(w.tx.Now()))
	if err != nil {
		return fmt.Errorf("casefile: pay: %w", err)
	}
	w.Picture.Paid[s.Party.ID] = append(w.Picture.Paid[s.Party.ID], picture.Payment{Kind: kind, Receipt: receipt, Amount: zh.Fen(amount), On: on})
	return w.paidShares(s)
}

// annul marks the decision that a court, a review organ or the agency itself has undone and tells the room of disclosure.
func (w *work) annul(s *picture.Sheet) error {
	d, ok := w.Picture.Decided[s.Party.ID]
	if !ok {
		return refusal.NotFound{What: "处罚决定"}
	}
	v := s.Act["决定变动登记"]
	d.State, d.AnnulledOn = "annulled", w.Moment.Occurred
	if _, err := w.tx.Exec(`UPDATE decision SET state = 'annulled', annulled_on = $2 WHERE id = $1`, d.ID, d.AnnulledOn.String()); err != nil {
		return fmt.Errorf("casefile: annul: %w", err)
	}
	w.Picture.Decided[s.Party.ID] = d
	if w.room.Annulled == nil {
		return nil
	}
	return w.room.Annulled(w.tx, d, Annulment{Ground: v.Text("ground"), Organ: v.Text("organ"), Document: v.Text("document"), Reason: v.Text("reason"), On: w.Moment.Occurred}, w.Actor)
}

// Annulment is why a decision no longer stands.
type Annulment struct {
	Ground, Organ, Document, Reason string
	On                              workday.Day
}
