package pack

import (
	"slices"
	"strings"

	"mingjing/internal/workday"
)

// Numbering is the template of a document number: {机关代字} is the agency's word, the year and serial follow
// in 〔〕 and 号 (GB/T 9704—2012, 7.2.5).
type Numbering struct {
	Kind     string `json:"kind"`     // document kind code of package form
	Title    string `json:"title"`    // what the kind is called on paper
	Template string `json:"template"` // {机关代字}罚决字
	// Series lets several kinds count in one series; empty = the template itself is the series.
	Series string `json:"series,omitempty"`
	Provenance
}

// Retention is how long a kind of dossier is kept.
type Retention struct {
	Code      string `json:"code"`
	Title     string `json:"title"`
	Procedure string `json:"procedure,omitempty"` // ordinary, summary, permit, inspection, coercion …
	Period    string `json:"period"`              // 永久, 30年, 10年
	Provenance
}

// DisplayPeriod is how long a penalty stays on show at 信用中国, by how grave it is (国家发展改革委令第36号).
type DisplayPeriod struct {
	Code      string   `json:"code"`
	Title     string   `json:"title"` // 轻微, 一般, 严重
	Kinds     []string `json:"kinds"`
	Summary   bool     `json:"summary,omitempty"` // penalties of the summary procedure belong here too
	Shown     bool     `json:"shown"`             // false: in principle not shown
	MinMonths int      `json:"min_months"`
	MaxMonths int      `json:"max_months"`
	Provenance
}

// Recording is one row of the list of acts recorded in sound and picture (音像记录事项清单, duty 16).
type Recording struct {
	Code      string            `json:"code"`
	ItemClass string            `json:"item_class,omitempty"`
	Item      string            `json:"item,omitempty"`
	Stage     string            `json:"stage"`
	Duty      string            `json:"duty"` // 应当 or 可以
	Place     string            `json:"place,omitempty"`
	Method    string            `json:"method"`
	Start     string            `json:"start"`
	Content   string            `json:"content"`
	End       string            `json:"end"`
	Recorder  string            `json:"recorder,omitempty"`
	Within    string            `json:"within,omitempty"` // when it must be stored
	Retention string            `json:"retention"`
	Columns   map[string]string `json:"columns,omitempty"`
	Provenance
}

// Text is a sentence that an agency words itself, e.g. in the footer of its portal.
type Text struct {
	Code     string `json:"code"`
	Title    string `json:"title"`
	Text     string `json:"text"`
	Required bool   `json:"required,omitempty"` // must be given at init; an empty one stops publication of the portal
	Demo     bool   `json:"demo,omitempty"`     // invented, for the demo only
	Provenance
}

// Numbering finds the number template of a document kind with the agency's word filled in; false where the
// kind takes no number.
func (p *Pack) Numbering(kind string, day workday.Day) (Numbering, bool) {
	n, ok := find(p.numberings, day, func(n Numbering) (bool, Provenance) { return n.Kind == kind, n.Provenance })
	if !ok {
		return Numbering{}, false
	}
	if a, has := p.Agency(); has {
		n.Template = strings.ReplaceAll(n.Template, AgencyWord, a.NumberWord)
	}
	if n.Series == "" {
		n.Series = n.Template
	}
	return n, true
}

// Numberings lists every template as the pack states it.
func (p *Pack) Numberings() []Numbering { return slices.Clone(p.numberings) }

// AgencyWord is the place of the agency's word (机关代字) in a template.
const AgencyWord = "{机关代字}"
