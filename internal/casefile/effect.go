package casefile

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"mingjing/internal/access"
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
	dbTx    = db.Tx
	sqlRows = sql.Rows
)

// effect writes the rows that stand behind a step, beyond its documents: gates and lists ask these rows.
func (w *work) effect(s *sheet) error {
	switch w.step.Code {
	case "open_case":
		return w.opened(s)
	case "assign_officers", "change_officers":
		return w.assign(s)
	case "check_catalogue":
		s.party.Catalogue = true
		s.party.Major = s.party.Major || s.facts(w.books, w.moment, w.people).Major
	case "serve_notice":
		return w.noticed(s)
	case "record_defence", "waive_defence", "review_defence":
		w.window(s)
	case "waive_hearing":
		w.window(s)
		return w.waivedClocks(s)
	case "request_hearing":
		s.party.HearingOpen = true
		s.party.Major = true // 经过听证程序的，属于重大执法决定 (第五十八条第一款第二项)
		w.window(s)
	case "hold_hearing", "end_hearing":
		s.party.HearingOpen = false
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
		if w.step.Code == "close" {
			return deadline.DropAll(w.tx, w.pic.file.ID)
		}
	}
	return nil
}

func (w *work) caseEffect(s *sheet) {
	f := &w.pic.file
	switch w.step.Code {
	case "report_investigation":
		f.Complex = f.Complex || yes(s.finished("案件要素登记"), "complex")
	case "report_crime":
		f.CrimeOpen = true
	case "refuse_transfer":
		f.CrimeOpen = false
	case "receive_transfer_result":
		f.CrimeOpen = s.act["移送结果登记"].Text("result") == policeOpened
	case "close":
		f.ClosedOn = w.moment.occurred
	case "reopen":
		f.ClosedOn = workday.Day{}
	case "redo":
		s.party.NoticeOn, s.party.WindowUntil, s.party.Waived = workday.Day{}, workday.Day{}, false
		s.party.NotifiedRank, s.party.NotifiedAmount = 0, 0
	}
}

func (w *work) opened(s *sheet) error {
	f := &w.pic.file
	paper, elements := s.act["立案审批表"], s.act["案件要素登记"]
	f.OpenedOn, f.RuleSet, f.Pack = w.moment.occurred, w.books.Law.Version, w.books.Pack.Hash()
	f.Title, f.Cause = paper.Text("case_title"), paper.Text("cause")
	f.Number = w.made(s, "立案审批表").Number
	f.Complex = yes(elements, "complex")
	code := strings.TrimSpace(elements.Text("item"))
	if _, ok := w.books.Pack.Item(code, w.moment.occurred); !ok {
		return refusal.Field("案件要素登记/item", "执法事项清单中没有“"+code+"”，请从清单中选择事项编码。")
	}
	f.Item = code
	for i := range w.pic.parties {
		w.pic.parties[i].Item = code
		if _, err := w.tx.Exec(`UPDATE party SET item = $2 WHERE id = $1`, w.pic.parties[i].ID, code); err != nil {
			return fmt.Errorf("casefile: open: %w", err)
		}
	}
	return nil
}

// assign replaces the officers of the case by those that the paper names, from its day on.
func (w *work) assign(s *sheet) error {
	for _, o := range w.pic.officers {
		if !o.Until.IsZero() {
			continue
		}
		if _, err := w.tx.Exec(`UPDATE case_officer SET until_on = $3 WHERE case_id = $1 AND certificate = $2 AND until_on = ''`, w.pic.file.ID, o.Certificate,
			w.moment.occurred.AddDays(-1).String()); err != nil {
			return fmt.Errorf("casefile: assign: %w", err)
		}
	}
	lead := s.act[assignmentKind].Text("lead_officer")
	for _, o := range s.actingOfficers(w.moment) {
		standing := w.people.standing[o.Certificate]
		if _, err := w.tx.Exec(`INSERT INTO case_officer (case_id, certificate, name, account, from_on, until_on) VALUES ($1, $2, $3, $4, $5, '')
			ON CONFLICT (case_id, certificate, from_on) DO UPDATE SET until_on = ''`, w.pic.file.ID, o.Certificate, o.Name, standing.Account, w.moment.occurred.String()); err != nil {
			return fmt.Errorf("casefile: assign: %w", err)
		}
		if zh.Key(o.Name) == zh.Key(lead) && standing.Account != "" {
			w.pic.file.Handler = standing.Account
		}
	}
	return nil
}

