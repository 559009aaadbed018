package disclosure

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/leaf"
	"mingjing/internal/workday"
)

// Owe is called in the transaction in which a decision is made, for every decision. It creates the publication that is
// due, gives the decision its number in the agency's year, and records that number with the day of decision, the last
// day for publishing and a salted commitment of the text: from then on anybody can count what is not yet public
// (行政处罚法第四十八条). It returns the publication's id. A second call for the same decision is an error.
func Owe(tx *db.Tx, by ledger.Actor, due Due) (string, error) {
	if err := due.check(); err != nil {
		return "", fmt.Errorf("disclosure: owe: %w", err)
	}
	p := due.publication(tx.NewID())
	blocks := content.Blocks(due.Blocks)
	body, shape := due.Text, ""
	if len(blocks) > 0 {
		body = content.Lines(blocks)
		shape = encode(blocks)
	}
	if p.decisionHash == "" {
		sum := sha256.Sum256([]byte(body))
		p.decisionHash = hex.EncodeToString(sum[:])
	}
	salt, commitment := leaf.Blind([]byte(p.decisionHash))
	p.commitSalt = salt
	p.commitYear = int64(day(p.DecidedOn).Year())
	var err error
	if p.commitSeq, err = nextCommit(tx, p.Agency, p.commitYear); err != nil {
		return "", fmt.Errorf("disclosure: owe %s: %w", due.Decision, err)
	}
	t := texts{source: content.Source(p.Title, p.PartyName, p.Result, p.Basis, body), blocks: shape, known: due.Known}
	if err := insert(tx, p, t); err != nil {
		return "", fmt.Errorf("disclosure: owe %s: %w", due.Decision, gated(err))
	}
	return p.ID, commit(tx, by, p, commitment)
}

