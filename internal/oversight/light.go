package oversight

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/workday"
)

// State is how a duty stands.
type State string

// The states. MetSoFar is a duty that is met as far as it can be measured, while a part of it has no records in the
// system. A duty with a check but without any matter to measure is NotYet: there is nothing that could be met or missed.
const (
	Met      State = "met"
	MetSoFar State = "sofar"
	Partly   State = "partly"
	Unmet    State = "unmet"
	NotYet   State = "none"
)

// Light is what one duty's check says.
type Light struct {
	Duty    int
	State   State
	Value   string // in Chinese, with its unit
	Formula string // how it is computed, in Chinese
	Gap     string // what of the duty has no records in the system, in Chinese; empty where all of it is measured
	Met, Of int    // of how many the duty is met, over all parts
	Parts   []Part
	At      time.Time
}

// Part is one thing that a duty asks for.
type Part struct {
	What    string // in Chinese, as something that is the case
	Met, Of int
	Note    string // what else a reader should know, in Chinese
	Missed  []Case // a sample of what does not meet it
}

// Case is one record behind a light, and why it does not meet the duty.
type Case struct{ Kind, ID, Title, Why string }

// Missed is the sample of all parts.
func (l Light) Missed() []Case {
	var all []Case
	for _, p := range l.Parts {
		all = append(all, p.Missed...)
	}
	return all
}

// Brief is the light in one line: the part that is short the most, or that all parts are met.
func (l Light) Brief() string {
	var worst Part
	owed := 0
	for _, p := range l.Parts {
		if p.Of == 0 {
			continue
		}
		owed++
		if worst.Of == 0 || min(p.Met, p.Of)*worst.Of < min(worst.Met, worst.Of)*p.Of {
			worst = p
		}
	}
	switch {
	case owed == 0:
		return l.Value
	case owed > 1 && worst.State() == Met:
		return fmt.Sprintf("%d项要求全部做到", owed)
	}
	return fmt.Sprintf("%s %d / %d（%s）", worst.What, worst.Met, worst.Of, worst.Percent())
}

// sampleLimit bounds the sample of what a part misses.
const sampleLimit = 20

// add counts one record that owes the part.
func (p *Part) add(met bool, c Case) {
	p.Of++
	if met {
		p.Met++
		return
	}
	if len(p.Missed) < sampleLimit {
		p.Missed = append(p.Missed, c)
	}
}

// State of a part alone; four fifths are partly met.
func (p Part) State() State {
	switch {
	case p.Of == 0:
		return NotYet
	case p.Met >= p.Of:
		return Met
	case p.Met*10 >= p.Of*8:
		return Partly
	}
	return Unmet
}

// Percent is the share of a part with one decimal, rounded down, so that 100.0% means all.
func (p Part) Percent() string {
	if p.Of == 0 {
		return ""
	}
	tenths := min(p.Met, p.Of) * 1000 / p.Of
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10) + "%"
}

func (p Part) text() string {
	text := fmt.Sprintf("%s %d / %d（%s）", p.What, p.Met, p.Of, p.Percent())
	if p.Note != "" {
		text += "，" + p.Note
	}
	return text
}

// Desk is what the checks are computed with.
type Desk struct {
	Agency string
	Forms  *form.Registry
	Law    *law.Set
	Pack   *pack.Pack
}

// check computes the light of one duty.
type check struct {
	duty    int
	formula string
	gap     string
	strict  bool // the law admits no share below all of them
	run     func(*bench) ([]Part, error)
}

// bench is where one board is computed: one snapshot, one day, and the documents read once for all duties.
type bench struct {
	tx *db.Tx
	Desk
	today  workday.Day
	survey *survey
}

// light judges a duty by its worst part.
func (c check) light(parts []Part) Light {
	l := Light{Duty: c.duty, State: NotYet, Formula: c.formula, Gap: c.gap, Parts: parts}
	var texts []string
	for _, p := range parts {
		l.Met, l.Of = l.Met+min(p.Met, p.Of), l.Of+p.Of
		if p.Of == 0 {
			continue
		}
		texts = append(texts, p.text())
		if worse(p.State(), l.State) {
			l.State = p.State()
		}
	}
	switch {
	case l.State == Met && c.gap != "":
		l.State = MetSoFar
	case l.State == Partly && c.strict:
		l.State = Unmet
	}
	l.Value = strings.Join(texts, "；")
	if l.State == NotYet {
		l.Value = "尚无可以计量的记录"
	}
	return l
}

// worse orders the states of parts; a part without records says nothing.
func worse(a, b State) bool {
	rank := map[State]int{NotYet: 0, Met: 1, Partly: 2, Unmet: 3}
	return rank[a] > rank[b]
}

// Measured lists the duties that have a computed check.
func Measured() []int {
	var list []int
	for _, c := range checks() {
		list = append(list, c.duty)
	}
	return list
}

// Board computes every light on one snapshot.
func Board(tx *db.Tx, d Desk) ([]Light, error) {
	b := &bench{tx: tx, Desk: d, today: workday.DayOf(tx.Now())}
	var list []Light
	for _, c := range checks() {
		l, err := b.compute(c)
		if err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, nil
}

// One computes the light of one duty; false where it has no computed check.
func One(tx *db.Tx, d Desk, duty int) (Light, bool, error) {
	b := &bench{tx: tx, Desk: d, today: workday.DayOf(tx.Now())}
	for _, c := range checks() {
		if c.duty == duty {
			l, err := b.compute(c)
			return l, true, err
		}
	}
	return Light{}, false, nil
}

func (b *bench) compute(c check) (Light, error) {
	parts, err := c.run(b)
	if err != nil {
		return Light{}, fmt.Errorf("oversight: duty %d: %w", c.duty, err)
	}
	l := c.light(parts)
	l.At = b.tx.Now()
	return l, nil
}
