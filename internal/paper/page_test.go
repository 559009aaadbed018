package paper

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"mingjing/internal/form"
	block "mingjing/internal/form/paper"
)

func bodyLook(t *testing.T) look {
	return setter{fonts: fonts(t)}.look(block.StylePara)
}

func TestALineHolds28CharactersAndAPage22Lines(t *testing.T) {
	l := bodyLook(t)
	l.indent = 0
	lines, err := fill(strings.Repeat("国", 28*23), l, coreWidth)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range lines {
		if len(set.chars) != 28 {
			t.Fatalf("a line holds %d characters", len(set.chars))
		}
	}
	pages, err := fonts(t).set(Sheet{Blocks: []form.Block{{Style: block.StyleLine, Text: strings.Repeat("国", 28*44)}}})
	if err != nil || len(pages) != 2 {
		t.Fatalf("44 full lines take %d pages, %v", len(pages), err)
	}
}

func TestNoLineBeginsWithAClosingMarkOrEndsWithAnOpeningOne(t *testing.T) {
	pieces := []string{"当", "事人", "，", "。", "、", "；", "：", "“", "”", "（", "）", "《", "》", "〔", "〕", "2026", "年", "3.5", "％", "·", "GB/T", "！", "？", "……", "——", "　", "\U00020BB7", "☐"}
	l := bodyLook(t)
	random := rand.New(rand.NewPCG(4, 7))
	for range 3000 {
		text := "依"
		for range 40 {
			next := pieces[random.IntN(len(pieces))]
			// A person does not type a comma after an opening mark, or two marks in a row.
			last := []rune(text)[len([]rune(text))-1]
			if strings.ContainsRune("☐“（《〔，。、；：？！”）》〕％·…—　", last) && strings.ContainsAny(next, "，。、；：！？”）》〕％·…—　") {
				next = "民政"
			}
			text += next
		}
		lines, err := fill(strings.ReplaceAll(text, "\U00020BB7", "囍"), l, coreWidth/2)
		if err != nil {
			t.Fatal(err)
		}
		for i, set := range lines {
			first, last := set.chars[0].r, set.chars[len(set.chars)-1].r
			if i > 0 && strings.ContainsRune("，。、；：？！”）》〕％", first) {
				t.Fatalf("a line of %q begins with %q", text, first)
			}
			if i < len(lines)-1 && strings.ContainsRune("“（《〔☐", last) {
				t.Fatalf("a line of %q ends with %q", text, last)
			}
			if width(trimmed(set.chars)) > coreWidth/2-set.indent+slack {
				t.Fatalf("a line of %q is cut at the margin", text)
			}
		}
	}
}

func TestAWordWiderThanTheLinePartsAndLosesNothing(t *testing.T) {
	word := strings.Repeat("https://example.org/abcdefghij", 9)
	lines, err := fill(word, bodyLook(t), coreWidth)
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, set := range lines {
		said += text(set.chars)
		if width(set.chars) > coreWidth+slack {
			t.Errorf("%q is wider than the page", text(set.chars))
		}
	}
	if said != word {
		t.Errorf("%q became %q", word, said)
	}
}

// within fails where something stands outside the margins.
func within(t *testing.T, pages []page) {
	t.Helper()
	for i, p := range pages {
		for _, m := range p.marks {
			right := m.x2
			if m.weight == 0 {
				run := trimmed(m.chars)
				right = m.x + width(run) + m.extra*float64(max(0, len(run)-1))
			}
			if m.x < coreLeft-slack || right > coreRight+2*slack || m.y < 0 || m.y > coreBottom+8*mm+size4 || m.y2 > coreBottom+slack {
				t.Fatalf("page %d: %q stands outside the margins: x %.1f to %.1f, y %.1f", i+1, text(m.chars), m.x, right, m.y)
			}
		}
	}
}

func TestLongTextsStayWithinTheMarginsAndLoseNothing(t *testing.T) {
	registry := kinds(t)
	for _, code := range registry.Codes() {
		kind, _ := registry.Kind(code)
		sheet := Of(kind, (&filler{turn: 1, long: 25}).values(kind), whole())
		pages, err := fonts(t).set(sheet)
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		within(t, pages)
		var said, source []rune
		for _, p := range pages {
			for _, m := range p.marks {
				said = append(said, []rune(solid(text(m.chars)))...)
			}
		}
		for _, b := range sheet.Blocks {
			if b.Style != block.StylePageSign {
				source = append(source, []rune(solid(block.Text([]form.Block{b})))...)
			}
		}
		// A row higher than a page is cut across its cells, so only the characters
		// themselves can be compared; heads and numbers are said more than once.
		slices.Sort(said)
		slices.Sort(source)
		for _, r := range source {
			at := slices.Index(said, r)
			if at < 0 {
				t.Fatalf("%s: %q is missing", code, r)
			}
			said = said[at+1:]
		}
	}
}

func TestNoPageBeginsWithASignature(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	for long := range 40 {
		values := stored(t, "decision")
		values["discretion"] = strings.Repeat("当事人在决定作出前主动补报材料。", long)
		pages, err := fonts(t).set(Of(kind, values, whole()))
		if err != nil {
			t.Fatal(err)
		}
		last := pages[len(pages)-1]
		at := slices.IndexFunc(last.marks, func(m mark) bool { return text(m.chars) == "云山市民政局" })
		if at < 2 && len(pages) > 1 {
			t.Fatalf("with %d sentences the last page has %d lines before the issuer", long, at)
		}
	}
}

func TestAFormTableIsOneSheetAsLongAsItFits(t *testing.T) {
	receipt := whole()
	receipt.RedHead = false
	pages, err := fonts(t).set(Of(kindNamed(t, "送达回证"), stored(t, "receipt"), receipt))
	if err != nil || len(pages) != 1 {
		t.Errorf("a service receipt takes %d sheets, %v", len(pages), err)
	}
	kind := kindNamed(t, "立案审批表")
	if pages, err = fonts(t).set(Of(kind, (&filler{}).values(kind), receipt)); err != nil || len(pages) != 1 {
		t.Errorf("an approval table takes %d sheets, %v", len(pages), err)
	}
}

func TestAVoidAndADemonstrationPaperSaySoOnEachPage(t *testing.T) {
	meta := whole()
	meta.Void, meta.Demo = "文号重复", true
	pages := read(t, made(t, Of(kindNamed(t, "行政处罚决定书"), stored(t, "decision"), meta)))
	for i, page := range pages {
		if !strings.HasPrefix(page, "演示数据，不具有法律效力本文书已作废：文号重复") {
			t.Errorf("page %d says neither: %s", i+1, page[:60])
		}
	}
}

func TestABatchOf53PartiesIsPrintedInBoundedTime(t *testing.T) {
	kind, set := kindNamed(t, "行政处罚决定书"), fonts(t)
	begun := time.Now()
	for i := range 53 {
		values := stored(t, "decision")
		party := values["party"].(map[string]any)
		party["name"] = strings.Repeat("云", i%7+1) + "晨光养老服务中心"
		if err := PDF(discard{}, set, Of(kind, values, whole())); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("53 decisions took %s", took)
	} else {
		t.Logf("53 decisions of five pages: %s", took)
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
