package disclosure_test

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"mingjing/internal/db"
)

const hour = time.Hour

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheDatabaseRefusesWhatTheCommandsRefuse(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		shown := w.public(w.due())
		down := w.public(w.due())
		w.falls(down, repealed)
		w.must(w.room.Withdraw(w.ctx, w.maker, down, withdrawal()))
		fallen := w.public(w.due())
		w.falls(fallen, repealed)
		waiting := w.owe(w.due())
		hash := w.prepare(waiting)
		w.must(w.room.Check(w.ctx, w.second, waiting, hash))
		major := w.due()
		major.Major, major.Review = true, "r1"
		minor := w.due()
		minor.Minor = true
		child, unchecked := w.owe(minor), w.owe(w.due())
		w.must(w.write(func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE publication SET served_on = '2026-03-02', service_mode = '直接送达' WHERE id = $1`, child)
			return err
		}))
		out := `state = 'published', published_on = '2026-03-02', published_at = 'x', ordinal = 99, maker = 'm', checker = 'c', content_hash = 'h', checked_hash = 'h'`
		gone := `state = 'withdrawn', withdrawn_on = '2026-03-02', ground = '撤销', ground_document = 'd', reason = 'r', withdraw_maker = 'm', withdraw_checker = 'head'`
		for _, attempt := range []struct{ name, sql, id, gate string }{
			{"the day of publication is rewritten", `UPDATE publication SET published_on = '2026-03-01' WHERE id = $1`, shown, "published-day-fixed"},
			{"it is published again", `UPDATE publication SET ordinal = 77 WHERE id = $1`, shown, "published-day-fixed"},
			{"a publication is deleted", `DELETE FROM publication WHERE id = $1`, shown, "publication-immutable"},
			{"a version is changed", `UPDATE publication_version SET body = 'x' WHERE publication = $1`, shown, "version-immutable"},
			{"a version is deleted", `DELETE FROM publication_version WHERE publication = $1`, shown, "version-immutable"},
			{"the maker checks", `UPDATE publication SET checker = maker WHERE id = $1`, waiting, "maker-is-checker"},
			{"it is out before service", `UPDATE publication SET ` + out + ` WHERE id = $1`, waiting, "publish-before-service"},
			{"a child's case is out", `UPDATE publication SET ` + out + ` WHERE id = $1`, child, "publish-protected"},
			{"the child is no child any more", `UPDATE publication SET minor = FALSE WHERE id = $1`, child, "publication-identity"},
			{"it is out unchecked", `UPDATE publication SET state = 'published', published_on = '2026-03-02', ordinal = 99, served_on = '2026-03-02' WHERE id = $1`, unchecked, "publish-unchecked"},
			{"it goes down in silence", `UPDATE publication SET ` + strings.Replace(gone, "reason = 'r'", "reason = ''", 1) + ` WHERE id = $1`, fallen, "withdraw-without-ground"},
			{"a standing one goes down", `UPDATE publication SET ` + gone + ` WHERE id = $1`, shown, "withdraw-standing"},
			{"it falls on the row alone", `UPDATE publication SET fallen_on = '2026-03-02', withdraw_due = '2026-03-05' WHERE id = $1`, shown, "withdraw-standing"},
			{"it goes down by one hand", `UPDATE publication SET ` + strings.Replace(gone, "'head'", "'m'", 1) + ` WHERE id = $1`, fallen, "withdraw-alone"},
			{"it goes down on another ground", `UPDATE publication SET ` + strings.Replace(gone, "撤销", "变更", 1) + ` WHERE id = $1`, fallen, "withdraw-standing"},
			{"it went down by others", `UPDATE publication SET withdraw_checker = 'x' WHERE id = $1`, down, "withdrawn-final"},
			{"it is withheld without a ground", `UPDATE publication SET state = 'withheld' WHERE id = $1`, waiting, "withhold-without-ground"},
			{"a withdrawn one comes back", `UPDATE publication SET state = 'published' WHERE id = $1`, down, "withdrawn-final"},
			{"the public row is deleted", `DELETE FROM pub_publication WHERE id = $1`, shown, "publication-immutable"},
			{"the public day is rewritten", `UPDATE pub_publication SET published_on = '2026-01-01' WHERE id = $1`, shown, "published-day-fixed"},
			{"the public title is rewritten", `UPDATE pub_publication SET title = 'x' WHERE id = $1`, shown, "published-day-fixed"},
			{"the public row goes down alone", `UPDATE pub_publication SET state = 'withdrawn' WHERE id = $1`, shown, "published-without-act"},
			{"the public body is rewritten", `UPDATE pub_body SET body = 'x' WHERE ordinal = (SELECT ordinal FROM pub_publication WHERE id = $1)`, shown, "published-body-fixed"},
			{"a withdrawn body comes back", `INSERT INTO pub_body (ordinal, body, blocks) SELECT p.ordinal, v.body, v.blocks FROM pub_publication p JOIN publication_version v ON v.publication = p.id WHERE p.id = $1`, down, "published-body-fixed"},
			{"a public row appears from nowhere", `INSERT INTO pub_publication SELECT ordinal + 500, id || 'x', title, number, agency, agency_name, class, item, item_name, year, party_name, party_kind, result, basis, decided_on, published_on, state, source, announced, effective_on, period_until, version, corrected_on, correct_reason, withdrawn_on, ground, ground_document, reason, replaced_by, content_hash, no_index, updated_at, due_on, log, seq FROM pub_publication WHERE id = $1`, shown, "published-without-act"},
			{"a decision vanishes from the count", `DELETE FROM pub_commit WHERE publication = $1`, shown, "commit-immutable"},
			{"a last day is moved", `UPDATE pub_commit SET due_on = '2027-01-01' WHERE publication = $1`, shown, "commit-immutable"},
		} {
			err := w.write(func(tx *db.Tx) error { _, err := tx.Exec(attempt.sql, attempt.id); return err })
			if code, ok := db.Gate(err); !ok || code != attempt.gate {
				t.Errorf("%s: got %v, want gate %s", attempt.name, err, attempt.gate)
			}
		}
	})
}

func TestAMajorDecisionWithoutReviewOwesNothingPublic(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		due := w.due()
		due.Major, due.Review = true, "r1"
		w.public(due)
		err := w.write(func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO publication (id, agency, agency_name, source, decision, major, number) VALUES ('p9', 'a1', 'x', 'case', 'd9', TRUE, 'n')`)
			if err != nil {
				return err
			}
			_, err = tx.Exec(`UPDATE publication SET state = 'published', published_on = '2026-03-02', ordinal = 99, maker = 'm', checker = 'c', content_hash = 'h', checked_hash = 'h', served_on = '2026-03-01' WHERE id = 'p9'`)
			return err
		})
		if code, _ := db.Gate(err); code != "publish-protected" {
			t.Errorf("got %v", err)
		}
	})
}
