package disclosure

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/redact"
	"mingjing/internal/refusal"
)

const columns = `id, agency, agency_name, source, decision, case_id, class, kind, item, item_name, number, title, party_name, party_kind,
	basis, result, decided_on, due_on, service_mode, served_on, social_impact, minor, major, review, state, act_due, published_on,
	period_until, fallen_on, withdraw_due, withdrawn_on, ground, ground_document, reason, replaced_by, content_hash, redaction_hash,
	checked_hash, maker, maker_for, checker, checker_for, approver, version, ordinal, run, commit_year, commit_seq, commit_salt,
	decision_hash, office, updated_at, party, withdraw_maker, withdraw_checker,
	COALESCE((SELECT MAX(e.due_on) FROM publication_extension e WHERE e.publication = publication.id), ''),
	COALESCE((SELECT c.unit FROM case_file c WHERE c.id = publication.case_id), '')`

type scanner interface{ Scan(...any) error }

func scan(row scanner) (Publication, error) {
	var p Publication
	err := row.Scan(&p.ID, &p.Agency, &p.AgencyName, &p.Source, &p.Decision, &p.Case, &p.Class, &p.Kind, &p.Item, &p.ItemName,
		&p.Number, &p.Title, &p.PartyName, &p.PartyKind, &p.Basis, &p.Result, &p.DecidedOn, &p.DueOn, &p.ServiceMode, &p.ServedOn,
		&p.SocialImpact, &p.Minor, &p.Major, &p.Review, &p.State, &p.actDue, &p.PublishedOn, &p.PeriodUntil, &p.FallenOn,
		&p.WithdrawDue, &p.WithdrawnOn, &p.Ground, &p.GroundDocument, &p.Reason, &p.ReplacedBy, &p.ContentHash, &p.RedactionHash,
		&p.CheckedHash, &p.Maker, &p.makerFor, &p.Checker, &p.checkerFor, &p.Approver, &p.Version, &p.Ordinal, &p.Run,
		&p.commitYear, &p.commitSeq, &p.commitSalt, &p.decisionHash, &p.office, &p.UpdatedAt, &p.Party, &p.WithdrawMaker, &p.WithdrawChecker, &p.ExtendedTo, &p.Unit)
	return p, err
}

func load(tx *db.Tx, id string) (Publication, error) {
	p, err := scan(tx.Row(`SELECT `+columns+` FROM publication WHERE id = $1`, id))
	if db.IsMissing(err) {
		return p, refusal.NotFound{What: "公示信息"}
	}
	if err != nil {
		return p, fmt.Errorf("disclosure: load %s: %w", id, err)
	}
	return p, nil
}

// byDecision finds the publication that a decision owes.
func byDecision(tx *db.Tx, decision string) (Publication, error) {
	p, err := scan(tx.Row(`SELECT `+columns+` FROM publication WHERE decision = $1`, decision))
	if db.IsMissing(err) {
		return p, refusal.NotFound{What: "该决定的公示信息"}
	}
	if err != nil {
		return p, fmt.Errorf("disclosure: load the publication of decision %s: %w", decision, err)
	}
	return p, nil
}

// texts are the working texts of a publication.
type texts struct {
	source     string
	blocks     string
	known      []redact.Known
	decisions  []redact.Decision
	correction string
	findings   []string
}

func loadTexts(tx *db.Tx, id string) (texts, error) {
	var t texts
	var known, decisions, findings string
	err := tx.Row(`SELECT source, blocks, known, decisions, correction, findings FROM publication_text WHERE publication = $1`, id).
		Scan(&t.source, &t.blocks, &known, &decisions, &t.correction, &findings)
	if err != nil {
		return t, fmt.Errorf("disclosure: load the text of %s: %w", id, err)
	}
	for _, field := range []struct {
		text string
		into any
	}{{known, &t.known}, {decisions, &t.decisions}, {findings, &t.findings}} {
		if field.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(field.text), field.into); err != nil {
			return t, fmt.Errorf("disclosure: load the text of %s: %w", id, err)
		}
	}
	return t, nil
}

// encode writes a list as it is stored; an empty list is the empty text.
func encode[T any](list []T) string {
	if len(list) == 0 {
		return ""
	}
	text, _ := json.Marshal(list) // texts, numbers and booleans always encode
	return string(text)
}

