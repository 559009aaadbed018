package disclosure_test

import (
	"database/sql"
	"testing"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/extension"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/workday"
)

// asked is an extension for a third party that got its letter on 4 March 2026 and has fifteen working days.
func (w *world) asked() extension.Request {
	return extension.Request{Ground: law.ExtendThirdParty, Document: "示民征字〔2026〕1号", AskedOn: "2026-03-04", Days: 15, Reason: "含有供应商报价。", Approver: w.head}
}

// waiting is a decision of 2 March 2026 whose publication is due by the 11th, with its clock; today is the 5th.
func (w *world) waiting() string {
	w.Helper()
	w.startClock(law.PublishDays, "公示期限", "p1", "publish", "withhold")
	due := w.dueOf("p1")
	id := w.owe(due)
	w.served(due.Decision, "2026-03-02")
	w.clock.Set(time.Date(2026, 3, 5, 1, 0, 0, 0, time.UTC))
	return id
}

// logged are the entries of a kind in the public log of the bureau.
func (w *world) logged(kind string) []ledger.Record {
	w.Helper()
	var list []ledger.Record
	w.must(w.d.Read(w.ctx, func(tx *db.Tx) (err error) {
		list, err = ledger.Recent(tx, "a1/public", ledger.Pick{Kind: kind}, -1, 100)
		return err
	}))
	return list
}

func TestAThirdPartyPutsThePublicationOffByItsWorkingDaysAndThePublicLogSaysSo(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.waiting()
		w.prepare(id)
		w.must(w.room.Extend(w.ctx, w.maker, id, w.asked()))
		p := w.get(id)
		// Two of the seven days have gone by with 4 March; the other five begin after the letter's fifteenth, 25 March.
		if p.State != disclosure.StateDue || p.DueOn != "2026-03-11" || p.LastDay() != "2026-04-01" || p.ContentHash != "" || p.Overdue {
			t.Errorf("%s, due %s, last day %s, text %q, overdue %v", p.State, p.DueOn, p.LastDay(), p.ContentHash, p.Overdue)
		}
		list := w.logged("EXTEND")
		if len(list) != 1 || list[0].Subject != "2026-1" || list[0].Ref["ground"] != law.ExtendThirdParty || list[0].Ref["document"] != "示民征字〔2026〕1号" ||
			list[0].Ref["due_before"] != "2026-03-11" || list[0].Ref["due_on"] != "2026-04-01" || list[0].Ref["asked_on"] != "2026-03-04" || list[0].Ref["until_on"] != "2026-03-25" {
			t.Fatalf("%+v", list)
		}
		w.clock.Set(time.Date(2026, 3, 20, 1, 0, 0, 0, time.UTC))
		stats, err := w.reader.Stats(w.ctx, "", workday.DayOf(w.clock.Now()))
		w.must(err)
		commits, err := w.reader.Commitments(w.ctx, "a1", 2026, 0, 10)
		w.must(err)
		if stats.Overdue != 0 || stats.Waiting != 1 || commits[0].DueOn != "2026-03-11" || commits[0].LastDay() != "2026-04-01" || commits[0].ExtendGround != law.ExtendThirdParty {
			t.Errorf("%+v %+v", stats, commits[0])
		}
		hash := w.prepare(id)
		w.must(w.room.Check(w.ctx, w.second, id, hash))
		w.must(w.room.Publish(w.ctx, w.maker, id, hash))
		w.clockIs("publish_days p1", deadline.Met)
		if e := w.logged("PUBLISH"); e[0].Ref["late"] != "" || e[0].Ref["due_on"] != "2026-04-01" {
			t.Errorf("%+v", e[0].Ref)
		}
		shown, err := w.reader.Get(w.ctx, id)
		if w.must(err); shown.DueOn != "2026-04-01" {
			t.Errorf("the public reads %s", shown.DueOn)
		}
	})
}

