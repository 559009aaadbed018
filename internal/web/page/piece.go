package page

import (
	"html/template"
	"slices"
	"strings"

	"mingjing/internal/law"
)

// Finding is one rule as a person reads it: what is missing, which article asks for it, what to do next.
type Finding struct {
	Title, Message, Cite, Advice string
	Warns                        bool     // it only warns
	Override                     string   // the ground on which a named head may let it pass; empty = never
	Parties                      []string // whom it concerns, where it is said of several at once
}

// FindingOf makes a judgement of the law readable.
func FindingOf(f law.Finding) Finding {
	shown := Finding{Title: f.Title, Message: f.Message, Cite: f.Cite.String(), Advice: f.Advice, Warns: f.Severity != law.Block}
	if f.Override != nil {
		shown.Override = f.Override.Ground
	}
	return shown
}

// FindingsOf makes judgements readable. What is said of several parties in the same words is said once, with their names.
func FindingsOf(list []law.Finding) []Finding {
	type same struct {
		rule, message string
		severity      law.Severity
	}
	at := map[same]int{}
	shown := make([]Finding, 0, len(list))
	for _, f := range list {
		key := same{f.Rule, f.Alone(), f.Severity}
		i, before := at[key]
		switch {
		case f.Party == "" || !before:
			at[key] = len(shown)
			shown = append(shown, FindingOf(f))
			if f.Party != "" {
				shown[len(shown)-1].Parties = []string{f.Party}
			}
		case !slices.Contains(shown[i].Parties, f.Party):
			shown[i].Parties = append(shown[i].Parties, f.Party)
			shown[i].Message = Count(len(shown[i].Parties)) + "名当事人：" + f.Alone()
		}
	}
	for i := range shown {
		if len(shown[i].Parties) == 1 {
			shown[i].Parties = nil // the message names that one
		}
	}
	return shown
}

// Event is one line of a case's story.
type Event struct {
	Day, Time string // when it happened, Asia/Shanghai; Day as YYYY-MM-DD
	Late      string // when it was recorded, where that is another day
	Title     string
	By        string // who, and for whom
	Text      string
	Links     []Link // documents
	Proof     Link   // the place in the ledger
	Cite      string
	Tone      string  // "", met, soon, late, void
	Parts     []Event // what the line tells together, each by itself
}

// StepPanel is what this person may do now, and what not and why.
type StepPanel struct {
	Allowed []Step
	Refused []RefusedStep
}

// Step is an act that can be begun.
type Step struct {
	Title, Hint, Href, Cite string
	Primary                 bool
	Warnings                []Finding
}

// RefusedStep is an act that cannot be begun now.
type RefusedStep struct {
	Title    string
	Findings []Finding
}

// Gate is the card of a decision that needs a legal review: which levels hold, and which review of which text.
type Gate struct {
	Title  string
	Open   bool // every level lets the decision pass
	Levels []GateLevel
	Review Link
	Text   string // first characters of the hash of the reviewed text, and whether the text is still that
}

// GateLevel is one level of a gate.
type GateLevel struct {
	Name, Text string
	Passed     bool
}

// Light is one duty: what it is, whether it is met, and the way to its evidence.
type Light struct {
	Number         int
	Category, Task string
	State          string // one of LightStates, or "" where nothing is computed
	Value, Target  string
	Formula, At    string
	Gap            string // what of the duty is not measured
	Owner, Href    string
}

// LightStates are the states of a duty in the order in which a board counts them: what is behind a check first, then the
// one that says that there are no records yet. The empty state is a duty without a check.
func LightStates() []string { return []string{"met", "sofar", "partly", "unmet", "none", ""} }

// StateText is the word beside the colour.
func (l Light) StateText() string {
	switch l.State {
	case "met":
		return "达标"
	case "sofar":
		return "已计量部分达标"
	case "partly":
		return "部分达标"
	case "unmet":
		return "未达标"
	case "none":
		return "尚无记录"
	}
	return "尚未计量"
}

