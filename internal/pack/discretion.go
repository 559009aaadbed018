package pack

import (
	"slices"

	"mingjing/internal/workday"
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
