package message_test

import (
	"context"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/form"
	"mingjing/internal/message"
	"mingjing/internal/review"
	"mingjing/internal/testkit/world"
)

// bench is a bureau with the room that derives messages.
type bench struct {
	*world.World
	room message.Room
}

func benches(t *testing.T, body func(t *testing.T, b bench)) {
	t.Helper()
	world.Run(t, func(t *testing.T, w *world.World) {
		d, err := disclosure.New(w.D, disclosure.Books{Law: w.Books.Law, Calendar: w.Books.Calendar})
		if err != nil {
			t.Fatal(err)
		}
		body(t, bench{w, message.Room{DB: w.D, Disclosure: d}})
	})
}

// sorts counts what waits for somebody by its sort.
func (b bench) sorts(actor access.Actor) map[string]int {
	b.T.Helper()
	list, err := b.room.Waiting(context.Background(), actor)
	b.Must(err)
	n := map[string]int{}
	for _, m := range list {
		n[m.Sort]++
	}
	return n
}

func TestAClockIsToldOfWhenItComesNearAndWhenItIsPast(t *testing.T) {
	benches(t, func(t *testing.T, b bench) {
		c := b.Lead(world.Minor())
		if n := b.sorts(b.Handler); n[message.Soon]+n[message.Late] != 0 {
			t.Errorf("right after the lead something is near: %v", n)
		}
		due := c.View(b.Handler).Clocks[0].Due
		b.Until(due.AddDays(-2))
		if n := b.sorts(b.Handler); n[message.Soon] != 1 || n[message.Late] != 0 {
			t.Errorf("two days before the last day: %v", n)
		}
		b.Until(due.AddDays(1))
		if n := b.sorts(b.Handler); n[message.Late] != 1 {
			t.Errorf("a day after the last day: %v", n)
		}
		if n := b.sorts(b.Third); len(n) != 0 {
			t.Errorf("who does not handle the case is told %v", n)
		}
		deputy := b.Third
		deputy.OnBehalf = b.Handler.Account
		if n := b.sorts(deputy); n[message.Late] != 1 {
			t.Errorf("who acts for the handler is told %v", n)
		}
	})
}

func TestAReviewWaitsForAReviewerAndNotForItsSubmitter(t *testing.T) {
	benches(t, func(t *testing.T, b bench) {
		c := b.Lead(world.Major()).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		act := c.Act(b.Handler, "submit_review", map[string]form.Values{"法制审核送审表": {"triggers": []any{"法律、法规规定应当进行法制审核的其他情形"},
			"materials": []any{"案件调查终结报告", "拟作出决定的文书草稿", "证据材料"}}})
		if _, err := review.New(b.D, b.Cases).Submit(context.Background(), b.Handler, act); err != nil {
			t.Fatal(world.Why(err))
		}
		if n := b.sorts(b.Reviewer); n[message.Review] != 1 {
			t.Errorf("the reviewer is told %v", n)
		}
		both := b.Handler
		both.Roles = []string{access.RoleHandler, access.RoleReviewer}
		if n := b.sorts(both); n[message.Review] != 0 {
			t.Errorf("the submitter is told to review the own text: %v", n)
		}
	})
}

func TestWhatWasReadStaysReadUntilItChanges(t *testing.T) {
	benches(t, func(t *testing.T, b bench) {
		c := b.Lead(world.Minor())
		due := c.View(b.Handler).Clocks[0].Due
		b.Until(due.AddDays(-1))
		list, err := b.room.Waiting(context.Background(), b.Handler)
		b.Must(err)
		if len(list) != 1 || list[0].Read {
			t.Fatalf("there is %+v", list)
		}
		b.Must(b.D.Write(context.Background(), b.Agency.Code, func(tx *db.Tx) error {
			if err := message.MarkRead(tx, b.Handler.Account, []string{list[0].Key, "", list[0].Key}); err != nil {
				return err
			}
			return message.MarkRead(tx, b.Handler.Account, []string{list[0].Key})
		}))
		again := func() message.Message {
			list, err := b.room.Waiting(context.Background(), b.Handler)
			b.Must(err)
			return list[0]
		}
		if m := again(); !m.Read {
			t.Error("what was read is unread again")
		}
		b.Until(due.AddDays(1))
		if m := again(); m.Read || m.Sort != message.Late {
			t.Errorf("what has become late is %s and read %v", m.Sort, m.Read)
		}
	})
}
