package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"mingjing/internal/backup/envelope"
	"mingjing/internal/blob"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// RestoreOptions say what is brought back, where to, and what it is held against.
type RestoreOptions struct {
	To       string   // a folder that is not there yet, or is empty
	Manifest string   // which backup; the newest when empty
	Keys     string   // the folder of keys as it was kept apart
	Verifier string   // the public key; that of Keys, or the one in an encrypted backup, when empty
	Known    []string // checkpoints that a witness or an administrator kept
	Bare     bool     // for a drill: the keys are not brought back
	Partial  bool     // stop at a damaged segment instead of refusing all
	Progress func(what string, done, total int64)
}

// Restored tells what was brought back.
type Restored struct {
	Manifest  *Manifest
	Verifier  string // the public key all of it was checked with
	Own       bool   // that key comes from the backup itself and from nowhere else
	Logs      []ledger.Report
	Replayed  int64 // events taken from segments
	Segments  int64
	Stopped   error // the damaged segment at which a partial replay stopped
	State     State // what is missing; empty when nothing is
	Elsewhere bool  // the database is not in the set: PostgreSQL's own tools bring it back
}

// databaseFile is the name of a SQLite store in its folder.
const databaseFile = "mingjing.db"

// restorer is one restore under way.
type restorer struct {
	set  *Set
	o    RestoreOptions
	m    *Manifest
	dir  string // where it is assembled
	vkey string
	ends map[string]string // the newest checkpoint that a segment brought, by agency
	r    Restored
}

// Restore assembles a backup in a new folder, checks every piece, every page and every ledger, replays the segments that
// were shipped after it, and compares the result with every checkpoint known. What does not fit is refused and leaves
// nothing behind; what is merely short is put in place with a State, which has it opened read-only.
func (s *Set) Restore(ctx context.Context, o RestoreOptions) (*Restored, error) {
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	if err := vacant(o.To); err != nil {
		return nil, err
	}
	parent := filepath.Dir(filepath.Clean(o.To))
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return nil, fmt.Errorf("backup: restore: %w", err)
	}
	dir, err := os.MkdirTemp(parent, ".restore-*")
	if err != nil {
		return nil, fmt.Errorf("backup: restore: %w", err)
	}
	defer os.RemoveAll(dir)
	w := &restorer{set: s, o: o, dir: dir, vkey: o.Verifier, ends: map[string]string{}}
	for _, step := range []func(context.Context) error{w.trust, w.database, w.blobs, w.keys, w.judge} {
		if err := step(ctx); err != nil {
			return nil, fmt.Errorf("backup: restore: %w", err)
		}
	}
	if err := w.place(); err != nil {
		return nil, fmt.Errorf("backup: restore: %w", err)
	}
	return &w.r, nil
}

// ErrOccupied is returned for a target that holds something already: a restore never goes over an existing store.
var ErrOccupied = errors.New("目标文件夹已存在且不为空；恢复只写入新的文件夹")

func vacant(path string) error {
	list, err := os.ReadDir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("backup: restore: %w", err)
	case len(list) > 0:
		return ErrOccupied
	}
	return nil
}

// trust reads the manifest with the best key at hand.
func (w *restorer) trust(ctx context.Context) error {
	if w.o.Keys != "" {
		if err := copyFiles(w.o.Keys, filepath.Join(w.dir, keyFolder)); err != nil {
			return err
		}
		own, err := ledger.LoadKey(w.dir)
		if err != nil {
			return err
		}
		if w.vkey == "" {
			w.vkey = own.Public()
		}
	}
	name := w.o.Manifest
	if name == "" {
		list, err := w.set.Manifests(ctx)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return ErrEmpty
		}
		name = list[len(list)-1]
	}
	var err error
	if w.m, err = w.set.Manifest(ctx, name, w.vkey); err != nil {
		return err
	}
	if w.vkey == "" {
		// Encrypted, only the holder of the backup key can have written it; in clear, anybody can.
		w.vkey, w.r.Own = w.m.Verifier, !w.set.Sealed()
	}
	w.r.Manifest, w.r.Verifier, w.r.Elsewhere = w.m, w.vkey, w.m.Engine != string(db.SQLite)
	return nil
}

