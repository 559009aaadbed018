package db

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/ncruces/go-sqlite3"
)

// A page ends with eight bytes that hold its checksum; that they are kept free stands in one byte of the header. The driver
// reads a zero there as a file without checksums and writes the whole file anew with them. One flipped bit would so have a
// file taken for something else that its own first page contradicts.
const (
	headerSize  = 100
	reservedAt  = 20
	reservedFor = 8
)

// checkHeader refuses a file whose first page bears a checksum that its header denies. What else may be wrong with the
// page, its checksum says when it is read.
func checkHeader(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, headerSize)
	if _, err := io.ReadFull(f, head); err != nil {
		return nil // new, or so short that the engine says it is no database
	}
	size := int(binary.BigEndian.Uint16(head[16:]))
	if size == 1 {
		size = 1 << 16
	}
	if head[reservedAt] == reservedFor || size < 512 || size&(size-1) != 0 {
		return nil
	}
	page := make([]byte, size)
	if _, err := f.ReadAt(page, 0); err != nil {
		return nil
	}
	page[reservedAt] = reservedFor
	if checksum(page[:size-reservedFor]) == [reservedFor]byte(page[size-reservedFor:]) {
		return fmt.Errorf("db: %s: the header denies the checksums that the pages have: %w", path, sqlite3.CORRUPT)
	}
	return nil
}

// checksum is that of SQLite's checksum VFS (sqlite.org/cksumvfs.html).
func checksum(page []byte) (sum [reservedFor]byte) {
	var a, b uint32
	for ; len(page) >= 8; page = page[8:] {
		a += binary.LittleEndian.Uint32(page) + b
		b += binary.LittleEndian.Uint32(page[4:]) + a
	}
	binary.LittleEndian.PutUint32(sum[:], a)
	binary.LittleEndian.PutUint32(sum[4:], b)
	return sum
}
