package disclosure_test

import (
	"testing"

	"mingjing/internal/disclosure"
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
