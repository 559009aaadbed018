package pack

import "fmt"

// Status says how certain a row is, and therefore what it may do.
type Status string

const (
	Verified Status = "verified" // read in the official text of the source named
	Adopted  Status = "adopted"  // an agency's own published document stands behind it
	Memory   Status = "memory"   // known, not yet confirmed against the text
	Draft    Status = "draft"    // proposed; waits for its source
)

// Blocks reports whether a row of this status may stop an act. Rows without confirmed source only warn, so
// that nobody is refused on the strength of something nobody has read.
func (s Status) Blocks() bool { return s == Verified || s == Adopted }

func (s Status) check() error {
	switch s {
	case Verified, Adopted, Memory, Draft:
		return nil
	}
	return fmt.Errorf("status %q is none of verified, adopted, memory, draft", string(s))
}

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
	Source string `json:"source,omitempty"` // law and article, or document number, or web address
	Status Status `json:"status"`
	From   Day    `json:"from,omitempty"`  // first day in force; empty = since ever
	Until  Day    `json:"until,omitempty"` // last day in force; empty = still in force
	// MayLoosen lists the fields (JSON names) that a lower pack may loosen or rewrite.
	MayLoosen []string `json:"may_loosen,omitempty"`
	Note      string   `json:"note,omitempty"`
}

// In reports whether the row is in force on the day.
func (p Provenance) In(day Day) bool {
	return (p.From == "" || p.From <= day) && (p.Until == "" || day <= p.Until)
}
