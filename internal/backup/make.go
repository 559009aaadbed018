package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"mingjing/internal/blob"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// Source is the store of which backups are made.
type Source struct {
	DB      *db.DB
	Blobs   *blob.Store
	Folder  string // where evidence and keys lie; the copy is made here for a moment
	Key     *ledger.Key
	Program string // version of the program
}

// MakeOptions are what one backup may be told.
type MakeOptions struct {
	Keys     bool // take the folder of keys along though the set is not encrypted
	Anew     bool // write every piece again, as after a drill that found a damaged one
	Progress func(what string, done, total int64)
}

// Made tells what a backup cost.
type Made struct {
	Name          string
	Pieces, Files int64 // new ones
	Stored        int64 // bytes written
	Bytes         int64 // of the database copied
	Keys          bool  // the keys went along
}

const (
	chunkSize = 256 << 10 // of the database: 64 pages; an act touches some ten of them in as many places
	partSize  = 4 << 20   // of a blob
)

// maker is one backup under way.
type maker struct {
	set *Set
	src Source
	o   MakeOptions
	m   Manifest
	n   Made
}

// Make takes one backup while the store is in use. Only what the set does not hold yet is written; the manifest comes
// last, so that a backup that was cut off is none.
func (s *Set) Make(ctx context.Context, src Source, o MakeOptions) (Made, error) {
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	k := &maker{set: s, src: src, o: o}
	if err := k.run(ctx); err != nil {
		return Made{}, fmt.Errorf("backup: %w", err)
	}
	return k.n, nil
}

func (k *maker) run(ctx context.Context) (err error) {
	free, err := k.set.hold(ctx, locks+"make-", locks+"prune", k.src.DB.Now())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, free()) }()
	if err := k.set.current(ctx); err != nil {
		return err
	}
	before, err := k.set.Newest(ctx, k.src.Key.Public())
	if err != nil && !k.o.Anew {
		return err
	}
	now := k.src.DB.Now()
	k.m = Manifest{Format: format, Name: manifests + now.Format("20060102T150405.000Z"), Time: db.Text(now), Program: k.src.Program,
		Engine: string(k.src.DB.Engine()), Cipher: k.set.seal.Cipher(), Verifier: k.src.Key.Public()}
	if before != nil {
		if before.Name >= k.m.Name {
			return fmt.Errorf("the newest backup %s is of a later time than now: check the clock", before.Name)
		}
		k.m.Previous = before.Name
	}
	shipped, err := k.set.names(ctx, segments)
	if err != nil {
		return err
	}
	if len(shipped) > 0 {
		k.m.Segment = shipped[len(shipped)-1]
	}
	if k.m.Schema, _, err = k.src.DB.Versions(ctx); err != nil {
		return err
	}
	// The database goes first: whatever it names of blobs lay on the disk before it was written, and blobs never change.
	if err := k.database(ctx); err != nil {
		return err
	}
	if err := k.blobs(ctx, before); err != nil {
		return err
	}
	if err := k.keys(ctx); err != nil {
		return err
	}
	stored, err := k.set.sign(ctx, k.src.Key, k.m.Name, &k.m)
	k.n.Name, k.n.Bytes, k.n.Stored = k.m.Name, k.m.Bytes, k.n.Stored+stored
	return err
}

func (k *maker) put(ctx context.Context, content []byte) (Piece, error) {
	p, stored, err := k.set.put(ctx, content, k.o.Anew)
	if stored > 0 {
		k.n.Pieces++
		k.n.Stored += stored
	}
	return p, err
}

