package house

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"mingjing/internal/backup"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/packs"
)

// copied makes a second database of a store that nobody has open.
func copied(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	from := strings.TrimPrefix(u.Path, "/")
	admin, err := sql.Open("pgx", os.Getenv(testkit.PostgresEnv))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	if _, err := admin.Exec(`CREATE DATABASE ` + from + `_back TEMPLATE ` + from); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		again, err := sql.Open("pgx", os.Getenv(testkit.PostgresEnv))
		if err == nil {
			_, err = again.Exec(`DROP DATABASE IF EXISTS ` + from + `_back WITH (FORCE)`)
			again.Close()
		}
		if err != nil {
			t.Error(err)
		}
	})
	u.Path += "_back"
	return u.String()
}

func TestADrillOfPostgresSeesALostArchiveAndAnotherHistoryAndIsNoDrillOfTheFiles(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		if !strings.HasPrefix(address, "postgres") {
			t.Skip("of PostgreSQL only")
		}
		ctx, clock, folder := context.Background(), testkit.NewClock(t, world.Begins), t.TempDir()
		open := func() *House {
			h, err := Open(ctx, Options{Store: address, Folder: folder, Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS, Clock: clock.Now, Demo: true})
			if err != nil {
				t.Fatal(err)
			}
			return h
		}
		h := open()
		if err := h.Found(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Ledger.Checkpoint(ctx, h.Agency.Code); err != nil {
			t.Fatal(err)
		}
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		back := copied(t, address)
		h = open()
		defer h.Close()
		drill := func(want string) {
			t.Helper()
			d, err := h.DrillCluster(ctx, Cluster{Address: back, Backup: "base"})
			if err != nil || d.Sound() != (want == "") || !strings.Contains(d.Fault, want) || want == "" && d.Events == 0 {
				t.Errorf("want %q: %+v, %v", want, d, err)
			}
		}
		shown := func(state string) {
			t.Helper()
			if err := h.DB.Read(ctx, func(tx *db.Tx) error {
				c, err := h.drilled(tx)
				if c.State != state {
					t.Errorf("everybody reads %+v, want %s", c, state)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		shown(public.CheckNever)
		drill("")
		shown(public.CheckSound)
		if due, err := h.drillDue(ctx); err != nil || !due {
			t.Errorf("after a drill of the database that of the files is due: %t, %v", due, err)
		}
		if err := h.DB.Read(ctx, func(tx *db.Tx) error {
			name, err := backup.LastSound(tx)
			if name != "" {
				t.Errorf("a base backup of PostgreSQL keeps the backup %s from being pruned", name)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		undo := forged(t, back, h.Agency.Code)
		drill("核验恢复的日志")
		undo()
		clock.Advance(9 * time.Minute)
		drill("") // what is younger than ten minutes may not be archived yet
		clock.Advance(11 * time.Minute)
		drill("请检查归档")
		shown(public.CheckBroken)
		if err := h.DB.Read(ctx, func(tx *db.Tx) error {
			c, err := backup.Inspect(tx)
			if c.Drill == nil || c.Drill.Sound() {
				t.Errorf("the desk is told of %+v", c.Drill)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}

// forged changes what the copy says of an event, and gives what puts it back.
func forged(t *testing.T, address, agency string) (undo func()) {
	t.Helper()
	write := func(from, to string) {
		t.Helper()
		pool, err := sql.Open("pgx", address)
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		for _, statement := range []string{`ALTER TABLE event DISABLE TRIGGER ALL`, `UPDATE event SET leaf = replace(leaf, '"` + from + `":', '"` + to + `":') WHERE agency = '` + agency + `' AND seq = 0`} {
			if _, err := pool.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	write("kind", "kine")
	return func() { write("kine", "kind") }
}