// commit records the blinded entry in the public table and on the ledger. Its subject is the publication and not the
// case, so that the leaf ties nothing to a case before the decision is public.
func commit(tx *db.Tx, by ledger.Actor, p Publication, commitment string) error {
	if _, err := tx.Exec(`INSERT INTO pub_commit (agency, year, seq, class, decided_on, due_on, commitment) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p.Agency, p.commitYear, p.commitSeq, p.Class, p.DecidedOn, p.DueOn, commitment); err != nil {
		return fmt.Errorf("disclosure: commit %s: %w", p.ID, err)
	}
	if _, err := journal.Tick(tx, 0, 0); err != nil {
		return err
	}
	if _, err := ledger.Append(tx, ledger.Event{Agency: p.Agency, Kind: "disclosure.committed", SubjectKind: "publication", Subject: p.ID, Actor: by,
		Ref: map[string]string{"class": p.Class, "year": strconv.FormatInt(p.commitYear, 10), "seq": strconv.FormatInt(p.commitSeq, 10),
			"decided_on": p.DecidedOn, "due_on": p.DueOn, "commitment": commitment}}); err != nil {
		return err
	}
	_, err := tell(tx, p, journal.Commit, map[string]string{"class": p.Class, "decided_on": p.DecidedOn, "due_on": p.DueOn, "commitment": commitment})
	return err
}

func (d Due) check() error {
	switch {
	case d.Agency == "" || d.AgencyName == "" || d.Decision == "" || d.Class == "" || d.Title == "" || d.Number == "":
		return errors.New("agency, agency name, decision, class, title and number are all needed")
	case day(d.DecidedOn).IsZero() || day(d.DueOn).IsZero():
		return fmt.Errorf("decided %q and due %q must be days", d.DecidedOn, d.DueOn)
	case day(d.DueOn).Before(day(d.DecidedOn)):
		return fmt.Errorf("due %s lies before the decision of %s", d.DueOn, d.DecidedOn)
	case len(d.Blocks) == 0 && d.Text == "":
		return errors.New("there is no text")
	case d.Major && d.Review == "":
		return errors.New("a major decision needs its review")
	}
	return nil
}

func (d Due) publication(id string) Publication {
	return Publication{ID: id, Agency: d.Agency, AgencyName: d.AgencyName, Source: SourceCase, Decision: d.Decision, Case: d.Case, Party: d.Party,
		Class: d.Class, Kind: d.Kind, Item: d.Item, ItemName: d.ItemName, Number: d.Number, Title: content.OneLine(d.Title),
		PartyName: content.OneLine(d.PartyPublicName), PartyKind: d.PartyKind, Basis: content.OneLine(d.Basis), Result: content.OneLine(d.Result),
		DecidedOn: d.DecidedOn, DueOn: d.DueOn, ServedOn: d.ServedOn, ServiceMode: d.ServiceMode, PeriodUntil: d.PeriodUntil,
		SocialImpact: d.HasSocialImpact, Minor: d.Minor, Major: d.Major, Review: d.Review, State: StateDue, decisionHash: d.DecisionHash}
}

func nextCommit(tx *db.Tx, agency string, year int64) (int64, error) {
	var last int64
	err := tx.Row(`INSERT INTO commit_series (agency, year, last) VALUES ($1, $2, 1)
		ON CONFLICT (agency, year) DO UPDATE SET last = commit_series.last + 1 RETURNING last`, agency, year).Scan(&last)
	return last, err
}

// Served is called in the transaction that records the service of a decision: from then on it may be published. For
// service by announcement the day may lie ahead: on it the period of the announcement is over and the decision counts as
// served (民事诉讼法第九十五条); what is published says 公告送达中 until then. A day not yet known is told by a second call.
func Served(tx *db.Tx, by ledger.Actor, decision string, mode law.ServiceMode, on string) error {
	p, err := byDecision(tx, decision)
	if err != nil {
		return err
	}
	if on == "" && mode != law.ServedPublic || on != "" && day(on).IsZero() {
		return fmt.Errorf("disclosure: served %s: %q is no day", decision, on)
	}
	if p.ServedOn != "" {
		return fmt.Errorf("disclosure: served %s: it was served on %s", decision, p.ServedOn)
	}
	p.ServiceMode, p.ServedOn = string(mode), on
	if err := save(tx, p); err != nil {
		return err
	}
	if on == "" || p.PublishedOn == "" {
		return nil
	}
	if _, err := tx.Exec(`UPDATE pub_publication SET announced = $4, effective_on = $2, updated_at = $3 WHERE ordinal = $1`, p.Ordinal, on, db.Text(tx.Now()),
		p.announcedOn(workday.DayOf(tx.Now()))); err != nil {
		return fmt.Errorf("disclosure: served %s: %w", decision, err)
	}
	if _, err := journal.Tick(tx, 0, 0); err != nil {
		return err
	}
	if _, err = ledger.Append(tx, event(p, "publication.effective", by, map[string]string{"effective_on": on}, nil)); err != nil {
		return err
	}
	_, err = tell(tx, p, journal.Update, map[string]string{"effective_on": on})
	return err
}

// announcedOn tells whether the announcement by which the decision is served still runs on a day.
func (p Publication) announcedOn(today workday.Day) bool {
	return p.ServiceMode == string(law.ServedPublic) && (p.ServedOn == "" || p.ServedOn > today.String())
}

// Fallen is a decision that no longer stands: changed, revoked, found unlawful or void, or to be made anew.
type Fallen struct {
	Decision string // id
	Ground   string // one of WithdrawGrounds
	Document string // number of the document that says so
	On       string // day on which that document was received
	DueOn    string // last day for taking the publication down: three working days (行政处罚法第四十八条第二款)
}

// OweWithdrawal is called in the transaction that records the fall of a decision. What is public is due to come down by
// DueOn; what is not yet public must not be published any more and waits to be withheld.
func OweWithdrawal(tx *db.Tx, by ledger.Actor, f Fallen) error {
	p, err := byDecision(tx, f.Decision)
	if err != nil {
		return err
	}
	if !slices.Contains(WithdrawGrounds(), f.Ground) || f.Document == "" || day(f.On).IsZero() || day(f.DueOn).IsZero() {
		return fmt.Errorf("disclosure: owe the withdrawal of %s: ground %q, document %q, days %q and %q", f.Decision, f.Ground, f.Document, f.On, f.DueOn)
	}
	if p.State == StateWithdrawn || p.State == StateWithheld || p.FallenOn != "" {
		return nil
	}
	p.FallenOn, p.Ground, p.GroundDocument, p.WithdrawDue = f.On, f.Ground, f.Document, f.DueOn
	if err := save(tx, p); err != nil {
		return err
	}
	_, err = ledger.Append(tx, event(p, "disclosure.withdrawal_due", by, map[string]string{"ground": f.Ground, "fallen_on": f.On, "due_on": f.DueOn},
		json.RawMessage(strconv.Quote(f.Document))))
	return err
}
