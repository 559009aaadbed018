package redact

import (
	"os"
	"path/filepath"
	"testing"
)

// sharedFile returns the path of a file in the folder "shared" beside the repository, or skips the test where it is not
// there.
func sharedFile(tb testing.TB, name string) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for d := dir; d != filepath.Dir(d); d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err != nil {
			continue
		}
		p := filepath.Join(d, "..", "shared", name)
		if _, err := os.Stat(p); err != nil {
			tb.Skipf("shared/%s is not beside the repository", name)
		}
		return p
	}
	tb.Skip("no go.mod above the test")
	return ""
}

// only returns the spans of one kind.
func only(spans []Span, k Kind) []Span {
	var out []Span
	for _, s := range spans {
		if s.Kind == k {
			out = append(out, s)
		}
	}
	return out
}

func texts(spans []Span) []string {
	var out []string
	for _, s := range spans {
		out = append(out, string(s.Kind)+"="+s.Text)
	}
	return out
}
