package blob

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

func newStore(t *testing.T) (*Store, string) {
	t.Helper()
	dir := t.TempDir()
	s, err := New(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, dir
}

func put(t *testing.T, s *Store, content string) Digest {
	t.Helper()
	d, size, err := s.Put(strings.NewReader(content), 1<<20)
	if err != nil || size != int64(len(content)) {
		t.Fatalf("put: size %d, %v", size, err)
	}
	return d
}

// leftovers counts what unfinished uploads left behind.
func leftovers(t *testing.T, dir string) int {
	t.Helper()
	list, err := os.ReadDir(filepath.Join(dir, "tmp"))
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestContentIsKeptUnderItsDigestReadOnly(t *testing.T) {
	s, dir := newStore(t)
	d := put(t, s, "现场检查录像")
	sum := sha256.Sum256([]byte("现场检查录像"))
	want := hex.EncodeToString(sum[:])
	if string(d) != want || DigestOf([]byte("现场检查录像")) != d {
		t.Fatalf("digest is %s, want %s", d, want)
	}
	info, err := os.Stat(filepath.Join(dir, "ev", "sha256", want[:2], want[2:4], want))
	if err != nil || info.Mode().Perm() != 0o444 {
		t.Fatalf("file: %v, %v", info, err)
	}
	if size, ok := s.Has(d); !ok || size != info.Size() {
		t.Errorf("has says %d, %v", size, ok)
	}
	r, err := s.Open(d)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	if err != nil || string(got) != "现场检查录像" || r.Size() != int64(len(got)) {
		t.Errorf("read %q, %v", got, err)
	}
	if leftovers(t, dir) != 0 {
		t.Error("a temporary file is left")
	}
}

func TestTheSameContentTwiceIsOneFile(t *testing.T) {
	s, dir := newStore(t)
	var wait sync.WaitGroup
	for range 16 {
		wait.Go(func() {
			if d, _, err := s.Put(strings.NewReader("同一份证据"), 100); err != nil || d != DigestOf([]byte("同一份证据")) {
				t.Errorf("put: %s, %v", d, err)
			}
		})
	}
	wait.Wait()
	n := 0
	if err := s.Each(func(Digest) bool { n++; return true }); err != nil || n != 1 {
		t.Errorf("%d files, %v", n, err)
	}
	if leftovers(t, dir) != 0 {
		t.Error("a temporary file is left")
	}
}

func TestContentBeyondTheLimitIsRefusedAndLeavesNothing(t *testing.T) {
	s, dir := newStore(t)
	var unfit Unfit
	if _, _, err := s.Put(bytes.NewReader(make([]byte, 101)), 100); !errors.As(err, &unfit) {
		t.Errorf("101 bytes under a limit of 100: %v", err)
	}
	if _, size, err := s.Put(bytes.NewReader(make([]byte, 100)), 100); err != nil || size != 100 {
		t.Errorf("100 bytes under a limit of 100: %d, %v", size, err)
	}
	endless := io.MultiReader(strings.NewReader("x"), iotest.OneByteReader(zeros{}))
	if _, _, err := s.Put(endless, 5000); !errors.As(err, &unfit) {
		t.Errorf("an endless upload: %v", err)
	}
	if leftovers(t, dir) != 0 {
		t.Error("a temporary file is left")
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestABrokenUploadLeavesNothing(t *testing.T) {
	s, dir := newStore(t)
	broken := errors.New("connection lost")
	if _, _, err := s.Put(io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken)), 100); !errors.Is(err, broken) {
		t.Errorf("put: %v", err)
	}
	if _, ok := s.Has(DigestOf([]byte("half"))); ok || leftovers(t, dir) != 0 {
		t.Error("half an upload is left")
	}
}

// damage changes the stored file behind the store's back.
func damage(t *testing.T, dir string, d Digest, change func([]byte) []byte) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(d.path()))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, change(b), 0o444); err != nil {
		t.Fatal(err)
	}
}

func TestEveryDamageIsFoundOnReading(t *testing.T) {
	content := strings.Repeat("证据", 50_000)
	for name, change := range map[string]func([]byte) []byte{
		"first byte flipped": func(b []byte) []byte { b[0] ^= 1; return b },
		"last byte flipped":  func(b []byte) []byte { b[len(b)-1] ^= 0x80; return b },
		"truncated":          func(b []byte) []byte { return b[:len(b)-1] },
		"empty":              func(b []byte) []byte { return nil },
		"a byte more":        func(b []byte) []byte { return append(b, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			s, dir := newStore(t)
			d := put(t, s, content)
			if err := s.Verify(d); err != nil {
				t.Fatalf("sound content: %v", err)
			}
			damage(t, dir, d, change)
			r, err := s.Open(d)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if _, err := io.Copy(io.Discard, r); !errors.Is(err, ErrCorrupt) {
				t.Errorf("read: %v", err)
			}
			if err := s.Verify(d); !errors.Is(err, ErrCorrupt) {
				t.Errorf("verify: %v", err)
			}
			if _, _, err := s.OpenVerified(d); !errors.Is(err, ErrCorrupt) {
				t.Errorf("open verified: %v", err)
			}
			if put(t, s, content) != d || s.Verify(d) != nil {
				t.Error("putting the good content again does not repair the copy")
			}
		})
	}
}

