package review_test

import (
	"errors"
	"testing"

	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit/world"
)

// wantStale fails unless an act was refused because a paper names another text.
func wantStale(t *testing.T, err error, field string) {
	t.Helper()
	var invalid refusal.Invalid
	if !errors.As(err, &invalid) || invalid.Fields[field] == "" {
		t.Errorf("got %v, want %s refused", err, field)
	}
}

const another = "0000000000000000000000000000000000000000000000000000000000000000"

func TestAnApprovalOfAnotherTextIsRefused(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		b.pass(b.submit())
		_, err := b.Try(w.Approver, "approve", map[string]form.Values{"行政处罚决定审批表": {"outcome": "给予行政处罚", "proposal": "同意。",
			"head_opinion": "同意。", "draft_hash": another}})
		wantStale(t, err, "行政处罚决定审批表/draft_hash")
	})
}

func TestAnOpinionOnAnotherTextIsRefused(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.Must(b.take(b.Reviewer, id, "accept_review", nil))
		wrong := opinion("同意")
		wrong["法制审核意见书"]["draft_hash"] = another
		wantStale(t, b.take(b.Reviewer, id, "pass_review", wrong), "法制审核意见书/draft_hash")
		b.Must(b.take(b.Reviewer, id, "pass_review", opinion("同意")))
	})
}
