package pack

import (
	"cmp"
	"slices"

	"mingjing/internal/workday"
)

// Pack is several layers laid over one another and checked. It does not change after Load and may be read by
// many at once. Lists are returned as copies.
type Pack struct {
	layers []Layer
	hash   string

	agencies      []Agency
	tables        []Table
	units         []Unit
	tasks         []Task
	deliverables  []Deliverable
	undertakings  []Undertaking
	items         []Item
	kinds         []PenaltyKind
	triggers      []Trigger
	checklist     []CheckPoint
	materials     []Material
	hearing       []HearingThreshold
	tiers         []Tier
	firstOffences []FirstOffence
	numberings    []Numbering
	retentions    []Retention
	displays      []DisplayPeriod
	recordings    []Recording
	texts         []Text
	parameters    []Parameter
	adoptions     []Adoption

	catalogue Catalogue // every trigger compiled, whatever its days
}

// Hash is the SHA-256 (hex) over all files read; it goes on the ledger when the pack is activated.
func (p *Pack) Hash() string { return p.hash }

// Layers lists the packs from national down.
func (p *Pack) Layers() []Layer { return slices.Clone(p.layers) }

// Demo reports whether any layer is for demonstration only, so that every page can say so.
func (p *Pack) Demo() bool {
	return slices.ContainsFunc(p.layers, func(l Layer) bool { return l.Demo })
}

// Agency is the body whose pack this is; false where only packs above the agency are loaded.
func (p *Pack) Agency() (Agency, bool) {
	if len(p.agencies) == 0 {
		return Agency{}, false
	}
	return p.agencies[len(p.agencies)-1], true
}

// Supervisor is 本级司法行政部门 of the agency; "" where only packs above it are loaded.
func (p *Pack) Supervisor() string {
	a, _ := p.Agency()
	return a.Supervisor
}

// Table is the document the tasks come from.
func (p *Pack) Table() (Table, bool) {
	if len(p.tables) == 0 {
		return Table{}, false
	}
	return p.tables[len(p.tables)-1], true
}

// Tasks lists the duties in the order of the division table.
func (p *Pack) Tasks() []Task { return slices.Clone(p.tasks) }

// Task finds a duty by its number.
func (p *Pack) Task(no int) (Task, bool) {
	i := slices.IndexFunc(p.tasks, func(t Task) bool { return t.No == no })
	if i < 0 {
		return Task{}, false
	}
	return p.tasks[i], true
}

// Units lists the divisions of the agency.
func (p *Pack) Units() []Unit { return slices.Clone(p.units) }

// Unit finds a division by code.
func (p *Pack) Unit(code string) (Unit, bool) {
	i := slices.IndexFunc(p.units, func(u Unit) bool { return u.Code == code })
	if i < 0 {
		return Unit{}, false
	}
	return p.units[i], true
}

// Deliverables lists the policies, texts and lists the agency must have.
func (p *Pack) Deliverables() []Deliverable { return slices.Clone(p.deliverables) }

// Items lists the powers the agency exercises: those to which it has given an owner. Without an agency pack it
// is the whole law that the upper packs hold.
func (p *Pack) Items() []Item {
	if _, ok := p.Agency(); !ok {
		return slices.Clone(p.items)
	}
	var own []Item
	for _, i := range p.items {
		if i.Owner != "" {
			own = append(own, i)
		}
	}
	return own
}

// Item finds a power by code, in the version in force on the day (行政处罚法第三十七条).
func (p *Pack) Item(code string, day workday.Day) (Item, bool) {
	return find(p.items, day, func(i Item) (bool, Provenance) { return i.Code == code, i.Provenance })
}

// Kinds lists the penalty kinds and orders in force on the day, in the order of the files.
func (p *Pack) Kinds(day workday.Day) []PenaltyKind {
	return inForce(p.kinds, day, func(k PenaltyKind) Provenance { return k.Provenance })
}

// Kind finds a penalty kind by its name.
func (p *Pack) Kind(name string, day workday.Day) (PenaltyKind, bool) {
	return find(p.kinds, day, func(k PenaltyKind) (bool, Provenance) { return k.Name == name, k.Provenance })
}

