package casefile_test

import (
	"slices"
	"strings"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/testkit/world"
	"mingjing/internal/workday"
)

// share is a row of a plan: an amount in 分 and its last day.
type share struct {
	amount int64
	due    workday.Day
}

// plan is the paper that grants instalments of the two thousand yuan of fined, or of what is said to be unpaid.
func plan(w *world.World, unpaid int64, shares ...share) map[string]form.Values {
	var rows []any
	for _, s := range shares {
		rows = append(rows, map[string]any{"amount": s.amount, "due": s.due.String()})
	}
	return map[string]form.Values{planKind: {"result": "同意分期缴纳", "applied_on": w.Today().String(), "unpaid": unpaid, "instalments": rows}}
}

const planKind = "延期分期缴纳罚款批准书"

// payClocks are the clocks for paying, by their last day.
func payClocks(c *world.Case) (list []deadline.Clock) {
	for _, k := range c.View(c.Handler).Clocks {
		if k.Param == law.PayDays {
			list = append(list, k)
		}
	}
	return list
}

func TestAnApprovedInstalmentPutsTheLateFeeOffToItsOwnDay(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		w.Days(2)
		first, second := w.Today().AddDays(40), w.Today().AddDays(80)
		c.Take("grant_instalment", plan(w, 200000, share{100000, first}, share{100000, second}))
		var open, dropped int
		for _, k := range payClocks(c) {
			switch {
			case k.State == deadline.Open && (k.Due == first || k.Due == second) && strings.HasPrefix(k.Label, "分期缴纳期限"):
				open++
			case k.State == deadline.Dropped:
				dropped++
			default:
				t.Errorf("a clock for paying: %+v", k)
			}
		}
		if open != 2 || dropped != 1 {
			t.Fatalf("%d clocks of instalments run and %d were replaced", open, dropped)
		}
		var shown []deadline.Clock
		w.Read(func(tx *db.Tx) (err error) {
			shown, err = deadline.Coming(tx, w.Agency.Code, "", "", "", 50)
			return err
		})
		if !slices.ContainsFunc(shown, func(k deadline.Clock) bool { return k.Due == first }) {
			t.Error("nobody is reminded of the first instalment")
		}
		w.Until(first)
		if got := surcharge(c); got != 0 {
			t.Fatalf("a late fee of %s runs within the granted time", got)
		}
		w.Days(10) // the first instalment is ten days late, the second is not
		if got := surcharge(c); got != 100000*3*10/100 {
			t.Fatalf("ten days on the first instalment cost %s", got)
		}
		c.Take("pay", paid("罚款", 100000, w.Today()))
		if state := stateAt(c, first); state != deadline.Missed {
			t.Errorf("the first instalment was paid ten days late, its clock is %s", state)
		}
		w.Until(second)
		if got := surcharge(c); got != 100000*3*10/100 {
			t.Fatalf("on the last day of the second instalment the fee is %s", got)
		}
		c.Take("pay", paid("罚款", 100000, w.Today()))
		if state := stateAt(c, second); state != deadline.Met {
			t.Errorf("the second instalment was paid in time, its clock is %s", state)
		}
		c.Take("pay", paid("加处罚款", 30000, w.Today()))
		c.Take("confirm_performance", nil)
	})
}

func stateAt(c *world.Case, due workday.Day) string {
	for _, k := range payClocks(c) {
		if k.Due == due {
			return k.State
		}
	}
	return ""
}

func TestAPlanIsOfWhatIsUnpaidAndItsDaysLieAhead(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		later := w.Today().AddDays(40)
		for _, wrong := range []struct {
			what, field string
			papers      map[string]form.Values
		}{
			{"two thirds of the fine", planKind + "/instalments", plan(w, 200000, share{120000, later})},
			{"more than the fine", planKind + "/instalments", plan(w, 200000, share{120000, later}, share{120000, later.AddDays(1)})},
			{"another sum unpaid", planKind + "/unpaid", plan(w, 120000, share{200000, later})},
			{"a day that has passed", planKind + "/instalments.0.due", plan(w, 200000, share{200000, w.Today().AddDays(-1)})},
			{"two instalments on one day", planKind + "/instalments.1.due", plan(w, 200000, share{100000, later}, share{100000, later})},
		} {
			if _, err := c.Try(w.Approver, "grant_instalment", wrong.papers); field(err, wrong.field) == "" {
				t.Errorf("%s was granted: %s", wrong.what, world.Why(err))
			}
		}
	})
}

