package disclosure_test

import (
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/past"
)

func TestTheDeskFindsPublicationsByStateAndWords(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		first, second := w.owe(w.due()), w.owe(w.due())
		w.served("d1", "2026-03-02")
		w.prepare(first)
		for _, c := range []struct {
			find disclosure.Find
			want []string
		}{
			{disclosure.Find{}, []string{second, first}}, {disclosure.Find{State: disclosure.StatePrepared}, []string{first}}, {disclosure.Find{Class: "许可"}, nil},
			{disclosure.Find{Words: "〔2026〕2号"}, []string{second}}, {disclosure.Find{Words: "云杉"}, []string{second, first}}, {disclosure.Find{Words: "100%_"}, nil},
			{disclosure.Find{Source: disclosure.SourceImport}, nil},
		} {
			page, err := w.room.Find(w.ctx, "a1", c.find, "", 10)
			w.must(err)
			var got []string
			for _, p := range page.Rows {
				got = append(got, p.ID)
			}
			if len(got) != len(c.want) {
				w.Errorf("%+v finds %d, want %d", c.find, len(got), len(c.want))
				continue
			}
			for i := range got {
				if got[i] != c.want[i] {
					w.Errorf("%+v finds %v, want %v", c.find, got, c.want)
				}
			}
		}
		page, err := w.room.Find(w.ctx, "a1", disclosure.Find{}, "", 1)
		w.must(err)
		rest, err := w.room.Find(w.ctx, "a1", disclosure.Find{}, page.Next, 1)
		w.must(err)
		if len(page.Rows) != 1 || len(rest.Rows) != 1 || page.Rows[0].ID == rest.Rows[0].ID || rest.Next != "" {
			w.Error("the pages of a list overlap or leave something out")
		}
	})
}

func TestTheHistoryOfAPublicationLeavesOutTheRestOfItsCase(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.public(w.due())
		list, err := w.room.History(w.ctx, w.maker, id)
		w.must(err)
		var kinds []string
		for _, e := range list {
			kinds = append(kinds, e.Kind)
		}
		if n := len(kinds); n < 3 || kinds[n-1] != "publication.published" {
			w.Errorf("the history is %v", kinds)
		}
	})
}

// What an import brought waits with its batch: a list that says so many are to be made must be able to show them.
func TestWhatWaitsForTheCheckOfItsBatchIsNotCountedAsToBeMade(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.owe(w.due())
		w.must(w.write(func(tx *db.Tx) error {
			_, err := past.TakeIn(tx, handler(), "r1", []past.Row{{Agency: "a1", AgencyName: "示例市民政局", Class: "处罚", Number: "示民罚决字〔2020〕1号", Title: "对云杉中心的处罚决定",
				Body: "决定警告。", DecidedOn: "2020-05-06", Dup: "k1", Line: 2}})
			return err
		}))
		c, err := w.room.Count(w.ctx, "a1")
		w.must(err)
		if c.ByState[disclosure.StateDue] != 1 || c.Imports != 1 {
			t.Errorf("%d are to be made, %d wait with their batch", c.ByState[disclosure.StateDue], c.Imports)
		}
	})
}
