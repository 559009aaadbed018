package blob

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"mingjing/internal/testkit"
)

// part is one part of an office file under construction.
type part struct {
	name    string
	content string
}

func docx(parts ...part) []part {
	return append([]part{{"[Content_Types].xml", `<Types/>`}, {"_rels/.rels", `<Relationships/>`}, {"word/document.xml", `<w:document/>`}}, parts...)
}

func packed(t testing.TB, parts []part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := w.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, p.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func check(b []byte, kind string) error { return CheckOffice(bytes.NewReader(b), int64(len(b)), kind) }

func TestAnOrdinaryOfficeFileIsTaken(t *testing.T) {
	body := make([]byte, 0, 2<<20)
	for i := 0; len(body) < 2<<20; i++ {
		body = fmt.Appendf(body, "<w:t>%d询问笔录%x</w:t>", i, i*i*7919)
	}
	if err := check(packed(t, docx(part{"word/media/image1.png", png}, part{"word/footnotes.xml", string(body)})), DOCX); err != nil {
		t.Errorf("docx: %v", err)
	}
	if err := check(packed(t, []part{{"[Content_Types].xml", "<T/>"}, {"xl/workbook.xml", "<w/>"}, {"xl/worksheets/sheet1.xml", string(body)}}), XLSX); err != nil {
		t.Errorf("xlsx: %v", err)
	}
}

func TestARealSpreadsheetIsTaken(t *testing.T) {
	b, err := os.ReadFile(testkit.Shared(t, "real/foreign_enforcement/uk_fsa_wholesalers_2025.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	if err := check(b, XLSX); err != nil {
		t.Error(err)
	}
}

func TestAHostileOfficeFileIsRefused(t *testing.T) {
	many := docx()
	for i := range 1000 {
		many = append(many, part{fmt.Sprintf("word/p%d.xml", i), "<a/>"})
	}
	zero := strings.Repeat("\x00", 30<<20)
	for _, c := range []struct {
		name  string
		parts []part
		want  Unfit
	}{
		{"a bomb of zeros", docx(part{"word/media/a.bin", zero}), errRatio},
		{"a bomb of many small parts", docx(part{"word/media/a.bin", zero[:900<<10]}, part{"word/media/b.bin", zero[:900<<10]}), errRatio},
		{"a thousand and three parts", many, "Office 文件内的部件超过 1000 个，不予接收"},
		{"a zip inside", docx(part{"word/embeddings/a.bin", "PK\x03\x04xxxx"}), errNested},
		{"a spreadsheet inside", docx(part{"word/embeddings/a.xlsx", "x"}), errNested},
		{"an old document inside", docx(part{"word/embeddings/ole.bin", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"}), errNested},
		{"a program inside", docx(part{"word/media/x.exe", "MZ"}), errNested},
		{"macros", docx(part{"word/vbaProject.bin", "x"}), errMacro},
		{"a path that leads out", docx(part{"../../etc/cron.d/x", "x"}), errPath},
		{"an absolute path", docx(part{"/etc/passwd", "x"}), errPath},
		{"a path for Windows", docx(part{`word\..\x`, "x"}), errPath},
		{"a document type", docx(part{"word/styles.xml", `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>`}), errDoctype},
		{"a document type behind a long comment", docx(part{"word/styles.xml", "<!--" + strings.Repeat("x1y2", 20000) + "--><!DOCTYPE a>"}), errDoctype},
		{"a document type in UTF-16", docx(part{"word/styles.xml", "\xff\xfe<\x00!\x00D\x00O\x00C\x00T\x00Y\x00P\x00E\x00"}), errDoctype},
		{"two parts of one name", docx(part{"word/Document.xml", "x"}), "Office 文件内有重名部件，不予接收"},
		{"no document", []part{{"[Content_Types].xml", "x"}, {"a.txt", "x"}}, "文件不是有效的 Word 或 Excel 文件，请重新另存后上传"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var unfit Unfit
			if err := check(packed(t, c.parts), DOCX); !errors.As(err, &unfit) || unfit != c.want {
				t.Errorf("says %v, want %v", err, c.want)
			}
		})
	}
}

func TestASizeInTheHeaderThatLiesDoesNotHelp(t *testing.T) {
	b := packed(t, docx(part{"word/media/a.bin", strings.Repeat("\x00", 8<<20)}))
	real := []byte{0, 0, 0x80, 0} // 8 MiB, little-endian, as the directory and the descriptor hold it
	if n := bytes.Count(b, real); n == 0 {
		t.Fatal("the header does not hold the size")
	}
	var unfit Unfit
	if err := check(bytes.ReplaceAll(b, real, []byte{16, 0, 0, 0}), DOCX); !errors.As(err, &unfit) {
		t.Errorf("says %v", err)
	}
}

func TestADamagedOfficeFileIsRefused(t *testing.T) {
	b := packed(t, docx())
	var unfit Unfit
	for n := range len(b) {
		if err := check(b[:n], DOCX); !errors.As(err, &unfit) {
			t.Fatalf("cut to %d of %d bytes: %v", n, len(b), err)
		}
	}
	locked := bytes.Clone(b)
	at := bytes.Index(locked, []byte("PK\x01\x02"))
	locked[at+8] |= 1
	if err := check(locked, DOCX); !errors.Is(err, errLocked) {
		t.Errorf("an encrypted part: %v", err)
	}
	if err := CheckOffice(bytes.NewReader(b), MaxOfficeBytes+1, DOCX); !errors.As(err, &unfit) {
		t.Errorf("a file beyond the bound: %v", err)
	}
}

func TestMalformedZipsOfOthersAreRefusedInTime(t *testing.T) {
	raw, err := os.ReadFile(testkit.Shared(t, "real/malformed/zip_cases.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		var c struct{ Name, Expect, B64 string }
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		b, err := base64.StdEncoding.DecodeString(c.B64)
		if err != nil {
			t.Fatal(err)
		}
		n++
		begin := time.Now()
		var unfit Unfit
		if err := check(b, DOCX); !errors.As(err, &unfit) {
			t.Errorf("%s: %v", c.Name, err)
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("%s took %v", c.Name, took)
		}
	}
	if n < 20 {
		t.Errorf("only %d cases", n)
	}
}

func FuzzCheckOffice(f *testing.F) {
	f.Add(packed(f, docx()))
	f.Add(packed(f, docx(part{"word/a.xml", "<!DOCTYPE"})))
	f.Fuzz(func(t *testing.T, b []byte) {
		var unfit Unfit
		if err := check(b, DOCX); err != nil && !errors.As(err, &unfit) {
			t.Fatalf("says %v", err)
		}
	})
}
