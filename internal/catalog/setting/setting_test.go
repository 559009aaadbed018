package setting_test

import (
	"errors"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/catalog/setting"
	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
)

func stores(t *testing.T, body func(t *testing.T, w *world.World, above setting.Above)) {
	t.Helper()
	clock := testkit.NewClock(t, world.Begins)
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		w := world.New(t, d, clock)
		body(t, w, setting.Above{Overrides: w.Books.Pack.Overrides(), Adoptions: w.Books.Pack.Adoptions(), Pack: "siping-civil-affairs"})
	})
}

func TestAValueCountsFromItsDayOnceASecondPersonHasConfirmedIt(t *testing.T) {
	stores(t, func(t *testing.T, w *world.World, above setting.Above) {
		begins := w.Today().AddDays(10)
		var s setting.Setting
		propose := func(actor access.Actor, code, value, basis string) error {
			return w.Write(func(tx *db.Tx) (err error) {
				s, err = setting.Propose(tx, actor, above, setting.Setting{Code: code, Value: value, From: begins, Basis: basis})
				return err
			})
		}
		decide := func(actor access.Actor, agree bool) error {
			return w.Write(func(tx *db.Tx) error { _, err := setting.Decide(tx, actor, above, s.ID, agree); return err })
		}
		set := func() (now *law.Set) {
			w.Read(func(tx *db.Tx) (err error) { now, err = above.Set(tx, w.Agency.Code); return err })
			return now
		}
		before := set()
		w.Must(propose(w.Administrator, law.HearingFineOrg, "800000", "四民发〔2026〕3号"))
		if now := set(); now.Version != before.Version {
			t.Error("a proposal changes the rules")
		}
		if err := decide(w.Administrator, true); !errors.As(err, &refusal.Refused{}) {
			t.Errorf("who proposed it confirms it: %v", err)
		}
		if err := decide(w.Handler, true); !errors.As(err, &refusal.Refused{}) {
			t.Errorf("a handler confirms it: %v", err)
		}
		w.Must(decide(w.Approver, true))
		now := set()
		if now.Version == before.Version {
			t.Error("the version of the rules stays")
		}
		if got := now.Values(begins.AddDays(-1)).Fen(law.HearingFineOrg); got != before.Values(begins).Fen(law.HearingFineOrg) {
			t.Errorf("on the day before it is %s", got)
		}
		if got := now.Values(begins).Fen(law.HearingFineOrg); got != 800000 {
			t.Errorf("from its day on it is %s", got)
		}
		if _, source, _ := now.Param(law.HearingFineOrg, begins); !strings.Contains(source, "四民发〔2026〕3号") {
			t.Errorf("the source is %s", source)
		}
		if err := decide(w.Approver, false); !errors.As(err, &refusal.Invalid{}) {
			t.Errorf("decided twice: %v", err)
		}
		w.Read(func(tx *db.Tx) error {
			events, err := ledger.Recent(tx, w.Agency.Code, ledger.Pick{}, -1, 20)
			kinds := ""
			for _, e := range events {
				kinds += e.Kind + " "
			}
			if strings.Count(kinds, "setting.proposed") != 1 || strings.Count(kinds, "setting.confirmed") != 1 {
				t.Errorf("the ledger says %s", kinds)
			}
			return err
		})
		if err := w.Write(func(tx *db.Tx) error { _, err := tx.Exec(`UPDATE agency_setting SET value = '1'`); return err }); err == nil {
			t.Error("a confirmed value is rewritten")
		}
		if err := w.Write(func(tx *db.Tx) error { _, err := tx.Exec(`DELETE FROM agency_setting`); return err }); err == nil {
			t.Error("a confirmed value is deleted")
		}
	})
}

func TestWhatTheLawDoesNotLeaveToAnAgencyIsRefusedWithTheArticle(t *testing.T) {
	stores(t, func(t *testing.T, w *world.World, above setting.Above) {
		for _, c := range []struct {
			code, value, basis, field, says string
			days                            int
		}{
			{law.PublishDays, "9", "四民发〔2026〕3号", "value", "只能从严", 5},
			{law.PublishDays, "x", "四民发〔2026〕3号", "value", "数值", 5},
			{law.PublishDays, "5", "", "basis", "文号", 5},
			{law.PublishDays, "5", "四民发〔2026〕3号", "from", "今日之后", 0},
			{law.SeverityOrder, "5", "四民发〔2026〕3号", "code", "法律固定", 5},
			{"no_such_thing", "5", "四民发〔2026〕3号", "code", "请选择", 5},
		} {
			err := w.Write(func(tx *db.Tx) error {
				_, err := setting.Propose(tx, w.Administrator, above, setting.Setting{Code: c.code, Value: c.value, From: w.Today().AddDays(c.days), Basis: c.basis})
				return err
			})
			var invalid refusal.Invalid
			if !errors.As(err, &invalid) || !strings.Contains(invalid.Fields[c.field], c.says) {
				t.Errorf("%s = %s: %v %v", c.code, c.value, err, invalid.Fields)
			}
		}
		if err := w.Write(func(tx *db.Tx) error {
			_, err := setting.Propose(tx, w.Approver, above, setting.Setting{Code: law.PublishDays, Value: "5", From: w.Today().AddDays(3), Basis: "1号"})
			return err
		}); !errors.As(err, &refusal.Refused{}) {
			t.Errorf("proposed by who is no administrator: %v", err)
		}
	})
}

func TestTheTextsOfAnAgencyChangeOneByOneAndTheNewestCounts(t *testing.T) {
	stores(t, func(t *testing.T, w *world.World, _ setting.Above) {
		tell := func(texts map[string]string) int {
			n := 0
			w.Must(w.Write(func(tx *db.Tx) (err error) { n, err = setting.Tell(tx, w.Administrator, texts); return err }))
			return n
		}
		if n := tell(map[string]string{"agency.address": "云山市文化街1号", "agency.phone": "0000-1234567"}); n != 2 {
			t.Errorf("%d texts were entered", n)
		}
		if n := tell(map[string]string{"agency.address": "云山市文化街2号", "agency.phone": "0000-1234567"}); n != 1 {
			t.Errorf("%d texts were entered anew", n)
		}
		w.Read(func(tx *db.Tx) error {
			now, err := setting.Texts(tx, w.Agency.Code)
			if now["agency.address"] != "云山市文化街2号" || now["agency.phone"] != "0000-1234567" {
				t.Errorf("the texts are %v", now)
			}
			return err
		})
		err := w.Write(func(tx *db.Tx) error {
			_, err := setting.Tell(tx, w.Handler, map[string]string{"agency.phone": "1"})
			return err
		})
		if !errors.As(err, &refusal.Refused{}) {
			t.Errorf("by a handler: %v", err)
		}
	})
}
