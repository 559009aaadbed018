package flow

import (
	"slices"

	"mingjing/internal/law"
)

// State is a place in a procedure: of a case, of one party's track, of a review or of a publication.
type State string

// Code names a step by an English verb and noun; it is stored in events and shown in URLs.
type Code string

// Form is the code of a document kind; the Chinese legal name is the code.
type Form string

// Trigger names the day from which a deadline runs.
type Trigger string

// The triggers.
const (
	OnOccurred  Trigger = "occurred"   // the legal day of the step
	OnEffective Trigger = "effective"  // the day on which the served document takes effect
	OnLead      Trigger = "lead"       // the day on which the violation was found
	OnHearing   Trigger = "hearing"    // the hearing day, counted backwards
	OnRemedyEnd Trigger = "remedy_end" // the end of the 复议 and 诉讼 limits if neither was used
)

// Deadline is a clock that a step starts. The day is computed by workday from the
// parameter's value and unit.
type Deadline struct {
	// Param is a parameter code of package law.
	Param   string
	Trigger Trigger
	// Label is shown to people, in Chinese.
	Label string
	// Done lists the steps any of which ends the clock; they may belong to another machine.
	Done []Code
	// ForParty: the limit is a right of the party, so its last day rolls past a holiday
	// (民事诉讼法第八十五条); agency duties do not roll.
	ForParty bool
}

// Step is one act that a procedure allows.
type Step struct {
	Code  Code
	Title string // Chinese, as the law calls it
	// From lists the states in which the step is allowed; To is the state after it.
	// To == Stay leaves the state as it is. A step that makes the case has no From.
	From []State
	To   State
	// PerParty: From and To are states of a track; the step is taken for one or more
	// parties of the case, each judged alone, and During lists the states of the case in
	// which it may be. The case then follows by Machine.Follow.
	PerParty bool
	During   []State
	// Shared: one document covers all parties named; otherwise each gets its own.
	Shared bool
	Role   law.Role
	// Forms are the document kinds that the step makes. Those in MayForms are made only
	// where the case needs them (a hearing right, a service by announcement).
	Forms, MayForms []Form
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
	// Final states need no exit; some have one all the same (reopen).
	Final bool
	// Track: the state belongs to the track of a party, not to the case.
	Track bool
}

// Follow moves a case that holds From to To when its tracks allow: Any track, or All of
// them and at least one, lie in the states listed (DECISIONS §8).
type Follow struct {
	From, To State
	Any, All []State
}

// Machine is a procedure as a table. Tables are built anew by each call and may be kept.
type Machine struct {
	// Code is stored with a case.
	Code  string
	Title string // Chinese
	// Start is the first state, TrackStart that of each party's track ("" = no tracks).
	Start, TrackStart State
	States            []StateInfo
	Steps             []Step
	Follows           []Follow
}

// Machines returns every procedure: ordinary, on the spot, review, publication.
func Machines() []Machine { return []Machine{Ordinary(), OnTheSpot(), Review(), Publication()} }

// ByCode finds a procedure.
func ByCode(code string) (Machine, bool) {
	for _, m := range Machines() {
		if m.Code == code {
			return m, true
		}
	}
	return Machine{}, false
}

// Find returns the step with the code.
func (m *Machine) Find(code Code) (Step, bool) {
	for _, s := range m.Steps {
		if s.Code == code {
			return s, true
		}
	}
	return Step{}, false
}

// Limit returns the first limit of the parameter that a step starts.
func (m *Machine) Limit(param string) (Deadline, bool) {
	for _, s := range m.Steps {
		for _, d := range s.Deadlines {
			if d.Param == param {
				return d, true
			}
		}
	}
	return Deadline{}, false
}

// State returns what the table says of a state.
func (m *Machine) State(code State) (StateInfo, bool) {
	for _, s := range m.States {
		if s.Code == code {
			return s, true
		}
	}
	return StateInfo{}, false
}

// Allowed lists the steps of the case itself that a state allows, in table order. Rules
// may still refuse them.
func (m *Machine) Allowed(state State) []Step {
	var steps []Step
	for _, s := range m.Steps {
		if !s.PerParty && slices.Contains(s.From, state) {
			steps = append(steps, s)
		}
	}
	return steps
}

// AllowedFor lists the steps that a party's track allows while the case is in a state.
func (m *Machine) AllowedFor(state, track State) []Step {
	var steps []Step
	for _, s := range m.Steps {
		if s.PerParty && slices.Contains(s.From, track) && slices.Contains(s.During, state) {
			steps = append(steps, s)
		}
	}
	return steps
}

// May reports whether the table allows the step for a case state and, if it is per party,
// that party's track.
func (m *Machine) May(s Step, state, track State) bool {
	if s.PerParty {
		return slices.Contains(s.From, track) && slices.Contains(s.During, state)
	}
	return slices.Contains(s.From, state)
}

// After is the state after the step from the one before it.
func (s *Step) After(before State) State {
	if s.To == Stay {
		return before
	}
	return s.To
}

// CaseState is where a case stands after its tracks have moved; it applies the Follow
// rows until none fits.
func (m *Machine) CaseState(state State, tracks []State) State {
	for range m.Follows {
		next := m.follow(state, tracks)
		if next == state {
			return state
		}
		state = next
	}
	return state
}

// follow applies the first row that fits.
func (m *Machine) follow(state State, tracks []State) State {
	for _, f := range m.Follows {
		if f.From != state || len(tracks) == 0 {
			continue
		}
		outside := func(t State) bool { return !slices.Contains(f.All, t) }
		inside := func(t State) bool { return slices.Contains(f.Any, t) }
		if len(f.All) > 0 && !slices.ContainsFunc(tracks, outside) {
			return f.To
		}
		if slices.ContainsFunc(tracks, inside) {
			return f.To
		}
	}
	return state
}

// Reachable returns every state that steps and follow rows can reach from the start.
func (m *Machine) Reachable() map[State]bool {
	seen := map[State]bool{m.Start: true}
	if m.TrackStart != "" {
		seen[m.TrackStart] = true
	}
	for grown := true; grown; {
		before := len(seen)
		for _, s := range m.Steps {
			if s.To != Stay && slices.ContainsFunc(s.From, func(f State) bool { return seen[f] }) {
				seen[s.To] = true
			}
		}
		for _, f := range m.Follows {
			tracks := slices.Concat(f.Any, f.All)
			if seen[f.From] && slices.ContainsFunc(tracks, func(t State) bool { return seen[t] }) {
				seen[f.To] = true
			}
		}
		grown = len(seen) > before
	}
	return seen
}

// everywhere adds the rules on the truth of the record to each step; they hold for every act.
func everywhere(steps ...Step) []Step {
	for i := range steps {
		steps[i].Rules = slices.Concat([]string{"SX-17a", "SX-17b", "SX-17c"}, steps[i].Rules)
	}
	return steps
}
