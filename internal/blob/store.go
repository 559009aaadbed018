package blob

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// ErrMissing says that the store holds no content of that digest.
var ErrMissing = errors.New("blob: no such content")

// ErrCorrupt says that the bytes on disk no longer have the digest they are stored under.
var ErrCorrupt = errors.New("blob: content does not match its digest")

// Store is a folder of content. All access goes through os.Root, so that neither a name nor a symbolic link can lead out
// of the folder. A Store may be used by many goroutines and, on one file system, by many processes.
type Store struct {
	root  *os.Root
	mu    sync.Mutex
	fresh []Digest // put through this Store since Fresh was asked
}

// Fresh gives the digests put through this Store since it was last asked, so that what ships evidence to a second place need
// not walk all of it every few seconds. What other processes put, a backup finds by Each.
func (s *Store) Fresh() []Digest {
	s.mu.Lock()
	defer s.mu.Unlock()
	fresh := s.fresh
	s.fresh = nil
	return fresh
}

// freshLimit bounds what is remembered where nobody asks; beyond it the next backup finds the content.
const freshLimit = 10000

// New opens the folder, creating it where it is missing.
func New(folder string) (*Store, error) {
	if err := makeFolder(folder); err != nil {
		return nil, fmt.Errorf("blob: open %s: %w", folder, err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("blob: open %s: %w", folder, err)
	}
	s := &Store{root: root}
	if err := s.folder("tmp"); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return s, nil
}

// makeFolder makes the folder with those above it and syncs each new name, so that a power cut leaves no content without its way.
func makeFolder(folder string) error {
	var above []string
	for dir := filepath.Clean(folder); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		above = append(above, filepath.Dir(dir))
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	for _, dir := range above {
		f, err := os.Open(dir)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return nil
}

// Close releases the folder; files that are open stay readable.
func (s *Store) Close() error { return s.root.Close() }

// Put stores what r yields and returns its digest and size in bytes. It reads at most limit bytes; content beyond is
// refused with Unfit and leaves nothing behind. When Put returns without error the content and its name are on the disk,
// whatever happens to the power. Putting the same content twice is no error and repairs a damaged copy.
func (s *Store) Put(r io.Reader, limit int64) (Digest, int64, error) {
	temp := "tmp/" + rand.Text()
	d, size, err := s.fill(temp, r, limit)
	if err == nil {
		err = s.place(temp, d)
	}
	if err != nil {
		if gone := s.root.Remove(temp); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
		return "", 0, fmt.Errorf("blob: put: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.fresh) < freshLimit {
		s.fresh = append(s.fresh, d)
	}
	return d, size, nil
}

// fill writes the temporary file and syncs it. O_EXCL makes two uploads that hit the same name fail rather than mix.
func (s *Store) fill(temp string, r io.Reader, limit int64) (d Digest, size int64, err error) {
	f, err := s.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", 0, err
	}
	defer func() {
		if shut := f.Close(); err == nil {
			err = shut
		}
	}()
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(f, h), io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return "", 0, err
	case size > limit:
		return "", 0, tooLarge(limit)
	}
	if err := f.Chmod(0o444); err != nil {
		return "", 0, err
	}
	// A failed sync means that the kernel may have dropped the pages: the upload fails, it is never retried on the same file.
	if err := f.Sync(); err != nil {
		return "", 0, err
	}
	return Digest(hex.EncodeToString(h.Sum(nil))), size, nil
}

// place gives the temporary file its name. A link never overwrites, so the first of two equal uploads wins; a copy that is
// already there but damaged is replaced by the good one.
func (s *Store) place(temp string, d Digest) error {
	steps := d.folders()
	for _, dir := range steps {
		if err := s.folder(dir); err != nil {
			return err
		}
	}
	err := s.root.Link(temp, d.path())
	if errors.Is(err, fs.ErrExist) && s.Verify(d) == nil {
		err = nil
	} else if err != nil {
		// The place is taken by a damaged copy, or the file system knows no links.
		if err := s.root.Rename(temp, d.path()); err != nil {
			return err
		}
	}
	if gone := s.root.Remove(temp); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
		return gone
	}
	return s.syncFolder(steps[len(steps)-1])
}

// folder makes one directory and syncs its parent, so that the new entry survives a power cut.
func (s *Store) folder(dir string) error {
	err := s.root.Mkdir(dir, 0o750)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("blob: folder %s: %w", dir, err)
	}
	return s.syncFolder(parent(dir))
}

func parent(dir string) string {
	for i := len(dir) - 1; i > 0; i-- {
		if dir[i] == '/' {
			return dir[:i]
		}
	}
	return "."
}

func (s *Store) syncFolder(dir string) error {
	f, err := s.root.Open(dir)
	if err != nil {
		return fmt.Errorf("blob: sync %s: %w", dir, err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("blob: sync %s: %w", dir, err)
	}
	return nil
}

// Has reports whether content of that digest is stored, and its size in bytes. It does not read the content.
func (s *Store) Has(d Digest) (size int64, ok bool) {
	if _, err := ParseDigest(string(d)); err != nil {
		return 0, false
	}
	info, err := s.root.Lstat(d.path())
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Size(), true
}

// Each calls use for every digest in the store, in no particular order, until it returns false. Names that are no digests
// are passed over; a backup or a fixity run walks the store with it.
func (s *Store) Each(use func(Digest) bool) error {
	stop := errors.New("stop")
	err := fs.WalkDir(s.root.FS(), "ev", func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || e.IsDir() {
			return err
		}
		if d, err := ParseDigest(e.Name()); err == nil && d.path() == path && !use(d) {
			return stop
		}
		return nil
	})
	if err != nil && !errors.Is(err, stop) {
		return fmt.Errorf("blob: walk: %w", err)
	}
	return nil
}

// Tidy removes uploads that were begun before the given time and never finished, as after a crash. It returns how many.
func (s *Store) Tidy(before time.Time) (int, error) {
	list, err := fs.ReadDir(s.root.FS(), "tmp")
	if err != nil {
		return 0, fmt.Errorf("blob: tidy: %w", err)
	}
	n := 0
	for _, e := range list {
		info, err := e.Info()
		if err != nil || !info.ModTime().Before(before) {
			continue // Gone already, or still being written.
		}
		if err := s.root.Remove("tmp/" + e.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return n, fmt.Errorf("blob: tidy: %w", err)
		}
		n++
	}
	return n, nil
}
