package db

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// A connection that copies the log may not have seen the newest commit: a migration, or the import of another process, came
// between. The driver alone falls over a mapping that a file with checksums does not have (ncruces v0.37.0, vfsUnfetch).
func TestALogIsCopiedByAConnectionThatHasNotSeenTheNewestCommit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "m.db")
	d, err := Open(t.Context(), "sqlite:"+path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	other, err := openWriter(d.file)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	third, err := openWriter(d.file)
	if err != nil {
		t.Fatal(err)
	}
	defer third.Close()
	for i := range 5 {
		if _, err := other.Exec(`CREATE TABLE ` + fmt.Sprint("t", i) + ` (n BIGINT)`); err != nil {
			t.Fatal(err)
		}
		var busy, log, copied int
		if err := third.QueryRow(`PRAGMA wal_checkpoint(PASSIVE)`).Scan(&busy, &log, &copied); err != nil || busy != 0 || log != copied {
			t.Fatalf("copy %d: busy %d, %d of %d frames, %v", i, busy, copied, log, err)
		}
	}
}

// memory is a file in memory that counts its writes.
type memory struct {
	vfs.File
	data   []byte
	writes int
	full   bool
}

func (m *memory) WriteAt(p []byte, off int64) (int, error) {
	if m.writes++; m.full {
		return 0, sqlite3.FULL
	}
	if need := int(off) + len(p); need > len(m.data) {
		m.data = append(m.data, make([]byte, need-len(m.data))...)
	}
	return copy(m.data[off:], p), nil
}

func (m *memory) ReadAt(p []byte, off int64) (int, error) { return copy(p, m.data[off:]), nil }
func (m *memory) Sync(vfs.SyncFlag) error                 { return nil }
func (m *memory) Size() (int64, error)                    { return int64(len(m.data)), nil }
func (m *memory) Truncate(n int64) error                  { m.data = m.data[:n]; return nil }
func (m *memory) Close() error                            { return nil }

func TestFramesOfALogGoToTheDiskTogetherAndAreThereForWhoeverLooks(t *testing.T) {
	frame := make([]byte, 24+4096)
	for name, look := range map[string]func(*logFile) error{
		"sync":     func(f *logFile) error { return f.Sync(0) },
		"size":     func(f *logFile) error { _, err := f.Size(); return err },
		"read":     func(f *logFile) error { _, err := f.ReadAt(make([]byte, 1), 0); return err },
		"truncate": func(f *logFile) error { return f.Truncate(32 + 40*int64(len(frame))) },
		"close":    func(f *logFile) error { return f.Close() },
		"rewrite":  func(f *logFile) error { _, err := f.WriteAt(make([]byte, 8), 40); return errors.Join(err, f.Sync(0)) },
	} {
		t.Run(name, func(t *testing.T) {
			m := &memory{}
			f := &logFile{file: file{File: m}}
			at := int64(0)
			put := func(p []byte, with byte) {
				for i := range p {
					p[i] = with
				}
				if n, err := f.WriteAt(p, at); n != len(p) || err != nil {
					t.Fatalf("%d bytes written, %v", n, err)
				}
				at += int64(len(p))
			}
			put(make([]byte, 32), 'h')
			for i := range 40 {
				put(frame[:24], byte(i))
				put(frame[24:], byte(i)+1)
			}
			if err := look(f); err != nil {
				t.Fatal(err)
			}
			if len(m.data) != int(at) || m.writes > 40 {
				t.Fatalf("%d of %d bytes are there after %d writes", len(m.data), at, m.writes)
			}
			for i := range 40 {
				start := 32 + i*len(frame)
				if name == "rewrite" && i == 0 {
					continue
				}
				if m.data[start] != byte(i) || m.data[start+24] != byte(i)+1 || m.data[start+len(frame)-1] != byte(i)+1 {
					t.Fatalf("frame %d is another", i)
				}
			}
			if name == "rewrite" && (m.data[39] != 0 || m.data[40] != 0 || m.data[48] != 0 || m.data[32] != 0) {
				t.Fatal("what was written over is another")
			}
		})
	}
}

func TestAFullDiskIsToldWhenTheFramesReachIt(t *testing.T) {
	m := &memory{full: true}
	f := &logFile{file: file{File: m}}
	if _, err := f.WriteAt(make([]byte, 24), 0); err != nil {
		t.Fatal(err)
	}
	if err := f.Sync(0); err != sqlite3.FULL {
		t.Fatalf("the sync says %v", err)
	}
	m.full = false
	if err := f.Sync(0); err != nil || len(m.data) != 0 {
		t.Fatalf("frames of a commit that failed went to the disk later: %d bytes, %v", len(m.data), err)
	}
}
