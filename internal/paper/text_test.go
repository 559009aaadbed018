package paper

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"mingjing/internal/form"
	block "mingjing/internal/form/paper"
	"mingjing/internal/testkit"
)

// read gives the text layer of a PDF page by page, without white space, in the
// order in which it was drawn.
func read(t *testing.T, pdf []byte) []string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("this test reads the PDF back with pdftotext of poppler-utils, which is not installed")
	}
	file := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	var said, complaint bytes.Buffer
	run := exec.Command("pdftotext", "-raw", "-enc", "UTF-8", file, "-")
	run.Stdout, run.Stderr = &said, &complaint
	if err := run.Run(); err != nil || complaint.Len() > 0 {
		t.Fatalf("pdftotext: %v %s", err, complaint.String())
	}
	var pages []string
	for _, page := range strings.Split(strings.TrimSuffix(said.String(), "\f"), "\f") {
		pages = append(pages, solid(page))
	}
	return pages
}

// solid removes white space.
func solid(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func made(t *testing.T, sheet Sheet) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := PDF(&out, fonts(t), sheet); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// says fails unless the pages say exactly the blocks, apart from what each page
// repeats: marks above, head of a table, line to sign and number below.
func says(t *testing.T, pages []string, sheet Sheet) {
	t.Helper()
	var marks, signs, source string
	var heads []string
	for _, b := range sheet.Blocks {
		switch {
		case b.Style == block.StyleMark:
			marks += solid(b.Text)
		case b.Style == block.StylePageSign:
			signs += solid(b.Text)
		case b.Table != nil:
			if head := solid(strings.Join(b.Table.Head, "")); head != "" {
				heads = append(heads, head)
			}
			source += solid(block.Text([]form.Block{b}))
		default:
			source += solid(b.Text)
			if b.Style == block.StyleDate && sheet.Seal {
				source += "（印）"
			}
		}
	}
	for i, page := range pages {
		body, ok := strings.CutPrefix(page, marks)
		if !ok {
			t.Fatalf("page %d does not begin with the marks %q: %s", i+1, marks, page)
		}
		body = foot(t, body, signs, i+1, len(pages))
		if !strings.HasPrefix(source, body) {
			for _, head := range heads {
				if rest, found := strings.CutPrefix(body, head); found && strings.HasPrefix(source, rest) {
					body = rest
				}
			}
		}
		if source, ok = strings.CutPrefix(source, body); !ok {
			t.Fatalf("page %d says\n%s\ninstead of\n%s", i+1, body, source)
		}
	}
	if source != "" {
		t.Fatalf("the pages do not say %q", source)
	}
}

// foot takes the line to sign or the number off the end of a page.
func foot(t *testing.T, page, signs string, number, pages int) string {
	t.Helper()
	want := "—" + strconv.Itoa(number) + "—"
	if signs != "" {
		want = strings.NewReplacer("第页", "第"+strconv.Itoa(number)+"页", "共页", "共"+strconv.Itoa(pages)+"页").Replace(signs)
	}
	body, ok := strings.CutSuffix(page, want)
	if !ok {
		t.Fatalf("page %d does not end with %q: %s", number, want, page)
	}
	return body
}

func TestEveryKindSaysItsTextCharacterForCharacter(t *testing.T) {
	registry := kinds(t)
	for n, code := range registry.Codes() {
		kind, _ := registry.Kind(code)
		t.Run(code, func(t *testing.T) {
			for turn := range 3 {
				if !testkit.Full() && turn != n%3 { // each kind once, each turn by a third of them
					continue
				}
				meta := whole()
				meta.Demo, meta.RedHead = turn == 1, turn != 1
				if turn == 2 {
					meta.SealName, meta.Void = "", "文号重复"
				}
				sheet := Of(kind, (&filler{turn: turn, long: min(turn, 1)}).values(kind), meta)
				says(t, read(t, made(t, sheet)), sheet)
			}
		})
	}
}

func TestAnEmptyPaperOfEveryKindCanBePrinted(t *testing.T) {
	registry := kinds(t)
	for _, code := range registry.Codes() {
		kind, _ := registry.Kind(code)
		sheet := Of(kind, form.Values{}, form.PrintMeta{Agency: "云山市民政局"})
		says(t, read(t, made(t, sheet)), sheet)
	}
}

func TestAReadersOwnOrderOfTheDecisionIsItsText(t *testing.T) {
	sheet := Of(kindNamed(t, "行政处罚决定书"), stored(t, "decision"), whole())
	pages := strings.Join(read(t, made(t, sheet)), "")
	for _, words := range []string{"云山市晨光养老服务中心", "3000.50元（大写：人民币叁仟元零伍角整）", "52220300MJY0000000", "云民罚决字〔2026〕1号"} {
		if !strings.Contains(pages, words) {
			t.Errorf("%q cannot be found in the PDF", words)
		}
	}
}

func TestACharacterWithoutAGlyphIsNamed(t *testing.T) {
	for _, c := range []struct {
		char rune
		want string
	}{{'\U0001FAE0', "U+1FAE0"}, {'\u0001', "U+0001"}, {'\U0003FFFD', "U+3FFFD"}} {
		values := stored(t, "decision")
		values["facts"] = "当事人自称" + string(c.char) + "，未作解释。"
		var out bytes.Buffer
		err := PDF(&out, fonts(t), Of(kindNamed(t, "行政处罚决定书"), values, whole()))
		var missing MissingGlyph
		if !errors.As(err, &missing) || missing.Char != c.char || !strings.Contains(err.Error(), c.want) || !strings.Contains(missing.Said(), c.want) {
			t.Errorf("%q: %v", c.char, err)
		}
		if !strings.Contains(missing.Near, "当事人自称") {
			t.Errorf("the error does not say where: %q", missing.Near)
		}
		if out.Len() > 0 {
			t.Errorf("%q: %d bytes were written all the same", c.char, out.Len())
		}
	}
}

// Characters beyond U+FFFF, and characters that share a glyph with another, come
// back as themselves.
func TestRareCharactersComeBackAsThemselves(t *testing.T) {
	set := fonts(t)
	var rare []rune
	shared := map[*face]map[uint]rune{}
	twins := 0
	for _, r := range []rune("𠮷𠮶𡈼𪚥𬱟𫍯㐂㕔堃喆犇⼀⼁一丨⺀⻢马々〇①㈠℃㎡％＿") {
		f, g := set.body.find(r)
		if f == nil {
			continue
		}
		if shared[f] == nil {
			shared[f] = map[uint]rune{}
		}
		if shared[f][g.number] != 0 {
			twins++
		}
		shared[f][g.number] = r
		rare = append(rare, r)
	}
	if twins == 0 || !strings.ContainsFunc(string(rare), func(r rune) bool { return r > 0xFFFF }) {
		t.Skipf("the fonts of this machine have no such characters: %s", string(rare))
	}
	sheet := Sheet{Title: "𠮷", Blocks: []form.Block{{Style: block.StylePara, Text: string(rare)}}}
	says(t, read(t, made(t, sheet)), sheet)
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	sheet := Of(kindNamed(t, "行政处罚决定书"), stored(t, "decision"), whole())
	if !bytes.Equal(made(t, sheet), made(t, sheet)) {
		t.Error("two PDFs of one document differ")
	}
}
