package tile

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"
)

// served reads hashes from tiles as an outsider would, and remembers which he asked for.
type served struct {
	t     *testing.T
	read  func(path string) ([]byte, error)
	saved int
}

func (s *served) Height() int { return 8 }

func (s *served) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, one := range tiles {
		data, err := s.read(strings.Replace(one.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (s *served) SaveTiles(tiles []tlog.Tile, _ [][]byte) { s.saved += len(tiles) }

func TestAnOutsiderRebuildsTheLogFromItsTiles(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		key, err := ledger.CreateKey(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		log := ledger.NewLog(d, key, t.TempDir(), slog.New(slog.DiscardHandler))
		const n = 700
		if err := d.Write(ctx, "a", func(tx *db.Tx) error {
			for i := range n {
				if _, err := ledger.Append(tx, ledger.Event{Agency: "a/public", Kind: "COMMIT", SubjectKind: "decision", Subject: fmt.Sprint("2026-", i), Actor: ledger.Actor{Account: "a"}}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		read := func(path string) (data []byte, err error) {
			err = d.Read(ctx, func(tx *db.Tx) error { data, err = Read(tx, "a/public", path); return err })
			return data, err
		}
		if _, err := read("tile/0/000"); !errors.Is(err, ErrNone) {
			t.Errorf("a tile that no checkpoint covers: %v", err)
		}
		c, err := log.Checkpoint(ctx, "a/public")
		if err != nil || c.Size != n {
			t.Fatalf("%+v, %v", c, err)
		}
		reader := tlog.TileHashReader(tlog.Tree{N: n, Hash: c.Root}, &served{t: t, read: read})
		for _, at := range []int64{0, 255, 256, 511, 512, 699} {
			path := fmt.Sprintf("tile/entries/%03d", at/256)
			if at >= 512 {
				path += ".p/188"
			}
			raw, err := read(path)
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			leaf := entry(raw, int(at%256))
			hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, at)}) // checked against the root on the way
			if err != nil || hashes[0] != tlog.RecordHash(leaf) || !bytes.Contains(leaf, fmt.Appendf(nil, `"subject":"2026-%d"`, at)) {
				t.Errorf("entry %d: %s, %v", at, leaf, err)
			}
		}
		for _, path := range []string{"tile/0/002", "tile/0/002.p/189", "tile/entries/002", "tile/1/001", "tile/0/x000/000", "tile/0/2", "tile/0/000.p/256", "tile/0/000.p/0",
			"tile/-1/000", "tile/64/000", "tile/data/000", "tile/entries", "tile", "", "tile/0/000/..", "tile/8/0/000", "tile/0/x001", "tile/entries/000.p/-1", "tile/00/000"} {
			if data, err := read(path); !errors.Is(err, ErrNone) {
				t.Errorf("%q: %d bytes, %v", path, len(data), err)
			}
		}
	})
}

// entry takes one leaf out of a bundle.
func entry(bundle []byte, n int) []byte {
	for range n {
		bundle = bundle[2+binary.BigEndian.Uint16(bundle):]
	}
	return bundle[2 : 2+binary.BigEndian.Uint16(bundle)]
}
