package casefile_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/testkit"
	"mingjing/internal/workday"
	"mingjing/packs"
)

func books(t *testing.T) book.Books {
	t.Helper()
	rules, err := pack.Load(packs.FS, "national", "jilin", "siping-civil-affairs")
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := workday.National()
	if err != nil {
		t.Fatal(err)
	}
	b, err := book.New(rules, calendar)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// founded opens the room in a store that has the agency and nothing else.
func founded(t *testing.T, d *db.DB) *casefile.Room {
	t.Helper()
	b := books(t)
	a, _ := b.Pack.Agency()
	if err := d.Write(context.Background(), "test", func(tx *db.Tx) error {
		_, err := roster.CreateAgency(tx, access.Founding(a.Code), roster.Agency{ID: a.Code, Name: a.Name, CreditCode: a.CreditCode, NumberWord: a.NumberWord, Level: a.Level, Division: a.Division})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return casefile.New(d, b)
}

func handler() access.Actor {
	return access.Actor{Account: "a-handler", Name: "周启明", Agency: "siping-mzj", Unit: "npo", Roles: []string{access.RoleHandler}}
}

func lead() form.Values {
	return form.Values{"source": "监督检查", "received_at": "2026-03-02T09:00", "discovered_on": "2026-03-02", "cause": "不按照规定办理变更登记",
		"facts": "经查，该单位更换住所后逾期未办理变更登记。", "registered_by": "周启明", "handler_opinion": "建议立案。",
		"party": map[string]any{"kind": "法人或者其他组织", "name": "云山市晨光书画协会", "code": "51220300MJ0000012X", "address": "云山市文化街1号"}}
}

func TestALeadWithAWrongCodeIsRefusedByItsFieldAndLeavesNothing(t *testing.T) {
	clock := testkit.NewClock(t, "2026-03-02T10:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		room := casefile.New(d, books(t))
		values := lead()
		values["party"].(map[string]any)["code"] = "51220300MJ0000012Z"
		_, err := room.Begin(context.Background(), handler(), book.Ordinary, casefile.Act{Papers: map[string]form.Values{"案源登记表": values}})
		var invalid refusal.Invalid
		if !errors.As(err, &invalid) || invalid.Fields["party.code"] == "" {
			t.Fatalf("got %v, want a message at party.code", err)
		}
		var n int
		if err := d.Read(context.Background(), func(tx *db.Tx) error {
			return tx.Row(`SELECT (SELECT count(*) FROM case_file) + (SELECT count(*) FROM party) + (SELECT count(*) FROM event) + (SELECT count(*) FROM document)`).Scan(&n)
		}); err != nil || n != 0 {
			t.Fatalf("%d rows were left, %v", n, err)
		}
	})
}

func TestALeadThatNoPaperCouldShowIsRefusedByItsField(t *testing.T) {
	clock := testkit.NewClock(t, "2026-03-02T10:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		room := founded(t, d)
		for field, spoil := range map[string]func(form.Values){
			"案源登记表/cause":      func(v form.Values) { v["cause"] = "不按照规定\x00办理" },
			"案源登记表/facts":      func(v form.Values) { v["facts"] = "经查\xff该单位" },
			"案源登记表/party.name": func(v form.Values) { v["party"].(map[string]any)["name"] = "协会\x07" },
			"late":             nil,
		} {
			values, act := lead(), casefile.Act{}
			delete(values["party"].(map[string]any), "code")
			if spoil != nil {
				spoil(values)
			} else {
				act.LateReason = "停电\x00"
			}
			act.Papers = map[string]form.Values{"案源登记表": values}
			_, err := room.Begin(context.Background(), handler(), book.Ordinary, act)
			var invalid refusal.Invalid
			if !errors.As(err, &invalid) || invalid.Fields[field] == "" {
				t.Errorf("%s: got %v %v", field, err, invalid.Fields)
			}
		}
	})
}

func TestAPartyIsAddedOnceAndAllOrNoneOfAList(t *testing.T) {
	clock := testkit.NewClock(t, "2026-03-02T10:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		room, ctx := founded(t, d), context.Background()
		values := lead()
		delete(values["party"].(map[string]any), "code")
		done, err := room.Begin(ctx, handler(), book.Ordinary, casefile.Act{Papers: map[string]form.Values{"案源登记表": values}})
		if err != nil {
			t.Fatal(err)
		}
		count := func() int {
			view, err := room.Open(ctx, handler(), done.Case)
			if err != nil {
				t.Fatal(err)
			}
			return len(view.Parties)
		}
		person := func(name, id string) map[string]any {
			return map[string]any{"kind": "自然人", "name": name, "id": id}
		}
		organisation := func(name string) map[string]any {
			return map[string]any{"kind": "法人或者其他组织", "name": name}
		}
		for want, list := range map[string][]map[string]any{
			"已经是本案当事人":   {organisation("云山市 晨光书画协会")},
			"名单第2名：“林远”": {person("林远", ""), person("林远", "11010519491231002X")},
			"名单第3名：姓名":   {person("甲", ""), person("乙", ""), person(strings.Repeat("长", 121), "")},
			"不能使用的字符":    {person("甲\x00", "")},
			"身份证号":       {person("甲", "110105194912310021")},
			"请至少写一名":     {},
		} {
			err := room.AddParties(ctx, handler(), done.Case, list)
			var invalid refusal.Invalid
			if !errors.As(err, &invalid) || !strings.Contains(fmt.Sprint(invalid.Fields), want) {
				t.Errorf("got %v %v, want %s", err, invalid.Fields, want)
			}
			if n := count(); n != 1 {
				t.Fatalf("%s: the case has %d parties", want, n)
			}
		}
		many := []map[string]any{person("林远", "11010519491231002X"), person("林远", "110101199003072877")}
		for i := range 300 {
			many = append(many, organisation(fmt.Sprintf("云山市第%d书画协会", i)))
		}
		if err := room.AddParties(ctx, handler(), done.Case, many); err != nil || count() != 303 {
			var invalid refusal.Invalid
			errors.As(err, &invalid)
			t.Fatalf("%v %v: %d parties", err, invalid.Fields, count())
		}
		if err := room.AddParties(ctx, handler(), done.Case, make([]map[string]any, 700)); !errors.As(err, new(refusal.Invalid)) || count() != 303 {
			t.Errorf("more than the most: %v", err)
		}
	})
}

func TestALeadBecomesACaseWithItsDocumentEventAndClock(t *testing.T) {
	clock := testkit.NewClock(t, "2026-03-02T10:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		room := founded(t, d)
		values := lead()
		delete(values["party"].(map[string]any), "code")
		done, err := room.Begin(context.Background(), handler(), book.Ordinary, casefile.Act{Papers: map[string]form.Values{"案源登记表": values}})
		if err != nil {
			var invalid refusal.Invalid
			errors.As(err, &invalid)
			t.Fatalf("%v %v", err, invalid.Fields)
		}
		view, err := room.Open(context.Background(), handler(), done.Case)
		if err != nil {
			t.Fatal(err)
		}
		if view.File.State != "lead" || len(view.Documents) != 1 || len(view.Events) != 1 || len(view.Clocks) != 1 || len(view.Parties) != 1 {
			t.Fatalf("state %s, %d documents, %d events, %d clocks, %d parties", view.File.State, len(view.Documents), len(view.Events), len(view.Clocks), len(view.Parties))
		}
		if got := view.Clocks[0].Due.String(); got != "2026-03-11" {
			t.Errorf("the lead is due on %s, want 2026-03-11", got)
		}
		if view.Documents[0].Number == "" {
			t.Error("the lead register has no number")
		}
	})
}