// StateShort is the word for a narrow cell.
func (l Light) StateShort() string {
	if l.State == "sofar" {
		return "部分计量"
	}
	return l.StateText()
}

// Tone is the colour of the light.
func (l Light) Tone() string {
	switch l.State {
	case "met":
		return "met"
	case "sofar":
		return "open"
	case "partly":
		return "soon"
	case "unmet":
		return "late"
	}
	return "none"
}

// LightOwner is one row of a board: who answers for duties, and how they stand.
type LightOwner struct {
	Owner  string
	Lights []Light
	Counts []int // by LightStates
}

// LightTable puts the duties of a board beside who answers for them, in the order in which the owners first appear.
func LightTable(lights []Light) []LightOwner {
	var rows []LightOwner
	for _, l := range lights {
		i := slices.IndexFunc(rows, func(r LightOwner) bool { return r.Owner == l.Owner })
		if i < 0 {
			i = len(rows)
			rows = append(rows, LightOwner{Owner: l.Owner, Counts: make([]int, len(LightStates()))})
		}
		rows[i].Lights = append(rows[i].Lights, l)
		rows[i].Counts[max(0, slices.Index(LightStates(), l.State))]++
	}
	return rows
}

// LightHeads are the words over the counts of a LightTable.
func LightHeads() []Light {
	var heads []Light
	for _, state := range LightStates() {
		heads = append(heads, Light{State: state})
	}
	return heads
}

// Proof says that a text stands in the agency's ledger unchanged.
type Proof struct {
	State string // proved, waiting, none
	Text  string
	Hash  string // of the public text, SHA-256
	Seq   string // place in the ledger
	Size  string // leaves under the checkpoint
	Root  string // of the checkpoint
	At    string
	Href  string // of the signed text of the checkpoint
	// Witness is how the text stands with the outside witnesses, in words, with its tone; empty where none are agreed upon.
	Witness, WitnessTone string

	Check string // of the page that checks it in the reader's browser
	File  string // of the proof
}

// Tombstone is what stays of a withdrawn publication.
type Tombstone struct {
	Index, Number, Agency, DecidedOn, PublishedOn, WithdrawnOn, Ground, GroundDocument, Reason string
	ReplacedBy                                                                                 Link
	Expired                                                                                    bool
}

// Summary lists what is wrong with a form; each line leads to its field.
type Summary struct{ Lines []Link }

// Empty says what would be here and how it gets here.
type Empty struct {
	Title, Text string
	Action      Link
}

// Pager leads through a list that is paged by key: it goes on and back to the beginning.
type Pager struct {
	Shown  int // rows on this page
	Count  int // rows that fit
	Capped bool
	First  string // address; empty on the first page
	Next   string // address; empty on the last page
}

// Paper is a document on its sheet.
type Paper struct {
	Title string
	Sheet template.HTML // made by form/paper, which escapes every text
	Print string        // address of the print view
	PDF   string
}

// Search is the one box over everything.
type Search struct{ Action, Query, Label, Hint string }

// Progress is long work that can be left and found again.
type Progress struct {
	Title       string
	Done, Total int
	Text        string
	Href        string // asked again and again; answers {"done":…,"total":…,"text":…,"over":…}
	Over        bool
}

// Bars is a small chart beside its table: one bar a row, the axis from zero.
type Bars struct {
	Title string
	Unit  string
	Rows  []Bar
}

// Bar is one row of Bars.
type Bar struct {
	Label string
	Value int
	Href  string
}

// barWidth is the length of the longest bar in user units.
const barWidth = 240

// Width is the length of a bar.
func (b Bars) Width(value int) int {
	most := 0
	for _, r := range b.Rows {
		most = max(most, r.Value)
	}
	if most == 0 || value <= 0 {
		return 0
	}
	return max(2, value*barWidth/most)
}

// Lines splits a text at its line feeds, without empty lines.
func Lines(text string) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
