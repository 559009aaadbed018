package house

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/packs"
)

func TestAHouseOpenedToLookAtWritesNothing(t *testing.T) {
	ctx := context.Background()
	clock := testkit.NewClock(t, world.Begins)
	folder := t.TempDir()
	o := Options{Store: "sqlite:" + filepath.Join(folder, "house.db"), Folder: folder, Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS, Clock: clock.Now}
	h, err := Open(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Found(ctx); err != nil {
		t.Fatal(err)
	}
	before := heads(t, h)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	o.ReadOnly = true
	if h, err = Open(ctx, o); err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if _, err := h.FirstAdministrator(ctx, "admin", "王五"); !errors.Is(err, db.ErrReadOnly) {
		t.Errorf("an account was made: %v", err)
	}
	if err := h.PublishLists(ctx, access.Actor{Account: "a", Agency: h.Agency.Code}); !errors.Is(err, db.ErrReadOnly) {
		t.Errorf("a list was published: %v", err)
	}
	background, stop := context.WithCancel(ctx)
	stop()
	h.Run(background)
	if after := heads(t, h); len(after) != len(before) || after[0] != before[0] {
		t.Errorf("the record went from %+v to %+v", before, after)
	}
}

func heads(t *testing.T, h *House) (list []ledger.Head) {
	t.Helper()
	if err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		list, err = ledger.Heads(tx)
		return err
	}); err != nil || len(list) == 0 {
		t.Fatalf("heads: %v, %v", list, err)
	}
	return list
}
