package review_test

import (
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/review"
	"mingjing/internal/testkit/world"
)

func TestAReviewIsListedForThoseWhoMayOpenItOnly(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		stranger := w.Third
		stranger.Account, stranger.Unit = "handler-elsewhere", "another"
		deputy := stranger
		deputy.OnBehalf = w.Handler.Account
		for name, c := range map[string]struct {
			actor access.Actor
			want  int
		}{"its handler": {w.Handler, 1}, "a colleague of the unit": {w.Third, 1}, "the head of the unit": {w.UnitHead, 1}, "a reviewer": {w.Reviewer, 1}, "a handler elsewhere": {stranger, 0},
			"who acts for its handler": {deputy, 1}, "an administrator": {w.Administrator, 0}} {
			w.Read(func(tx *db.Tx) error {
				for _, state := range []string{"open", "", "submitted"} {
					list, err := review.Seen(tx, c.actor, state, "", 10)
					if err != nil {
						return err
					}
					if len(list) != c.want || c.want == 1 && list[0].ID != id {
						t.Errorf("%s sees %d reviews of %q, want %d", name, len(list), state, c.want)
					}
				}
				list, err := review.Seen(tx, c.actor, "passed", "", 10)
				if err == nil && len(list) != 0 {
					t.Errorf("%s sees %d passed reviews before there is one", name, len(list))
				}
				return err
			})
		}
	})
}
