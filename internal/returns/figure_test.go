package returns

import (
	"testing"

	"mingjing/internal/law"
)

func TestADecisionOfSeveralKindsCountsInItsHeaviest(t *testing.T) {
	order := []law.PenaltyKind{law.Warning, law.Fine, law.RevokeLicence}
	for want, kinds := range map[law.PenaltyKind][]law.PenaltyKind{law.RevokeLicence: {law.Fine, law.RevokeLicence, law.Warning}, law.Fine: {law.OtherPenalty, law.Fine}, law.OtherPenalty: nil} {
		if got := heaviest(order, kinds); got != want {
			t.Errorf("%v counts as %s, want %s", kinds, got, want)
		}
	}
	f := Figures{ByKind: map[law.PenaltyKind]int{}}
	f.add(decided{kind: noPenalty}, order)
	f.add(decided{kind: "行政处罚决定书", penalties: []law.PenaltyKind{law.Warning, law.Fine}, fine: 5, confiscated: 7, major: true}, order)
	if f.Total != 1 || f.None != 1 || f.Major != 1 || f.Amount != 12 || f.ByKind[law.Fine] != 1 || f.check() != nil {
		t.Errorf("%+v", f)
	}
	f.Total++
	if f.check() == nil {
		t.Error("kinds that do not sum up pass")
	}
}
