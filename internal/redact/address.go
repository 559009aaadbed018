package redact

import (
	"strings"

	"mingjing/internal/redact/view"
)

// The levels of an address, from the province down to the door.
const (
	levelRegion = 1 << iota // 省 市 区 县 镇 乡
	levelStreet             // 路 街 村 小区
	levelDoor               // 12号, 3栋, 501室
)

// place is a parsed address: runes [at, end), its levels, and how many figures with a unit it has.
type place struct {
	at, end int
	levels  int
	doors   int
	low     bool // has a door other than a storey
}

// addresser is the address pass over one text.
type addresser struct{ *finder }

func (f *finder) addresses() {
	a := addresser{f}
	for i := 0; i < len(f.v.Runes); i++ {
		if l := f.v.Longest(i, a.cues.business); l > 0 && a.businessAt(i, l) {
			i += l - 1
			continue
		}
		if l := f.v.Longest(i, a.cues.homes); l > 0 {
			if end := a.homeAt(i + l); end > 0 {
				i = end - 1
				continue
			}
		}
		if view.IsDigit(f.v.Runes[i]) || view.HanDigit(f.v.Runes[i]) >= 0 || f.v.Runes[i] == '十' {
			if end := a.looseAt(i); end > 0 {
				i = end - 1
			}
		}
	}
}

// parse reads an address from i and stops at punctuation, a line break behind a door, or a stretch without any unit.
func (a addresser) parse(i int) place {
	v := a.v
	p := place{at: i, end: i}
	since := 0
	for k := i; k < len(v.Runes) && k < i+70; {
		r := v.Runes[k]
		if a.shield[k] || v.Gap[k] == view.GapLine && k == p.end && p.doors > 0 && !view.IsDigit(r) {
			break
		}
		if n := a.door(k); n > 0 {
			k += n
			p.end, p.levels, p.doors, since = k, p.levels|levelDoor, p.doors+1, 0
			p.low = p.low || v.Runes[k-1] != '楼' && v.Runes[k-1] != '层'
			continue
		}
		if n := v.Longest(k, a.cues.streets); n > 0 && k > i && since > 0 {
			k += n
			p.end, p.levels, since = k, p.levels|levelStreet, 0
			continue
		}
		if strings.ContainsRune("省市区县旗州盟镇乡", r) && since > 0 && k > i {
			k++
			p.end, p.levels, since = k, p.levels|levelRegion, 0
			continue
		}
		if !view.IsHan(r) && !view.IsAlnum(r) && r != '-' && r != '·' || since > 10 || since > 0 && a.v.At(k) == '的' {
			break
		}
		k++
		since++
	}
	p.end = a.tail(p)
	return p
}

// door returns the length of a figure with its unit at k (12号, 三单元, A座), or 0.
func (a addresser) door(k int) int {
	v, j := a.v, k
	for j < len(v.Runes) && j < k+8 && (view.IsAlnum(v.Runes[j]) || view.HanDigit(v.Runes[j]) >= 0 || v.Runes[j] == '十' || v.Runes[j] == '百' || v.Runes[j] == '-' || v.Runes[j] == '之') {
		j++
	}
	if j == k || v.Runes[j-1] == '-' {
		return 0
	}
	n := v.Longest(j, a.cues.doors)
	if n == 0 {
		return 0
	}
	return j + n - k
}

// tail takes in what follows the last unit: -3-501, 501, (东门).
func (a addresser) tail(p place) int {
	v, j := a.v, p.end
	if p.levels&(levelDoor|levelStreet) == 0 || p.end == p.at {
		return p.end
	}
	for j < len(v.Runes) && j < p.end+12 && (view.IsDigit(v.Runes[j]) || v.Runes[j] == '-' || view.IsAlpha(v.Runes[j])) && (v.Gap[j] == view.GapNone || v.Runes[j] == '-' || v.At(j-1) == '-') {
		j++
	}
	for j > p.end && !view.IsAlnum(v.Runes[j-1]) {
		j--
	}
	return j
}

