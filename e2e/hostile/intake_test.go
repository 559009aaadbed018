package hostile

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"mingjing/internal/access"
	"mingjing/internal/blob"
	"mingjing/internal/exchange"
	"mingjing/internal/house"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
	"mingjing/packs"
)

// brought is a file that somebody brings.
type brought struct {
	name    string
	content []byte
}

// malformed reads the damaged and strange files that lie beside the checkout, and adds those that are made here.
func malformed(t testing.TB) []brought {
	t.Helper()
	var list []brought
	if full() { // it takes long to pack them
		list = bombs(t)
	}
	for _, name := range []string{"spreadsheets_sheetjs.jsonl", "zip_cases.jsonl"} {
		path := filepath.Join(testkit.Root(t), "..", "shared", "real", "malformed", name)
		file, err := os.Open(path)
		if err != nil {
			t.Logf("shared/real/malformed/%s is not beside this checkout: only the files made here run", name)
			continue
		}
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 8<<20)
		for lines.Scan() {
			var row struct{ Name, B64 string }
			if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
				t.Fatal(err)
			}
			content, err := base64.StdEncoding.DecodeString(row.B64)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, brought{filepath.Base(row.Name), content})
		}
		if err := errors.Join(lines.Err(), file.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// part is one part of a workbook made here.
type part struct {
	name string
	fill byte
	size int64  // of so many equal bytes
	text string // or this
}

func workbook(t testing.TB, parts ...part) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if p.text != "" {
			_, err = io.WriteString(w, p.text)
		}
		chunk := bytes.Repeat([]byte{p.fill}, 1<<16)
		for left := p.size; left > 0 && err == nil; left -= int64(len(chunk)) {
			_, err = w.Write(chunk[:min(left, int64(len(chunk)))])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// basics are what makes a workbook of the other parts.
func basics(sheet string) []part {
	return []part{
		{name: "[Content_Types].xml", text: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
		{name: "_rels/.rels", text: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{name: "xl/workbook.xml", text: `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{name: "xl/_rels/workbook.xml.rels", text: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{name: "xl/worksheets/sheet1.xml", text: sheet},
	}
}

const (
	sheetHead = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	oneSheet  = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c></row></sheetData></worksheet>`
)

// bombs are small files that hold very much, or that lead an XML reader out of the file.
func bombs(t testing.TB) []brought {
	plain := basics(sheetHead + oneSheet)
	lol := sheetHead + `<!DOCTYPE lolz [<!ENTITY a "` + strings.Repeat("哈", 100) + `">` + nested(9) + `]>` + strings.Replace(oneSheet, "甲", "&j;", 1)
	xxe := sheetHead + `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + strings.Replace(oneSheet, "甲", "&e;", 1)
	far := strings.NewReplacer(`r="A2"`, `r="XFD2"`, `<row r="2"`, `<row r="1048576"`).Replace(oneSheet)
	deep := strings.Repeat("<a>", 300_000)
	return []brought{
		{"media.xlsx", workbook(t, append(basics(sheetHead+oneSheet), part{name: "xl/media/image1.bin", size: 900 << 20})...)},
		{"theme.xlsx", workbook(t, append(basics(sheetHead+oneSheet), part{name: "xl/theme/theme1.xml", text: sheetHead, fill: ' ', size: 700 << 20})...)},
		{"strings.xlsx", workbook(t, append(basics(sheetHead+oneSheet), part{name: "xl/sharedStrings.xml", text: sheetHead, fill: ' ', size: 900 << 20})...)},
		{"many.xlsx", workbook(t, append(basics(sheetHead+oneSheet), many(30, 30<<20)...)...)},
		{"sheet.xlsx", workbook(t, append(basics(sheetHead + oneSheet)[:4], part{name: "xl/worksheets/sheet1.xml", text: sheetHead, fill: ' ', size: 900 << 20})...)},
		{"lol.xlsx", workbook(t, basics(lol)...)}, {"xxe.xlsx", workbook(t, basics(xxe)...)}, {"far.xlsx", workbook(t, basics(sheetHead+far)...)}, {"deep.xlsx", workbook(t, basics(sheetHead+deep)...)},
		{"cell.xlsx", workbook(t, append(basics("")[:4], part{name: "xl/worksheets/sheet1.xml", text: strings.Replace(sheetHead+oneSheet, "甲", strings.Repeat("甲", 8<<20), 1)})...)},
		{"plain.xlsx", workbook(t, plain...)},
		{"wide.csv", []byte("标题" + strings.Repeat(",列", 200_000) + "\n甲\n")},
		{"long.csv", append([]byte("标题\n\""), bytes.Repeat([]byte("甲"), 10<<20)...)},
		{"open.jsonl", []byte(strings.Repeat(`{"a":`, 1_000_000))}, {"array.jsonl", []byte("[" + strings.Repeat("[", 2_000_000))},
		{"key.jsonl", []byte(`{"` + strings.Repeat("标", 4<<20) + `":1}` + "\n")}, {"nul.csv", append([]byte("标题,文号\n"), make([]byte, 1<<20)...)},
	}
}

// nested are entities that each hold ten of the one before.
func nested(levels int) string {
	var b strings.Builder
	for i := 1; i <= levels; i++ {
		fmt.Fprintf(&b, `<!ENTITY %c "%s">`, 'a'+i, strings.Repeat(fmt.Sprintf("&%c;", 'a'+i-1), 10))
	}
	return b.String()
}

func many(parts int, size int64) []part {
	var list []part
	for i := range parts {
		list = append(list, part{name: fmt.Sprintf("xl/custom/item%d.bin", i), size: size})
	}
	return list
}

// TestMain's child: the intakes are measured in a process of their own, so that nothing else counts.
const childVerb = "hostile-child"

// TestEveryIntakeBearsWhateverIsBroughtWithinItsMemory brings every file through every intake in a child process and holds it
// to what it reports: each taken or refused in Chinese, none for long, and the whole never beyond 256 MiB over where it began.
func TestEveryIntakeBearsWhateverIsBroughtWithinItsMemory(t *testing.T) {
	folder := t.TempDir()
	files := malformed(t)
	for i, f := range files {
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%03d-%s", i, f.name)), f.content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tmp := filepath.Join(t.TempDir(), "tmp")
	if err := os.Mkdir(tmp, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], childVerb, folder)
	cmd.Env = append(os.Environ(), "TMPDIR="+tmp, "GOGC=100")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("the child: %v\n%.4000s", err, out)
	}
	outcomes := map[string]int{}
	for line := range strings.Lines(string(out)) {
		var r report
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("the child says %q", line)
		}
		outcomes[r.Intake+" "+r.Outcome]++
		if r.Outcome == "failed" || r.Outcome == "panicked" || r.Outcome == "refused" && !strings.ContainsFunc(r.Said, func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
			t.Errorf("%s of %s %s: %.300s", r.Intake, r.File, r.Outcome, r.Said)
		}
		if r.MiB > 256 {
			t.Errorf("%s of %s needed %d MiB over the beginning", r.Intake, r.File, r.MiB)
		}
		if r.Seconds > 20 {
			t.Errorf("%s of %s took %.1f s", r.Intake, r.File, r.Seconds)
		}
		if r.MiB > 100 || r.Seconds > 2 {
			t.Logf("%s of %s: %d MiB, %.1f s, %s: %.100s", r.Intake, r.File, r.MiB, r.Seconds, r.Outcome, r.Said)
		}
	}
	if len(outcomes) == 0 {
		t.Fatalf("the child brought nothing: %s", out)
	}
	t.Logf("%d files: %v", len(files), outcomes)
	left, err := os.ReadDir(tmp)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		t.Errorf("%s is left among the temporary files", f.Name())
	}
}

// report is what came of one file at one intake.
type report struct {
	Intake, File, Outcome, Said string
	MiB                         int64 // the peak over what the process had before
	Seconds                     float64
}

// intakes are the ways on which a file from outside comes in.
func intakes(h *house.House) map[string]func(path string) error {
	room, err := exchange.New(h.DB)
	if err != nil {
		return nil
	}
	actor := access.Actor{Account: "publisher", Agency: h.Agency.Code, Roles: []string{access.RolePublisher}, StepUp: true}
	return map[string]func(path string) error{
		"look": func(path string) error { _, err := exchange.Look(exchange.Source{Path: path}); return err },
		"import": func(path string) error {
			_, err := room.Import(context.Background(), actor, exchange.Source{Path: path}, nil, exchange.Options{AgencyName: h.Agency.Name, DryRun: true})
			return err
		},
		"attach": func(path string) error { return attached(h, path) },
		"pack": func(path string) error {
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			_, err = pack.Load(fstest.MapFS{"x/pack.yaml": {Data: content}, "x/pack.json": {Data: content}, "x/items.csv": {Data: content}}, "x")
			if err == nil {
				return errors.New("a pack of such content was loaded")
			}
			return refusal.Invalid{Message: "规则包：" + err.Error()}
		},
	}
}

// attached judges a file as the upload of an attachment does: by name and head, then by what an office file holds.
func attached(h *house.House, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	head := make([]byte, blob.SniffBytes)
	n, _ := io.ReadFull(file, head)
	kind, err := blob.Sniff(filepath.Base(path), head[:n])
	if err == nil && (kind == blob.DOCX || kind == blob.XLSX) {
		err = blob.CheckOffice(file, info.Size(), kind)
	}
	return err
}

// child brings the files of a folder through every intake and reports on each, a line for each.
func child(folder string) int {
	work, err := os.MkdirTemp("", "child-")
	if err != nil {
		return 1
	}
	defer os.RemoveAll(work)
	log := slog.New(slog.DiscardHandler)
	h, err := house.Open(context.Background(), house.Options{Passwords: testkit.Passwords(), Store: "sqlite:" + filepath.Join(work, "x.db"), Folder: work, Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS, Clock: time.Now, Demo: true, Log: log})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer h.Close()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		return 1
	}
	out := json.NewEncoder(os.Stdout)
	for name, bring := range intakes(h) {
		for _, path := range files {
			if err := out.Encode(measured(name, path, bring)); err != nil {
				return 1
			}
		}
	}
	return 0
}

// measured brings one file and watches the memory of the process meanwhile.
func measured(intake, path string, bring func(string) error) (r report) {
	r = report{Intake: intake, File: filepath.Base(path), Outcome: "taken"}
	debug.FreeOSMemory()
	before, begun := resident("VmRSS"), time.Now()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak is counted from here
	defer func() {
		if fault := recover(); fault != nil {
			r.Outcome, r.Said = "panicked", fmt.Sprint(fault)
		}
		r.Seconds, r.MiB = time.Since(begun).Seconds(), (resident("VmHWM")-before)>>10
	}()
	err := bring(path)
	var invalid refusal.Invalid
	var refused refusal.Refused
	var unfit blob.Unfit
	switch {
	case err == nil:
	case errors.As(err, &invalid):
		r.Outcome, r.Said = "refused", invalid.Message
		for _, text := range invalid.Fields {
			r.Said += text
		}
	case errors.As(err, &unfit):
		r.Outcome, r.Said = "refused", string(unfit)
	case errors.As(err, &refused):
		r.Outcome, r.Said = "failed", "refused by the policies: "+refused.Error()
	default:
		r.Outcome, r.Said = "failed", err.Error()
	}
	return r
}

// resident reads one line of the kernel's account of this process, in KiB.
func resident(line string) int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for text := range strings.Lines(string(status)) {
		if fields := strings.Fields(text); len(fields) > 1 && fields[0] == line+":" {
			n, _ := strconv.ParseInt(fields[1], 10, 64)
			return n
		}
	}
	return 0
}
