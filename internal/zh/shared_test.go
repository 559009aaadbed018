package zh

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

// sharedTable reads a shared CSV file as rows by column name.
func sharedTable(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(sharedFile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, fields := range all[1:] {
		row := map[string]string{}
		for i, column := range all[0] {
			row[column] = fields[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// isFault fails unless err is a Fault with a Chinese message.
func isFault(t *testing.T, err error, about string) {
	t.Helper()
	f, ok := err.(*Fault)
	if !ok || f.Message == "" {
		t.Errorf("%s: error %v, want a Fault with a message", about, err)
		return
	}
	for _, r := range f.Message {
		if r >= 0x4E00 && r <= 0x9FFF {
			return
		}
	}
	t.Errorf("%s: message %q is not Chinese", about, f.Message)
}
