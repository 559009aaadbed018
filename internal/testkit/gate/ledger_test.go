package gate_test

import (
	"database/sql"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/flow"
)

func flowCode(step string) flow.Code { return flow.Code(step) }

// edit rewrites the last event of a kind in the case: old text of its leaf for new, and the columns with it.
type edit struct{ kind, old, new string }

func TestTheLedgerAloneShowsEveryForbiddenOrder(t *testing.T) {
	const unnamed, self = "没有写明其所依据的法制审核", "审核人就是"
	each(t, record, map[string]trial{
		forbidden[0].name:  {place: published, leaf: []edit{{"review.passed", `"review.passed"`, `"review.counted"`}}, want: unnamed},
		forbidden[1].name:  {place: published, leaf: []edit{{"review.passed", `"review.passed"`, `"review.returned"`}}, want: unnamed},
		forbidden[2].name:  {place: published, leaf: []edit{{"review.passed", `"review.passed"`, `"review.refused"`}}, want: unnamed},
		forbidden[3].name:  {place: published, leaf: []edit{{"review.passed", "{hash}", "{other}"}}, want: "审核的不是作出决定的文本"},
		forbidden[4].name:  {place: published, leaf: []edit{{"case.panel_held", `"case.panel_held"`, `"review.submitted"`}}, want: unnamed},
		forbidden[5].name:  {place: published, leaf: []edit{{"review.passed", "{reviewer}", "{handler}"}}, want: self},
		forbidden[6].name:  {place: published, leaf: []edit{{"case.approved", "{approver}", "{reviewer}"}}, want: self},
		forbidden[7].name:  {place: published, leaf: []edit{{"case.approved", "{approver}", "{handler}"}}, want: "批准人承办过本案"},
		forbidden[8].name:  {place: published, leaf: []edit{{"decision.made", `"occurred":"2026-`, `"occurred":"2025-`}}, want: "决定早于法制审核"},
		forbidden[10].name: {place: published, leaf: []edit{{"case.approved", "{hash}", "{other}"}}, want: "批准的不是这一文本"},
		forbidden[11].name: {place: published, leaf: []edit{{"delivery.made", `"delivery.made"`, `"delivery.lost"`}}, want: "在送达之前公示"},
		forbidden[12].name: {place: published, leaf: []edit{{"publication.published", `"checker":"`, `"checker":"","checkes":"`}}, want: "制作人与复核人是同一人"},
		forbidden[13].name: {place: withdrawn, leaf: []edit{{"publication.withdrawn", `"publication.withdrawn"`, `"publication.published"`}}, want: "再次公示"},
		forbidden[14].name: {place: withdrawn, leaf: []edit{{"publication.withdrawn", `"ground":"撤销",`, ""}}, want: "撤下没有写明依据"},
	}, func(t *testing.T, s *stage, c trial) {
		for _, e := range c.leaf {
			s.rewrite(e)
		}
		s.rechain()
		said := s.verify()
		found := false
		for _, what := range said {
			found = found || strings.Contains(what, c.want)
			if strings.Contains(what, "哈希") || strings.Contains(what, "叶") || strings.Contains(what, "列") {
				t.Errorf("the forged ledger does not fit together, so the trial tries nothing: %s", what)
			}
		}
		if !found {
			t.Errorf("the verification says %v, want %s", said, c.want)
		}
	})
}

// TestADecisionThatIsCalledMinorInTheLedgerStillNeedsItsReview: the forger leaves the word major out of the decision's event;
// the check of the catalogue, recorded before, has said it.
func TestADecisionThatIsCalledMinorInTheLedgerStillNeedsItsReview(t *testing.T) {
	s := at(t, published)
	s.untie()
	s.rewrite(edit{"review.passed", `"review.passed"`, `"review.counted"`})
	s.rewrite(edit{"decision.made", `"major":"true"`, `"major":"false"`})
	s.rechain()
	if said := s.verify(); len(said) != 1 || !strings.Contains(said[0], "没有写明其所依据的法制审核") {
		t.Errorf("the verification says %v", said)
	}
}

// rewrite changes the leaf of the last event of a kind, and every column that repeats it.
func (s *stage) rewrite(e edit) {
	s.T.Helper()
	var seq int64
	var leaf string
	s.Read(func(tx *db.Tx) error {
		return tx.Row(`SELECT seq, leaf FROM event WHERE agency = $1 AND kind = $2 AND subject = $3 ORDER BY seq DESC LIMIT 1`, s.Agency.Code, e.kind, s.c.ID).Scan(&seq, &leaf)
	})
	hash := s.one(`SELECT COALESCE(max(body_hash), '') FROM decision WHERE case_id = $1`, s.c.ID)
	names := strings.NewReplacer("{hash}", hash, "{other}", strings.Repeat("0", 64), "{handler}", s.Handler.Account, "{reviewer}", s.Reviewer.Account, "{approver}", s.Approver.Account)
	forged := strings.Replace(leaf, names.Replace(e.old), names.Replace(e.new), 1)
	if forged == leaf {
		s.T.Fatalf("%s of %s does not hold %s", e.kind, leaf, e.old)
	}
	text := func(name string) string {
		_, rest, _ := strings.Cut(forged, `"`+name+`":"`)
		value, _, _ := strings.Cut(rest, `"`)
		return value
	}
	s.Must(s.Write(func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE event SET leaf = $3, kind = $4, occurred = $5, actor = $6 WHERE agency = $1 AND seq = $2`, s.Agency.Code, seq, forged, text("kind"), text("occurred"), text("account"))
		return err
	}))
}

// rechain gives every event the hash of its leaf and forgets the tree, which the log makes anew: who holds the store and the
// code of the program can do that.
func (s *stage) rechain() {
	s.T.Helper()
	leaves := map[int64]string{}
	s.Read(func(tx *db.Tx) error {
		return tx.Each(`SELECT seq, leaf FROM event WHERE agency = $1`, []any{s.Agency.Code}, func(rows *sql.Rows) error {
			var seq int64
			var leaf string
			err := rows.Scan(&seq, &leaf)
			leaves[seq] = leaf
			return err
		})
	})
	s.Must(s.Write(func(tx *db.Tx) error {
		for seq, leaf := range leaves {
			hash := tlog.RecordHash([]byte(leaf))
			if _, err := tx.Exec(`UPDATE event SET leaf_hash = $3 WHERE agency = $1 AND seq = $2`, s.Agency.Code, seq, hash[:]); err != nil {
				return err
			}
		}
		for _, table := range []string{"tree_hash", "checkpoint"} {
			if _, err := tx.Exec(`DELETE FROM `+table+` WHERE agency = $1`, s.Agency.Code); err != nil {
				return err
			}
		}
		return nil
	}))
}
