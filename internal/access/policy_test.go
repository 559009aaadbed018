package access

import "testing"

func TestThePoliciesAreReadable(t *testing.T) {
	if err := CheckPolicies(); err != nil {
		t.Fatal(err)
	}
}

func TestAHandlerCannotReviewOrApproveTheOwnCase(t *testing.T) {
	actor := Actor{Account: "a", Agency: "g", Roles: []string{RoleHandler, RoleReviewer, RoleApprover}, StepUp: true}
	own := Thing{Kind: "case", ID: "c", Agency: "g", Relations: []string{RelHandler}}
	for action, policy := range map[Action]string{ReviewConclude: "handler-not-reviewer", CaseApprove: "handler-not-approver"} {
		if got := Can(actor, action, own); got.Allowed || got.Policy != policy {
			t.Errorf("%s: got %+v, want a refusal by %s", action, got, policy)
		}
		if got := Can(actor, action, Thing{Kind: "case", ID: "d", Agency: "g"}); !got.Allowed {
			t.Errorf("%s of another's case: %+v", action, got)
		}
	}
}
