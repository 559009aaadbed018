package casefile_test

import (
	"slices"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/testkit/world"
)

func stepOf(t *testing.T, v casefile.View, code string) casefile.StepView {
	t.Helper()
	i := slices.IndexFunc(v.Steps, func(s casefile.StepView) bool { return string(s.Step.Code) == code })
	if i < 0 {
		t.Fatalf("the step %s is not listed", code)
	}
	return v.Steps[i]
}

// What the law says of who approves is said of those who may approve, not of the handler who only reads the list; and the list
// names them.
func TestAStepOfSomebodyElseIsJudgedForThoseWhoMayTakeIt(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		for name, who := range map[string]access.Actor{"the handler": w.Handler, "the head of the unit": w.UnitHead, "a reviewer": w.Reviewer} {
			s := stepOf(t, c.View(who), "approve")
			if !s.Open || s.Mine {
				t.Fatalf("%s finds the approval open %v, his own %v", name, s.Open, s.Mine)
			}
			for _, f := range s.Findings {
				if strings.Contains(f.Message, "批准人是") || strings.Contains(f.Message, "批准人与") || strings.Contains(f.Message, "没有行政机关负责人的批准") {
					t.Errorf("%s reads of himself as the approver: %s", name, f.Message)
				}
			}
			if !slices.Contains(s.By, w.Approver.Name) || !slices.Contains(s.By, w.OtherApprover.Name) || slices.Contains(s.By, w.Handler.Name) {
				t.Errorf("%s is told that %v approve", name, s.By)
			}
		}
		if s := stepOf(t, c.View(w.Approver), "approve"); !s.Mine || s.By != nil {
			t.Errorf("the head finds the approval his own %v, taken by %v", s.Mine, s.By)
		}
	})
}
