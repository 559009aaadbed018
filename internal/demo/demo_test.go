package demo_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/demo"
	"mingjing/internal/house"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/order"
	"mingjing/internal/oversight"
	"mingjing/internal/recheck"
	"mingjing/packs"
)

func TestAYearIsLivedThroughTheRealCommands(t *testing.T) {
	folder := t.TempDir()
	at := time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)
	clock, err := house.NewClock(folder, func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	h, err := house.Open(ctx, house.Options{Store: "sqlite:" + filepath.Join(folder, "demo.db"), Folder: folder, Packs: []string{"national", "jilin", "siping-civil-affairs"},
		Files: packs.FS, Clock: clock.Now, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	begun := time.Now()
	if err := demo.Live(ctx, h, clock, nil); err != nil {
		t.Fatal(err)
	}
	t.Logf("lived in %s", time.Since(begun).Round(time.Millisecond))
	looksAsTold(t, h)
	actsLawfully(t, h)
	again, err := recheck.Run(ctx, h.DB, recheck.Options{Verifier: h.Key.Verifier})
	if err != nil || !again.Sound() {
		t.Errorf("the year computed again: %d problems, %v %v", again.Total, again.Problems, err)
	}
	report, err := ledger.Verify(ctx, h.DB, h.Agency.Code, h.Key.Verifier(h.Agency.Code), ledger.VerifyOptions{Orders: order.Judge})
	if err != nil || !report.Sound() || report.Events < 500 {
		t.Errorf("the ledger of the year: %d events, %d problems, %v %v", report.Events, report.Count, report.Problems, err)
	}
}

// actsLawfully holds that no notice, approval or decision of the year carries a finding about the power, the kind or the
// amount of its penalty, and that the year has one of each thing that happens with money and evidence.
func actsLawfully(t *testing.T, h *house.House) {
	t.Helper()
	judged := 0
	amount := []string{"CF-01", "CF-01b", "CF-03", "CF-04", "CF-04b", "CF-04c", "CF-04d", "CF-04e", "CF-04f", "CF-14", "CF-15", "CF-19b", "CF-19c", "CF-19f", "CF-50", "CF-54", "CF-67", "CF-74"}
	happened := map[string]int{}
	if err := h.DB.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Each(`SELECT kind, leaf FROM event WHERE agency = $1 ORDER BY seq`, []any{h.Agency.Code}, func(rows *sql.Rows) error {
			var kind, leaf string
			if err := rows.Scan(&kind, &leaf); err != nil {
				return err
			}
			happened[kind]++
			var said struct {
				Ref map[string]string `json:"ref"`
			}
			if err := json.Unmarshal([]byte(leaf), &said); err != nil {
				return err
			}
			if kind == "decision.made" || kind == "case.approved" || kind == "case.notice_served" {
				judged++
				for _, rule := range strings.Fields(said.Ref["warned"] + " " + said.Ref["overridden"]) {
					if slices.Contains(amount, rule) {
						t.Errorf("%s of %s carries %s", kind, said.Ref["party"], rule)
					}
				}
			}
			return nil
		})
	}); err != nil {
		t.Fatal(err)
	}
	if judged < 60 {
		t.Errorf("only %d acts were looked at", judged)
	}
	for _, kind := range []string{"publication.corrected", "decision.corrected", "case.refunded", "case.instalment_granted", "case.evidence_held", "case.hold_disposed"} {
		if happened[kind] == 0 {
			t.Errorf("nothing of the year is a %s", kind)
		}
	}
}

// looksAsTold holds the board of the year against what the story means it to show: mostly met, with a few misses that teach
// something, each with what is missed.
func looksAsTold(t *testing.T, h *house.House) {
	t.Helper()
	lights := map[int]oversight.Light{}
	if err := h.DB.Read(context.Background(), func(tx *db.Tx) error {
		board, err := oversight.Board(tx, h.Board())
		for _, l := range board {
			lights[l.Duty] = l
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	papers := lights[15]
	const met, sofar, partly, unmet = oversight.Met, oversight.MetSoFar, oversight.Partly, oversight.Unmet
	for _, want := range []struct {
		duty  int
		state oversight.State
		short int // how many records do not meet it
		why   string
	}{
		{2, partly, 13, "items whose text is not read against the gazette have no guide or remedy"},
		{3, partly, 13, "items whose text is not read against the gazette"},
		{4, partly, 1, "the inspection of cemeteries rests on a regulation not read yet"},
		{5, met, 0, ""}, {6, partly, 13, "items whose text is not read against the gazette"},
		{7, sofar, 0, ""}, {8, met, 0, ""}, {9, sofar, 0, ""},
		{10, partly, 2, "two decisions were published late"},
		{11, met, 0, ""}, {13, sofar, 0, ""},
		{14, unmet, -1, "no provincial guide was given out"}, {15, unmet, -1, "no provincial format was given out"},
		{16, sofar, 0, ""}, {18, partly, 1, "one dossier lies in a drawer"},
		{19, met, 0, ""}, {20, met, 0, ""}, {21, met, 0, ""}, {22, sofar, 0, ""}, {23, met, 0, ""}, {24, met, 0, ""}, {25, met, 0, ""}, {26, sofar, 0, ""},
		{1, met, 0, ""}, {12, sofar, 0, ""}, {17, sofar, 0, ""}, {27, sofar, 0, ""}, {28, met, 0, ""}, {29, sofar, 0, ""},
		{30, partly, 1, "one rectification was late"}, {31, sofar, 0, ""}, {32, sofar, 0, ""},
	} {
		l, there := lights[want.duty]
		delete(lights, want.duty)
		if !there || l.State != want.state {
			t.Errorf("duty %d is %s, want %s %s: %s", want.duty, l.State, want.state, want.why, l.Value)
		}
		if short := l.Of - l.Met; want.short >= 0 && short != want.short || short > 0 && len(l.Missed()) == 0 {
			t.Errorf("duty %d is short by %d, want %d %s: %v", want.duty, short, want.short, want.why, l.Missed())
		}
		if want.state == met && l.Of == 0 {
			t.Errorf("duty %d is met by nothing", want.duty)
		}
	}
	for _, p := range papers.Parts {
		if p.What == "文书法定要素齐备" && (p.Of < 100 || p.Met < p.Of) {
			t.Errorf("%d of %d papers of the year are whole: %v", p.Met, p.Of, p.Missed)
		}
	}
	if len(lights) > 0 {
		t.Errorf("the story says nothing of %d duties", len(lights))
	}
}
