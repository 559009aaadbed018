package redact

import (
	"strconv"

	"mingjing/internal/redact/person"
	"mingjing/internal/redact/view"
)

// stems number the people of one surname: 张某甲, 张某乙.
const stems = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"

// stem returns the mark of the n-th person of a surname, counted from zero.
func stem(n int) string {
	if r := []rune(stems); n < len(r) {
		return string(r[n])
	}
	return strconv.Itoa(n + 1)
}

// Labelled returns the known entities with their labels filled in. A person who is alone with the surname becomes 张某,
// several become 张某甲, 张某乙 in the order of the list. A Label that is already set stays: a case that stores the result
// keeps its labels for all its documents, whoever joins the case later.
func (p Policy) Labelled(known []Known) []Known {
	out := make([]Known, len(known))
	copy(out, known)
	people := map[string]int{}
	taken := map[string]bool{}
	for _, k := range out {
		taken[k.Label] = true
		if f := familyOf(k); f != "" && k.Role != MinorPerson && !p.public(k) {
			people[f]++
		}
	}
	next := map[string]int{}
	same := map[string]string{}
	for i := range out {
		k := &out[i]
		if p.public(*k) {
			continue
		}
		f := familyOf(*k)
		if k.Label != "" || f == "" || k.Role == MinorPerson {
			if k.Label == "" {
				k.Label = plainLabel(kindOf(*k), k.Text)
			}
			if f != "" {
				same[k.Text] = k.Label
			}
			continue
		}
		if l, ok := same[k.Text]; ok {
			k.Label = l
			continue
		}
		k.Label = f + "某"
		for people[f] > 1 {
			k.Label = f + "某" + stem(next[f])
			next[f]++
			if !taken[k.Label] {
				break
			}
		}
		taken[k.Label], same[k.Text] = true, k.Label
	}
	return out
}

func kindOf(k Known) Kind {
	if k.Role == MinorPerson {
		return Minor
	}
	return k.Kind
}

// familyOf returns the surname of a known person, or "" where the entity is no person with a Chinese name.
func familyOf(k Known) string {
	if k.Kind != Name {
		return ""
	}
	return familyName(k.Text)
}

func familyName(text string) string {
	r := view.New(text).Runes
	if len(r) < 2 || !view.IsHan(r[0]) {
		return ""
	}
	for _, c := range r {
		if c == '·' {
			return ""
		}
	}
	return string(r[:max(1, person.SurnameLen(r))])
}

// label fills the labels of the spans that have none. People whom only this text names are numbered after the known
// ones, in the order of their appearance.
func (p Policy) label(spans []Span, known []Known) []Span {
	used := map[string]int{} // people of a surname who have a label
	byText := map[string]string{}
	taken := map[string]bool{}
	for _, k := range known {
		if f := familyOf(k); f != "" && k.Label != "" && byText[string(view.New(k.Text).Runes)] == "" {
			used[f]++
			taken[k.Label] = true
			byText[string(view.New(k.Text).Runes)] = k.Label
		}
	}
	fresh := map[string]int{}
	seen := map[string]bool{}
	for _, s := range spans {
		if key := string(view.New(s.Text).Runes); s.Label == "" && s.Kind == Name && byText[key] == "" && !seen[key] {
			seen[key] = true
			fresh[familyName(s.Text)]++
		}
	}
	for i := range spans {
		s := &spans[i]
		if s.Label != "" {
			continue
		}
		f := familyName(s.Text)
		if s.Kind != Name || f == "" {
			s.Label = plainLabel(s.Kind, s.Text)
			continue
		}
		key := string(view.New(s.Text).Runes)
		for byText[key] == "" {
			l := f + "某"
			if used[f]+fresh[f] > 1 {
				l += stem(used[f])
			}
			if used[f]++; !taken[l] {
				taken[l], byText[key] = true, l
				fresh[f] = max(fresh[f]-1, 1)
			}
		}
		s.Label = byText[key]
	}
	return spans
}

// plainLabel is the replacement for data that needs no telling apart. It shows no more of the original than the kind of
// number: the two leading figures of a mobile number, which millions share.
func plainLabel(k Kind, text string) string {
	switch k {
	case Name:
		return "某人"
	case Phone:
		if d := figures(view.New(text).Runes); len(d) == 11 && d[0] == '1' {
			return d[:2] + "*********"
		}
		return "电话略"
	case Address:
		return "住址略"
	case IDNumber:
		return "身份证号略"
	case BankAccount:
		return "账号略"
	case Plate:
		return "车牌略"
	case Email:
		return "邮箱略"
	case Passport:
		return "护照号略"
	case Certificate:
		return "证件号略"
	case NetAccount:
		return "网络账号略"
	case Birth:
		return "出生日期略"
	case Health:
		return "健康状况略"
	case Minor:
		return "未成年人"
	}
	return "（略）"
}
