package casefile_test

import (
	"slices"
	"testing"

	"mingjing/internal/document"
	"mingjing/internal/testkit/world"
)

func TestAnAnnouncementNamesThoseWhomItServesWithTheirNumbersAndNobodyElse(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Batch(4)
		m.Announced = true
		c := w.Lead(m).Open().Investigate().Report()
		all := c.Parties()
		for _, served := range [][]int{{1, 2}, {0, 3}} {
			ids := []string{all[served[0]].ID, all[served[1]].ID}
			done, err := c.Try(w.Handler, "serve_notice", c.NoticePapers(), ids...)
			w.Must(err)
			i := slices.IndexFunc(done.Documents, func(d document.Document) bool { return d.Kind == "送达公告" })
			if i < 0 {
				t.Fatal("no announcement was made")
			}
			rows := done.Documents[i].Values.Rows("recipients")
			if len(rows) != 2 {
				t.Fatalf("the announcement names %d, want 2: %v", len(rows), rows)
			}
			for n, row := range rows {
				notice := slices.IndexFunc(done.Documents, func(d document.Document) bool { return d.Kind == "行政处罚事先告知书" && d.Party == ids[n] })
				if row["name"] != all[served[n]].Name || row["no"] != done.Documents[notice].Number {
					t.Errorf("the announcement says %v, want %s %s", row, all[served[n]].Name, done.Documents[notice].Number)
				}
			}
		}
	})
}
