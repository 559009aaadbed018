package view

import "strings"

// Group is an unbroken run of digit-like runes of the view: ASCII digits, 汉字 digits, and the letters that scanners
// confuse with digits. Digits holds the reading of every rune.
type Group struct {
	At, End int // rune positions [At, End)
	Digits  []byte
	Soft    int // how many readings are not plain ASCII digits
	Han     bool
}

// maxJoin bounds how many groups are read together as one number; nineteen digits written one by one are the worst case.
const maxJoin = 19

// HanDigit reads the 汉字 digits that stand for one figure. 十, 百 and 千 are left out: they make quantities and article
// numbers (第一百三十八条), never identifiers.
func HanDigit(r rune) int {
	switch r {
	case '〇', '零', '○', '洞':
		return 0
	case '一', '壹', '幺':
		return 1
	case '二', '贰':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

// Confused reads the letters that OCR puts in the place of figures. The view has upper-cased its text, so l and I are
// both I or L here.
func Confused(r rune) int {
	switch r {
	case 'O':
		return 0
	case 'I', 'L', '|':
		return 1
	}
	return -1
}

// Groups cuts the view into its digit groups in one pass.
func (v *Text) Groups() []Group {
	var out []Group
	for i := 0; i < len(v.Runes); {
		r := v.Runes[i]
		var g Group
		switch {
		case IsDigit(r) || Confused(r) >= 0 && (IsDigit(v.At(i+1)) && v.Gapless(i+1)):
			g = v.latinGroup(i)
		case HanDigit(r) >= 0:
			g = v.hanGroup(i)
		}
		if len(g.Digits) == 0 { // a bar that stands for no figure begins a group of nothing
			i++
			continue
		}
		out, i = append(out, g), g.End
	}
	return out
}

func (v *Text) Gapless(i int) bool { return i < len(v.Runes) && v.Gap[i] == GapNone }

func (v *Text) latinGroup(i int) Group {
	g := Group{At: i}
	for j := i; j < len(v.Runes) && (j == i || v.Gapless(j)); j++ {
		r := v.Runes[j]
		d := -1
		switch c := Confused(r); {
		case IsDigit(r):
			d = int(r - '0')
		case c >= 0 && r != '|':
			d = c
			g.Soft++
		case r == '|' && IsDigit(v.At(j-1)) && IsDigit(v.At(j+1)) && v.Gapless(j+1):
			d = 1
			g.Soft++
		}
		if d < 0 {
			break
		}
		g.Digits = append(g.Digits, byte('0'+d))
		g.End = j + 1
	}
	return g
}

func (v *Text) hanGroup(i int) Group {
	g := Group{At: i, Han: true}
	for j := i; j < len(v.Runes) && (j == i || v.Gap[j] != GapLine); j++ {
		d := HanDigit(v.Runes[j])
		if d < 0 && IsDigit(v.Runes[j]) && j > i {
			d = int(v.Runes[j] - '0')
		}
		if d < 0 {
			break
		}
		g.Digits = append(g.Digits, byte('0'+d))
		g.End = j + 1
		g.Soft++
	}
	return g
}

// joins reports whether groups a and b are parts of one number: only blanks, or a single mark that people put between
// parts of a number, stand between them.
func (v *Text) joins(a, b Group) bool {
	if a.Han != b.Han {
		return false
	}
	switch b.At - a.End {
	case 0:
		return v.Gap[b.At] != GapNone
	case 1:
		switch v.Runes[a.End] {
		case '-', '·', '|', '_', '.', '/', '\\':
			return true
		case ')':
			return v.At(a.At-1) == '(' // (0434)3224567
		}
	}
	return false
}

// Number is one candidate reading: consecutive groups read together.
type Number struct {
	At, End int // rune positions [At, End)
	Digits  string
	Parts   []int // digits per group
	Soft    int   // how many readings are not plain ASCII digits
	Lines   bool  // a line break or table mark stands inside
	Han     bool
}

// Numbers calls use for every reading that starts at Group k, shortest first, until use returns false or the groups no
// longer join or the reading grows beyond limit digits.
func (v *Text) Numbers(gs []Group, k, limit int, use func(Number) bool) {
	n := Number{At: gs[k].At}
	buf := make([]byte, 0, 64)
	for j := k; j < len(gs) && j < k+maxJoin; j++ {
		g := gs[j]
		if j > k {
			if !v.joins(gs[j-1], g) {
				return
			}
			mark := v.At(gs[j-1].End)
			n.Lines = n.Lines || v.Gap[g.At] == GapLine || (g.At > gs[j-1].End && (mark == '|' || mark == '/' || mark == '\\'))
		}
		buf = append(buf, g.Digits...)
		if len(buf) > limit {
			return
		}
		n.Parts = append(n.Parts, len(g.Digits))
		n.End, n.Soft, n.Han = g.End, n.Soft+g.Soft, n.Han || g.Han
		n.Digits = string(buf)
		if !use(n) {
			return
		}
	}
}

// Luhn reports whether the digits end in a valid Luhn check figure (银行卡号, GB/T 14504).
func Luhn(digits string) bool {
	sum := 0
	for i := 0; i < len(digits); i++ {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum > 0 && sum%10 == 0
}

// Reading is the view reduced to figures, 汉字 digits and confusable letters read as figures, marks between them left out.
// at gives the place in the view; breaks says that something else than a separator stood before.
type Reading struct {
	text   []byte
	at     []int
	breaks []bool
}

// Reading reduces the view to its figures.
func (v *Text) Reading() Reading {
	var out Reading
	other := true
	for i, r := range v.Runes {
		d := -1
		switch {
		case IsDigit(r):
			d = int(r - '0')
		case HanDigit(r) >= 0:
			d = HanDigit(r)
		case Confused(r) >= 0:
			d = Confused(r)
		case r == 'X':
			d = 'X' - '0'
		}
		if d < 0 {
			other = other || !strings.ContainsRune("-·|_./\\()+", r)
			continue
		}
		out.text = append(out.text, byte('0'+d))
		out.at = append(out.at, i)
		out.breaks = append(out.breaks, other)
		other = false
	}
	return out
}

// Find returns the bounds, in the view, of every place where the figures stand without foreign runes in between.
func (r Reading) Find(digits string) [][2]int {
	var out [][2]int
	text := string(r.text)
	for from := 0; ; {
		i := strings.Index(text[from:], digits)
		if i < 0 {
			return out
		}
		i += from
		whole := true
		for j := i + 1; j < i+len(digits); j++ {
			whole = whole && !r.breaks[j]
		}
		if whole {
			out = append(out, [2]int{r.at[i], r.at[i+len(digits)-1] + 1})
			from = i + len(digits)
		} else {
			from = i + 1
		}
	}
}
