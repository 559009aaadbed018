package law

import (
	"strings"

	"mingjing/internal/workday"
)

// Cite names the provision that a rule or parameter rests on.
type Cite struct {
	// Statute is the full title in 《》, Article such as "第五十八条第一款",
	// Version the year of the text or the document number.
	Statute, Article, Version string
}

// String is the citation as a Chinese text writes it: 《行政处罚法》第五十八条.
func (c Cite) String() string { return c.Statute + c.Article }

// Status says how certain a row is (DECISIONS §1).
type Status string

// Verified was read in the source; adopted rests on an agency's own published document;
// memory and draft were not confirmed.
const (
	Verified Status = "verified"
	Adopted  Status = "adopted"
	Memory   Status = "memory"
	Draft    Status = "draft"
)

// MayBlock reports whether a rule of this status may forbid an act.
func (s Status) MayBlock() bool { return s == Verified || s == Adopted }

// Severity says what a broken rule does.
type Severity string

// Block forbids the act; warn is shown and escalates; quality costs points in the
// dossier audit; computed only informs.
const (
	Block    Severity = "block"
	Warn     Severity = "warn"
	Quality  Severity = "quality"
	Computed Severity = "computed"
)

// Role is who acts on a case. Package access maps accounts to roles.
type Role string

// The roles of a penalty case.
const (
	RoleHandler   Role = "handler"   // 承办人
	RoleUnitHead  Role = "unit_head" // 承办机构负责人
	RoleReviewer  Role = "reviewer"  // 法制审核人员
	RoleApprover  Role = "approver"  // 行政机关负责人
	RolePublisher Role = "publisher" // 公示人员
	RoleChecker   Role = "checker"   // 公示复核人员
	RoleArchivist Role = "archivist" // 档案管理人员
)

// Override says that a named head may let an act pass a broken rule (DECISIONS §2).
type Override struct {
	Role Role
	// Ground is the legal exception, in Chinese, that the head must state reasons for.
	Ground string
}

// Rule is one row of the law. Rows are never edited: a changed rule is closed with
// Until and followed by a new row with its own code suffix.
type Rule struct {
	// Code is unique, such as "CF-36"; the letters are those of the rulebook.
	Code string
	// Title is the rule as one Chinese sentence.
	Title string
	Cite  Cite
	// From is the first and Until the last day in force; a zero Until is open.
	From, Until workday.Day
	Status      Status
	Severity    Severity
	// Override is nil where nobody may let it pass.
	Override *Override
	// Tasks are the duties of the division table that the rule serves, 1–32.
	Tasks []int
	// Applies says whether the rule concerns these facts; nil = always.
	Applies func(f *Facts) bool
	// Broken returns what is wrong as a Chinese sentence; empty = the rule is kept.
	Broken func(f *Facts, v Values) string
	// Due, if set, is the day on which the verdict hangs; a provisional one cannot block.
	Due func(f *Facts) Due
	// Advice is what is missing and what to do next, in Chinese.
	Advice string
}

// InForce reports whether the rule is in force on the day.
func (r *Rule) InForce(day workday.Day) bool {
	return !day.Before(r.From) && (r.Until.IsZero() || !day.After(r.Until))
}

// Effective is the severity after status: a rule that is not certain never blocks.
func (r *Rule) Effective() Severity {
	if r.Severity == Block && !r.Status.MayBlock() {
		return Warn
	}
	return r.Severity
}

// Finding is one rule that the facts break.
type Finding struct {
	Rule string
	// Title and Message are Chinese: the rule, and what is wrong with these facts.
	Title, Message string
	// Severity is effective: after status and provisional days.
	Severity Severity
	Cite     Cite
	Advice   string
	Override *Override
	Tasks    []int
	// Party is whom it concerns in a case of several; Message begins with the name then.
	Party string
}

// Of is the finding as one that concerns this party of several.
func (f Finding) Of(party string) Finding {
	f.Party, f.Message = party, party+"："+f.Message
	return f
}

// Alone is the message without the name of the party.
func (f Finding) Alone() string { return strings.TrimPrefix(f.Message, f.Party+"：") }