// cut stores what r yields as pieces of a size.
func (k *maker) cut(ctx context.Context, r io.Reader, size int, each func(done int64)) (list []Piece, err error) {
	buf := make([]byte, size)
	var done int64
	for {
		n, err := io.ReadFull(r, buf)
		if n > 0 {
			p, err := k.put(ctx, buf[:n])
			if err != nil {
				return nil, err
			}
			done += int64(n)
			list = append(list, p)
			each(done)
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return list, nil
		case err != nil:
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}

// database copies the SQLite file beside itself, stores what is new of it, and reads from the copy, not from the store that
// goes on, how far each ledger reaches. PostgreSQL's own tools copy the database (scripts/pg-backup.sh); here the heads.
func (k *maker) database(ctx context.Context) error {
	if k.src.DB.Engine() != db.SQLite {
		return k.src.DB.Read(ctx, func(tx *db.Tx) (err error) {
			k.m.Ledgers, err = ledger.Heads(tx)
			return err
		})
	}
	dir, err := os.MkdirTemp(k.src.Folder, ".backup-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "mingjing.db")
	k.o.Progress("复制数据库", 0, 0)
	if err := k.src.DB.Backup(ctx, path); err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	k.m.Bytes = info.Size()
	if k.m.Database, err = k.cut(ctx, file, chunkSize, func(done int64) { k.o.Progress("数据库", done, k.m.Bytes) }); err != nil {
		return err
	}
	d, err := db.Open(ctx, "sqlite:"+path, db.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	err = d.Read(ctx, func(tx *db.Tx) (err error) {
		k.m.Ledgers, err = ledger.Heads(tx)
		return err
	})
	return errors.Join(err, d.Close())
}

// blobs stores the content that no earlier backup holds. What the list of the last backup names and the set still has is
// not read again.
func (k *maker) blobs(ctx context.Context, before *Manifest) error {
	known := map[blob.Digest]entry{}
	if before != nil && !k.o.Anew {
		list, err := k.set.entries(ctx, before)
		if err != nil {
			return err
		}
		for _, e := range list {
			known[e.Digest] = e
		}
	}
	var digests []blob.Digest
	if err := k.src.Blobs.Each(func(d blob.Digest) bool { digests = append(digests, d); return true }); err != nil {
		return err
	}
	list := make([]entry, 0, len(digests))
	for i, d := range digests {
		e, ok := known[d]
		if !ok || !k.set.holds(e) {
			var err error
			if e, err = k.blob(ctx, d); err != nil {
				return err
			}
			k.n.Files++
		}
		list = append(list, e)
		k.o.Progress("文件", int64(i+1), int64(len(digests)))
	}
	runs, err := shards(list)
	if err != nil {
		return err
	}
	for _, run := range runs {
		p, err := k.put(ctx, run)
		if err != nil {
			return err
		}
		k.m.Blobs = append(k.m.Blobs, p)
	}
	k.m.Files = int64(len(list))
	return nil
}

// holds tells whether all pieces of a blob lie in the set.
func (s *Set) holds(e entry) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range e.Pieces {
		if !p.fits() || !s.have[p.path()] {
			return false
		}
	}
	return true
}

// blob stores one blob; one that no longer has its digest stops the backup, because a copy of it would hide that.
func (k *maker) blob(ctx context.Context, d blob.Digest) (entry, error) {
	r, err := k.src.Blobs.Open(d)
	if err != nil {
		return entry{}, err
	}
	defer r.Close()
	list, err := k.cut(ctx, r, partSize, func(int64) {})
	return entry{Digest: d, Size: r.Size(), Pieces: list}, err
}

// keys takes the folder of keys along where the set is encrypted, or where the operator asked for it: whoever reads an
// unencrypted backup could sign in the name of the agency.
func (k *maker) keys(ctx context.Context) error {
	if !k.set.Sealed() && !k.o.Keys {
		return nil
	}
	k.n.Keys = true
	dir := filepath.Join(k.src.Folder, keyFolder)
	list, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, file := range list {
		if !file.Type().IsRegular() || file.Name()[0] == '.' {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, file.Name()))
		if err != nil {
			return err
		}
		p, err := k.put(ctx, content)
		if err != nil {
			return err
		}
		k.m.Keys = append(k.m.Keys, keyFile{Name: file.Name(), Piece: p})
	}
	return nil
}

// keyFolder is where the keys lie beside the data.
const keyFolder = "keys"
