package zh

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// SortKey returns a key by which texts sort as a Chinese reader expects when compared
// byte by byte: figures by value, then Latin letters without regard to case, then
// Chinese characters by pinyin and tone, and last the characters whose reading nobody
// recorded, by code point. Known words (重庆, 长春, 银行) are read as words.
func SortKey(text string) string {
	runes := []rune(Fold(text))
	var b strings.Builder
	for i := 0; i < len(runes); {
		if n := figureRun(runes[i:]); n > 0 {
			digits := strings.TrimLeft(string(runes[i:i+n]), "0")
			// The length in front makes 第2号 sort before 第10号.
			b.WriteString("0" + pad(len(digits), 3) + digits + "\x01")
			i += n
			continue
		}
		readings := wordReadings(runes[i:])
		for _, reading := range readings {
			b.WriteString(keyOf(reading, runes[i]))
			i++
		}
	}
	return b.String()
}

// NameKey is SortKey for a person's name, whose surname is read as a surname: 单 is
// shàn, 曾 is zēng.
func NameKey(name string) string {
	runes := []rune(Fold(name))
	if len(runes) == 0 {
		return ""
	}
	for _, s := range surnames {
		if rest, ok := strings.CutPrefix(string(runes), s.text); ok {
			var b strings.Builder
			for i, reading := range strings.Fields(s.readings) {
				b.WriteString(keyOf(reading, runes[i]))
			}
			return b.String() + SortKey(rest)
		}
	}
	return SortKey(string(runes))
}

// Less orders two texts by SortKey, and equal keys by the texts themselves.
func Less(a, b string) bool { return Compare(a, b) < 0 }

// Compare is Less in the form that slices.SortFunc wants. To sort many texts, compute
// each SortKey once instead.
func Compare(a, b string) int {
	if c := cmp.Compare(SortKey(a), SortKey(b)); c != 0 {
		return c
	}
	return cmp.Compare(a, b)
}

// Initials returns the first letters of the readings, lower case, with figures and
// Latin letters kept: 四平市民政局 gives spsmzj. Characters without a reading are kept
// as they are, and marks are left out.
func Initials(text string) string {
	runes := []rune(Fold(text))
	var b strings.Builder
	for i := 0; i < len(runes); {
		for _, reading := range wordReadings(runes[i:]) {
			switch r := runes[i]; {
			case reading != "":
				b.WriteByte(reading[0])
			case unicode.IsLetter(r) || unicode.IsNumber(r):
				b.WriteRune(unicode.ToLower(r))
			}
			i++
		}
	}
	return b.String()
}

// Spelling returns the readings without tones run together, lower case: 四平 gives
// siping, 吕 gives lv.
func Spelling(text string) string {
	runes := []rune(Fold(text))
	var b strings.Builder
	for i := 0; i < len(runes); {
		for _, reading := range wordReadings(runes[i:]) {
			switch r := runes[i]; {
			case reading != "":
				b.WriteString(strings.TrimRight(reading, "12345"))
			case unicode.IsLetter(r) || unicode.IsNumber(r):
				b.WriteRune(unicode.ToLower(r))
			}
			i++
		}
	}
	return b.String()
}

// MatchPinyin reports whether what a person typed into a choice list fits text: the
// characters themselves, the initials (spsmzj), the spelling (siping), or a mixture
// (sp民政), starting at any character. Every recorded reading of a character counts.
// An empty typed matches everything.
func MatchPinyin(text, typed string) bool {
	want := strings.ToLower(compact(typed))
	if want == "" {
		return true
	}
	have := []rune(strings.ToLower(compact(text)))
	// The search below can branch; a choice list never needs more than this.
	if len(have) > 200 || len(want) > 200 {
		return strings.Contains(string(have), want)
	}
	failed := map[[2]int]bool{}
	for i := range have {
		if matchFrom(have, i, want, 0, failed) {
			return true
		}
	}
	return false
}

// matchFrom tries to spend want[at:] on the characters from have[i]; failed remembers
// the places from which it cannot be done, so the work stays proportional to both.
func matchFrom(have []rune, i int, want string, at int, failed map[[2]int]bool) bool {
	if at == len(want) {
		return true
	}
	if i == len(have) || failed[[2]int{i, at}] {
		return false
	}
	rest := want[at:]
	if strings.HasPrefix(rest, string(have[i])) && matchFrom(have, i+1, want, at+len(string(have[i])), failed) {
		return true
	}
	for _, reading := range readingsOf(have[i]) {
		plain := strings.TrimRight(reading, "12345")
		if strings.HasPrefix(plain, rest) {
			return true
		}
		if strings.HasPrefix(rest, plain) && matchFrom(have, i+1, want, at+len(plain), failed) {
			return true
		}
		if rest[0] == plain[0] && matchFrom(have, i+1, want, at+1, failed) {
			return true
		}
	}
	failed[[2]int{i, at}] = true
	return false
}

// keyOf writes one character's part of a SortKey. The \x01 behind it is lower than
// every letter, so that li stands before lin; the character itself parts homophones.
func keyOf(reading string, r rune) string {
	switch {
	case reading != "":
		return "b" + reading + string(r) + "\x01"
	case unicode.Is(unicode.Han, r):
		return "c" + string(r) + "\x01"
	case unicode.IsLetter(r):
		return "a" + string(unicode.ToLower(r)) + "\x01"
	}
	return "\x20" + string(r) + "\x01"
}

// figureRun returns how many decimal digits the runes begin with.
func figureRun(runes []rune) int {
	n := 0
	for n < len(runes) && runes[n] >= '0' && runes[n] <= '9' {
		n++
	}
	return n
}

// wordReadings returns the readings of the longest known word at the beginning of
// runes, or of the first character alone; "" stands for a character without reading.
func wordReadings(runes []rune) []string {
	for n := min(4, len(runes)); n > 1; n-- {
		if reading, ok := words[string(runes[:n])]; ok {
			return strings.Fields(reading)
		}
	}
	if all := readingsOf(runes[0]); len(all) > 0 {
		return all[:1]
	}
	return []string{""}
}

// readingsOf returns every recorded reading of a character as letters and tone (zhong4,
// lv3), the commonest first; none for a character that is not Chinese or not recorded.
func readingsOf(r rune) []string {
	marked, ok := pinyin.PinyinDict[int(r)]
	if !ok || marked == "" {
		return nil
	}
	all := strings.Split(marked, ",")
	kept := all[:0]
	for _, m := range all {
		if plain := toneToFigure(m); plain != "" {
			kept = append(kept, plain)
		}
	}
	return kept
}

// toneToFigure turns zhòng into zhong4 and lǚ into lv3; the neutral tone is 5.
func toneToFigure(marked string) string {
	letters, tone := make([]rune, 0, 8), '5'
	for _, r := range norm.NFD.String(marked) {
		switch {
		case r == 0x0304:
			tone = '1'
		case r == 0x0301:
			tone = '2'
		case r == 0x030C:
			tone = '3'
		case r == 0x0300:
			tone = '4'
		case r == 0x0308 && len(letters) > 0:
			letters[len(letters)-1] = 'v'
		case r >= 'a' && r <= 'z':
			letters = append(letters, r)
		}
	}
	if len(letters) == 0 {
		return ""
	}
	return string(append(letters, tone))
}
