package pack

import (
	"errors"
	"fmt"
	"slices"

	"mingjing/internal/workday"
)

// Undertaking is a kind of thing that an agency does, and does again, to keep a duty (落实事项): a meeting of the leading group,
// a supervision notice, a training. What is written down of one, and when the duty is kept, is data.
type Undertaking struct {
	Code   string             `json:"code"`
	Task   string             `json:"task"` // code of the duty
	Title  string             `json:"title"`
	Fields []UndertakingField `json:"fields"`
	// Attended names the officers who took part; empty where nobody's part is counted.
	Attended string `json:"attended,omitempty"`
	// Due names the last day by which it must be settled; empty where nothing has to be settled by a day.
	Due string `json:"due,omitempty"`
	// Settle names the act that ends it, and Outcome what is written down then; without an end both are empty.
	Settle  string             `json:"settle,omitempty"`
	Outcome []UndertakingField `json:"outcome,omitempty"`
	// Wants says in Chinese what must be the case; empty where the kind is owed only when something happened. Days is how far
	// back it may lie (0: ever), Each a choice of which every option must be there, Share the percentage of the officers with
	// a valid certificate who must have taken part.
	Wants string `json:"wants,omitempty"`
	Days  int    `json:"days,omitempty"`
	Each  string `json:"each,omitempty"`
	Share int    `json:"share,omitempty"`
	// Kept says in Chinese what is the case of those that were settled in time.
	Kept string `json:"kept,omitempty"`
	Provenance
}

// UndertakingField is one thing that is written down.
type UndertakingField struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"`
	Type     string   `json:"type"` // line, text, number, choice, head
	Options  []string `json:"options,omitempty"`
	Optional bool     `json:"optional,omitempty"`
}

// The types of such a field. A head is the name of somebody who leads the agency (duty 28).
const (
	FieldLine   = "line"
	FieldText   = "text"
	FieldNumber = "number"
	FieldChoice = "choice"
	FieldHead   = "head"
)

// Undertakings lists the kinds in force on the day, in the order of the files.
func (p *Pack) Undertakings(day workday.Day) []Undertaking {
	return inForce(p.undertakings, day, func(u Undertaking) Provenance { return u.Provenance })
}

// Field finds a field by its name.
func (u Undertaking) Field(name string) (UndertakingField, bool) {
	i := slices.IndexFunc(u.Fields, func(f UndertakingField) bool { return f.Name == name })
	if i < 0 {
		return UndertakingField{}, false
	}
	return u.Fields[i], true
}

// check refuses a kind that could not be entered or not be measured.
func (u Undertaking) check() error {
	for _, f := range append(slices.Clone(u.Fields), u.Outcome...) {
		if f.Name == "" || f.Label == "" || !slices.Contains([]string{FieldLine, FieldText, FieldNumber, FieldChoice, FieldHead}, f.Type) {
			return fmt.Errorf("field %q needs a label and a type of line, text, number, choice, head", f.Name)
		}
		if (f.Type == FieldChoice) != (len(f.Options) > 0) {
			return fmt.Errorf("field %q: options belong to a choice, which needs them", f.Name)
		}
	}
	each, ok := u.Field(u.Each)
	switch {
	case u.Task == "" || u.Title == "" || len(u.Fields) == 0:
		return errors.New("task, title and fields are needed")
	case u.Each != "" && (!ok || each.Type != FieldChoice):
		return errors.New("each names no choice")
	case u.Wants == "" && (u.Days > 0 || u.Each != "" || u.Share > 0):
		return errors.New("wants says what days, each and share measure")
	case (u.Due == "") != (u.Kept == "") || u.Due != "" && u.Settle == "":
		return errors.New("what is due must be settled, and kept says what is then the case")
	case u.Share > 0 && u.Attended == "":
		return errors.New("a share needs who attended")
	}
	return nil
}
