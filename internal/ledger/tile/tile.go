// Package tile hands a log out in tiles (C2SP tlog-tiles), from which anybody rebuilds its tree without asking anything else.
//
// It serves duties 2, 13 and 26 (公示平台; 数据可核验). It imports ledger and db.
package tile

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// errBroken is returned for leaves that are not all there.
var errBroken = errors.New("the record does not fit together; run verify")

// height is the height of tiles in C2SP tlog-tiles: 256 hashes, or entries, in a full one.
const height = 8

// ErrNone is returned for a path that is not that of a tile, or of one that no checkpoint covers yet.
var ErrNone = errors.New("tile: there is no such tile")

// Read reads a tile of a log by its path in C2SP tlog-tiles: tile/<L>/<N> or, as far as it is full, tile/<L>/<N>.p/<W> for
// hashes, tile/entries/… for the leaves themselves. What is handed out lies under a signed checkpoint and never changes.
func Read(tx *db.Tx, log, path string) ([]byte, error) {
	t, err := parse(path)
	if err != nil {
		return nil, err
	}
	signed, err := ledger.SignedSize(tx, log)
	if err != nil {
		return nil, fmt.Errorf("tile: tile %s of %s: %w", path, log, err)
	}
	if t.L == -1 {
		if t.N<<height+int64(t.W) > signed {
			return nil, ErrNone
		}
		return bundle(tx, log, t.N<<height, t.W)
	}
	if t.N<<height+int64(t.W) > signed>>(t.L*height) {
		return nil, ErrNone
	}
	data, err := tlog.ReadTileData(t, ledger.Hashes(tx, log))
	if err != nil {
		return nil, fmt.Errorf("tile: tile %s of %s: %w", path, log, err)
	}
	return data, nil
}

// parse reads a path of C2SP, which is that of Go's checksum database without the height and with another name for leaves.
func parse(path string) (tlog.Tile, error) {
	rest, ours := strings.CutPrefix(path, "tile/")
	level, rest, cut := strings.Cut(rest, "/")
	if level == "entries" {
		level = "data"
	} else if level == "data" {
		return tlog.Tile{}, ErrNone
	}
	t, err := tlog.ParseTilePath(fmt.Sprintf("tile/%d/%s/%s", height, level, rest))
	if !ours || !cut || err != nil || t.L > 63/height {
		return tlog.Tile{}, ErrNone
	}
	return t, nil
}

// bundle is a tile of leaves: each behind its length in two bytes, big end first.
func bundle(tx *db.Tx, log string, from int64, n int) ([]byte, error) {
	var out []byte
	count := 0
	err := tx.Each(`SELECT leaf FROM event WHERE agency = $1 AND seq >= $2 AND seq < $3 ORDER BY seq LIMIT $4`, []any{log, from, from + int64(n), n}, func(rows *sql.Rows) error {
		var leaf []byte
		if err := rows.Scan(&leaf); err != nil {
			return err
		}
		if len(leaf) > 1<<16-1 {
			return errBroken
		}
		out = append(binary.BigEndian.AppendUint16(out, uint16(len(leaf))), leaf...)
		count++
		return nil
	})
	if err == nil && count != n {
		err = errBroken
	}
	if err != nil {
		return nil, fmt.Errorf("tile: leaves from %d of %s: %w", from, log, err)
	}
	return out, nil
}
