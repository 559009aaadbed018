package returns_test

import (
	"errors"
	"testing"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/returns"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
)

func TestTheReturnCountsTheYearsDecisionsAndIsSentOnce(t *testing.T) {
	clock := testkit.NewClock(t, world.Begins)
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		clock.Set(testkit.NewClock(t, world.Begins).Now())
		w := world.New(t, d, clock)
		m := world.Minor()
		m.Fine = 10000
		w.Spot(m).DecideOnSpot()
		order := w.Books.Law.Values(w.Today()).Order()
		send := func(actor access.Actor, r returns.Return) (returns.Return, error) {
			err := w.Write(func(tx *db.Tx) (err error) { r, err = returns.Send(tx, actor, order, r); return err })
			return r, err
		}
		var invalid refusal.Invalid
		whole := returns.Return{Year: 2026, Recipient: "司法局", Sent: w.Today(), Receipt: "1"}
		if _, err := send(w.Publisher, whole); !errors.As(err, &invalid) || invalid.Fields["year"] == "" {
			t.Errorf("a year that is not over: %v", err)
		}
		clock.Set(time.Date(2027, 1, 31, 4, 0, 0, 0, time.UTC))
		whole.Sent = w.Today()
		whole.Figures.Paper, whole.Figures.PaperOf = 2, 500
		for field, r := range map[string]returns.Return{"recipient": {Year: 2026, Sent: w.Today(), Receipt: "1"}, "sent": {Year: 2026, Recipient: "司法局", Sent: w.Today().AddDays(1), Receipt: "1"},
			"late": {Year: 2026, Recipient: "司法局", Sent: w.Today().AddDays(-9), Receipt: "1"}} {
			if _, err := send(w.Publisher, r); !errors.As(err, &invalid) || invalid.Fields[field] == "" {
				t.Errorf("%s: %v", field, err)
			}
		}
		if _, err := send(w.Handler, whole); !errors.As(err, &refusal.Refused{}) {
			t.Errorf("by a handler: %v", err)
		}
		r, err := send(w.Publisher, whole)
		w.Must(err)
		total, amount := r.Figures.Sum()
		if f := r.Figures; f.Total != 1 || f.Simple != 1 || f.Major != 0 || f.ByKind[law.Fine] != 1 || f.Amount != 10000 || total != 3 || amount != 10500 || !r.InTime() {
			t.Errorf("%+v", r)
		}
		if _, err := send(w.Publisher, whole); !errors.As(err, &invalid) || invalid.Fields["year"] == "" {
			t.Errorf("sent twice: %v", err)
		}
		w.Read(func(tx *db.Tx) error {
			list, err := returns.List(tx, w.Agency.Code)
			if err != nil || len(list) != 1 || list[0].Figures.ByKind[law.Fine] != 1 || list[0].Receipt != "1" {
				t.Errorf("%+v %v", list, err)
			}
			events, err := ledger.Recent(tx, w.Agency.Code, ledger.Pick{Subject: r.ID, Acts: true}, -1, 5)
			if err != nil || len(events) != 1 || events[0].Kind != "return.sent" || events[0].Ref["total"] != "1" || events[0].Actor.Account != w.Publisher.Account {
				t.Errorf("%+v %v", events, err)
			}
			return err
		})
		r.Sent = returns.DueDay(2026).AddDays(1)
		if r.InTime() {
			t.Error("the first of February is in time")
		}
	})
}
