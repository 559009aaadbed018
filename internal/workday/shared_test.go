package workday

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
)

// sharedFile finds a file of the material beside the repository and skips without it.
func sharedFile(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared material is not beside the repository: %s", path)
	}
	return path
}

// sharedRows reads a shared CSV file without its remarks and its head.
func sharedRows(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(sharedFile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// nationalFor returns the embedded calendar or fails.
func nationalFor(t testing.TB) *Calendar {
	t.Helper()
	c, err := National()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// day reads a day that a test states.
func day(t testing.TB, text string) Day {
	t.Helper()
	d, err := ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
