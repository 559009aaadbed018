package gate_test

import (
	"testing"

	"mingjing/internal/testkit"
)

// TestTellingApproverAndPublisherApartOnlyOnceTheyActedLosesNoState: the search takes a state and its mirror, in which the two have
// changed places, for one, and lets only one of them act while neither did anything. A search that does neither reaches the same
// states up to the mirror, and more of them without it.
func TestTellingApproverAndPublisherApartOnlyOnceTheyActedLosesNoState(t *testing.T) {
	places := map[string]int{passed: 2}
	if testkit.Full() {
		places = map[string]int{drafted: 5, passed: 4}
	}
	for place, depth := range places {
		t.Run(place, func(t *testing.T) {
			reduced := newWalk(t, place, true, singles())
			whole := newWalk(t, place, true, singles())
			whole.start, whole.caseID, whole.house, whole.whole = reduced.start, reduced.caseID, reduced.house, true
			reduced.run(reduced.start, depth)
			whole.run(whole.start, depth)
			for key, acts := range whole.reached {
				if _, there := reduced.reached[key]; !there {
					t.Errorf("the reduced search misses what came of: %s", acts)
				}
			}
			for key, acts := range reduced.reached {
				if _, there := whole.reached[key]; !there {
					t.Errorf("only the reduced search reaches what came of: %s", acts)
				}
			}
			if len(whole.seen) <= len(reduced.seen) || whole.tried <= reduced.tried {
				t.Errorf("the reduction saves nothing: %d states and %d acts with it, %d and %d without", len(reduced.seen), reduced.tried, len(whole.seen), whole.tried)
			}
			t.Logf("%s, %d acts deep: %d states and %d acts tried with the reduction, %d and %d without; the same %d up to the mirror", place, depth, len(reduced.seen), reduced.tried, len(whole.seen), whole.tried, len(reduced.reached))
		})
	}
}
