package review_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

// errUndone rolls an attempt back, so that the next one begins from the same rows.
var errUndone = errors.New("undone")

// attempt runs statements past every command and tells which trigger stopped the last of them.
func attempt(t *testing.T, w *world.World, statements ...string) string {
	t.Helper()
	code := ""
	err := w.D.Write(context.Background(), w.Agency.Code, func(tx *db.Tx) error {
		for i, s := range statements {
			if _, err := tx.Exec(s); err != nil {
				gate, refused := db.Gate(err)
				if !refused {
					return err
				}
				if i < len(statements)-1 {
					return err // the preparation itself was stopped
				}
				code = gate
				return errUndone
			}
		}
		return errUndone
	})
	if !errors.Is(err, errUndone) {
		t.Errorf("%s: %v", statements[len(statements)-1], err)
	}
	return code
}

// forged is the row of a decision that would pass every trigger once its preconditions are there; with replaces one value.
func forged(b bench, hash string, with map[string]string) string {
	p := b.Party()
	columns := []string{"id", "agency", "case_id", "party_id", "document_id", "kind", "procedure", "number", "body_hash", "review_id", "handler", "approver", "major", "decided_on", "served_on",
		"effective_on", "annulled_on", "penalties", "service_mode", "state", "rank", "fine", "confiscated"}
	values := map[string]string{"id": "'forged'", "agency": "'" + b.Agency.Code + "'", "case_id": "'" + b.ID + "'", "party_id": "'" + p.ID + "'", "document_id": "'forged-paper'",
		"kind": "'行政处罚决定书'", "procedure": "'ordinary'", "number": "'伪造1号'", "body_hash": "'" + hash + "'", "review_id": "''", "handler": "'" + b.Handler.Account + "'",
		"approver": "'" + b.Approver.Account + "'", "major": "FALSE", "decided_on": "'" + b.Today().String() + "'", "served_on": "''", "effective_on": "''", "annulled_on": "''",
		"penalties": "'[]'", "service_mode": "''", "state": "'made'", "rank": "1", "fine": "0", "confiscated": "0"}
	for name, value := range with {
		values[name] = value
	}
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = values[c]
	}
	return "INSERT INTO decision (" + strings.Join(columns, ", ") + ") VALUES (" + strings.Join(list, ", ") + ")"
}

// forgedPaper is the paper of a decision: the drafted text where the hash is its own, else an empty one.
func forgedPaper(b bench, hash string) string {
	kind, _ := b.Books.Forms.Kind("行政处罚决定书")
	text := string(b.View(b.Handler).Drafts[0].Values.JSON())
	if hash == otherHash(b) {
		text = "{}"
	}
	return "INSERT INTO document (id, agency, case_id, party_id, step, kind, version, title, number, made_on, made_at, made_by, body, body_hash, corrects) VALUES ('forged-paper', '" +
		b.Agency.Code + "', '" + b.ID + "', '', 'decide', '行政处罚决定书', '" + kind.Version + "', '', '', '', '', '', '" + strings.ReplaceAll(text, "'", "''") + "', '" + hash + "', '')"
}

// otherHash is that of a decision in which nothing is written.
func otherHash(b bench) string {
	kind, _ := b.Books.Forms.Kind("行政处罚决定书")
	return form.Hash(kind, form.Values{})
}

func forgedApproval(b bench, hash, approver string) string {
	return "INSERT INTO approval (id, agency, case_id, party_id, body_hash, approver, approved_on, document_id) VALUES ('forged-approval', '" + b.Agency.Code + "', '" + b.ID + "', '" +
		b.Party().ID + "', '" + hash + "', '" + approver + "', '" + b.Today().String() + "', '')"
}

func TestEachTriggerAloneStopsItsForbiddenDecision(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Minor())
		b.Approve()
		hash := b.View(w.Handler).Drafts[0].BodyHash
		paper, party, file := forgedPaper(b, hash), "UPDATE party SET ", "UPDATE case_file SET "
		where, whereFile := " WHERE id = '"+b.Party().ID+"'", " WHERE id = '"+b.ID+"'"
		if got := attempt(t, w, paper, forged(b, hash, nil)); got != "" {
			t.Fatalf("the row without a fault was stopped by %s", got)
		}
		for _, c := range []struct {
			what, want string
			statements []string
		}{
			{"marked major without a review", "decision-review", []string{paper, forged(b, hash, map[string]string{"major": "TRUE"})}},
			{"of a party whose case is major, marked minor", "decision-review", []string{paper, party + "major = TRUE" + where, forged(b, hash, nil)}},
			{"by one hand alone", "decision-separation", []string{paper, forged(b, hash, map[string]string{"handler": "'" + w.Approver.Account + "'"})}},
			{"without a notice", "decision-notice", []string{paper, party + "notice_on = ''" + where, forged(b, hash, nil)}},
			{"within the windows", "decision-window", []string{paper, party + "window_until = '2099-01-01', waived = FALSE" + where, forged(b, hash, nil)}},
			{"before the hearing", "decision-hearing", []string{paper, party + "hearing_open = TRUE" + where, forged(b, hash, nil)}},
			{"harsher in kind than the notice", "decision-harsher", []string{paper, forged(b, hash, map[string]string{"rank": "99"})}},
			{"harsher in amount than the notice", "decision-harsher", []string{paper, forged(b, hash, map[string]string{"fine": "100"})}},
			{"of a text that nobody approved", "decision-approval", []string{forgedPaper(b, otherHash(b)), forged(b, otherHash(b), nil)}},
			{"complex without a panel", "decision-panel", []string{paper, file + "complex = TRUE" + whereFile, forged(b, hash, nil)}},
			{"while a crime is suspected", "decision-crime", []string{paper, file + "crime_open = TRUE" + whereFile, forged(b, hash, nil)}},
			{"without its paper", "decision-document", []string{forged(b, hash, nil)}},
		} {
			if got := attempt(t, w, c.statements...); got != c.want {
				t.Errorf("a decision %s was stopped by %q, want %q", c.what, got, c.want)
			}
		}
		other := w.Lead(world.Minor()).Open().Investigate()
		if got := attempt(t, w, forged(bench{Case: other}, "x", nil)); got == "" {
			t.Error("a decision in a case without a catalogue check went in")
		}
	})
}

