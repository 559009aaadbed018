package db

import (
	"errors"

	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// system is the machine's disk as this house uses it: no file is mapped into memory, and the frames of the log go down
// together.
//
// A mapping is never used, because pages are checked as they are read; yet the driver (ncruces v0.37.0) offers one when a
// file is opened and falls over its absence when a connection copies the log that has not seen the newest commit.
type system struct{ vfs.VFS }

// through makes the disk of that name known under the name returned; "" is the machine's own.
func through(disk string) string {
	name := "mingjing"
	if disk != "" {
		name += "-" + disk
	}
	vfs.Register(name, system{VFS: vfs.Find(disk)})
	return name
}

// Open opens a file that has a plain name.
func (s system) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpen(s.VFS, name, flags)
	return wrap(f, flags, err)
}

// OpenFilename opens a file by SQLite's own name for it.
func (s system) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(s.VFS, name, flags)
	return wrap(f, flags, err)
}

func wrap(f vfs.File, flags vfs.OpenFlag, err error) (vfs.File, vfs.OpenFlag, error) {
	switch {
	case err != nil:
		return f, flags, err
	case flags&vfs.OPEN_WAL != 0:
		return &logFile{file: file{File: f}}, flags, nil
	}
	return &file{File: f}, flags, nil
}

// file is an open file without the mapping. What else the machine's file can do it still can.
type file struct{ vfs.File }

// Unwrap lets the driver find the file below.
func (f *file) Unwrap() vfs.File { return f.File }

// SharedMemory is the index of the log that all connections share.
func (f *file) SharedMemory() vfs.SharedMemory { return vfsutil.WrapSharedMemory(f.File) }

// LockState tells which lock is held.
func (f *file) LockState() vfs.LockLevel { return vfsutil.WrapLockState(f.File) }

// PersistWAL tells whether the log stays when the last connection goes.
func (f *file) PersistWAL() bool { return vfsutil.WrapPersistWAL(f.File) }

// SetPersistWAL says whether the log stays when the last connection goes.
func (f *file) SetPersistWAL(keep bool) { vfsutil.WrapSetPersistWAL(f.File, keep) }

// PowersafeOverwrite tells whether a write leaves its neighbours alone when the power goes.
func (f *file) PowersafeOverwrite() bool { return vfsutil.WrapPowersafeOverwrite(f.File) }

// SetPowersafeOverwrite says whether a write leaves its neighbours alone when the power goes.
func (f *file) SetPowersafeOverwrite(on bool) { vfsutil.WrapSetPowersafeOverwrite(f.File, on) }

// HasMoved tells whether the file was moved or deleted under the connection.
func (f *file) HasMoved() (bool, error) { return vfsutil.WrapHasMoved(f.File) }

// SizeHint says how large the file is about to be.
func (f *file) SizeHint(size int64) error { return vfsutil.WrapSizeHint(f.File, size) }

// together is how much of the log one write takes, in bytes: sixteen frames.
const together = 16 * (24 + 4096)

// logFile is the log. SQLite writes each page and the 24 bytes before it by themselves; here what follows on goes down in one
// write, at the latest when SQLite syncs, which it does before any other connection hears of the frames (synchronous=FULL).
// A failed write is told then, and what it held is forgotten, as the commit is.
type logFile struct {
	file
	held []byte
	at   int64 // where held begins
}

// WriteAt holds what follows on from what is held already.
func (l *logFile) WriteAt(p []byte, off int64) (int, error) {
	if len(l.held) > 0 && (off != l.at+int64(len(l.held)) || len(l.held)+len(p) > together) {
		if err := l.flush(); err != nil {
			return 0, err
		}
	}
	if len(l.held) == 0 {
		l.at = off
	}
	l.held = append(l.held, p...)
	return len(p), nil
}

func (l *logFile) flush() error {
	if len(l.held) == 0 {
		return nil
	}
	_, err := l.File.WriteAt(l.held, l.at)
	l.held = l.held[:0]
	return err
}

// ReadAt reads what was written, held or not.
func (l *logFile) ReadAt(p []byte, off int64) (int, error) {
	if err := l.flush(); err != nil {
		return 0, err
	}
	return l.File.ReadAt(p, off)
}

// Truncate cuts or lengthens the file.
func (l *logFile) Truncate(size int64) error {
	if err := l.flush(); err != nil {
		return err
	}
	return l.File.Truncate(size)
}

// Sync brings everything to the disk.
func (l *logFile) Sync(flags vfs.SyncFlag) error {
	if err := l.flush(); err != nil {
		return err
	}
	return l.File.Sync(flags)
}

// Size is the size with all that was written.
func (l *logFile) Size() (int64, error) {
	if err := l.flush(); err != nil {
		return 0, err
	}
	return l.File.Size()
}

// Close lets go of the file when all is written.
func (l *logFile) Close() error {
	err := l.flush()
	return errors.Join(err, l.File.Close())
}
