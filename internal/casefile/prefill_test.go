package casefile_test

import (
	"slices"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

// blank opens a paper as the desk shows it first.
func blank(w *world.World, caseID, step, kind string) form.Values {
	w.T.Helper()
	var v form.Values
	w.Read(func(tx *db.Tx) error {
		d, err := w.Cases.Draft(tx, w.Handler, caseID, step, kind, "")
		v = d.Values
		return err
	})
	return v
}

func TestTheContentsOfTheDossierListWhatThePartyMaySeeInBindingOrderEachReceiptBehindItsPaper(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report().Notice()
		v := blank(w, c.ID, "archive", "案卷目录")
		var titles []string
		for _, row := range v.Rows("items") {
			titles = append(titles, row["title"].(string))
		}
		if want := []string{"立案审批表", "行政处罚事先告知书", "送达回证", "询问笔录", "现场检查笔录"}; !slices.Equal(titles, want) {
			t.Errorf("the contents are %v, want %v", titles, want)
		}
		if v.Text("retention") != "永久" || v.Text("part") != "正卷" {
			t.Errorf("kept %q as %q", v.Text("retention"), v.Text("part"))
		}
	})
}

func TestAnAnnouncementNamesEveryPartyOfABatchWithItsPaper(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Batch(53)).Open().Investigate().Report()
		rows := blank(w, c.ID, "serve_notice", "送达公告").Rows("recipients")
		if len(rows) != 53 {
			t.Fatalf("%d recipients for 53 parties", len(rows))
		}
		for i, p := range c.Parties() {
			if rows[i]["name"] != p.Name || rows[i]["paper"] != "行政处罚事先告知书" {
				t.Errorf("%s stands as %v", p.Name, rows[i])
			}
		}
	})
}
