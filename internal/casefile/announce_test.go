package casefile_test

import (
	"context"
	"slices"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/form"
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

// An announcement is for who cannot be reached otherwise: who was told by hand, whose receipt says another way, or who was served
// already does not stand on the draft of the next one (民事诉讼法第九十五条).
func TestTheDraftOfAnAnnouncementNamesOnlyWhomItServes(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Batch(4)).Open().Investigate().Report()
		all := c.Parties()
		by := func(mode string, parties ...string) {
			papers := c.NoticePapers()
			papers["送达回证"] = form.Values{"mode": mode, "receiver_role": "法定代表人（负责人）"}
			if mode == "公告送达" {
				papers["送达回证"]["receiver_role"] = "无签收人"
			} else {
				delete(papers, "送达公告")
			}
			act := c.Act(w.Handler, "serve_notice", papers, parties...)
			if mode != "公告送达" {
				delete(act.Papers, "送达公告")
			}
			_, err := w.Cases.Take(context.Background(), w.Handler, act)
			w.Must(err)
		}
		names := func(step string) (list []string) {
			for _, row := range blank(w, c.ID, step, "送达公告").Rows("recipients") {
				list = append(list, row["name"].(string))
			}
			return list
		}
		by("直接送达", all[0].ID)
		if got, want := names("serve_notice"), []string{all[1].Name, all[2].Name, all[3].Name}; !slices.Equal(got, want) {
			t.Fatalf("after one was told by hand the announcement of the notice names %v, want %v", got, want)
		}
		w.Must(w.Write(func(tx *db.Tx) error {
			receipt := c.Paper(w.Handler, c.ID, "serve_notice", "送达回证", all[1].ID, form.Values{"mode": "邮寄送达"})
			_, err := w.Cases.SaveDraft(tx, w.Handler, document.Draft{Case: c.ID, Party: all[1].ID, Step: "serve_notice", Kind: "送达回证", Values: receipt}, "")
			return err
		}))
		if got, want := names("serve_notice"), []string{all[2].Name, all[3].Name}; !slices.Equal(got, want) {
			t.Fatalf("whose receipt says 邮寄送达 is announced: %v, want %v", got, want)
		}
	})
}
