package form

import (
	"slices"
	"strings"
)

// Paths are what a case's context may hold for Prefill, by first step. A room
// fills what it knows; a kind file that names another path is refused, since it
// would silently stay empty. Values have the shapes of Values: party and
// informant are records with the parts of their field type, officers, basis,
// evidence and the like are lists of such records, money is int64 in 分.
func Paths(root string) []string {
	switch root {
	case "actor":
		return []string{"name"}
	case "agency":
		return []string{"name", "address", "contact", "phone", "head", "head_post", "bank", "account_name", "account", "court", "review_organ", "review_url"}
	case "unit":
		return []string{"name"}
	case "parameter":
		return []string{"defence_days"}
	case "lead":
		return []string{"source", "received_at", "discovered_on", "from_organ", "informant", "materials"}
	case "case":
		return []string{"number", "title", "cause", "party", "officers", "lead_officer", "opened_on", "closed_on", "origin",
			"facts", "evidence", "evidence_text", "violated", "basis", "discretion", "outcome", "proposal", "penalties", "fine",
			"illegal_income", "goods", "goods_value", "other_penalty", "correction", "major", "hearing_right", "no_penalty_ground",
			"no_penalty_reason", "attachments"}
	case "approval":
		return []string{"name", "at", "on", "unit_opinion", "review_opinion", "finance_opinion", "head_opinion"}
	case "hold":
		return []string{"number", "at", "due", "items"}
	case "catalogue":
		return []string{"title", "checks", "triggers"}
	case "draft":
		return []string{"kind", "hash"}
	case "review":
		return []string{"unit", "number", "submitted_on", "complete_on", "received_on", "qualification", "reasons", "summary"}
	case "objection":
		return []string{"number", "unit", "on"}
	case "notice", "hearing_notice", "demand":
		return []string{"number", "served_on"}
	case "defence":
		return []string{"on", "outcome", "text", "review"}
	case "hearing":
		return []string{"requested_on", "at", "place", "host", "outcome", "result"}
	case "panel", "publication":
		return []string{"summary"}
	case "decision":
		return []string{"number", "on", "at", "served_on", "text", "penalty", "fine", "illegal_income", "total", "pay_due", "pay_code",
			"unperformed", "unpaid", "unpaid_fine", "surcharge", "total_due", "due_fine", "due_total", "due_text", "paid", "paid_on", "receipt"}
	case "delivery":
		return []string{"papers", "mode", "at", "place", "receiver"}
	case "announcement":
		return []string{"recipients"}
	case "original":
		return []string{"kind", "number", "on"}
	case "dossier":
		return []string{"number", "part", "retention", "pages", "items"}
	}
	return nil
}

// knownPath says whether a prefill path may be filled.
func knownPath(path string) bool {
	root, rest, _ := strings.Cut(path, ".")
	first, _, _ := strings.Cut(rest, ".")
	return slices.Contains(Paths(root), first)
}
