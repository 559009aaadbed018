package picture

import (
	"database/sql"
	"fmt"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/ledger"
	"mingjing/internal/party"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Picture is all that is known of a case at the beginning of an act. It is read once, in the act's own transaction.
type Picture struct {
	Today    workday.Day // the day of the transaction that read it
	File     File
	Parties  []party.Party       // in their order on the file
	Docs     []document.Document // finished, the oldest first; an act adds its own at the end
	index    docIndex
	Texts    map[string]form.Values // the drafted decision of each party, kept while nothing is written; nil in an act
	Drafts   []document.Draft
	Signed   []document.Agreement // what was agreed to of the drafts that wait
	Clocks   []deadline.Clock     // every clock that ever ran, the oldest first
	Events   []ledger.Record      // the story of the case, the oldest first
	Officers []Officer            // all who ever were on the case
	Reviews  map[string]Reviewed  // by party id: the latest review of that party's text
	Approved map[string]Approval  // by party id: the latest approval of that party's text
	// Reviewers and Approvers are all who ever reviewed or approved a text of the case, in any round.
	Reviewers, Approvers []string
	Decided              map[string]Decision   // by party id: the latest decision
	Served               map[string][]Delivery // by party id, the oldest first
	Paid                 map[string][]Payment  // by party id, the oldest first
	Prior                map[string]Earlier    // by party id; nil until ReadPrior
}

// Officer is who is or was on the case: the certificate, the name, the account that signs in for it (may be empty), from which day
// to which; Until is zero while the officer is on it.
type Officer struct {
	Certificate, Name, Account string
	From, Until                workday.Day
}

// Reviewed is the 法制审核 of a party's text as its row stands: Hash is that of the text that was sent, State one of the states of
// a review, Verdict the words of its opinion, Due the last day for it.
type Reviewed struct {
	ID, State, Verdict, Hash, SubmittedBy, Reviewer string
	Submitted, Concluded                            workday.Day
	At                                              time.Time // when the verdict was recorded
	Due                                             workday.Day
	Counsel                                         string
}

// Approval is the 负责人批准 of one text: its hash, the account of the head, the id of the paper, the day.
type Approval struct {
	Hash, Approver, Document string
	On                       workday.Day
}

// Delivery is one service of a document on a party: what for (notice, hearing, decision, demand), by which mode of 民事诉讼法, the ids
// of the document and its receipt, the days on which it was sent and took effect.
type Delivery struct {
	Purpose, Mode, Document, Receipt string
	Sent, Effective                  workday.Day
}

// Payment is one sum that came in or went back, in 分, by the kinds that package payment names, with the number of its receipt.
type Payment struct {
	Kind, Receipt string
	Amount        zh.Fen
	On            workday.Day
}

// Load reads the picture of a case.
func Load(tx *db.Tx, id string) (*Picture, error) {
	p := &Picture{Today: workday.DayOf(tx.Now())}
	var err error
	if p.File, err = Find(tx, id); err != nil {
		return nil, err
	}
	if p.Parties, err = party.Of(tx, id); err != nil {
		return nil, err
	}
	if p.Docs, err = document.Of(tx, id); err != nil {
		return nil, err
	}
	if p.Drafts, err = document.Drafts(tx, id); err != nil {
		return nil, err
	}
	if p.Clocks, err = deadline.Of(tx, id); err != nil {
		return nil, err
	}
	if p.Events, err = ledger.Stream(tx, "case", id); err != nil {
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

func (p *Picture) readOfficers(tx *db.Tx) error {
	return tx.Each(`SELECT certificate, name, account, from_on, until_on FROM case_officer WHERE case_id = $1 ORDER BY from_on, certificate LIMIT $2`,
		[]any{p.File.ID, rowLimit}, func(rows *sql.Rows) error {
			var a Officer
			err := rows.Scan(&a.Certificate, &a.Name, &a.Account, &a.From, &a.Until)
			p.Officers = append(p.Officers, a)
			return err
		})
}

func (p *Picture) readReviews(tx *db.Tx) error {
	p.Reviews = map[string]Reviewed{}
	return tx.Each(`SELECT t.party_id, r.id, r.state, r.verdict, t.body_hash, r.submitted_by, r.reviewer, r.submitted_on, r.concluded_on, r.due_on, r.counsel
		FROM review r JOIN review_text t ON t.review_id = r.id WHERE r.case_id = $1 ORDER BY r.id LIMIT $2`,
		[]any{p.File.ID, rowLimit}, func(rows *sql.Rows) error {
			var id string
			var r Reviewed
			err := rows.Scan(&id, &r.ID, &r.State, &r.Verdict, &r.Hash, &r.SubmittedBy, &r.Reviewer, &r.Submitted, &r.Concluded, &r.Due, &r.Counsel)
			p.Reviews[id] = r
			if r.Reviewer != "" {
				p.Reviewers = append(p.Reviewers, r.Reviewer)
			}
			return err
		})
}

func (p *Picture) readApprovals(tx *db.Tx) error {
	p.Approved = map[string]Approval{}
	return tx.Each(`SELECT party_id, body_hash, approver, approved_on, document_id FROM approval WHERE case_id = $1 ORDER BY id LIMIT $2`,
		[]any{p.File.ID, rowLimit}, func(rows *sql.Rows) error {
			var id string
			var a Approval
			err := rows.Scan(&id, &a.Hash, &a.Approver, &a.On, &a.Document)
			p.Approved[id] = a
			p.Approvers = append(p.Approvers, a.Approver)
			return err
		})
}

func (p *Picture) readDeliveries(tx *db.Tx) error {
	p.Served = map[string][]Delivery{}
	return tx.Each(`SELECT party_id, purpose, mode, document_id, receipt, sent_on, effective_on FROM delivery WHERE case_id = $1 ORDER BY id LIMIT $2`,
		[]any{p.File.ID, rowLimit}, func(rows *sql.Rows) error {
			var id string
			var d Delivery
			err := rows.Scan(&id, &d.Purpose, &d.Mode, &d.Document, &d.Receipt, &d.Sent, &d.Effective)
			p.Served[id] = append(p.Served[id], d)
			return err
		})
}

func (p *Picture) readPayments(tx *db.Tx) error {
	p.Paid = map[string][]Payment{}
	return tx.Each(`SELECT party_id, kind, receipt, amount, paid_on FROM payment WHERE case_id = $1 ORDER BY id LIMIT $2`, []any{p.File.ID, rowLimit},
		func(rows *sql.Rows) error {
			var id string
			var y Payment
			err := rows.Scan(&id, &y.Kind, &y.Receipt, &y.Amount, &y.On)
			p.Paid[id] = append(p.Paid[id], y)
			return err
		})
}