func TestVerifiedContentCanBeReadAtAnyPlace(t *testing.T) {
	s, _ := newStore(t)
	f, size, err := s.OpenVerified(put(t, s, "0123456789"))
	if err != nil || size != 10 {
		t.Fatal(size, err)
	}
	defer f.Close()
	b := make([]byte, 3)
	if _, err := f.ReadAt(b, 4); err != nil || string(b) != "456" {
		t.Errorf("read %q, %v", b, err)
	}
}

func TestWhatIsNotThereIsMissing(t *testing.T) {
	s, _ := newStore(t)
	d := DigestOf([]byte("nothing"))
	if _, err := s.Open(d); !errors.Is(err, ErrMissing) {
		t.Errorf("open: %v", err)
	}
	if err := s.Verify(d); !errors.Is(err, ErrMissing) {
		t.Errorf("verify: %v", err)
	}
	if _, ok := s.Has(d); ok {
		t.Error("has what it has not")
	}
}

func TestNothingButADigestBecomesAPath(t *testing.T) {
	s, dir := newStore(t)
	good := string(DigestOf(nil))
	for _, text := range []string{"", "../../etc/passwd", strings.ToUpper(good), good[1:], good + "0", strings.Repeat("g", 64), "../" + good[3:], good[:63] + "/"} {
		if _, err := ParseDigest(text); err == nil && text != good {
			t.Errorf("%q is a digest", text)
		}
		if _, err := s.Open(Digest(text)); err == nil || errors.Is(err, ErrMissing) {
			t.Errorf("%q: open says %v", text, err)
		}
		if _, ok := s.Has(Digest(text)); ok {
			t.Errorf("%q is there", text)
		}
	}
	// A symbolic link that leads out of the folder is not followed.
	d := DigestOf([]byte("secret"))
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, filepath.FromSlash(d.path()))
	if err := os.MkdirAll(filepath.Dir(link), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, link); err != nil {
		t.Skip("no symbolic links here")
	}
	if _, err := s.Open(d); err == nil {
		t.Error("a link out of the folder was followed")
	}
}

func TestEachWalksEveryDigestAndStopsWhenTold(t *testing.T) {
	s, dir := newStore(t)
	if err := s.Each(func(Digest) bool { t.Error("an empty store has content"); return true }); err != nil {
		t.Fatal(err)
	}
	want := map[Digest]bool{put(t, s, "a"): true, put(t, s, "b"): true, put(t, s, "c"): true}
	if err := os.WriteFile(filepath.Join(dir, "ev", "sha256", "README"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := s.Each(func(d Digest) bool { delete(want, d); n++; return true }); err != nil || len(want) != 0 || n != 3 {
		t.Errorf("walked %d, missing %v, %v", n, want, err)
	}
	n = 0
	if err := s.Each(func(Digest) bool { n++; return false }); err != nil || n != 1 {
		t.Errorf("walked %d after being told to stop, %v", n, err)
	}
}

func TestTidyRemovesOnlyOldUnfinishedUploads(t *testing.T) {
	s, dir := newStore(t)
	d := put(t, s, "kept")
	for _, name := range []string{"OLD", "NEW"} {
		if err := os.WriteFile(filepath.Join(dir, "tmp", name), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(dir, "tmp", "OLD"), day, day); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(dir, "tmp", "NEW"), day.AddDate(0, 0, 2), day.AddDate(0, 0, 2)); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Tidy(day.AddDate(0, 0, 1)); err != nil || n != 1 || leftovers(t, dir) != 1 {
		t.Errorf("removed %d, %v", n, err)
	}
	if err := s.Verify(d); err != nil {
		t.Errorf("finished content: %v", err)
	}
}

func BenchmarkPutAMebibyte(b *testing.B) {
	s, err := New(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	content := make([]byte, 1<<20)
	b.SetBytes(1 << 20)
	for i := 0; b.Loop(); i++ {
		content[0], content[1], content[2] = byte(i), byte(i>>8), byte(i>>16)
		if _, _, err := s.Put(bytes.NewReader(content), 1<<21); err != nil {
			b.Fatal(err)
		}
	}
}
