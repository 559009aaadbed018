package entry

// Field is one attribute of a document.
type Field struct {
	// Name is the ascii identifier used in values, inputs and placeholders.
	Name string `json:"name"`
	// Label is what the person reads.
	Label string `json:"label"`
	// Type is one of the field types of this package, see Types.
	Type string `json:"type"`
	// Hint stands under the label and says what to write.
	Hint string `json:"hint,omitempty"`
	// Required fields must be filled before the document can be finished.
	Required bool `json:"required,omitempty"`
	// When makes Required and the field itself depend on other fields, see Condition.
	When []Condition `json:"when,omitempty"`
	// Secret fields never enter a public copy.
	Secret bool `json:"secret,omitempty"`
	// Personal is the kind of personal data the value is, one of Personals.
	Personal string `json:"personal,omitempty"`
	// Prefill is the path in the case's context from which the value is taken.
	Prefill string `json:"prefill,omitempty"`
	// Default is standard wording offered where the case yields nothing.
	Default string `json:"default,omitempty"`
	// Max bounds the text in characters, or a list in rows; 0 takes the type's own bound.
	Max int `json:"max,omitempty"`
	// Decimals is how many decimals a number may carry.
	Decimals int `json:"decimals,omitempty"`
	// Unit follows a number when it is said, such as 份.
	Unit string `json:"unit,omitempty"`
	// Checks name further checks, see Checks.
	Checks []string `json:"checks,omitempty"`
	// Options are the admitted values of choice and choices.
	Options []string `json:"options,omitempty"`
	// Columns describe the rows of a table.
	Columns []Field `json:"columns,omitempty"`
}

// Computed says that the program works the value out and people only read it: the hash of the text that a paper is about.
func (f Field) Computed() bool { return f.Prefill == "draft.hash" }

// Personals are the admitted kinds of personal data of a Field.
func Personals() []string {
	return []string{"name", "id", "phone", "address", "birth", "gender", "account", "health", "email"}
}
