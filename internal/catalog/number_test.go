package catalog_test

import (
	"context"
	"errors"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/catalog"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
)

func TestASeriesGoesOnAfterPaperAndAVoidNumberKeepsItsReason(t *testing.T) {
	clock := testkit.NewClock(t, "2026-03-02T09:00:00+08:00")
	administrator := access.Actor{Account: "admin-1", Agency: "a1", Roles: []string{access.RoleAdministrator}, StepUp: true}
	handler := access.Actor{Account: "handler-1", Agency: "a1", Roles: []string{access.RoleHandler}, StepUp: true}
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		write := func(f func(*db.Tx) error) error { return d.Write(context.Background(), "a1", f) }
		var refused refusal.Refused
		if err := write(func(tx *db.Tx) error { return catalog.StartNumbers(tx, handler, "示民罚决字", 2026, 7) }); !errors.As(err, &refused) {
			t.Errorf("a handler could start a series: %v", err)
		}
		if err := write(func(tx *db.Tx) error { return catalog.StartNumbers(tx, administrator, "示民罚决字", 2026, 7) }); err != nil {
			t.Fatal(err)
		}
		var number string
		if err := write(func(tx *db.Tx) (err error) {
			number, err = catalog.VoidNumber(tx, administrator, "示民罚决字", 2026, "纸质文书误写")
			return err
		}); err != nil || number != "示民罚决字〔2026〕8号" {
			t.Fatalf("the first number after 7 is %q (%v)", number, err)
		}
		var invalid refusal.Invalid
		if err := write(func(tx *db.Tx) error { return catalog.StartNumbers(tx, administrator, "示民罚决字", 2026, 20) }); !errors.As(err, &invalid) {
			t.Errorf("a running series could be started again: %v", err)
		}
		if err := d.Read(context.Background(), func(tx *db.Tx) error {
			list, err := document.Numbers(tx, "a1", "示民罚决字", 2026, 0, 10)
			if err == nil && (len(list) != 1 || list[0].Void != "纸质文书误写" || list[0].Serial != 8) {
				t.Errorf("the register holds %+v", list)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}
