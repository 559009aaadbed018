package pack

// Trigger is one row of the review catalogue (重大执法决定法制审核目录): a decision it catches is major and
// must pass legal review first (行政处罚法第五十八条).
type Trigger struct {
	Code  string `json:"code"`
	Title string `json:"title"`
	// Class is the class of duty 23 it makes concrete: 重大公共利益, 重大社会影响或社会风险, 重大权益, 经听证,
	// 疑难复杂, or 数额, 其他.
	Class     string `json:"class"`
	ItemClass string `json:"item_class,omitempty"` // 行政处罚, 行政许可 …; empty = every class
	// Expression is the condition in the words of ReviewEnv; with a Threshold both must hold.
	Expression string     `json:"expression,omitempty"`
	Threshold  *Threshold `json:"threshold,omitempty"`
	// What a catalogue may say beside its condition.
	Materials    []string          `json:"materials,omitempty"`
	Points       []string          `json:"points,omitempty"`
	TimeLimit    string            `json:"time_limit,omitempty"`
	Disagreement string            `json:"disagreement,omitempty"`
	Agency       string            `json:"agency,omitempty"` // whose list, where a file holds several
	Columns      map[string]string `json:"columns,omitempty"`
	Provenance
}

// Threshold is an amount that differs by the kind of party. A zero amount means that the list names none for
// such a party, not that every amount reaches it.
type Threshold struct {
	Of     string `json:"of"` // 罚款, 没收 or 金额 (both together)
	Person Money  `json:"person_yuan,omitempty"`
	Org    Money  `json:"org_yuan,omitempty"`
	// Inclusive is 含本数; without it the amount itself does not reach the threshold (不含本数).
	Inclusive bool `json:"inclusive"`
}

// CheckPoint is one point a reviewer must answer (duty 24, rulebook §5.3).
type CheckPoint struct {
	Code  string `json:"code"`
	No    int    `json:"no"`
	Field string `json:"field"` // the field of 法制审核意见书 that holds the answer
	Title string `json:"title"`
	Hint  string `json:"hint,omitempty"`
	Cite  string `json:"cite"`
	Provenance
}

// Material is one paper that must come with a submission to review.
type Material struct {
	Code      string `json:"code"`
	Title     string `json:"title"`
	Required  bool   `json:"required"`
	When      string `json:"when,omitempty"` // expression; empty = always
	ItemClass string `json:"item_class,omitempty"`
	Cite      string `json:"cite,omitempty"`
	Provenance
}
