package monitor_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"mingjing/internal/disclosure/backfill"
	"mingjing/internal/ledger"
	"mingjing/internal/monitor"
	"mingjing/internal/testkit"
)

func TestWhatWasEnteredAfterwardsIsShownAsSuchAndOnlyWhatIsOfBeforeTheLogMayBe(t *testing.T) {
	s := newTown(t)
	s.live()
	testkit.Unlogged(t, s.d, publicLog)
	s.clock.Advance(24 * time.Hour)
	_, err := backfill.Enter(s.Context(), s.d, "a1", ledger.Actor{Account: "system", Role: "job"})
	s.must(err)
	s.log = ledger.NewLog(s.d, s.key, t.TempDir(), slog.New(slog.DiscardHandler))
	s.lists("林知远")
	s.settle()
	r, after := s.look(&monitor.State{})
	if !r.Sound() || r.Decisions != 7 || r.Publications != 6 || r.Backfilled != 13 || !strings.Contains(r.Text(), "事后补登") {
		t.Errorf("%s", r.Text())
	}
	s.append("COMMIT", "decision", "2026-8", map[string]any{"class": "处罚", "decided_on": "2026-03-27", "due_on": "2026-04-08", "backfilled_on": "2026-03-26", "commitment": strings.Repeat("a", 64)})
	if r, _ = s.look(after); !slices.ContainsFunc(r.Findings, func(f monitor.Finding) bool { return f.Kind == monitor.Backdated && f.Subject == "2026-8" }) {
		t.Errorf("a decision of after the log was entered afterwards:\n%s", r.Text())
	}
}
