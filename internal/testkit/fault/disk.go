package fault

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// Op is a kind of call that a disk answers.
type Op int

// The calls that a plan may let fail.
const (
	Read Op = iota
	Write
	Sync
	Truncate
)

// String is for the line that names a plan.
func (o Op) String() string { return [...]string{"read", "write", "sync", "truncate"}[o] }

// Failure is what a call gives instead of what was asked.
type Failure struct {
	Op    Op
	At    int  // the first call of its kind that fails, counted from 1
	Times int  // how many in a row; negative: until Mend
	Short bool // of a read: half of it, and no error
	Full  bool // no room instead of a broken device
}

// Plan is what is going to happen to a disk. The zero plan is a sound disk.
type Plan struct {
	CutAt     int // the power goes at this call of those that change something; 0 never
	CutAtSync int // or at this sync
	Failures  []Failure
}

// Disk keeps apart what was synced from what was only written. The program under test sees a sound file system until the
// plan says otherwise; its files lie where they seem to lie.
type Disk struct {
	name string

	mu     sync.Mutex
	plan   Plan
	images map[string]*image
	calls  [4]int
	shifts int // calls that change something
	dark   bool
	struck int // failures handed out
}

var disks atomic.Int64

// NewDisk registers a disk with the driver. Close takes it away again.
func NewDisk(plan Plan) *Disk {
	d := &Disk{name: fmt.Sprintf("fault-%d", disks.Add(1)), plan: plan, images: map[string]*image{}}
	vfs.Register(d.name, system{VFS: vfs.Find(""), disk: d})
	return d
}

// Name is what db.Options.Disk takes.
func (d *Disk) Name() string { return d.name }

// Close takes the disk out of the driver.
func (d *Disk) Close() { vfs.Unregister(d.name) }

// Load sets the plan anew and counts from here.
func (d *Disk) Load(plan Plan) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.plan, d.calls, d.shifts = plan, [4]int{}, 0
}

// Mend ends every failure: there is room again, the cable is back. A power that is gone stays gone.
func (d *Disk) Mend() { d.Load(Plan{}) }

// Dark tells whether the power is gone.
func (d *Disk) Dark() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dark
}

// Calls tells how many calls of a kind were answered since the plan was set.
func (d *Disk) Calls(op Op) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.calls[op]
}

// Struck tells how many calls failed by the plan.
func (d *Disk) Struck() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.struck
}

// Cut lets the power go now.
func (d *Disk) Cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dark = true
}

// meet counts a call and gives the failure that the plan has for it. The caller holds the lock.
func (d *Disk) meet(op Op) (Failure, bool) {
	if d.dark {
		return Failure{Op: op}, true
	}
	d.calls[op]++
	if op != Read {
		d.shifts++
	}
	if d.plan.CutAt > 0 && op != Read && d.shifts == d.plan.CutAt || d.plan.CutAtSync > 0 && op == Sync && d.calls[Sync] == d.plan.CutAtSync {
		d.dark = true
	}
	for _, f := range d.plan.Failures {
		if n := d.calls[op]; f.Op == op && n >= f.At && (f.Times < 0 || n < f.At+f.Times) {
			d.struck++
			return f, true
		}
	}
	return Failure{}, false
}

// code is the error of a failed call, as the machine's own file system would give it.
func (f Failure) code() error {
	switch {
	case f.Full && f.Op != Sync:
		return sqlite3.FULL
	case f.Op == Read:
		return sqlite3.IOERR_READ
	case f.Op == Sync:
		return sqlite3.IOERR_FSYNC
	case f.Op == Truncate:
		return sqlite3.IOERR_TRUNCATE
	}
	return sqlite3.IOERR_WRITE
}

// Survive writes into a folder what the files hold after the power is gone, as the fate and the seed have it, under their own names.
func (d *Disk) Survive(folder string, fate Fate, seed uint64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for path, m := range d.images {
		content, there := m.survive(fate, luck(seed, path))
		if !there {
			continue
		}
		if err := os.WriteFile(filepath.Join(folder, filepath.Base(path)), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// system is the disk as the driver sees it.
type system struct {
	vfs.VFS
	disk *Disk
}

// Open opens a file that has a plain name.
func (s system) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpen(s.VFS, name, flags)
	return s.wrap(name, f, flags, err)
}

// OpenFilename opens a file by SQLite's own name for it.
func (s system) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(s.VFS, name, flags)
	return s.wrap(name.String(), f, flags, err)
}

func (s system) wrap(name string, f vfs.File, flags vfs.OpenFlag, err error) (vfs.File, vfs.OpenFlag, error) {
	if err != nil || name == "" || flags&(vfs.OPEN_MAIN_DB|vfs.OPEN_MAIN_JOURNAL|vfs.OPEN_WAL) == 0 {
		return f, flags, err
	}
	s.disk.mu.Lock()
	defer s.disk.mu.Unlock()
	if s.disk.images[name] == nil {
		content, err := os.ReadFile(name)
		if err != nil {
			f.Close()
			return nil, flags, sqlite3.CANTOPEN
		}
		// What has content was there before; a file just made has its entry in the folder only after its first sync.
		s.disk.images[name] = &image{there: len(content) > 0, durable: content}
	}
	return &file{File: f, disk: s.disk, image: s.disk.images[name]}, flags, nil
}

// Delete takes a file away: at once, or when the folder reaches the disk.
func (s system) Delete(name string, syncDir bool) error {
	s.disk.mu.Lock()
	defer s.disk.mu.Unlock()
	if s.disk.dark {
		return sqlite3.IOERR_DELETE
	}
	if m := s.disk.images[name]; m != nil {
		if syncDir {
			*m = image{}
		} else {
			m.pending = append(m.pending, change{gone: true})
		}
	}
	return s.VFS.Delete(name, syncDir)
}