func TestARefusedApplicationLeavesTheTimeForPayingAsItIs(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		c.Take("grant_instalment", map[string]form.Values{planKind: {"result": "不同意", "unpaid": int64(200000)}})
		if list := payClocks(c); len(list) != 1 || list[0].State != deadline.Open {
			t.Fatalf("the application was refused and the time for paying is %+v", list)
		}
		w.Until(payClocks(c)[0].Due.AddDays(4))
		if got := surcharge(c); got != 200000*3*4/100 {
			t.Fatalf("four days late cost %s", got)
		}
	})
}

func TestALaterPlanTakesThePlaceOfTheEarlierAndForgivesNothing(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		first := w.Today().AddDays(30)
		c.Take("grant_instalment", plan(w, 200000, share{100000, first}, share{100000, first.AddDays(30)}))
		w.Until(first.AddDays(5)) // the first instalment is five days late
		until := w.Today().AddDays(60)
		done := c.Take("grant_instalment", map[string]form.Values{planKind: {"result": "同意延期缴纳", "applied_on": w.Today().String(), "unpaid": int64(200000), "until": until.String()}})
		if !slices.ContainsFunc(done.Warnings, func(f law.Finding) bool { return f.Rule == "CF-73b" }) {
			t.Error("a second plan came on top of the first and nothing said so")
		}
		var open int
		for _, k := range payClocks(c) {
			if k.State == deadline.Open {
				open++
			}
		}
		if open != 1 {
			t.Errorf("%d clocks for paying run after the second plan", open)
		}
		w.Until(until)
		if got := surcharge(c); got != 100000*3*5/100 {
			t.Fatalf("the five days before the second plan cost %s", got)
		}
	})
}

func TestTheWayToTheCourtOpensAfterTheGrantedTime(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		until := due(c, law.RemedySuitMonths).AddDays(60)
		before := due(c, law.CourtMonths)
		w.Until(due(c, law.RemedySuitMonths))
		c.Take("demand", c.ServicePapers()) // what was put off later cannot be demanded, so the demand goes before
		c.Take("grant_instalment", map[string]form.Values{planKind: {"result": "同意延期缴纳", "unpaid": int64(200000), "until": until.String()}})
		if got := due(c, law.CourtMonths); !got.After(before) {
			t.Fatalf("the limit for the court ran to %s and runs to %s, the deferral to %s", before, got, until)
		}
		w.Days(30)
		if _, err := c.Try(w.Approver, "apply_court", nil); !slices.Contains(world.Refusals(err), "QZ-20") {
			t.Fatalf("the court was asked within the granted time: %s", world.Why(err))
		}
		w.Until(until.AddDays(1))
		c.Take("apply_court", nil)
	})
}

func TestAFineThatIsPaidInTimeEndsItsClockOnThatDay(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		last := due(c, law.PayDays)
		w.Until(last)
		c.Take("pay", paid("罚款", 200000, w.Today()))
		w.Days(3)
		c.Take("confirm_performance", nil)
		if state := stateAt(c, last); state != deadline.Met {
			t.Fatalf("the fine was paid on its last day and the clock is %s", state)
		}
	})
}

// While a plan runs a demand asks for the shares that have fallen due and the late fee on them, never for what was put off; before
// any has, nothing is demanded (行政处罚法第六十六条第二款).
func TestADemandAsksForWhatThePlanSaysIsDue(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		w.Days(2)
		first, second := w.Today().AddDays(40), w.Today().AddDays(80)
		c.Take("grant_instalment", plan(w, 200000, share{120000, first}, share{80000, second}))
		demand := func(own form.Values) (form.Values, error) {
			v := c.Paper(c.Handler, c.ID, "demand", "履行催告书", c.Party().ID, own)
			_, err := c.Try(c.Handler, "demand", map[string]form.Values{"履行催告书": v})
			return v, err
		}
		w.Until(first)
		if _, err := demand(form.Values{"duty": "缴纳罚款", "fine": int64(200000), "total": int64(200000)}); !strings.Contains(field(err, "履行催告书/fine"), "第六十六条第二款") {
			t.Fatalf("the whole fine was demanded before the first instalment fell due: %s", world.Why(err))
		}
		w.Days(10)
		v, err := demand(form.Values{"fine": int64(200000), "total": int64(236000)})
		if field(err, "履行催告书/fine") == "" || field(err, "履行催告书/total") == "" {
			t.Fatalf("the whole fine was demanded while the second instalment is put off: %s", world.Why(err))
		}
		fee := int64(120000 * 3 * 10 / 100)
		v, err = demand(nil)
		if err != nil || v.Fen("fine") != 120000 || v.Fen("total") != 120000+fee || !strings.Contains(v.Text("duty"), "第1期罚款") || strings.Contains(v.Text("duty"), "第2期") {
			t.Fatalf("ten days after the first instalment %s of %d, all %d are demanded: %s", v.Text("duty"), v.Fen("fine"), v.Fen("total"), world.Why(err))
		}
	})
}
