package fault

import (
	"io"

	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// file is one open file on a disk. Locks and the shared index of the log are the machine's own.
type file struct {
	vfs.File
	disk  *Disk
	image *image
}

// ReadAt reads what was written, synced or not.
func (f *file) ReadAt(p []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	failure, failed := f.disk.meet(Read)
	f.disk.mu.Unlock()
	if !failed {
		return f.File.ReadAt(p, off)
	}
	if !failure.Short {
		return 0, failure.code()
	}
	n, err := f.File.ReadAt(p[:len(p)/2], off)
	if err == nil {
		err = io.EOF
	}
	return n, err
}

// WriteAt writes, and remembers that it is not on the disk yet. A full disk takes the first half.
func (f *file) WriteAt(p []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	dark := f.disk.dark
	failure, failed := f.disk.meet(Write)
	if dark {
		return 0, failure.code()
	}
	written := p
	if failed {
		written = p[:len(p)/2]
	}
	n, err := f.File.WriteAt(written, off)
	f.image.pending = append(f.image.pending, change{at: off, data: append([]byte(nil), written[:n]...)})
	switch {
	case err != nil:
		return n, err
	case failed:
		return n, failure.code()
	case f.disk.dark: // the power went while this was written
		return n, Failure{Op: Write}.code()
	}
	return n, nil
}

// Truncate cuts or lengthens the file; that too waits for a sync.
func (f *file) Truncate(size int64) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if failure, failed := f.disk.meet(Truncate); failed || f.disk.dark {
		failure.Op = Truncate
		return failure.code()
	}
	if err := f.File.Truncate(size); err != nil {
		return err
	}
	f.image.pending = append(f.image.pending, change{size: size, cut: true})
	return nil
}

// Sync brings what was written to the disk, unless the power goes before it has. The machine's own sync is left out: the
// test does not cut the machine's power.
func (f *file) Sync(vfs.SyncFlag) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if failure, failed := f.disk.meet(Sync); failed || f.disk.dark {
		failure.Op = Sync
		return failure.code()
	}
	f.image.sync()
	return nil
}

// Unwrap lets the driver find the file below.
func (f *file) Unwrap() vfs.File { return f.File }

// SharedMemory is the machine's own.
func (f *file) SharedMemory() vfs.SharedMemory { return vfsutil.WrapSharedMemory(f.File) }

// LockState is the machine's own.
func (f *file) LockState() vfs.LockLevel { return vfsutil.WrapLockState(f.File) }

// PersistWAL is the machine's own.
func (f *file) PersistWAL() bool { return vfsutil.WrapPersistWAL(f.File) }

// SetPersistWAL is the machine's own.
func (f *file) SetPersistWAL(keep bool) { vfsutil.WrapSetPersistWAL(f.File, keep) }

// PowersafeOverwrite is the machine's own.
func (f *file) PowersafeOverwrite() bool { return vfsutil.WrapPowersafeOverwrite(f.File) }

// SetPowersafeOverwrite is the machine's own.
func (f *file) SetPowersafeOverwrite(on bool) { vfsutil.WrapSetPowersafeOverwrite(f.File, on) }

// HasMoved is the machine's own.
func (f *file) HasMoved() (bool, error) { return vfsutil.WrapHasMoved(f.File) }
