package gate_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/recheck"
)

// TestVerificationAndRecheckNameAHeadWhoHandledForAColleague: the head took a step of the handler under AB角 and approved the same
// case as himself; the rows of the case name him nowhere as a handler.
func TestVerificationAndRecheckNameAHeadWhoHandledForAColleague(t *testing.T) {
	s := at(t, published)
	s.untie()
	s.rewrite(edit{"case.investigation_reported", `"account":"{handler}"`, `"account":"{approver}","for":"{handler}"`})
	s.rechain()
	if said := s.verify(); !slices.ContainsFunc(said, func(what string) bool { return strings.Contains(what, "批准人承办过本案") }) {
		t.Errorf("the verification says %v", said)
	}
	report, err := recheck.Run(context.Background(), s.D, recheck.Options{})
	s.Must(err)
	if !slices.ContainsFunc(report.Problems, func(p recheck.Problem) bool { return p.Check == "SP-1" }) {
		t.Errorf("the re-check says %+v", report.Problems)
	}
}
