package redact

import (
	"strings"

	"mingjing/internal/redact/view"
	"mingjing/internal/zh"
)

// finder carries one text through the passes.
type finder struct {
	src    string
	v      *view.Text
	policy Policy
	cues   *cues
	shield []bool // shield marks runes that are public: case numbers, statutes, public names.
	found  []Span
}

func (f *finder) add(i, j int, k Kind, s Source, sure bool) {
	f.found = append(f.found, f.span(i, j, k, s, sure))
}

// span makes a Span of the runes [i, j) of the view.
func (f *finder) span(i, j int, k Kind, s Source, sure bool) Span {
	start, end := f.v.Bytes(i, j)
	return Span{Start: start, End: end, Kind: k, Text: f.src[start:end], Source: s, Sure: sure}
}

// shielded reports whether the whole of [i, j) is public text.
func (f *finder) shielded(i, j int) bool {
	for ; i < j; i++ {
		if !f.shield[i] {
			return false
		}
	}
	return true
}

func (f *finder) protect(i, j int) {
	for i = max(i, 0); i < j && i < len(f.shield); i++ {
		f.shield[i] = true
	}
}

// structured finds what has a shape of its own: numbers with check digits or number plans, plates, addresses of e-mail.
func (f *finder) structured() {
	gs := f.v.Groups()
	for k := 0; k < len(gs); {
		next := f.numberAt(gs, k)
		k = max(next, k+1)
	}
	f.maskedIDs()
	f.tokens()
}

// numberAt tries every kind of number at group k and returns the index of the first group that the finding did not use.
func (f *finder) numberAt(gs []view.Group, k int) int {
	if f.shielded(gs[k].At, gs[k].End) {
		return k + 1
	}
	type hit struct {
		view.Number
		kind  Kind
		sure  bool
		after int
	}
	var best hit
	at := k
	f.v.Numbers(gs, k, 30, func(n view.Number) bool {
		at++
		for _, m := range f.readings(n) {
			if kind, sure, ok := f.judge(m); ok && (best.kind == "" || sure && !best.sure || sure == best.sure && betterKind(kind, best.kind)) {
				best = hit{Number: m, kind: kind, sure: sure, after: at}
			}
		}
		return true
	})
	if best.kind == "" {
		return k + 1
	}
	if best.kind == Phone {
		best.At, best.End = f.wholePhone(best.At, best.End)
	}
	f.add(best.At, best.End, best.kind, FromStructure, best.sure)
	return best.after
}

// wholePhone takes in what belongs to a telephone number without being a figure of it: the plus sign, the bracket around
// an area code, the extension.
func (f *finder) wholePhone(i, j int) (int, int) {
	for f.v.At(i-1) == '+' || f.v.At(i-1) == '(' && i < j {
		i--
	}
	if f.v.At(j) == '转' || f.v.At(j) == '-' {
		end := j + 1
		for end < len(f.v.Runes) && end <= j+5 && view.IsDigit(f.v.Runes[end]) {
			end++
		}
		if end > j+1 && end <= j+5 {
			j = end
		}
	}
	return i, j
}

// betterKind prefers the identity number where two readings of the same figures are possible: its check is the strongest.
func betterKind(a, b Kind) bool {
	rank := map[Kind]int{IDNumber: 3, BankAccount: 2, Phone: 1}
	return rank[a] > rank[b]
}

// readings returns the number itself and, where letters stand at its ends, the number without them and with a final X.
func (f *finder) readings(n view.Number) []view.Number {
	out := []view.Number{n}
	if len(n.Digits) == 17 && f.v.At(n.End) == 'X' {
		x := n
		x.Digits += "X"
		x.End++
		out = append(out, x)
	}
	if n.Soft > 0 && !n.Han {
		t := n
		for t.Digits != "" && !view.IsDigit(f.v.At(t.At)) {
			t.At, t.Digits = t.At+1, t.Digits[1:]
		}
		for t.Digits != "" && !view.IsDigit(f.v.At(t.End-1)) {
			t.End, t.Digits = t.End-1, t.Digits[:len(t.Digits)-1]
		}
		if t.Digits != n.Digits && t.Digits != "" {
			out = append(out, t)
		}
	}
	return out
}

// judge says what kind of personal number the reading is, if any.
func (f *finder) judge(n view.Number) (Kind, bool, bool) {
	if kind, sure, ok := f.judgeID(n); ok {
		return kind, sure, true
	}
	if len(n.Digits) < 7 {
		return "", false, false
	}
	if f.v.Before(n.At, 10, f.cues.public) && !f.v.Before(n.At, 6, f.cues.phone) {
		return "", false, false
	}
	if kind, sure, ok := f.judgePhone(n); ok {
		return kind, sure, true
	}
	return f.judgeBank(n)
}

// farDay stands for "no upper bound": whether a birth date is in the future is not this package's question.
func farDay() zh.Date {
	d, err := zh.NewDate(2199, 12, 31)
	if err != nil {
		return zh.Date{}
	}
	return d
}

func validID(digits string) bool {
	_, err := zh.ParseCitizenID(zh.NormaliseCitizenID(digits), farDay())
	return err == nil
}

