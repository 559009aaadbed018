package db

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
)

// SQLite ends its log at the first frame whose checksum is wrong, and takes everything behind it for never written: a bit
// flipped in the log makes acknowledged commits vanish, and integrity_check says "ok". So each group of commands numbers
// itself in the file's user_version, and once it is committed the number is noted in a file beside the database. A store
// whose number is below the noted one has lost what was acknowledged.
//
// The note is not synced: a killed process leaves it whole, and a power cut at most an older one, which asks for less.

// ackedSuffix makes the name of the note from that of the database.
const ackedSuffix = "-acked"

// ackedMark begins a note; behind it stand the number and a checksum of both.
const ackedMark = "mingjing acked\n\x00"

// ackedSize is the length of a note, well within the sector that a disk writes whole.
const ackedSize = len(ackedMark) + 8

// ShortError says that the store lacks commits that were acknowledged, or that the note of them cannot be read.
type ShortError struct {
	Note        string // the file that says so
	Acked, Have uint32 // numbers of commits
	Damaged     bool   // the note itself is damaged
}

// Error is for the log.
func (e *ShortError) Error() string {
	if e.Damaged {
		return fmt.Sprintf("db: the note of acknowledged commits %s is damaged; verify the store, then remove the note", e.Note)
	}
	return fmt.Sprintf("db: the store ends with commit %d, but commit %d was acknowledged (%s): %d commits are lost", e.Have, e.Acked, e.Note, e.Acked-e.Have)
}

// Message is for the person at the screen.
func (e *ShortError) Message() string {
	if e.Damaged {
		return "记录已确认写入的文件 " + e.Note + " 已损坏。请先运行 mingjing verify 核验；核验通过后删除这个文件，再启动。"
	}
	return fmt.Sprintf("数据库不完整：已经确认的写入到第 %d 次提交，库里只到第 %d 次，缺 %d 次，数据库的日志文件可能已损坏。请恢复较新的备份，或以只读方式打开查看；"+
		"确认无法找回的，核验后删除 %s，再启动。", e.Acked, e.Have, e.Acked-e.Have, e.Note)
}

// acked is the note of one store.
type acked struct {
	path string
	file *os.File
}

// read gives the noted number. A note that is missing, empty or all zero was never finished and asks for nothing: a power
// cut may leave a new file so.
func (a *acked) read() (n uint32, known bool, err error) {
	text, err := os.ReadFile(a.path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	if blank(text) {
		return 0, false, nil
	}
	if len(text) != ackedSize || string(text[:len(ackedMark)]) != ackedMark ||
		binary.BigEndian.Uint32(text[len(text)-4:]) != crc32.ChecksumIEEE(text[:len(text)-4]) {
		return 0, false, &ShortError{Note: a.path, Damaged: true}
	}
	return binary.BigEndian.Uint32(text[len(ackedMark):]), true, nil
}

func blank(text []byte) bool {
	for _, b := range text {
		if b != 0 {
			return false
		}
	}
	return true
}

// note writes a number. What fails here leaves the older number: less is noticed then, and nothing is refused wrongly.
func (a *acked) note(n uint32) error {
	if a.file == nil {
		f, err := os.OpenFile(a.path, os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		a.file = f
	}
	text := binary.BigEndian.AppendUint32([]byte(ackedMark), n)
	_, err := a.file.WriteAt(binary.BigEndian.AppendUint32(text, crc32.ChecksumIEEE(text)), 0)
	return err
}

func (a *acked) close() error {
	if a.file == nil {
		return nil
	}
	return a.file.Close()
}

// count reads the number of the last commit.
func count(pool *sql.DB) (uint32, error) {
	var n int32
	err := pool.QueryRow("PRAGMA user_version").Scan(&n)
	return uint32(n), err
}

// compare holds the store against its note. Numbers go round at 32 bits, so the nearer way counts.
func (a *acked) compare(pool *sql.DB) error {
	noted, known, err := a.read()
	if err != nil || !known {
		return err
	}
	have, err := count(pool)
	if err != nil {
		return err
	}
	if int32(noted-have) > 0 {
		return &ShortError{Note: a.path, Acked: noted, Have: have}
	}
	return nil
}

// keepLog copies the log of a short store before anybody closes it: SQLite removes it then, and what lies behind the
// flipped bit is nowhere else.
func keepLog(path string) error {
	raw, err := os.ReadFile(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(raw) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path+"-wal-kept", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	return errors.Join(err, f.Sync(), f.Close())
}

// Short tells whether the store was found without commits that were acknowledged. Such a store takes no command, so that
// nothing is built on a history that lacks its end; it is read as it is. nil where nothing is missing.
func (d *DB) Short() error {
	if d.short == nil {
		return nil
	}
	return d.short
}
