package envelope

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"mingjing/internal/ledger"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestNothingPassesUnderAnotherNameOrWithABitChanged: in every cipher and in none, packed and as it is.
func TestNothingPassesUnderAnotherNameOrWithABitChanged(t *testing.T) {
	secret := bytes.Repeat([]byte{7}, 32)
	for _, c := range []Cipher{Plain, SM4, AES} {
		key := secret
		if c == Plain {
			key = nil
		}
		s, err := New(key, c)
		must(t, err)
		for _, content := range [][]byte{nil, []byte("短"), bytes.Repeat([]byte("重复的内容"), 100)} {
			stored := s.Seal("a", content)
			if got, err := s.Open("a", stored); err != nil || !bytes.Equal(got, content) {
				t.Fatalf("%q: what was sealed does not open: %v", c, err)
			}
			if _, err := s.Open("b", stored); err == nil {
				t.Errorf("%q: an object passes under another name", c)
			}
			for i := range stored {
				for bit := range 8 {
					bad := bytes.Clone(stored)
					bad[i] ^= 1 << bit
					if _, err := s.Open("a", bad); err == nil {
						t.Errorf("%q: bit %d of byte %d of %d changed nothing", c, bit, i, len(stored))
					}
				}
			}
		}
	}
}

func TestAKeyFileThatLostABitIsNoKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "backup.key")
	must(t, WriteKey(path))
	if err := WriteKey(path); err == nil {
		t.Error("a key was written over another")
	}
	text, err := os.ReadFile(path)
	must(t, err)
	for i := range text {
		bad := bytes.Clone(text)
		bad[i] ^= 1
		must(t, os.WriteFile(path, bad, 0o600))
		if _, err := ReadKey(path); err == nil {
			t.Errorf("byte %d of the key file flipped: %s", i, bad)
		}
	}
	must(t, os.WriteFile(path, text, 0o644))
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadKey(path); !errors.Is(err, ledger.ErrExposedKey) {
		t.Errorf("a key that others may read: %v", err)
	}
}