func TestNothingPutsThePublicationOffWithoutALawfulGroundDocumentAndAnotherPerson(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.waiting()
		try := func(change func(*extension.Request)) error {
			in := w.asked()
			change(&in)
			return w.room.Extend(w.ctx, w.maker, id, in)
		}
		w.refused(try(func(e *extension.Request) { e.Ground = "工作繁忙" }), "XG-07")
		w.refused(try(func(e *extension.Request) { e.Days = 16 }), "XG-07b")
		w.refused(try(func(e *extension.Request) { e.Days = 0 }), "XG-07b")
		w.refused(try(func(e *extension.Request) { e.AskedOn = "" }), "XG-07c")
		w.refused(try(func(e *extension.Request) { e.AskedOn = "2026-03-06" }), "XG-07c")
		w.refused(try(func(e *extension.Request) { e.Ground = law.ExtendCalendar }), "XG-07e")
		w.field(try(func(e *extension.Request) { e.Document = "" }), "document")
		w.field(try(func(e *extension.Request) { e.Reason = "" }), "reason")
		w.field(try(func(e *extension.Request) { e.Approver = "" }), "approver")
		w.field(try(func(e *extension.Request) { e.Approver = "nobody" }), "approver")
		w.field(try(func(e *extension.Request) { e.AskedOn = "三月四日" }), "asked_on")
		if err := w.room.Extend(w.ctx, access.Actor{Account: "x", Agency: "a1", Roles: []string{access.RoleHandler}}, id, w.asked()); err == nil {
			t.Error("a handler puts it off")
		}
		if len(w.logged("EXTEND")) != 0 || w.get(id).LastDay() != "2026-03-11" {
			t.Error("a refused extension left something")
		}
		w.must(w.room.Extend(w.ctx, w.maker, id, w.asked()))
		w.refused(w.room.Extend(w.ctx, w.maker, id, w.asked()), "XG-07c")
	})
}

func TestAfterItsLastDayNothingPutsAPublicationOff(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.waiting()
		w.clock.Set(time.Date(2026, 3, 12, 1, 0, 0, 0, time.UTC))
		w.refused(w.room.Extend(w.ctx, w.maker, id, w.asked()), "XG-07d")
	})
}

func TestACalendarThatIsNamedLaterMovesTheLastDay(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.waiting()
		national, err := workday.National()
		w.must(err)
		rest, err := workday.ParseDay("2026-03-09")
		w.must(err)
		calendar, err := national.With([]workday.Row{{Day: rest, Off: true, Name: "调整", Notice: 2026}})
		w.must(err)
		room, err := disclosure.New(w.d, disclosure.Books{Calendar: calendar})
		w.must(err)
		in := w.asked()
		in.Ground, in.Document, in.AskedOn, in.Days = law.ExtendCalendar, "国办发明电〔2026〕1号", "", 0
		w.must(room.Extend(w.ctx, w.maker, id, in))
		if p := w.get(id); p.LastDay() != "2026-03-12" {
			t.Errorf("last day %s", p.LastDay())
		}
		if e := w.logged("EXTEND"); len(e) != 1 || e[0].Ref["ground"] != law.ExtendCalendar || e[0].Ref["until_on"] != "" {
			t.Errorf("%+v", e)
		}
	})
}

func TestTheDatabaseHoldsAnExtensionWhateverWritesIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.waiting()
		insert := func(ground, document, approver, due, recorded string) error {
			return w.write(func(tx *db.Tx) error {
				_, err := tx.Exec(`INSERT INTO publication_extension (id, agency, publication, ground, document, reason, asked_on, until_on, due_before, due_on, decided_by, approver, recorded_on)
					VALUES ($1, 'a1', $2, $3, $4, '原因', '', '', '2026-03-11', $5, 'm', $6, $7)`, tx.NewID(), id, ground, document, due, approver, recorded)
				return err
			})
		}
		for name, err := range map[string]error{
			"no lawful ground": insert("工作繁忙", "文", "h", "2026-04-01", "2026-03-05"), "no document": insert(law.ExtendThirdParty, "", "h", "2026-04-01", "2026-03-05"),
			"its own approver": insert(law.ExtendThirdParty, "文", "m", "2026-04-01", "2026-03-05"), "an earlier day": insert(law.ExtendThirdParty, "文", "h", "2026-03-10", "2026-03-05"),
			"after the last day": insert(law.ExtendThirdParty, "文", "h", "2026-04-01", "2026-03-12"),
			"the count without an act": w.write(func(tx *db.Tx) error {
				_, err := tx.Exec(`UPDATE pub_commit SET extended_to = '2027-01-01', extend_ground = '征求第三方意见'`)
				return err
			})} {
			if code, refused := db.Gate(err); !refused || code != "extend-without-ground" {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.room.Extend(w.ctx, w.maker, id, w.asked()))
		for _, query := range []string{`UPDATE publication_extension SET due_on = '2027-01-01'`, `DELETE FROM publication_extension`} {
			err := w.write(func(tx *db.Tx) error { _, err := tx.Exec(query); return err })
			if code, refused := db.Gate(err); !refused || code != "extension-immutable" {
				t.Errorf("%s: %v", query, err)
			}
		}
		var n int
		w.must(w.d.Read(w.ctx, func(tx *db.Tx) error {
			return tx.Each(`SELECT due_on FROM publication_extension`, nil, func(rows *sql.Rows) error { n++; return rows.Scan(new(string)) })
		}))
		if n != 1 {
			t.Errorf("%d rows", n)
		}
	})
}
