package ledger

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
)

// tileHeight is the height of tiles in C2SP tlog-tiles: 256 hashes, or entries, in a full one.
const tileHeight = 8

// ErrNoTile is returned for a path that is not that of a tile, or of one that no checkpoint covers yet.
var ErrNoTile = errors.New("ledger: there is no such tile")

// Tile reads a tile of a log by its path in C2SP tlog-tiles: tile/<L>/<N> or, as far as it is full, tile/<L>/<N>.p/<W> for
// hashes, tile/entries/… for the leaves themselves. What is handed out lies under a signed checkpoint and never changes.
func Tile(tx *db.Tx, log, path string) ([]byte, error) {
	t, err := parseTile(path)
	if err != nil {
		return nil, err
	}
	signed, err := signedSize(tx, log)
	if err != nil {
		return nil, fmt.Errorf("ledger: tile %s of %s: %w", path, log, err)
	}
	if t.L == -1 {
		if t.N<<tileHeight+int64(t.W) > signed {
			return nil, ErrNoTile
		}
		return bundle(tx, log, t.N<<tileHeight, t.W)
	}
	if t.N<<tileHeight+int64(t.W) > signed>>(t.L*tileHeight) {
		return nil, ErrNoTile
	}
	data, err := tlog.ReadTileData(t, storedHashes(tx, log))
	if err != nil {
		return nil, fmt.Errorf("ledger: tile %s of %s: %w", path, log, err)
	}
	return data, nil
}

// parseTile reads a path of C2SP, which is that of Go's checksum database without the height and with another name for leaves.
func parseTile(path string) (tlog.Tile, error) {
	rest, ours := strings.CutPrefix(path, "tile/")
	level, rest, cut := strings.Cut(rest, "/")
	if level == "entries" {
		level = "data"
	} else if level == "data" {
		return tlog.Tile{}, ErrNoTile
	}
	t, err := tlog.ParseTilePath(fmt.Sprintf("tile/%d/%s/%s", tileHeight, level, rest))
	if !ours || !cut || err != nil || t.L > 63/tileHeight {
		return tlog.Tile{}, ErrNoTile
	}
	return t, nil
}

func signedSize(tx *db.Tx, log string) (int64, error) {
	var size int64
	err := tx.Row(`SELECT COALESCE(max(size), 0) FROM checkpoint WHERE agency = $1`, log).Scan(&size)
	return size, err
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
		return nil, fmt.Errorf("ledger: leaves from %d of %s: %w", from, log, err)
	}
	return out, nil
}

// Newest is the signed text of a log's newest checkpoint with the cosignatures collected for it, empty when none is signed.
func Newest(tx *db.Tx, log string) (string, error) {
	size, err := signedSize(tx, log)
	if err != nil || size == 0 {
		return "", err
	}
	text, _, err := CosignedNote(tx, log, size)
	return text, err
}
