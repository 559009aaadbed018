package redact

import (
	"mingjing/internal/redact/view"
)

// sensitive finds what 个人信息保护法第二十八条 calls sensitive without having a shape: health, minors, dates of birth. Only a
// person can judge it, so every finding is unsure.
func (f *finder) sensitive() {
	v := f.v
	for i := 0; i < len(v.Runes); i++ {
		if f.shield[i] {
			continue
		}
		if n := v.Longest(i, f.cues.condition); n > 0 {
			f.add(i, i+n, Health, FromStructure, false)
			i += n - 1
		} else if n := v.Longest(i, f.cues.illness); n > 0 {
			for j := i + n; j < len(v.Runes) && j < i+n+12 && view.IsHan(v.Runes[j]); j++ {
				if s := v.Longest(j, f.cues.ailment); s > 0 && j+s > i+n+1 {
					f.add(i+n, j+s, Health, FromStructure, false)
					i = j
					break
				}
			}
		}
	}
	if f.policy.MarkBirth {
		f.births()
	}
	f.ages()
}

// births marks dates that a text calls dates of birth: 1990年5月1日出生, 出生日期:1990-05-01.
func (f *finder) births() {
	v := f.v
	for i := 0; i < len(v.Runes); i++ {
		if v.Runes[i] != '1' && v.Runes[i] != '2' || !view.IsDigit(v.At(i+3)) || view.IsDigit(v.At(i-1)) || view.IsDigit(v.At(i+4)) || !view.IsDigit(v.At(i+1)) || !view.IsDigit(v.At(i+2)) {
			continue
		}
		j := i + 4
		for j < len(v.Runes) && j < i+11 && (view.IsDigit(v.Runes[j]) || v.Runes[j] == '年' || v.Runes[j] == '月' || v.Runes[j] == '日' || v.Runes[j] == '-' || v.Runes[j] == '.' || v.Runes[j] == '/') {
			j++
		}
		if j == i+4 {
			continue
		}
		if v.Has(j, "出生") || v.Has(j, "生,") || v.Has(j, "生。") || v.Has(j, "生)") || v.Before(i, 6, f.cues.birth) {
			f.add(i, j, Birth, FromStructure, false)
		}
		i = j - 1
	}
}

// ages marks an age under eighteen, which makes the whole record one that must not be published
// (未成年人保护法第一百零三条).
func (f *finder) ages() {
	v := f.v
	for i := 0; i < len(v.Runes); i++ {
		if !view.IsDigit(v.Runes[i]) || view.IsDigit(v.At(i-1)) || v.At(i-1) == '.' {
			continue
		}
		n, j := 0, i
		for ; j < len(v.Runes) && j < i+3 && view.IsDigit(v.Runes[j]); j++ {
			n = n*10 + int(v.Runes[j]-'0')
		}
		if n == 0 || n >= 18 || !v.Has(j, "岁") && !v.Has(j, "周岁") {
			continue
		}
		end := j + 1
		if v.At(j) == '周' {
			end++
		}
		if lawful := v.Before(i, 4, f.cues.age); lawful {
			continue // 已满十四周岁不满十八周岁 is the wording of the law, not a person's age.
		}
		f.add(i, end, Minor, FromStructure, false)
	}
}