// Triggers lists the review catalogue as it is in force on the day.
func (p *Pack) Triggers(day workday.Day) []Trigger {
	return inForce(p.triggers, day, func(t Trigger) Provenance { return t.Provenance })
}

// Checklist lists the points a reviewer must answer, in order.
func (p *Pack) Checklist(day workday.Day) []CheckPoint {
	return inForce(p.checklist, day, func(c CheckPoint) Provenance { return c.Provenance })
}

// FirstOffences lists the first offences without penalty that concern the item; all of them for "".
func (p *Pack) FirstOffences(item string, day workday.Day) []FirstOffence {
	rows := inForce(p.firstOffences, day, func(f FirstOffence) Provenance { return f.Provenance })
	return slices.DeleteFunc(rows, func(f FirstOffence) bool { return item != "" && f.Item != item })
}

// Retentions lists how long each kind of dossier is kept.
func (p *Pack) Retentions(day workday.Day) []Retention {
	return inForce(p.retentions, day, func(r Retention) Provenance { return r.Provenance })
}

// Display finds how long a penalty decided on the day stays on show. Of several kinds the longest period counts; a
// summary decision has the period of its procedure (国家发展改革委令第36号). False where no rule of that day names the kinds.
func (p *Pack) Display(kinds []string, summary bool, day workday.Day) (DisplayPeriod, bool) {
	var longest DisplayPeriod
	found := false
	for _, d := range inForce(p.displays, day, func(d DisplayPeriod) Provenance { return d.Provenance }) {
		fits := summary && d.Summary
		if !summary {
			fits = slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(d.Kinds, k) })
		}
		if fits && (!found || d.MaxMonths > longest.MaxMonths) {
			longest, found = d, true
		}
	}
	return longest, found
}

// Recordings lists the acts to be recorded in sound and picture.
func (p *Pack) Recordings(day workday.Day) []Recording {
	return inForce(p.recordings, day, func(r Recording) Provenance { return r.Provenance })
}

// Texts lists the sentences an agency words itself.
func (p *Pack) Texts() []Text { return slices.Clone(p.texts) }

// Text finds one of them by code; "" where the pack has none.
func (p *Pack) Text(code string) string {
	for _, t := range p.texts {
		if t.Code == code {
			return t.Text
		}
	}
	return ""
}

// Told is the pack with the texts that the agency gave at its desk in place of its own. Without demo, what was invented for the
// demonstration is left blank: a paper of a real agency shows a gap rather than an address that is nobody's. The hash stays that
// of the pack.
func (p *Pack) Told(texts map[string]string, demo bool) *Pack {
	told := *p
	told.texts = slices.Clone(p.texts)
	seen := map[string]bool{}
	for i, t := range told.texts {
		if text, ok := texts[t.Code]; ok && text != "" {
			told.texts[i].Text, told.texts[i].Demo, seen[t.Code] = text, false, true
		} else if t.Demo && !demo {
			told.texts[i].Text = ""
		}
	}
	for code, text := range texts {
		if !seen[code] && text != "" {
			told.texts = append(told.texts, Text{Code: code, Text: text})
		}
	}
	if n := len(p.agencies); n > 0 {
		told.agencies = slices.Clone(p.agencies)
		a := &told.agencies[n-1]
		a.Government, a.Court = cmp.Or(texts["agency.review_organ"], a.Government), cmp.Or(texts["agency.court"], a.Court)
	}
	return &told
}

// Given is a sentence that was not invented for the demonstration; a real agency is told nothing else.
func (p *Pack) Given(code string) string {
	if slices.ContainsFunc(p.texts, func(t Text) bool { return t.Code == code && t.Demo }) {
		return ""
	}
	return p.Text(code)
}

func inForce[T any](rows []T, day workday.Day, of func(T) Provenance) []T {
	var out []T
	for _, r := range rows {
		if of(r).In(day) {
			out = append(out, r)
		}
	}
	return out
}

func find[T any](rows []T, day workday.Day, match func(T) (bool, Provenance)) (T, bool) {
	for _, r := range rows {
		if ok, p := match(r); ok && p.In(day) {
			return r, true
		}
	}
	var none T
	return none, false
}
