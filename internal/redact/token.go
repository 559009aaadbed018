package redact

import (
	"strings"

	"mingjing/internal/redact/view"
	"mingjing/internal/zh"
)

// plateProvinces are the first characters of civil plates (GA 36).
const plateProvinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

// plateEnds stand in the last place of plates for special use.
const plateEnds = "学警港澳挂试超使领"

// tokens finds the shapes that mix letters and figures: plates, passports, e-mail addresses, cued certificates.
func (f *finder) tokens() {
	provinces, ends := f.cues.plates, f.cues.plateEnds
	for i := 0; i < len(f.v.Runes); i++ {
		r := f.v.Runes[i]
		if f.shield[i] {
			continue
		}
		switch {
		case provinces.Has(r) && view.IsAlpha(f.v.At(i+1)):
			if j := f.plate(i, ends); j > 0 && !f.v.Before(i, 8, f.cues.public) {
				f.add(i, j, Plate, FromStructure, true)
			}
		case r == '@':
			if a, b := f.email(i); b > 0 {
				f.add(a, b, Email, FromStructure, true)
			}
		case view.IsAlpha(r) && !view.IsAlnum(f.v.At(i-1)):
			f.passport(i)
		}
	}
	f.cuedTokens()
}

// plate returns the end of the number plate that begins at i, or 0. I and O are never used; a new-energy plate has six
// places, with its letter first (small) or last (large); a plate for special use ends in a 汉字.
func (f *finder) plate(i int, ends *view.RuneSet) int {
	v := f.v
	if a := v.Runes[i+1]; a == 'I' || a == 'O' {
		return 0
	}
	start := i + 2
	if r := v.At(start); r == '·' || r == '-' || r == '.' {
		start++
	}
	found := 0
	digits, letters := 0, 0
	for j := start; j < len(v.Runes) && j < start+6 && view.IsAlnum(v.Runes[j]) && v.Runes[j] != 'I' && v.Runes[j] != 'O'; j++ {
		if view.IsDigit(v.Runes[j]) {
			digits++
		} else {
			letters++
		}
		end, open := j+1, view.IsAlnum(v.At(j+1)) && v.Gapless(j+1)
		switch n := end - start; {
		case open:
		case n == 4 && digits >= 2 && ends.Has(v.At(end)):
			found = end + 1
		case n == 5 && digits >= 3:
			found = end
		case n == 6 && letters <= 2 && digits >= 4 && (view.IsAlpha(v.Runes[start]) || view.IsAlpha(v.Runes[j])):
			found = end
		}
	}
	return found
}

// email returns the bounds of the address around the @ at i, or zeros.
func (f *finder) email(i int) (int, int) {
	v := f.v
	a, b, dot := i, i+1, 0
	for a > 0 && mailRune(v.Runes[a-1]) && v.Gapless(a) {
		a--
	}
	for b < len(v.Runes) && mailRune(v.Runes[b]) && v.Gapless(b) {
		if v.Runes[b] == '.' && b > i+1 {
			dot = b
		}
		b++
	}
	for b > i+1 && !view.IsAlnum(v.Runes[b-1]) {
		b--
	}
	if a == i || dot == 0 || b-dot < 3 {
		return 0, 0
	}
	return a, b
}

func mailRune(r rune) bool {
	return view.IsAlnum(r) || r == '.' || r == '_' || r == '-' || r == '+' || r == '%'
}

// passport finds 普通护照 (E, G, D, S, P and a second letter since the E series ran out) and 往来港澳、台湾通行证. The shape is
// weak, so only a cue makes it sure.
func (f *finder) passport(i int) {
	v := f.v
	j, digits := i+1, 0
	if v.Runes[i] == 'E' && view.IsAlpha(v.At(j)) && v.At(j) != 'I' && v.At(j) != 'O' {
		j++
	}
	for ; j < i+9 && view.IsDigit(v.At(j)) && v.Gapless(j); j++ {
		digits++
	}
	if j != i+9 || digits < 7 || view.IsAlnum(v.At(j)) && v.Gapless(j) || !strings.ContainsRune("EGDSPHMCKT", v.Runes[i]) {
		return
	}
	if v.Before(i, 10, f.cues.public) || v.Before(i, 6, f.cues.serial) && !v.Before(i, 10, f.cues.passport) {
		return
	}
	f.add(i, j, Passport, FromStructure, v.Before(i, 10, f.cues.passport))
}

