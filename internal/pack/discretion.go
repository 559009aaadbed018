package pack

import (
	"slices"

	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Tier is one step of a discretion standard (裁量基准): under this condition, between these ends.
type Tier struct {
	Code      string      `json:"code"`
	Item      string      `json:"item"`
	Level     string      `json:"level"` // 减轻, 从轻, 一般, 从重
	Condition string      `json:"condition"`
	Kinds     []string    `json:"kinds"`
	Fine      *MoneyRange `json:"fine_yuan,omitempty"`
	Multiples []Multiple  `json:"multiples,omitempty"`
	Durations []Months    `json:"durations,omitempty"`
	Provenance
}

// FirstOffence is one row of a list of first offences without penalty (首违不罚, 行政处罚法第三十三条).
type FirstOffence struct {
	Code       string   `json:"code"`
	Item       string   `json:"item"`
	Title      string   `json:"title"`
	Conditions []string `json:"conditions"` // all must hold
	Follow     string   `json:"follow"`     // what is done instead: 教育, 责令改正
	Provenance
}

// TierLevels lists the levels from light to heavy.
func TierLevels() []string { return []string{"减轻", "从轻", "一般", "从重"} }

// Discretion lists the tiers of an item on the day, from light to heavy; none where the item has no standard.
func (p *Pack) Discretion(item string, day workday.Day) []Tier {
	tiers := inForce(p.tiers, day, func(t Tier) Provenance { return t.Provenance })
	tiers = slices.DeleteFunc(tiers, func(t Tier) bool { return t.Item != item })
	slices.SortStableFunc(tiers, func(a, b Tier) int {
		return slices.Index(TierLevels(), a.Level) - slices.Index(TierLevels(), b.Level)
	})
	return tiers
}

// Range finds the tier of an item by its level; false where the standard has no such tier that day.
func (p *Pack) Range(item, level string, day workday.Day) (Tier, bool) {
	return find(p.tiers, day, func(t Tier) (bool, Provenance) { return t.Item == item && t.Level == level, t.Provenance })
}

// FineRange is what the tier allows as a fine, given the amounts that its multiples are taken of (违法所得,
// 违法经营额 …). Where the law offers one base or the other, as 社会团体登记管理条例第三十条第二款 does, the range
// spans both. Ends are rounded inwards, to whole 分. False means that the tier allows no fine on these bases.
func (t Tier) FineRange(bases map[string]zh.Fen) (least, most zh.Fen, ok bool) {
	add := func(from, to zh.Fen) {
		if !ok {
			least, most, ok = from, to, true
			return
		}
		least, most = min(least, from), max(most, to)
	}
	if t.Fine != nil {
		add(t.Fine.Min.Fen(), t.Fine.Max.Fen())
	}
	for _, m := range t.Multiples {
		if base := bases[m.Base]; base > 0 {
			add(share(base, m.MinPercent, 99), share(base, m.MaxPercent, 0))
		}
	}
	return least, most, ok
}

// share is percent of base; carry 99 rounds up. Splitting the base avoids overflow for any sum that a decision
// can name.
func share(base zh.Fen, percent int, carry zh.Fen) zh.Fen {
	p := zh.Fen(percent)
	return base/100*p + (base%100*p+carry)/100
}
