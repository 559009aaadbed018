package bound

import "slices"

// Table is a table whose rows are bound: the columns that name a row (Numbers are those of them that are numbers), and
// the ones that may change after it was written. What is not Free must never change, and a second word about it is a problem.
type Table struct {
	Name    string
	Key     []string
	Numbers []string
	Free    []string
}

// agency is the column that says whose ledger binds a row.
func (t Table) agency() string {
	if t.Name == "agency" {
		return "id"
	}
	return "agency"
}

// Tables lists the tables whose rows are bound. The triggers that note them stand in migrations 00110, 00201 and 00241.
func Tables() []Table { return slices.Clone(tables) }

var tables = []Table{
	{"activation", []string{"agency", "number"}, []string{"number"}, nil},
	{"item", []string{"agency", "activation", "code", "from_on"}, []string{"activation"}, nil},
	{"task", []string{"agency", "activation", "number"}, []string{"activation", "number"}, nil},
	{"pack_row", []string{"agency", "activation", "section", "position"}, []string{"activation", "position"}, nil},
	{"pack_change", []string{"agency", "activation", "section", "row_key"}, []string{"activation"}, nil},
	{"look", []string{"id"}, nil, nil},
	{"account_role", []string{"account", "role"}, nil, []string{"granted", "granted_by"}},
	{"acting", []string{"id"}, nil, []string{"ended"}},
	{"agency", []string{"id"}, nil, []string{"name", "short_name", "credit_code", "number_word", "level", "parent", "division", "entrusted_by"}},
	{"unit", []string{"agency", "code"}, nil, []string{"name", "kind", "review"}},
	{"officer", []string{"id"}, nil, []string{"unit", "name", "position", "staff", "account", "from_on", "until_on"}},
	{"certificate", []string{"id"}, nil, []string{"valid_until", "filed", "revoked_on"}},
	{"reviewer", []string{"agency", "account"}, nil, []string{"unit", "qualification", "first_review_on", "from_on", "until_on"}},
	{"counsel", []string{"id"}, nil, []string{"until_on"}},
	{"case_file", []string{"id"}, nil, []string{"number", "title", "cause", "item", "unit", "handler", "state", "found_on", "opened_on", "closed_on", "last_on",
		"complex", "crime_open", "rule_set", "pack", "parties", "next_due", "changed"}},
	{"party", []string{"id"}, nil, []string{"name", "code", "citizen_id", "birth", "details", "name_key", "track", "item", "catalogue", "major", "notice_on", "window_until", "waived", "hearing_open", "notified_rank", "notified_amount"}},
	{"case_officer", []string{"case_id", "certificate", "from_on"}, nil, []string{"until_on"}},
	{"document", []string{"id"}, nil, nil},
	{"submission", []string{"id"}, nil, []string{"waiting", "state", "read_at"}},
	{"signoff", []string{"submission", "ordinal"}, []string{"ordinal"}, nil},
	{"number_series", []string{"agency", "prefix", "year"}, []string{"year"}, []string{"last"}},
	{"number_used", []string{"agency", "prefix", "year", "serial"}, []string{"year", "serial"}, []string{"void"}},
	{"deadline", []string{"id"}, nil, []string{"state", "met_on"}},
	{"delivery", []string{"id"}, nil, nil},
	{"approval", []string{"id"}, nil, nil},
	{"panel", []string{"id"}, nil, nil},
	{"decision", []string{"id"}, nil, []string{"served_on", "service_mode", "effective_on", "state", "annulled_on"}},
	{"payment", []string{"id"}, nil, nil},
	{"attachment", []string{"id"}, nil, nil},
	{"seal_use", []string{"id"}, nil, nil},
	{"review", []string{"id"}, nil, []string{"state", "verdict", "complete_on", "reviewer", "concluded_on", "counsel", "opinion", "due_on"}},
	{"review_text", []string{"review_id", "party_id"}, nil, nil},
	{"publication", []string{"id"}, nil, []string{"title", "party_name", "basis", "result", "state", "act_due", "service_mode", "served_on", "published_on", "published_at",
		"period_until", "fallen_on", "withdraw_due", "withdrawn_on", "ground", "ground_document", "reason", "replaced_by", "content_hash", "redaction_hash",
		"checked_hash", "maker", "maker_for", "checker", "checker_for", "approver", "version", "ordinal", "minor", "withdraw_maker", "withdraw_checker", "updated_at"}},
	{"publication_extension", []string{"id"}, nil, nil},
	{"publication_text", []string{"publication"}, nil, []string{"source", "blocks", "decisions", "correction", "withdrawal"}},
	{"pub_snapshot", []string{"agency", "kind", "key"}, nil, []string{"place", "json", "version", "published"}},
	{"pub_snapshot_change", []string{"agency", "kind", "version"}, []string{"version"}, nil},
	{"rule_text", []string{"id"}, nil, []string{"until_on"}},
	{"undertaking", []string{"id"}, nil, []string{"settled_on", "settled_by", "outcome"}},
	{"undertaking_officer", []string{"undertaking", "officer"}, nil, nil},
	{"annual_return", []string{"id"}, nil, nil},
	{"agency_setting", []string{"id"}, nil, []string{"state", "decided_by", "decided_at"}},
}
