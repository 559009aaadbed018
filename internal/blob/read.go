package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
)

// Reader yields stored content and checks it on the way: where the bytes do not have their digest, the last Read returns
// ErrCorrupt instead of io.EOF, so a copy that ends without error is the evidence.
type Reader struct {
	f    *os.File
	h    hash.Hash
	want Digest
	size int64
}

// Open opens content for reading from start to end. The error is ErrMissing where there is none.
func (s *Store) Open(d Digest) (*Reader, error) {
	f, size, err := s.file(d)
	if err != nil {
		return nil, err
	}
	return &Reader{f: f, h: sha256.New(), want: d, size: size}, nil
}

func (s *Store) file(d Digest) (*os.File, int64, error) {
	if _, err := ParseDigest(string(d)); err != nil {
		return nil, 0, err
	}
	f, err := s.root.Open(d.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, fmt.Errorf("blob: open %s: %w", d, ErrMissing)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("blob: open %s: %w", d, err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = ErrCorrupt
	}
	if err != nil {
		return nil, 0, fmt.Errorf("blob: open %s: %w", d, errors.Join(err, f.Close()))
	}
	return f, info.Size(), nil
}

// Size returns the content's length in bytes.
func (r *Reader) Size() int64 { return r.size }

// Read implements io.Reader.
func (r *Reader) Read(p []byte) (int, error) {
	n, err := r.f.Read(p)
	r.h.Write(p[:n])
	if errors.Is(err, io.EOF) && Digest(hex.EncodeToString(r.h.Sum(nil))) != r.want {
		return n, fmt.Errorf("blob: read %s: %w", r.want, ErrCorrupt)
	}
	return n, err
}

// Close implements io.Closer.
func (r *Reader) Close() error { return r.f.Close() }

// Verify reads the content once and returns nil, ErrMissing or ErrCorrupt.
func (s *Store) Verify(d Digest) error {
	r, err := s.Open(d)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, r)
	return errors.Join(err, r.Close())
}

// OpenVerified reads the whole content, and only where it is sound returns it for reading at any place, as a player of a
// recording or a reader of an office file needs it.
func (s *Store) OpenVerified(d Digest) (*os.File, int64, error) {
	f, size, err := s.file(d)
	if err != nil {
		return nil, 0, err
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	if err == nil && Digest(hex.EncodeToString(h.Sum(nil))) != d {
		err = ErrCorrupt
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("blob: open %s: %w", d, errors.Join(err, f.Close()))
	}
	return f, size, nil
}
