package place

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// folder is a second place on a disk, best on one of another machine. All access goes through os.Root.
type folder struct {
	root *os.Root
	path string
}

func openFolder(path string) (*folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("backup: destination: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("backup: destination: %w", err)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("backup: destination: %w", err)
	}
	return &folder{root: root, path: full}, nil
}

func (f *folder) String() string { return f.path }

// Put writes beside the place, syncs, renames and syncs the folder: what was acknowledged survives a power cut.
func (f *folder) Put(_ context.Context, name string, content []byte) error {
	dir := path.Dir(name)
	if err := f.root.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("backup: put %s: %w", name, err)
	}
	temp := dir + "/.new-" + rand.Text()
	err := f.write(temp, content)
	if err == nil {
		err = f.root.Rename(temp, name)
	}
	if err == nil {
		err = f.sync(dir)
	}
	if err != nil {
		_ = f.root.Remove(temp)
		return fmt.Errorf("backup: put %s: %w", name, err)
	}
	return nil
}

func (f *folder) write(name string, content []byte) error {
	file, err := f.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Sync(), file.Close())
}

// sync brings the entries of a folder and of those above it to the disk.
func (f *folder) sync(dir string) error {
	for {
		file, err := f.root.Open(dir)
		if err != nil {
			return err
		}
		if err := errors.Join(file.Sync(), file.Close()); err != nil {
			return err
		}
		if dir == "." {
			return nil
		}
		dir = path.Dir(dir)
	}
}

func (f *folder) Get(_ context.Context, name string) ([]byte, error) {
	file, err := f.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrMissing
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return limited(file)
}

func (f *folder) Remove(_ context.Context, name string) error {
	err := f.root.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = f.sync(path.Dir(name))
	}
	if err != nil {
		return fmt.Errorf("backup: remove %s: %w", name, err)
	}
	return nil
}

// limited reads at most Limit bytes.
func limited(r io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, Limit+1))
	if err == nil && len(content) > Limit {
		err = fmt.Errorf("the object has more than %d bytes", Limit)
	}
	return content, err
}

func (f *folder) List(_ context.Context, prefix string, use func(string, int64) error) error {
	start := strings.TrimSuffix(prefix, "/")
	err := fs.WalkDir(f.root.FS(), start, func(name string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), ".new-") {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		return use(name, info.Size())
	})
	if err != nil {
		return fmt.Errorf("backup: list %s: %w", prefix, err)
	}
	return nil
}