// cuedTokens finds what has no shape but is named by the text: other certificates and network accounts.
func (f *finder) cuedTokens() {
	for i := 0; i < len(f.v.Runes); i++ {
		kind, n := NetAccount, f.v.Longest(i, f.cues.nets)
		if n == 0 {
			kind, n = Certificate, f.v.Longest(i, f.cues.certificate)
		}
		if n == 0 {
			continue
		}
		if a, b := f.token(i + n); b > 0 && !f.shielded(a, b) {
			f.add(a, b, kind, FromStructure, true)
		}
	}
}

// token returns the bounds of the word of letters and figures that a cue ending at i names, or zeros.
func (f *finder) token(i int) (int, int) {
	v := f.v
	for n := 0; n < 4 && (v.At(i) == ':' || v.At(i) == '为' || v.At(i) == '是' || v.At(i) == '号' || v.At(i) == '码' || v.At(i) == '(' ||
		v.At(i) == '第'); n++ {
		i++
	}
	j, digits := i, 0
	for j < len(v.Runes) && (view.IsAlnum(v.Runes[j]) || v.Runes[j] == '_' || v.Runes[j] == '-') && (j == i || v.Gap[j] == view.GapNone) && j-i < 30 {
		if view.IsDigit(v.Runes[j]) {
			digits++
		}
		j++
	}
	if j-i < 5 || digits < 3 {
		return 0, 0
	}
	return i, j
}

// maskedIDs finds identity numbers of which only a part is starred out: six figures of place and eight of birth still
// identify a person in a small town. They are unsure because the agency may have masked them on purpose.
func (f *finder) maskedIDs() {
	v := f.v
	for i := 0; i+18 <= len(v.Runes); i++ {
		if !view.IsDigit(v.Runes[i]) || view.IsAlnum(v.At(i-1)) || v.At(i-1) == '*' {
			continue
		}
		j, stars, seen := i, 0, 0
		for ; j < len(v.Runes) && j < i+19 && v.RunsOn(i, j); j++ {
			if r := v.Runes[j]; r == '*' || r == 'X' || r == '×' {
				stars++
			} else if view.IsDigit(r) {
				seen++
			} else {
				break
			}
		}
		if j-i == 18 && stars >= 2 && seen >= 8 {
			f.add(i, j, IDNumber, FromStructure, false)
			i = j
		}
	}
}

// shieldCreditCodes protects 统一社会信用代码, which must stay public and contain runs that look like other numbers.
func (f *finder) shieldCreditCodes() {
	v := f.v
	buf := make([]rune, 0, 18)
	for i := 0; i+18 <= len(v.Runes); i++ {
		if !view.IsAlnum(v.Runes[i]) || view.IsAlnum(v.At(i-1)) && v.Gapless(i) {
			continue
		}
		j, letters := i, 0
		for buf = buf[:0]; j < len(v.Runes) && view.IsAlnum(v.Runes[j]) && v.RunsOn(i, j) && j < i+19; j++ {
			if view.IsAlpha(v.Runes[j]) {
				letters++
			}
			buf = append(buf, v.Runes[j])
		}
		if j-i != 18 || letters == 0 && !v.Before(i, 12, f.cues.public) || letters == 1 && buf[17] == 'X' {
			continue
		}
		if _, err := zh.ParseCreditCode(string(buf)); err == nil || v.Before(i, 12, f.cues.public) {
			f.protect(i, j)
		}
	}
}
