package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/exchange"
)

// gate makes the database refuse one row: when it comes in, or when it goes out.
func (w *world) gate(event, number string) {
	w.Helper()
	w.must(w.d.Write(w.ctx, "a1", func(tx *db.Tx) error {
		text := fmt.Sprintf(`CREATE TRIGGER slip BEFORE %s ON publication WHEN NEW.number = '%s' BEGIN SELECT RAISE(ABORT, 'gate:publish-protected'); END`, event, number)
		if tx.Engine() != db.SQLite {
			text = fmt.Sprintf(`CREATE TRIGGER slip BEFORE %s ON publication FOR EACH ROW WHEN (NEW.number = '%s') EXECUTE FUNCTION gate_refuse('publish-protected')`, event, number)
		}
		_, err := tx.Exec(text)
		return err
	}))
}

func many(n int) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		fmt.Fprintf(&b, "示民罚决字〔2020〕%d号,对第%d家的处罚决定,虚报床位，骗取补助第%d次。,2020-05-06,云杉养老服务中心\n", i+1, i+1, i+1)
	}
	return b.String()
}

func TestARowThatTheDatabaseRefusesIsNamedInTheReportAndStopsNoOther(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.gate("INSERT", "示民罚决字〔2020〕7号")
		r := w.imported(w.file("a.csv", many(20)), titled, exchange.Options{})
		if r.Rows != 20 || r.Imported != 19 || r.LeftOut != 1 {
			t.Fatalf("%+v", r)
		}
		i := len(r.Findings) - 1
		if i < 0 || r.Findings[i].Line != 8 || !strings.Contains(strings.Join(r.Findings[i].Messages, ""), "未经法制审核的重大决定") {
			t.Errorf("the report says %+v", r.Findings)
		}
		if n := w.count(`SELECT count(*) FROM import_left_out WHERE line = 8`); n != 1 {
			t.Errorf("%d rows on record as left out", n)
		}
		if n := w.count(`SELECT rows_read FROM import_run`); n != 20 {
			t.Errorf("%d rows are read", n)
		}
	})
}

func TestARowThatTheDatabaseDoesNotLetOutIsHeldWithTheReason(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		r := w.imported(w.file("a.csv", many(20)), titled, exchange.Options{})
		w.gate("UPDATE", "示民罚决字〔2020〕7号")
		c, err := w.room.PublishImported(w.ctx, w.checker, r.Run, "", nil)
		w.must(err)
		if c.Out != 19 || c.Held != 1 {
			t.Fatalf("%+v", c)
		}
		for why := range c.Reasons {
			if !strings.Contains(why, "未经法制审核的重大决定") {
				t.Errorf("held because of %s", why)
			}
		}
		if n := w.count(`SELECT count(*) FROM pub_publication`); n != 19 {
			t.Errorf("%d are public", n)
		}
	})
}
