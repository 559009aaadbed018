package exchange

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// intake reads a file to its end as an import does, writing nothing: whatever is in it, the person who brought it is told in
// words, and no row is lost without a fault.
func intake(t *testing.T, data []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var told refusal.Invalid
	file, err := open(Source{Path: path})
	if err != nil {
		if !errors.As(err, &told) {
			t.Fatalf("the file is refused with %v", err)
		}
		return
	}
	defer file.close()
	names := Map{}
	for _, column := range file.header() {
		names["title"] = column
	}
	bound, err := bind(names, file.header())
	if err != nil {
		if !errors.As(err, &told) {
			t.Fatalf("the map is refused with %v", err)
		}
		return
	}
	today, err := workday.ParseDay("2026-11-30")
	if err != nil {
		t.Fatal(err)
	}
	c := &converter{columns: bound, agency: "a1", agencyName: "某局", today: today, width: len(file.header()), keys: map[string]string{}}
	for rows := 0; ; rows++ {
		r, err := file.next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			if !errors.As(err, &told) {
				t.Fatalf("after %d rows: %v", rows, err)
			}
			return
		}
		if got := c.convert(r); got.left == "" && got.row.Title == "" {
			t.Fatalf("row %d came in without a title: %+v", rows, got)
		}
		if rows > len(data) {
			t.Fatalf("%d bytes have more than %d rows", len(data), rows)
		}
	}
}

func FuzzCSVIntake(f *testing.F) {
	for _, text := range []string{"标题,文号\n甲,四民罚决字〔2026〕1号\n", "a;b\n\"x\"\"y\";\n", "\xef\xbb\xbfa\tb\n1\t2\n", "\xff\xfea\x00,\x00b\x00\n\x00", "a\n\"unclosed\n\n", "\xb1\xea\xcc\xe2\n\xb4\xa6\xb7\xa3\n", "a,b\r\r\n1\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { intake(t, data) })
}

func FuzzJSONLIntake(f *testing.F) {
	for _, text := range []string{`{"标题":"甲","n":1.50}`, "{\"a\":[1]}\n{\"a\":null}\n", `{"a":{"b":1}}`, `[{"a":1}]`, "{\"a\":\"\\ud800\"}\n", `{"a":1e999}`, "{}\n{"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { intake(t, data) })
}

func FuzzWorkbookIntake(f *testing.F) {
	book := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "标题", "B1": "日期", "A2": "甲", "B2": 45000, "A3": "=1+1", "C7": "远"} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			f.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	f.Add(out.Bytes()[:len(out.Bytes())/2])
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		intake(t, append([]byte("PK\x03\x04"), bytes.TrimPrefix(data, []byte("PK\x03\x04"))...))
	})
}