func TestAMajorDecisionNeedsTheLatestReviewOfItsOwnText(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.pass(id)
		b.Approve()
		hash := b.View(w.Handler).Drafts[0].BodyHash
		row := map[string]string{"major": "TRUE", "review_id": "'" + id + "'", "rank": "3", "fine": "2000000"}
		if got := attempt(t, w, forgedPaper(b, hash), forged(b, hash, row)); got != "" {
			t.Fatalf("the row without a fault was stopped by %s", got)
		}
		early := map[string]string{"decided_on": "'2020-01-01'"}
		for name, value := range row {
			early[name] = value
		}
		if got := attempt(t, w, forgedPaper(b, hash), forged(b, hash, early)); got == "" {
			t.Error("a decision dated before its review went in")
		}
		if got := attempt(t, w, forgedPaper(b, otherHash(b)), forgedApproval(b, otherHash(b), w.Approver.Account), forged(b, otherHash(b), row)); got != "decision-review" {
			t.Errorf("another text was stopped by %q", got)
		}
		newer := "INSERT INTO review (id, agency, case_id, round, state, verdict, submitted_by, submitted_on, complete_on, reviewer, concluded_on, body, counsel, opinion, draft_kind, due_on) VALUES ('zz', '" +
			b.Agency.Code + "', '" + b.ID + "', 9, 'submitted', '', 'x', '2026-03-20', '', '', '', '{}', '', '', '', '')"
		text := "INSERT INTO review_text (review_id, case_id, party_id, body_hash) VALUES ('zz', '" + b.ID + "', '" + b.Party().ID + "', '" + hash + "')"
		if got := attempt(t, w, newer, text, forgedPaper(b, hash), forged(b, hash, row)); got != "decision-review" {
			t.Errorf("an older passed review beside a newer open one: stopped by %q", got)
		}
	})
}

func TestWhatIsFinishedCannotBeChangedBySQL(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		b.pass(b.submit())
		b.Approve().Decide().Serve()
		statements := []string{
			"UPDATE decision SET fine = 1", "UPDATE decision SET decided_on = '2026-01-01'", "UPDATE decision SET effective_on = '2026-01-01'", "UPDATE decision SET major = FALSE", "DELETE FROM decision",
			"UPDATE document SET body = '{}'", "DELETE FROM document", "DELETE FROM number_used", "UPDATE number_used SET serial = 77", "UPDATE number_series SET last = last + 2", "UPDATE number_series SET last = 0",
			"UPDATE approval SET approver = 'x'", "DELETE FROM approval", "UPDATE party SET major = FALSE", "UPDATE party SET catalogue = FALSE", "DELETE FROM party",
			"UPDATE review SET verdict = '不同意'", "UPDATE review SET reviewer = 'x'", "UPDATE review SET concluded_on = '2026-01-01'", "DELETE FROM review", "UPDATE review_text SET body_hash = 'x'", "DELETE FROM review_text",
			"INSERT INTO decision SELECT * FROM decision", "INSERT INTO document SELECT * FROM document",
			"INSERT INTO review_text SELECT review_id, case_id, 'other', body_hash FROM review_text",
			"INSERT INTO panel (id, agency, case_id, party_id, held_on, members, minutes, document_id) VALUES ('p', '', '', '', '', 3, 0, '')",
			"INSERT INTO review (id, agency, case_id, round, state, verdict, submitted_by, submitted_on, complete_on, reviewer, concluded_on, body, counsel, opinion, draft_kind, due_on) VALUES ('p', '', '', 1, 'passed', '同意', 'x', '', '', 'y', '2026-01-01', '', '', '', '', '')",
		}
		if w.D.Engine() == db.SQLite {
			statements = append(statements, "INSERT OR REPLACE INTO decision SELECT * FROM decision", "INSERT OR REPLACE INTO document SELECT * FROM document", "REPLACE INTO review SELECT * FROM review",
				"INSERT OR REPLACE INTO approval SELECT * FROM approval")
		} else {
			statements = append(statements, "TRUNCATE decision CASCADE", "TRUNCATE document", "TRUNCATE review CASCADE", "TRUNCATE review_text", "TRUNCATE party CASCADE", "TRUNCATE approval", "TRUNCATE number_used")
		}
		for _, s := range statements {
			if went := wentIn(w, s); went {
				t.Errorf("%s went through", s)
			}
		}
	})
}

// wentIn tells whether a statement past every command was taken, and undoes it.
func wentIn(w *world.World, statement string) bool {
	taken := false
	_ = w.D.Write(context.Background(), w.Agency.Code, func(tx *db.Tx) error {
		_, err := tx.Exec(statement)
		taken = err == nil
		return errUndone
	})
	return taken
}