func (w *restorer) database(ctx context.Context) error {
	if w.r.Elsewhere {
		return nil
	}
	file, err := os.OpenFile(filepath.Join(w.dir, databaseFile), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	done, err := w.join(ctx, file, w.m.Database, func(done int64) { w.o.Progress("数据库", done, w.m.Bytes) })
	if err == nil && done != w.m.Bytes {
		err = &Damaged{Name: w.m.Name, Cause: envelope.ErrForm}
	}
	return errors.Join(err, file.Sync(), file.Close())
}

// join writes pieces one after the other.
func (w *restorer) join(ctx context.Context, out io.Writer, list []Piece, each func(done int64)) (done int64, err error) {
	for _, p := range list {
		content, err := w.set.get(ctx, p)
		if err != nil {
			return done, err
		}
		if _, err := out.Write(content); err != nil {
			return done, err
		}
		done += int64(len(content))
		each(done)
	}
	return done, nil
}

func (w *restorer) blobs(ctx context.Context) error {
	list, err := w.set.entries(ctx, w.m)
	if err != nil {
		return err
	}
	return w.bring(ctx, list)
}

// bring puts blobs into the folder of evidence, which computes their digests again.
func (w *restorer) bring(ctx context.Context, list []entry) error {
	store, err := blob.New(filepath.Join(w.dir, "evidence"))
	if err != nil {
		return err
	}
	defer store.Close()
	for i, e := range list {
		if _, ok := store.Has(e.Digest); ok {
			continue
		}
		reader, writer := io.Pipe()
		go func() {
			_, err := w.join(ctx, writer, e.Pieces, func(int64) {})
			writer.CloseWithError(err)
		}()
		d, _, err := store.Put(reader, e.Size)
		_ = reader.CloseWithError(err)
		if err != nil {
			return err
		}
		if d != e.Digest {
			return &Damaged{Name: "blob " + string(e.Digest), Cause: envelope.ErrForm}
		}
		w.o.Progress("文件", int64(i+1), int64(len(list)))
	}
	return nil
}

// ErrNoKeys is returned where neither the backup nor the operator brings the signing key: a store put in place without it
// would be given a new one, and could not extend its own record.
var ErrNoKeys = errors.New("这个备份不含密钥；请用 --keys 指明另行保管的 keys 文件夹")

// keys brings the folder of keys back; what the operator kept apart goes before what the backup holds.
func (w *restorer) keys(ctx context.Context) error {
	for _, k := range w.m.Keys {
		if k.Name != filepath.Base(k.Name) || k.Name == "." || k.Name == ".." {
			return &Damaged{Name: w.m.Name, Cause: envelope.ErrForm}
		}
		content, err := w.set.get(ctx, k.Piece)
		if err != nil {
			return err
		}
		if w.o.Bare {
			continue
		}
		if err := ledger.WritePrivate(filepath.Join(w.dir, keyFolder, k.Name), string(content)); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	if w.o.Bare {
		return nil
	}
	key, err := ledger.LoadKey(w.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNoKeys
	}
	if err != nil {
		return err
	}
	own, err := ledger.Renamed(key.Public(), signer)
	if err != nil {
		return err
	}
	if want, err := ledger.Renamed(w.vkey, signer); err != nil || own != want {
		return errors.Join(&Damaged{Name: ledger.KeyPath(keyFolder), Cause: errors.New("签名密钥与验证公钥不是一对")}, err)
	}
	return nil
}

// place gives the assembled folder its name.
func (w *restorer) place() error {
	if err := w.r.State.save(w.dir); err != nil {
		return err
	}
	if err := os.Remove(w.o.To); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return ErrOccupied
	}
	if err := os.Rename(w.dir, w.o.To); err != nil {
		return err
	}
	parent, err := os.Open(filepath.Dir(filepath.Clean(w.o.To)))
	if err != nil {
		return err
	}
	return errors.Join(parent.Sync(), parent.Close())
}

// copyFiles copies the regular files of one folder of keys.
func copyFiles(from, to string) error {
	list, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, file := range list {
		if !file.Type().IsRegular() || file.Name()[0] == '.' {
			continue
		}
		content, err := os.ReadFile(filepath.Join(from, file.Name()))
		if err != nil {
			return err
		}
		if err := ledger.WritePrivate(filepath.Join(to, file.Name()), string(content)); err != nil {
			return err
		}
	}
	return nil
}
