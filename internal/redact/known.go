package redact

import (
	"strings"
	"unicode/utf8"

	"mingjing/internal/redact/person"
	"mingjing/internal/redact/view"
)

// titles follow or precede a surname where a text speaks of a known person without the given name.
func titlesAfter() []string {
	return []string{"先生", "女士", "小姐", "同志", "老师", "老板", "经理", "师傅", "医生", "大夫", "主任", "某某"}
}

// pattern is one spelling of a known entity, as runes of the view.
type pattern struct {
	text   []rune
	known  int  // index in the list of known entities
	digits bool // matched in the reading of figures, across separators
	loose  bool // a form that may mean somebody else
}

// patterns spells out every private known entity.
func (f *finder) patterns(known []Known) []pattern {
	var out []pattern
	for at, k := range known {
		if f.policy.public(k) || k.Kind == Organisation {
			continue
		}
		for _, text := range append([]string{k.Text}, k.Variants...) {
			r := view.New(text).Runes
			if len(r) < 2 || k.Kind == Name && masked(r) {
				continue // One character identifies nobody; 张某 is already the public form.
			}
			out = append(out, spell(k.Kind, r, at)...)
		}
	}
	return out
}

func masked(r []rune) bool {
	return strings.ContainsRune(string(r), '某') || strings.ContainsRune(string(r), '*')
}

func spell(kind Kind, r []rune, at int) []pattern {
	if digits := figures(r); len(digits) >= 6 && numeric(r) {
		return []pattern{{text: []rune(digits), known: at, digits: true}}
	}
	out := []pattern{{text: r, known: at}}
	switch {
	case kind == Name && len(r) >= 2 && len(r) <= 4 && view.IsHan(r[0]):
		out = append(out, nameForms(r, at)...)
	case kind == Address:
		out = append(out, addressTails(r, at)...)
	}
	return out
}

// nameForms are the ways in which a text refers to 张三丰 by surname: 张先生, 张某丰 (which still gives the last character).
func nameForms(r []rune, at int) []pattern {
	n := person.SurnameLen(r)
	if n == 0 || n >= len(r) {
		return nil
	}
	family := string(r[:n])
	var out []pattern
	for _, t := range titlesAfter() {
		if t != "某某" {
			out = append(out, pattern{text: []rune(family + t), known: at, loose: true})
		}
	}
	for _, p := range []string{"老", "小"} {
		out = append(out, pattern{text: []rune(p + family), known: at, loose: true})
	}
	last := string(r[len(r)-1:])
	if len(r)-n == 2 {
		out = append(out, pattern{text: []rune(family + "某" + last), known: at, loose: true},
			pattern{text: []rune(family + "*" + last), known: at, loose: true})
	}
	return out
}

// addressTails are the same address without the province, without the city, and so on, down to what still names a home.
func addressTails(r []rune, at int) []pattern {
	var out []pattern
	rest := r
	for {
		cut := -1
		for i, c := range rest {
			if i > 0 && i < 8 && (c == '省' || c == '市' || c == '区' || c == '县' || c == '旗' || c == '州' || c == '镇' || c == '乡') {
				cut = i + 1
				break
			}
		}
		if cut < 0 || len(rest)-cut < 5 || !hasFigure(rest[cut:]) {
			return out
		}
		rest = rest[cut:]
		out = append(out, pattern{text: rest, known: at})
	}
}

func hasFigure(r []rune) bool {
	for _, c := range r {
		if view.IsDigit(c) || view.HanDigit(c) >= 0 {
			return true
		}
	}
	return false
}

// numeric reports whether the known text is a number with separators at most, so that it is matched by its figures.
func numeric(r []rune) bool {
	for _, c := range r {
		if !view.IsDigit(c) && c != '-' && c != '+' && c != '(' && c != ')' && c != 'X' {
			return false
		}
	}
	return true
}

func figures(r []rune) string {
	var b strings.Builder
	for i, c := range r {
		if view.IsDigit(c) || c == 'X' && i == len(r)-1 {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// knownPass marks every spelling of every private known entity; this is where most leaks would be.
func (f *finder) knownPass(known []Known) {
	ps := f.patterns(known)
	if len(ps) == 0 {
		return
	}
	surnames := map[string]int{}
	for _, k := range known {
		if r := view.New(k.Text).Runes; k.Kind == Name && len(r) > 0 {
			surnames[string(r[:max(1, person.SurnameLen(r))])]++
		}
	}
	var figures *view.Reading
	text := string(f.v.Runes)
	starts := f.v.ByteStarts()
	for _, p := range ps {
		k := known[p.known]
		if p.digits {
			if figures == nil {
				r := f.v.Reading()
				figures = &r
			}
			for _, m := range figures.Find(string(p.text)) {
				f.addKnown(m[0], m[1], k, !view.IsDigit(f.v.At(m[0]-1)) && !view.IsDigit(f.v.At(m[1])))
			}
			continue
		}
		pat := string(p.text)
		for from := 0; ; {
			i := strings.Index(text[from:], pat)
			if i < 0 {
				break
			}
			at := starts[from+i]
			f.addKnown(at, at+len(p.text), k, !f.doubtful(at, p, k, surnames))
			_, size := utf8.DecodeRuneInString(text[from+i:])
			from += i + size
		}
	}
}

// doubtful says that a match may be something else: a surname form shared by two people, or a name that lies inside an
// ordinary word or another name.
func (f *finder) doubtful(at int, p pattern, k Known, surnames map[string]int) bool {
	if p.loose {
		family := string(p.text[:max(1, person.SurnameLen(p.text))])
		return surnames[family] != 1 || p.text[0] == '老' || p.text[0] == '小'
	}
	if k.Kind == Name && len(p.text) == 2 && f.v.Gapless(at) {
		return person.WordEndingIn(f.v.At(at-1), p.text[0])
	}
	return false
}

func (f *finder) addKnown(i, j int, k Known, sure bool) {
	kind := k.Kind
	if k.Role == MinorPerson {
		kind = Minor
	}
	if f.shielded(i, j) {
		sure = false // The name stands inside a public name or number: a person must say which of the two prevails.
	}
	s := f.span(i, j, kind, FromKnown, sure)
	s.Label = k.Label
	f.found = append(f.found, s)
}
