package pack

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
