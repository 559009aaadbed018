package pack

import (
	"fmt"

	"mingjing/internal/law"
	"mingjing/internal/workday"
)

// Level is the place of a pack in the layering; a higher number is a lower (narrower) pack.
type Level string

const (
	National Level = "national"
	Province Level = "province"
	City     Level = "city"
	AgencyOf Level = "agency"
)

func (l Level) rank() int {
	switch l {
	case National:
		return 1
	case Province:
		return 2
	case City:
		return 3
	case AgencyOf:
		return 4
	}
	return 0
}

// Provenance is carried by every dated row.
type Provenance struct {
	Source string      `json:"source,omitempty"` // law and article, or document number, or web address
	Status law.Status  `json:"status"`
	From   workday.Day `json:"from,omitzero"`  // first day in force; zero = since ever
	Until  workday.Day `json:"until,omitzero"` // last day in force; zero = still in force
	// MayLoosen lists the fields (JSON names) that a lower pack may loosen or rewrite.
	MayLoosen []string `json:"may_loosen,omitempty"`
	Note      string   `json:"note,omitempty"`
}

// In reports whether the row is in force on the day.
func (p Provenance) In(day workday.Day) bool {
	return !day.Before(p.From) && (p.Until.IsZero() || !day.After(p.Until))
}

// check refuses a status that package law does not know, and a row that may block with nothing named behind it
// (DECISIONS §1).
func (p Provenance) check() error {
	switch p.Status {
	case law.Verified, law.Adopted:
		if p.Source == "" {
			return fmt.Errorf("status %s needs a source", p.Status)
		}
	case law.Memory, law.Draft:
	default:
		return fmt.Errorf("status %q is none of verified, adopted, memory, draft", string(p.Status))
	}
	return nil
}
