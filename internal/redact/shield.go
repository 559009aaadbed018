package redact

import (
	"mingjing/internal/redact/view"
)

// shields marks the runes that are public by nature before any guess is made: case numbers, statutes in title marks,
// credit codes, officers' certificates, and what the case declares public.
func (f *finder) shields(known []Known) {
	f.shieldTitles()
	f.shieldCaseNumbers()
	f.shieldCreditCodes()
	f.shieldOfficerCerts()
	for _, k := range known {
		if !f.policy.public(k) {
			continue
		}
		for _, text := range append([]string{k.Text}, k.Variants...) {
			for _, at := range f.v.FindAll(view.New(text).Runes) {
				f.protect(at, at+len(view.New(text).Runes))
			}
		}
	}
}

// shieldTitles protects 《…》: names of statutes, forms and books.
func (f *finder) shieldTitles() {
	open := -1
	for i, r := range f.v.Runes {
		switch {
		case r == '《':
			open = i
		case r == '》' && open >= 0 && i-open <= 60:
			f.protect(open, i+1)
			open = -1
		}
	}
}

// shieldCaseNumbers protects 文号 such as 四民罚决字〔2026〕1号 with the office and type characters in front of the year.
func (f *finder) shieldCaseNumbers() {
	v := f.v
	for i := 0; i+6 < len(v.Runes); i++ {
		if r := v.Runes[i]; r != '〔' && r != '[' && r != '(' && r != '【' {
			continue
		}
		j := i + 1
		for ; j < i+5 && view.IsDigit(v.Runes[j]); j++ {
		}
		if j != i+5 || v.Runes[i+1] != '1' && v.Runes[i+1] != '2' {
			continue
		}
		if r := v.Runes[j]; r != '〕' && r != ']' && r != ')' && r != '】' {
			continue
		}
		for j++; j < len(v.Runes) && j < i+30 && v.Runes[j] != '号' && !view.StopsClause(v.Runes[j]); j++ {
		}
		if v.At(j) != '号' {
			continue
		}
		from := i
		for from > 0 && i-from < 12 && (view.IsHan(v.Runes[from-1]) || v.Runes[from-1] == '(' || v.Runes[from-1] == ')') && v.Gap[from] == view.GapNone {
			from--
		}
		if v.Before(i, 3, f.cues.office) {
			f.protect(from, j+1)
		} else {
			f.protect(i, j+1)
		}
	}
}

// shieldOfficerCerts protects the numbers of 执法证: officers show them at the scene and the agency lists them.
func (f *finder) shieldOfficerCerts() {
	if !f.policy.OfficerPublic {
		return
	}
	v := f.v
	for i := 0; i < len(v.Runes); i++ {
		if v.Runes[i] != '执' || !v.Has(i, "执法证") && !v.Has(i, "执法证件") && !v.Has(i, "执法编号") {
			continue
		}
		for j := i + 3; j < len(v.Runes) && j < i+14; j++ {
			if view.StopsClause(v.Runes[j]) || v.Runes[j] == '。' {
				break
			}
			if view.IsAlnum(v.Runes[j]) {
				end := j
				for end < len(v.Runes) && (view.IsAlnum(v.Runes[end]) || v.Runes[end] == '-') && v.RunsOn(j, end) {
					end++
				}
				f.protect(j, end)
				break
			}
		}
	}
}
