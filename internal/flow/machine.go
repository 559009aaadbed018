package flow

import "mingjing/internal/law"

// State is a place in a procedure: of a case, of one party's track, or of a review.
type State string

// Code names a step by an English verb and noun; it is stored in events and shown in URLs.
type Code string

// Form is the code of a document kind; the Chinese legal name is the code.
type Form string

// Deadline is a clock that a step starts. The day is computed by workday from the
// parameter's value and unit; Trigger says from which day.
type Deadline struct {
	// Param is a parameter code of package law.
	Param string
	// Trigger is the fact whose day starts the clock: occurred, served, effective, hearing, …
	Trigger Trigger
	// Label is shown to people, in Chinese.
	Label string
	// Done lists the steps any of which ends the clock.
	Done []Code
	// ForParty: the limit is a right of the party, so its last day rolls past a holiday
	// (民事诉讼法第八十五条); agency duties do not roll.
	ForParty bool
}

// Trigger names the day from which a deadline runs.
type Trigger string

// The triggers.
const (
	OnOccurred  Trigger = "occurred"   // the legal day of the step
	OnEffective Trigger = "effective"  // the day the served document takes effect
	OnOpened    Trigger = "opened"     // the day of 立案
	OnHearing   Trigger = "hearing"    // the hearing day, counted backwards
	OnRemedyEnd Trigger = "remedy_end" // the end of the 复议 and 诉讼 limits
	OnDeferral  Trigger = "deferral"   // the end of an approved deferral, else the pay day
)

// Step is one act that a procedure allows.
type Step struct {
	Code  Code
	Title string // Chinese, as the law calls it
	// From lists the states in which the step is allowed; To is the state after it.
	// To == Stay leaves the state as it is (the step may be repeated).
	From []State
	To   State
	// PerParty: the step is done for one party and moves that party's track; the case
	// follows by Machine.CaseState.
	PerParty bool
	Role     law.Role
	// Forms are the document kinds that the step makes or needs finished.
	Forms []Form
	// Rules are the law rows judged before the step; law.Judge takes them as they are.
	Rules     []string
	Deadlines []Deadline
	// Optional steps are not on the shortest way; Repeatable ones may be done again.
	Optional, Repeatable bool
	// Public steps are drawn in the public flowchart.
	Public bool
	// Event is the kind of the event that the step appends.
	Event string
}

// Stay as Step.To leaves the state unchanged.
const Stay State = ""

// StateInfo describes a state.
type StateInfo struct {
	Code  State
	Title string // Chinese
	Final bool
	// Party: the state belongs to the track of a party, not to the case.
	Party bool
}

// Machine is a procedure as a table.
type Machine struct {
	// Code is stored with a case; Version counts published tables of that code.
	Code  string
	Title string // Chinese
	// Start is the first state of the case, PartyStart that of a track ("" = no tracks).
	Start, PartyStart State
	States            []StateInfo
	Steps             []Step
}
