package gm

import (
	"strings"
	"testing"
)

// FuzzVerifierKey: a text that is taken for a key is the one text of that key.
func FuzzVerifierKey(f *testing.F) {
	key, err := OpenKey(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(key.Verifier("mingjing/a1/sm3"))
	f.Add(strings.ToUpper(key.Verifier("a")))
	f.Fuzz(func(t *testing.T, text string) {
		v, err := newVerifier(text)
		if err != nil {
			return
		}
		if name, _, _ := strings.Cut(text, "+"); v.Name() != name || v.Verify([]byte("x"), []byte("y")) {
			t.Fatalf("%q is the key of %q", text, v.Name())
		}
	})
}
