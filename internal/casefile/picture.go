package casefile

import (
	"database/sql"
	"fmt"
	"slices"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/party"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// picture is all that is known of a case at the beginning of an act. It is read once, in the act's own transaction.
type picture struct {
	today    workday.Day
	file     File
	parties  []party.Party
	docs     []document.Document
	index    docIndex
	texts    map[string]form.Values // the drafted decision of each party, kept while nothing is written; nil in an act
	drafts   []document.Draft
	signed   []document.Agreement // what was agreed to of the drafts that wait
	clocks   []deadline.Clock
	events   []ledger.Record
	officers []assigned
	reviews  map[string]reviewed // by party id: the latest review of that party's text
	approved map[string]approval
	// reviewers and approvers are all who ever reviewed or approved a text of the case, in any round.
	reviewers, approvers []string
	decided              map[string]Decision
	served               map[string][]delivery
	paid                 map[string][]payment
	prior                map[string]earlier
}

type assigned struct {
	Certificate, Name, Account string
	From, Until                workday.Day
}

type reviewed struct {
	ID, State, Verdict, Hash, SubmittedBy, Reviewer string
	Submitted, Concluded                            workday.Day
	At                                              time.Time // when the verdict was recorded
	Due                                             workday.Day
	Counsel                                         string
}

type approval struct {
	Hash, Approver, Document string
	On                       workday.Day
}

type delivery struct {
	Purpose, Mode, Document, Receipt string
	Sent, Effective                  workday.Day
}

type payment struct {
	Kind, Receipt string
	Amount        zh.Fen
	On            workday.Day
}

// Decision is a decision made against one party.
type Decision struct {
	ID, Agency, Case, Party, Document, Kind, Procedure string
	Number, BodyHash, Review, Handler, Approver        string
	Major                                              bool
	DecidedOn, ServedOn, EffectiveOn, AnnulledOn       workday.Day
	Penalties, ServiceMode, State                      string
	Rank                                               int
	Fine, Confiscated                                  zh.Fen
}

// load reads the picture of a case.
func load(tx *db.Tx, id string) (*picture, error) {
	p := &picture{today: workday.DayOf(tx.Now())}
	var err error
	if p.file, err = Find(tx, id); err != nil {
		return nil, err
	}
	if p.parties, err = party.Of(tx, id); err != nil {
		return nil, err
	}
	if p.docs, err = document.Of(tx, id); err != nil {
		return nil, err
	}
	if p.drafts, err = document.Drafts(tx, id); err != nil {
		return nil, err
	}
	if p.clocks, err = deadline.Of(tx, id); err != nil {
		return nil, err
	}
	if p.events, err = ledger.Stream(tx, "case", id); err != nil {
		return nil, err
	}
	for _, read := range []func(*db.Tx) error{p.readOfficers, p.readReviews, p.readApprovals, p.readDecisions, p.readDeliveries, p.readPayments, p.readSigned} {
		if err := read(tx); err != nil {
			return nil, fmt.Errorf("casefile: picture of %s: %w", id, err)
		}
	}
	return p, nil
}

// rowLimit bounds the rows of one kind that belong to one case.
const rowLimit = 20000

func (p *picture) readOfficers(tx *db.Tx) error {
	return tx.Each(`SELECT certificate, name, account, from_on, until_on FROM case_officer WHERE case_id = $1 ORDER BY from_on, certificate LIMIT $2`,
		[]any{p.file.ID, rowLimit}, func(rows *sql.Rows) error {
			var a assigned
			err := rows.Scan(&a.Certificate, &a.Name, &a.Account, &a.From, &a.Until)
			p.officers = append(p.officers, a)
			return err
		})
}

func (p *picture) readReviews(tx *db.Tx) error {
	p.reviews = map[string]reviewed{}
	return tx.Each(`SELECT t.party_id, r.id, r.state, r.verdict, t.body_hash, r.submitted_by, r.reviewer, r.submitted_on, r.concluded_on, r.due_on, r.counsel
		FROM review r JOIN review_text t ON t.review_id = r.id WHERE r.case_id = $1 ORDER BY r.id LIMIT $2`,
		[]any{p.file.ID, rowLimit}, func(rows *sql.Rows) error {
			var id string
			var r reviewed
			err := rows.Scan(&id, &r.ID, &r.State, &r.Verdict, &r.Hash, &r.SubmittedBy, &r.Reviewer, &r.Submitted, &r.Concluded, &r.Due, &r.Counsel)
			p.reviews[id] = r
			if r.Reviewer != "" {
				p.reviewers = append(p.reviewers, r.Reviewer)
			}
			return err
		})
}

func (p *picture) readApprovals(tx *db.Tx) error {
	p.approved = map[string]approval{}
	return tx.Each(`SELECT party_id, body_hash, approver, approved_on, document_id FROM approval WHERE case_id = $1 ORDER BY id LIMIT $2`,
		[]any{p.file.ID, rowLimit}, func(rows *sql.Rows) error {
			var id string
			var a approval
			err := rows.Scan(&id, &a.Hash, &a.Approver, &a.On, &a.Document)
			p.approved[id] = a
			p.approvers = append(p.approvers, a.Approver)
			return err
		})
}

const decisionColumns = `id, agency, case_id, party_id, document_id, kind, procedure, number, body_hash, review_id, handler, approver, major, decided_on, served_on,
	effective_on, annulled_on, penalties, service_mode, state, rank, fine, confiscated`

func scanDecision(rows *sql.Rows) (Decision, error) {
	var d Decision
	err := rows.Scan(&d.ID, &d.Agency, &d.Case, &d.Party, &d.Document, &d.Kind, &d.Procedure, &d.Number, &d.BodyHash, &d.Review, &d.Handler, &d.Approver, &d.Major,
		&d.DecidedOn, &d.ServedOn, &d.EffectiveOn, &d.AnnulledOn, &d.Penalties, &d.ServiceMode, &d.State, &d.Rank, &d.Fine, &d.Confiscated)
	return d, err
}

func (p *picture) readDecisions(tx *db.Tx) error {
	p.decided = map[string]Decision{}
	return tx.Each(`SELECT `+decisionColumns+` FROM decision WHERE case_id = $1 ORDER BY id LIMIT $2`, []any{p.file.ID, rowLimit}, func(rows *sql.Rows) error {
		d, err := scanDecision(rows)
		p.decided[d.Party] = d
		return err
	})
}

func (p *picture) readDeliveries(tx *db.Tx) error {
	p.served = map[string][]delivery{}
	return tx.Each(`SELECT party_id, purpose, mode, document_id, receipt, sent_on, effective_on FROM delivery WHERE case_id = $1 ORDER BY id LIMIT $2`,
		[]any{p.file.ID, rowLimit}, func(rows *sql.Rows) error {
			var id string
			var d delivery
			err := rows.Scan(&id, &d.Purpose, &d.Mode, &d.Document, &d.Receipt, &d.Sent, &d.Effective)
			p.served[id] = append(p.served[id], d)
			return err
		})
}

func (p *picture) readPayments(tx *db.Tx) error {
	p.paid = map[string][]payment{}
	return tx.Each(`SELECT party_id, kind, receipt, amount, paid_on FROM payment WHERE case_id = $1 ORDER BY id LIMIT $2`, []any{p.file.ID, rowLimit},
		func(rows *sql.Rows) error {
			var id string
			var y payment
			err := rows.Scan(&id, &y.Kind, &y.Receipt, &y.Amount, &y.On)
			p.paid[id] = append(p.paid[id], y)
			return err
		})
}

// sheet is the case as one party's act sees it: the papers of the act before those that are finished.
type sheet struct {
	*picture
	party *party.Party // nil where the act concerns the case as a whole
	act   map[string]form.Values
	text  form.Values // the decision as drafted, with this party put in; nil where nothing is drafted
}

func (s *sheet) partyID() string {
	if s.party == nil {
		return ""
	}
	return s.party.ID
}

// concerns tells whether a paper of some party concerns this sheet: the party's own, those made for all, and, for an
// act of the whole case, everyone's.
func (s *sheet) concerns(partyID string) bool {
	return partyID == "" || s.party == nil || partyID == s.party.ID
}

// draftOf is what is being written of a kind for the party: its own draft, else the one for all.
func (s *sheet) draftOf(kind string) (document.Draft, bool) {
	var shared document.Draft
	for _, d := range s.drafts {
		if d.Kind != kind {
			continue
		}
		if d.Party == s.partyID() {
			return d, true
		}
		if d.Party == "" {
			shared = d
		}
	}
	return shared, shared.ID != ""
}

// clock is the newest clock of a parameter that concerns the sheet, as the law sees it.
func (s *sheet) clock(param string) law.Due {
	for _, c := range slices.Backward(s.clocks) {
		if c.Param == param && s.concerns(c.Party) && c.State != deadline.Dropped {
			return law.Due{Day: c.Due, Provisional: c.Provisional}
		}
	}
	return law.Due{}
}

func dayOf(v form.Values, path string) workday.Day {
	text := v.Text(path)
	if len(text) >= 10 {
		if d, err := workday.ParseDay(text[:10]); err == nil {
			return d
		}
	}
	return workday.Day{}
}

func yes(v form.Values, path string) bool {
	b, _ := v.At(path).(bool)
	return b
}