// save writes what a step may have changed. Columns that never change are not named, and triggers guard the rest.
func save(tx *db.Tx, p Publication) error {
	n, err := tx.Exec(`UPDATE publication SET title = $2, party_name = $3, basis = $4, result = $5, state = $6, act_due = $7,
		service_mode = $8, served_on = $9, published_on = $10, published_at = CASE WHEN $10 = '' THEN '' WHEN published_at = '' THEN $11 ELSE published_at END,
		period_until = $12, fallen_on = $13, withdraw_due = $14, withdrawn_on = $15, ground = $16, ground_document = $17, reason = $18,
		replaced_by = $19, content_hash = $20, redaction_hash = $21, checked_hash = $22, maker = $23, maker_for = $24, checker = $25,
		checker_for = $26, approver = $27, version = $28, ordinal = $29, minor = $30, withdraw_maker = $31, withdraw_checker = $32, updated_at = $11 WHERE id = $1`,
		p.ID, p.Title, p.PartyName, p.Basis, p.Result, p.State, p.due(), p.ServiceMode, p.ServedOn, p.PublishedOn, db.Text(tx.Now()),
		p.PeriodUntil, p.FallenOn, p.WithdrawDue, p.WithdrawnOn, p.Ground, p.GroundDocument, p.Reason, p.ReplacedBy, p.ContentHash,
		p.RedactionHash, p.CheckedHash, p.Maker, p.makerFor, p.Checker, p.checkerFor, p.Approver, p.Version, p.Ordinal, p.Minor, p.WithdrawMaker, p.WithdrawChecker)
	if err != nil {
		return fmt.Errorf("disclosure: save %s: %w", p.ID, gated(err))
	}
	if n != 1 {
		return fmt.Errorf("disclosure: save %s: %d rows", p.ID, n)
	}
	return nil
}

// due is the day on which the next act is due; empty when nothing is.
func (p Publication) due() string {
	switch p.State {
	case StateDue, StatePrepared, StateChecked:
		return p.LastDay()
	case StatePublished, StateCorrected, StateExpired:
		return p.WithdrawDue
	}
	return ""
}

// gated turns a refusal of the database into one that a person can read. The command's own judgement comes first, so
// this is met only when something slipped past it.
func gated(err error) error {
	code, refused := db.Gate(err)
	if !refused {
		return err
	}
	return fmt.Errorf("%w (%w)", refuse("DB-"+code, "数据库关口", "数据库拒绝了这次修改（"+code+"）。", "请刷新页面后按程序办理；仍被拒绝的，请联系管理员。"), err)
}

func insert(tx *db.Tx, p Publication, t texts) error {
	_, err := tx.Exec(`INSERT INTO publication (id, agency, agency_name, source, decision, case_id, class, kind, item, item_name, number, title,
		party_name, party_kind, basis, result, decided_on, due_on, service_mode, served_on, social_impact, minor, major, review, state,
		act_due, period_until, commit_year, commit_seq, commit_salt, decision_hash, updated_at, party)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
		$27, $28, $29, $30, $31, $32, $33)`,
		p.ID, p.Agency, p.AgencyName, p.Source, p.Decision, p.Case, p.Class, p.Kind, p.Item, p.ItemName, p.Number, p.Title,
		p.PartyName, p.PartyKind, p.Basis, p.Result, p.DecidedOn, p.DueOn, p.ServiceMode, p.ServedOn, p.SocialImpact, p.Minor, p.Major,
		p.Review, p.State, p.due(), p.PeriodUntil, p.commitYear, p.commitSeq, p.commitSalt, p.decisionHash, db.Text(tx.Now()), p.Party)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO publication_text (publication, source, blocks, known, findings) VALUES ($1, $2, $3, $4, $5)`,
		p.ID, t.source, t.blocks, encode(t.known), encode(t.findings))
	return err
}

func collect(tx *db.Tx, query string, args ...any) ([]Publication, error) {
	var list []Publication
	err := tx.Each(query, args, func(rows *sql.Rows) error {
		p, err := scan(rows)
		list = append(list, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("disclosure: list: %w", err)
	}
	return list, nil
}