// homeAt handles an address announced as a person's home; it returns the end of the finding or 0.
func (a addresser) homeAt(j int) int {
	v, colon := a.v, false
	for n := 0; n < 3; n++ {
		switch v.At(j) {
		case ':':
			colon = true
			j++
		case '在', '于', '为', '是', '系', '均':
			j++
		}
	}
	if j >= len(v.Runes) {
		return 0
	}
	if p := a.parse(j); p.end > j+1 && (colon || p.levels&(p.levels-1) != 0 || p.doors > 0 && p.levels != levelDoor) && !a.shielded(j, p.end) {
		if colon {
			p.end = a.rest(p.end)
		}
		a.add(j, p.end, Address, FromAddress, colon || p.doors > 0)
		return p.end
	}
	if !colon {
		return 0
	}
	end := j
	for end < len(v.Runes) && end < j+40 && (view.IsHan(v.Runes[end]) || view.IsAlnum(v.Runes[end]) || v.Runes[end] == '-') && (end == j || v.Gap[end] != view.GapLine) {
		end++
	}
	if end-j < 4 || a.shielded(j, end) {
		return 0
	}
	a.add(j, end, Address, FromAddress, false)
	return end
}

// rest takes in a short remainder of an announced address, such as 东头, that ends where the line or clause ends.
func (a addresser) rest(end int) int {
	j := end
	for j < len(a.v.Runes) && j < end+5 && view.IsHan(a.v.Runes[j]) && a.v.Gapless(j) {
		j++
	}
	if j > end+4 || j < len(a.v.Runes) && a.v.Gapless(j) && !view.StopsClause(a.v.Runes[j]) {
		return end
	}
	return j
}

// businessAt protects a business address from the guess that would follow. 住所 may be a person's home in law, so it
// stays an unsure finding.
func (a addresser) businessAt(i, l int) bool {
	j := i + l
	for n := 0; n < 2 && (a.v.At(j) == ':' || a.v.At(j) == '为' || a.v.At(j) == '在' || a.v.At(j) == '于'); n++ {
		j++
	}
	if j >= len(a.v.Runes) {
		return false
	}
	p := a.parse(j)
	if p.end <= j+1 {
		return false
	}
	if a.policy.BusinessAddressPublic && !a.v.Has(i, "住所") {
		a.protect(j, p.end)
		return true
	}
	if !a.shielded(j, p.end) {
		a.add(j, p.end, Address, FromAddress, false)
	}
	return true
}

// looseAt looks for an address without announcement around the figure at i; it returns the end of the finding or 0.
func (a addresser) looseAt(i int) int {
	if a.door(i) == 0 || a.shield[i] || view.IsDigit(a.v.At(i-1)) || a.v.At(i-1) == '第' {
		return 0
	}
	low := i
	for low > 0 && i-low < 40 && !a.cues.leads.Has(a.v.Runes[low-1]) && (view.IsHan(a.v.Runes[low-1]) || view.IsAlnum(a.v.Runes[low-1])) && !a.shield[low-1] {
		low--
	}
	if low == i && a.v.At(i-1) != ':' {
		return 0
	}
	start := a.start(low, i)
	p := a.parse(start)
	if p.end <= i || !p.low {
		return 0
	}
	home := p.levels&levelStreet != 0 && p.levels&levelDoor != 0 || p.levels == levelRegion|levelDoor && p.doors > 0 || p.doors >= 3
	if !home || p.end-start < 5 {
		return 0
	}
	a.add(start, p.end, Address, FromAddress, false)
	return p.end
}

// start cuts the words in front of an address: from the name of a province if one stands there, else from low.
func (a addresser) start(low, i int) int {
	for k := low; k < i; k++ {
		if a.v.Longest(k, a.cues.provinces) > 0 {
			return k
		}
	}
	return low
}