// judgeID accepts an 18-figure number whose check, province and birth date fit wherever it stands; what fails the check
// only where the text itself calls it an identity number, because then a typing error may hide a real one.
func (f *finder) judgeID(n view.Number) (Kind, bool, bool) {
	if l := len(n.Digits); l != 15 && l != 17 && l != 18 {
		return "", false, false
	}
	cued := f.v.Before(n.At, 14, f.cues.id)
	public := f.v.Before(n.At, 14, f.cues.public)
	switch len(n.Digits) {
	case 18:
		if validID(n.Digits) && (cued || !public) {
			return IDNumber, true, true
		}
		return IDNumber, false, cued && !public && !n.Lines
	case 17:
		return IDNumber, false, cued && !public && len(n.Parts) == 1 && f.v.At(n.End) != 'X'
	case 15:
		if validID(n.Digits) && !public && !strings.HasSuffix(n.Digits[:12], "000000") {
			serial := f.v.Before(n.At, 14, f.cues.serial)
			return IDNumber, cued, cued || !serial && len(n.Parts) == 1 && n.Soft == 0 && !f.counted(n.At, n.End)
		}
	}
	return "", false, false
}

// judgePhone knows mobile numbers with and without country code and landlines with area code. Seven or eight figures
// alone are a telephone only where the text says so.
func (f *finder) judgePhone(n view.Number) (Kind, bool, bool) {
	cued := f.v.Before(n.At, 12, f.cues.phone)
	if !cued && (f.counted(n.At, n.End) || f.v.Before(n.At, 8, f.cues.serial)) {
		return "", false, false
	}
	if f.counted(n.At, n.End) && f.v.At(n.End) == '元' {
		return "", false, false
	}
	d, parts := n.Digits, n.Parts
	for _, cc := range []string{"0086", "86"} {
		if rest, ok := strings.CutPrefix(d, cc); ok && len(rest) == 11 && rest[0] == '1' {
			if len(parts) > 1 && parts[0] == len(cc) {
				parts = parts[1:]
			}
			d = rest
		}
	}
	switch {
	case len(d) == 11 && d[0] == '1' && d[1] >= '3':
		usual := usualMobile(parts) || n.Lines && len(parts) == 2
		return Phone, usual, usual || cued
	case landline(d, parts):
		return Phone, cued || len(n.Parts) > 1, true
	case (len(d) == 7 || len(d) == 8) && cued && len(parts) <= 2 && d[0] >= '2':
		return Phone, true, !f.looksLikeDay(d)
	}
	return "", false, false
}

func (f *finder) looksLikeDay(d string) bool {
	return len(d) == 8 && (d[:2] == "19" || d[:2] == "20") && d[4:6] <= "12" && d[6:] <= "31"
}

// usualMobile accepts the groupings in which people write eleven figures; any other grouping is rather a row of figures
// in a table.
func usualMobile(parts []int) bool {
	switch {
	case len(parts) == 1 || len(parts) == 11:
		return true
	case len(parts) == 2:
		return parts[0] == 3 || parts[0] == 7
	case len(parts) == 3:
		return parts[0] == 3 && parts[1] == 4 || parts[0] == 4 && parts[1] == 3 || parts[0] == 3 && parts[1] == 3
	}
	return false
}

// landline accepts area code plus seven or eight figures. Written in one piece the number must not be longer than twelve
// figures and its local part must not begin with 0 or 1.
func landline(d string, parts []int) bool {
	if len(d) < 10 || len(d) > 12 || d[0] != '0' {
		return false
	}
	area := 4
	if d[1] == '1' || d[1] == '2' {
		area = 3
	}
	local := len(d) - area
	if d[1] == '0' || local < 7 || local > 8 {
		return false
	}
	if len(parts) == 1 {
		return d[area] >= '2'
	}
	return parts[0] == area
}

// judgeBank knows cards by Luhn and issuer prefix, and any long figure that the text calls an account. Accounts of
// organisations are hidden as well: they are not needed to supervise the decision.
func (f *finder) judgeBank(n view.Number) (Kind, bool, bool) {
	l := len(n.Digits)
	if n.Han || l < 9 {
		return "", false, false
	}
	cued := f.v.Before(n.At, 16, f.cues.bank)
	if cued && !f.counted(n.At, n.End) && !(n.Lines && !view.Luhn(n.Digits)) {
		return BankAccount, l >= 16 && l <= 19 && view.Luhn(n.Digits) || len(n.Parts) == 1, true
	}
	if l < 16 || l > 19 || !view.Luhn(n.Digits) || f.counted(n.At, n.End) {
		return "", false, false
	}
	china := strings.HasPrefix(n.Digits, "62") || strings.HasPrefix(n.Digits, "60") || strings.HasPrefix(n.Digits, "9558")
	if !china && (l != 16 || n.Digits[0] != '4' && n.Digits[0] != '5') {
		return "", false, false
	}
	if f.v.Before(n.At, 8, f.cues.serial) && !f.v.Before(n.At, 8, f.cues.bank) {
		return BankAccount, false, china
	}
	return BankAccount, china, true
}