// deliver records the service of a paper of the act and returns its effective day by w.effective.
func (w *work) deliver(s *sheet, purpose, kind string) error {
	receipt := s.act[receiptKind]
	paper := w.made(s, kind)
	return w.delivery(s, purpose, paper.ID, receipt)
}

func (w *work) delivery(s *sheet, purpose, documentID string, receipt form.Values) error {
	effective := w.effective(s)
	if effective.IsZero() {
		return refusal.Field(receiptKind+"/at", "请填写送达时间。")
	}
	_, err := w.tx.Exec(`INSERT INTO delivery (id, agency, case_id, party_id, document_id, purpose, mode, sent_on, effective_on, receipt)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, w.tx.NewID(), w.pic.file.Agency, w.pic.file.ID, s.party.ID, documentID, purpose, receipt.Text("mode"),
		w.moment.occurred.String(), effective.String(), w.made(s, receiptKind).ID)
	if err != nil {
		return fmt.Errorf("casefile: deliver: %w", err)
	}
	return nil
}

// effective is the day on which the service of the act takes effect; for 公告送达 the last day of the announcement.
func (w *work) effective(s *sheet) workday.Day {
	receipt := s.act[receiptKind]
	if receipt.Text("mode") != string(law.ServedPublic) {
		return effectiveDay(receipt, workday.Day{})
	}
	due, err := w.books.Calendar.Due(workday.Deadline{Trigger: dayOf(receipt, "at"), N: w.books.Law.Values(w.moment.occurred).Int(law.AnnouncementDays), Unit: workday.CalendarDay})
	if err != nil {
		return workday.Day{}
	}
	return due.Due
}

func (w *work) noticed(s *sheet) error {
	if err := w.deliver(s, "notice", noticeKind); err != nil {
		return err
	}
	values := w.books.Law.Values(w.moment.occurred)
	penalty := penaltyOf(s.act[noticeKind], w.books.Pack.Kinds(w.moment.occurred))
	s.party.NoticeOn, s.party.Waived = w.effective(s), false
	s.party.NotifiedRank = law.SeverityRank(values.Order(), penalty.Kinds)
	s.party.NotifiedAmount = penalty.Money()
	s.party.WindowUntil = workday.Day{}
	windows := []string{law.DefenceDays}
	if yes(s.act[noticeKind], "hearing_right") || s.act[hearingKind] != nil {
		windows = append(windows, law.HearingRequestDays)
	}
	for _, param := range windows {
		p, _, ok := w.books.Law.Param(param, w.moment.occurred)
		if !ok {
			continue
		}
		due, err := w.books.Calendar.Due(workday.Deadline{Trigger: s.party.NoticeOn, N: int(p.Value), Unit: workday.Unit(p.Unit), ForParty: true})
		if err != nil {
			return fmt.Errorf("casefile: notice: %w", err)
		}
		if due.Due.After(s.party.WindowUntil) {
			s.party.WindowUntil = due.Due
		}
	}
	return nil
}

// window tells whether nothing is left that the windows of the notice protect: the party has spoken or given up its
// right to, and has asked for its hearing or given that up too.
func (w *work) window(s *sheet) {
	f := s.facts(w.books, w.moment, w.people)
	spoken := f.DefenceReceived || f.DefenceWaived || w.step.Code == "record_defence"
	asked := !f.HearingRight && !f.HearingTold || f.HearingRequested || f.HearingWaived || w.step.Code == "request_hearing"
	s.party.Waived = spoken && asked
}

// waivedClocks ends the windows that a statement of the party gives up, whichever step it was made in (行政处罚法第六十二条).
func (w *work) waivedClocks(s *sheet) error {
	for param, right := range map[string]string{law.DefenceDays: "陈述、申辩的权利", law.HearingRequestDays: "要求听证的权利"} {
		for _, c := range s.clocks {
			if c.Param != param || c.State != deadline.Open || !s.concerns(c.Party) || !s.waived(right) {
				continue
			}
			if err := deadline.End(w.tx, c, w.moment.occurred); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *work) panel(s *sheet) error {
	f := s.facts(w.books, w.moment, w.people)
	_, err := w.tx.Exec(`INSERT INTO panel (id, agency, case_id, party_id, held_on, members, minutes, document_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		w.tx.NewID(), w.pic.file.Agency, w.pic.file.ID, s.party.ID, f.PanelHeld.String(), f.PanelAttendees, f.PanelMinutes, w.made(s, "集体讨论记录").ID)
	if err != nil {
		return fmt.Errorf("casefile: panel: %w", err)
	}
	return nil
}

func (w *work) approve(s *sheet) error {
	kind, text := s.textNow(w.moment)
	k, ok := w.books.Forms.Kind(kind)
	if !ok || text == nil || kind != decisionKind {
		return refusal.Field(decisionKind, "请先起草《行政处罚决定书》，负责人批准的是这一份文本。")
	}
	hash := form.Hash(k, text)
	_, err := w.tx.Exec(`INSERT INTO approval (id, agency, case_id, party_id, body_hash, approver, approved_on, document_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		w.tx.NewID(), w.pic.file.Agency, w.pic.file.ID, s.party.ID, hash, w.actor.Account, w.moment.occurred.String(), w.made(s, "行政处罚决定审批表").ID)
	if err != nil {
		return fmt.Errorf("casefile: approve: %w", err)
	}
	w.pic.approved[s.party.ID] = approval{Hash: hash, Approver: w.actor.Account, On: w.moment.occurred}
	return nil
}

// Made is a decision just made, with what the rooms behind need of it.
type Made struct {
	File     File
	Decision Decision
	Document document.Document
	Kind     *form.Kind
	Actor    access.Actor
	Minor    bool
	Due      workday.Day // last day for publishing
	// PartyPublic and PartyKind are the party as it may be shown outside.
	PartyPublic, PartyKind string
	Details                map[string]any
}

func (w *work) decide(s *sheet) error {
	kind := map[string]string{"decide": decisionKind, "no_penalty": pardonKind, "decide_on_spot": spotKind}[string(w.step.Code)]
	doc := w.made(s, kind)
	values := w.books.Law.Values(w.moment.occurred)
	penalty := penaltyOf(doc.Values, w.books.Pack.Kinds(w.moment.occurred))
	names, err := json.Marshal(penalty.Kinds)
	if err != nil {
		return fmt.Errorf("casefile: decide: %w", err)
	}
	var rv reviewed
	if r, ok := s.review(); ok {
		rv = r
	}
	granted, _ := s.approval()
	d := Decision{ID: w.tx.NewID(), Agency: w.pic.file.Agency, Case: w.pic.file.ID, Party: s.party.ID, Document: doc.ID, Kind: kind, Procedure: w.pic.file.Procedure,
		Number: doc.Number, BodyHash: doc.BodyHash, Major: s.party.Major, Review: rv.ID, Handler: w.pic.file.Handler, Approver: granted.Approver,
		DecidedOn: w.moment.occurred, Penalties: string(names), Rank: law.SeverityRank(values.Order(), penalty.Kinds), Fine: penalty.Fine,
		Confiscated: penalty.Confiscated, State: "made"}
	switch kind {
	case pardonKind:
		d.Approver = w.actor.Account
	case spotKind:
		w.pic.file.Item, w.pic.file.OpenedOn = strings.TrimSpace(s.paper("案件要素登记").Text("item")), w.moment.occurred
		w.pic.file.RuleSet, w.pic.file.Pack = w.books.Law.Version, w.books.Pack.Hash()
		w.pic.file.Number = doc.Number
		d.ServedOn, d.EffectiveOn, d.ServiceMode = d.DecidedOn, d.DecidedOn, string(law.ServedDirect)
	}
	_, err = w.tx.Exec(`INSERT INTO decision (`+decisionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
		d.ID, d.Agency, d.Case, d.Party, d.Document, d.Kind, d.Procedure, d.Number, d.BodyHash, d.Review, d.Handler, d.Approver, d.Major, d.DecidedOn.String(),
		d.ServedOn.String(), d.EffectiveOn.String(), "", d.Penalties, d.ServiceMode, d.State, d.Rank, int64(d.Fine), int64(d.Confiscated))
	if err != nil {
		return fmt.Errorf("casefile: decide: %w", err)
	}
	w.pic.decided[s.party.ID] = d
	if w.room.Decided == nil {
		return nil
	}
	made := Made{File: w.pic.file, Decision: d, Document: doc, Actor: w.actor, Minor: s.facts(w.books, w.moment, w.people).PartyMinor,
		PartyPublic: s.party.PublicName(), PartyKind: s.party.Kind, Details: s.party.Details}
	made.Kind, _ = w.books.Forms.Kind(kind)
	param := law.PublishDays
	if kind == pardonKind {
		param = law.PublishOtherDays
	}
	if p, _, ok := w.books.Law.Param(param, w.moment.occurred); ok {
		due, err := w.books.Calendar.Due(workday.Deadline{Trigger: d.DecidedOn, N: int(p.Value), Unit: workday.Unit(p.Unit)})
		if err != nil {
			return fmt.Errorf("casefile: decide: %w", err)
		}
		made.Due = due.Due
	}
	return w.room.Decided(w.tx, made)
}

func (w *work) serveDecision(s *sheet) error {
	d, ok := w.pic.decided[s.party.ID]
	if !ok {
		return refusal.NotFound{What: "处罚决定"}
	}
	receipt := s.act[receiptKind]
	if err := w.delivery(s, "decision", d.Document, receipt); err != nil {
		return err
	}
	d.ServedOn, d.EffectiveOn, d.ServiceMode = w.moment.occurred, w.effective(s), receipt.Text("mode")
	if _, err := w.tx.Exec(`UPDATE decision SET served_on = $2, effective_on = $3, service_mode = $4 WHERE id = $1`, d.ID, d.ServedOn.String(), d.EffectiveOn.String(), d.ServiceMode); err != nil {
		return fmt.Errorf("casefile: serve: %w", err)
	}
	w.pic.decided[s.party.ID] = d
	if w.room.Served == nil {
		return nil
	}
	return w.room.Served(w.tx, d, w.actor)
}

func (w *work) pay(s *sheet) error {
	v, kind := s.act[paymentKind], finePaid
	on, receipt, amount := dayOf(v, "paid_on"), v.Text("receipt"), v.Fen("amount")
	switch w.step.Code {
	case "pay":
		kind = v.Text("kind")
	case "collect_cash":
		v = s.act[cashKind]
		on, receipt, amount = w.moment.occurred, v.Text("receipt"), v.Fen("amount")
	case "refund":
		v = s.act[refundKind]
		kind, on, receipt, amount = refundPaid, w.moment.occurred, v.Text("receipt"), v.Fen("refund")
	}
	_, err := w.tx.Exec(`INSERT INTO payment (id, agency, case_id, party_id, kind, amount, paid_on, receipt, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		w.tx.NewID(), w.pic.file.Agency, w.pic.file.ID, s.party.ID, kind, amount, on.String(), receipt, db.Text(w.tx.Now()))
	if err != nil {
		return fmt.Errorf("casefile: pay: %w", err)
	}
	w.pic.paid[s.party.ID] = append(w.pic.paid[s.party.ID], payment{Kind: kind, Receipt: receipt, Amount: zh.Fen(amount), On: on})
	return w.paidShares(s)
}

// annul marks the decision that a court, a review organ or the agency itself has undone and tells the room of disclosure.
func (w *work) annul(s *sheet) error {
	d, ok := w.pic.decided[s.party.ID]
	if !ok {
		return refusal.NotFound{What: "处罚决定"}
	}
	v := s.act["决定变动登记"]
	d.State, d.AnnulledOn = "annulled", w.moment.occurred
	if _, err := w.tx.Exec(`UPDATE decision SET state = 'annulled', annulled_on = $2 WHERE id = $1`, d.ID, d.AnnulledOn.String()); err != nil {
		return fmt.Errorf("casefile: annul: %w", err)
	}
	w.pic.decided[s.party.ID] = d
	if w.room.Annulled == nil {
		return nil
	}
	return w.room.Annulled(w.tx, d, Annulment{Ground: v.Text("ground"), Organ: v.Text("organ"), Document: v.Text("document"), Reason: v.Text("reason"), On: w.moment.occurred}, w.actor)
}

// Annulment is why a decision no longer stands.
type Annulment struct {
	Ground, Organ, Document, Reason string
	On                              workday.Day
}
