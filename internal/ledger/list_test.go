package ledger_test

import (
	"context"
	"errors"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"
)

func TestRecentListsTheNewestFirstAndNarrows(t *testing.T) {
	clock := testkit.NewClock(t, "2026-03-02T09:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		err := d.Write(context.Background(), "a1", func(tx *db.Tx) error {
			for _, kind := range []string{"case.opened", "review.submitted", "review.passed", "decision.made"} {
				if _, err := ledger.Append(tx, ledger.Event{Agency: "a1", Kind: kind, SubjectKind: "case", Subject: "c1", Actor: ledger.Actor{Account: "x1"}, Payload: "张三"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range []struct {
			pick   ledger.Pick
			before int64
			want   []int64
		}{
			{ledger.Pick{}, -1, []int64{3, 2, 1, 0}}, {ledger.Pick{}, 2, []int64{1, 0}}, {ledger.Pick{Kind: "review.passed"}, -1, []int64{2}},
			{ledger.Pick{Kind: "review."}, -1, []int64{2, 1}}, {ledger.Pick{Account: "x2"}, -1, nil}, {ledger.Pick{Subject: "c1"}, 1, []int64{0}},
		} {
			err := d.Read(context.Background(), func(tx *db.Tx) error {
				list, err := ledger.Recent(tx, "a1", test.pick, test.before, 10)
				if err != nil {
					return err
				}
				if len(list) != len(test.want) {
					t.Errorf("%+v before %d gave %d events, want %d", test.pick, test.before, len(list), len(test.want))
					return nil
				}
				for i, r := range list {
					if r.Seq != test.want[i] || r.Payload != nil {
						t.Errorf("%+v: event %d is %d with payload %q, want %d and none", test.pick, i, r.Seq, r.Payload, test.want[i])
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		err = d.Read(context.Background(), func(tx *db.Tx) error {
			if _, err := ledger.At(tx, "a1", 99); !errors.Is(err, ledger.ErrNoEvent) {
				t.Errorf("event 99 gave %v", err)
			}
			r, err := ledger.At(tx, "a1", 3)
			if err == nil && r.Kind != "decision.made" {
				t.Errorf("event 3 is %s", r.Kind)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
