package undertaking_test

import (
	"errors"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/oversight/undertaking"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/internal/workday"
)

// worlds runs the body in a fresh bureau on each engine.
func worlds(t *testing.T, body func(t *testing.T, w *world.World)) {
	t.Helper()
	clock := testkit.NewClock(t, world.Begins)
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		clock.Set(testkit.NewClock(t, world.Begins).Now())
		body(t, world.New(t, d, clock))
	})
}

func enter(w *world.World, actor access.Actor, u undertaking.Undertaking) (undertaking.Undertaking, error) {
	err := w.Write(func(tx *db.Tx) (err error) {
		u, err = undertaking.Enter(tx, actor, w.Books.Pack, u)
		return err
	})
	return u, err
}

func notice(w *world.World) undertaking.Undertaking {
	return undertaking.Undertaking{Kind: "notice", On: w.Today(), Due: w.Today().AddDays(15), Values: map[string]string{"unit": "办公室", "finding": "甲", "demand": "乙", "stray": "丙"}}
}

func TestANoticeIsEnteredOnceAndSettledOnceEachWithItsEvent(t *testing.T) {
	worlds(t, func(t *testing.T, w *world.World) {
		u, err := enter(w, w.Supervisor, notice(w))
		w.Must(err)
		settle := func(on workday.Day, outcome map[string]string) error {
			return w.Write(func(tx *db.Tx) error {
				return undertaking.Settle(tx, w.Supervisor, w.Books.Pack, u.ID, on, outcome, "")
			})
		}
		done := map[string]string{"result": "已改", "accountability": "不需问责"}
		for name, err := range map[string]error{"before it happened": settle(u.On.AddDays(-1), done), "tomorrow": settle(u.On.AddDays(1), done), "without its result": settle(u.On, map[string]string{"accountability": "不需问责"}),
			"with another choice": settle(u.On, map[string]string{"result": "已改", "accountability": "算了"})} {
			if !errors.As(err, &refusal.Invalid{}) {
				t.Errorf("settled %s: %v", name, err)
			}
		}
		w.Must(settle(u.On, done))
		if err := settle(u.On, done); !errors.As(err, &refusal.NotFound{}) {
			t.Errorf("settled twice: %v", err)
		}
		w.Read(func(tx *db.Tx) error {
			got, err := undertaking.Find(tx, w.Agency.Code, u.ID)
			if err != nil || got.Task != "duty-30" || got.Settled != u.On || got.Outcome["result"] != "已改" || got.Values["unit"] != "办公室" || got.Values["stray"] != "" || got.RecordedBy != w.Supervisor.Account {
				t.Errorf("%+v %v", got, err)
			}
			list, err := ledger.Recent(tx, w.Agency.Code, ledger.Pick{Subject: u.ID, Acts: true}, -1, 10)
			if err != nil || len(list) != 2 || list[0].Kind != "undertaking.settled" || list[1].Kind != "undertaking.entered" || list[1].Actor.Account != w.Supervisor.Account || list[1].Ref["due"] != u.Due.String() {
				t.Errorf("%+v %v", list, err)
			}
			return err
		})
	})
}

func TestWhatAKindAsksForIsJudgedAndNothingIsWrittenOtherwise(t *testing.T) {
	worlds(t, func(t *testing.T, w *world.World) {
		with := func(change func(u *undertaking.Undertaking)) undertaking.Undertaking {
			u := notice(w)
			change(&u)
			return u
		}
		training := func(officers ...string) undertaking.Undertaking {
			return undertaking.Undertaking{Kind: "training", On: w.Today(), Officers: officers, Values: map[string]string{"subject": "甲", "teacher": "乙", "hours": "8", "exam": "没有考试"}}
		}
		for field, u := range map[string]undertaking.Undertaking{
			"unit": with(func(u *undertaking.Undertaking) { u.Values["unit"] = " " }), "on": with(func(u *undertaking.Undertaking) { u.On = w.Today().AddDays(1) }),
			"due": with(func(u *undertaking.Undertaking) { u.Due = workday.Day{} }), "late": with(func(u *undertaking.Undertaking) { u.On = w.Today().AddDays(-4) }),
			"finding":  with(func(u *undertaking.Undertaking) { u.Values["finding"] = "甲\x00乙" }),
			"officers": training("nobody"),
			"hours": func() undertaking.Undertaking {
				u := training("nobody")
				u.Values["hours"] = "-1"
				return u
			}(),
		} {
			_, err := enter(w, w.Supervisor, u)
			var invalid refusal.Invalid
			if !errors.As(err, &invalid) || invalid.Fields[field] == "" {
				t.Errorf("%s: %v", field, err)
			}
		}
		if _, err := enter(w, w.Supervisor, with(func(u *undertaking.Undertaking) { u.Kind = "party" })); !errors.As(err, &refusal.NotFound{}) {
			t.Errorf("a kind that the pack has not: %v", err)
		}
		var refused refusal.Refused
		if _, err := enter(w, w.Handler, notice(w)); !errors.As(err, &refused) {
			t.Errorf("a handler: %v", err)
		}
		meeting := undertaking.Undertaking{Kind: "meeting", On: w.Today(), Values: map[string]string{"chair": w.Handler.Name, "agenda": "甲", "resolved": "乙"}}
		if _, err := enter(w, w.Approver, meeting); !errors.As(err, &refused) || refused.Findings[0].Rule != "SX-31" || refused.Findings[0].Cite.Article != "第28项" {
			t.Errorf("a meeting that no head chairs: %v", err)
		}
		w.Read(func(tx *db.Tx) error {
			var n int
			err := tx.Row(`SELECT count(*) FROM undertaking`).Scan(&n)
			if n != 0 {
				t.Errorf("%d were written", n)
			}
			return err
		})
		late := with(func(u *undertaking.Undertaking) { u.On, u.Late = w.Today().AddDays(-4), "系统停机" })
		if u, err := enter(w, w.Supervisor, late); err != nil || u.Late != "系统停机" {
			t.Errorf("with its reason: %v", err)
		}
	})
}
