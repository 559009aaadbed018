package book

import (
	"fmt"

	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/workday"
)

// Books are what an agency works by: the rules, the forms, the pack and the calendar. They never change; a new pack or
// calendar makes new Books.
type Books struct {
	Law      *law.Set          // rules and parameters with their articles and dates in force
	Forms    *form.Registry    // the kinds of documents, with the records of package book itself
	Pack     *pack.Pack        // items, units, discretion, catalogue, texts of the agency
	Calendar *workday.Calendar // the State Council's holidays and make-up days
}

// New builds the books of a pack: its parameters are judged against the law's directions here.
func New(rules *pack.Pack, calendar *workday.Calendar) (Books, error) {
	set, err := law.NewSet(rules.Overrides(), rules.Adoptions())
	if err != nil {
		return Books{}, fmt.Errorf("casefile: books: %w", err)
	}
	forms, err := form.Load(form.National(), Registers())
	if err != nil {
		return Books{}, fmt.Errorf("casefile: books: %w", err)
	}
	return Books{Law: set, Forms: forms, Pack: rules, Calendar: calendar}, nil
}
