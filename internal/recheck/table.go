package recheck

// table is a table of the record: what names a row, and which columns may change after it was written.
type table struct {
	name, title string
	key, free   []string
}

// record lists the tables whose rows the ledger speaks of. It is written down here a second time on purpose: a column that
// is taken off the list of the program is missed by it and not by this.
var record = []table{
	{name: "activation", title: "专案包的启用", key: []string{"agency", "number"}},
	{name: "item", title: "执法事项", key: []string{"agency", "activation", "code", "from_on"}},
	{name: "task", title: "责任分工", key: []string{"agency", "activation", "number"}},
	{name: "pack_row", title: "专案包的清单", key: []string{"agency", "activation", "section", "position"}},
	{name: "pack_change", title: "专案包的变更", key: []string{"agency", "activation", "section", "row_key"}},
	{name: "look", title: "查阅个人信息的登记", key: []string{"id"}},
	{name: "account_role", title: "账户的岗位", key: []string{"account", "role"}, free: []string{"granted", "granted_by"}},
	{name: "acting", title: "代理", key: []string{"id"}, free: []string{"ended"}},
	{name: "agency", title: "机关", key: []string{"id"}, free: []string{"name", "short_name", "credit_code", "number_word", "level", "parent", "division", "entrusted_by"}},
	{name: "unit", title: "科室", key: []string{"agency", "code"}, free: []string{"name", "kind", "review"}},
	{name: "officer", title: "执法人员", key: []string{"id"}, free: []string{"unit", "name", "position", "staff", "account", "from_on", "until_on"}},
	{name: "certificate", title: "执法证件", key: []string{"id"}, free: []string{"valid_until", "filed", "revoked_on"}},
	{name: "reviewer", title: "法制审核人员", key: []string{"agency", "account"}, free: []string{"unit", "qualification", "first_review_on", "from_on", "until_on"}},
	{name: "counsel", title: "法律顾问", key: []string{"id"}, free: []string{"until_on"}},
	{name: "case_file", title: "案件", key: []string{"id"}, free: []string{"number", "title", "cause", "item", "unit", "handler", "state", "found_on", "opened_on", "closed_on", "last_on",
		"complex", "crime_open", "rule_set", "pack", "parties", "next_due", "changed"}},
	{name: "party", title: "当事人", key: []string{"id"}, free: []string{"name", "code", "citizen_id", "birth", "details", "name_key", "track", "item", "catalogue", "major", "notice_on", "window_until", "waived", "hearing_open", "notified_rank", "notified_amount"}},
	{name: "case_officer", title: "办案人员", key: []string{"case_id", "certificate", "from_on"}, free: []string{"until_on"}},
	{name: "document", title: "文书", key: []string{"id"}},
	{name: "submission", title: "送签", key: []string{"id"}, free: []string{"waiting", "state", "read_at"}},
	{name: "signoff", title: "签批", key: []string{"submission", "ordinal"}},
	{name: "number_series", title: "文号序列", key: []string{"agency", "prefix", "year"}, free: []string{"last"}},
	{name: "number_used", title: "文号", key: []string{"agency", "prefix", "year", "serial"}, free: []string{"void"}},
	{name: "deadline", title: "期限", key: []string{"id"}, free: []string{"state", "met_on"}},
	{name: "delivery", title: "送达", key: []string{"id"}},
	{name: "approval", title: "负责人批准", key: []string{"id"}},
	{name: "panel", title: "集体讨论", key: []string{"id"}},
	{name: "decision", title: "决定", key: []string{"id"}, free: []string{"served_on", "service_mode", "effective_on", "state", "annulled_on"}},
	{name: "payment", title: "缴款", key: []string{"id"}},
	{name: "attachment", title: "附件", key: []string{"id"}},
	{name: "seal_use", title: "用印", key: []string{"id"}},
	{name: "review", title: "法制审核", key: []string{"id"}, free: []string{"state", "verdict", "complete_on", "reviewer", "concluded_on", "counsel", "opinion", "due_on"}},
	{name: "review_text", title: "送审文本", key: []string{"review_id", "party_id"}},
	{name: "publication", title: "公示信息", key: []string{"id"}, free: []string{"title", "party_name", "basis", "result", "state", "act_due", "service_mode", "served_on", "published_on",
		"published_at", "period_until", "fallen_on", "withdraw_due", "withdrawn_on", "ground", "ground_document", "reason", "replaced_by", "content_hash",
		"redaction_hash", "checked_hash", "maker", "maker_for", "checker", "checker_for", "approver", "version", "ordinal", "minor", "withdraw_maker", "withdraw_checker", "updated_at"}},
	{name: "publication_extension", title: "推迟公示", key: []string{"id"}},
	{name: "publication_text", title: "公示文本", key: []string{"publication"}, free: []string{"source", "blocks", "decisions", "correction", "withdrawal"}},
	{name: "pub_snapshot", title: "事前公示清单", key: []string{"agency", "kind", "key"}, free: []string{"place", "json", "version", "published"}},
	{name: "pub_snapshot_change", title: "事前公示清单的版本", key: []string{"agency", "kind", "version"}},
	{name: "rule_text", title: "制度文本", key: []string{"id"}, free: []string{"until_on"}},
	{name: "undertaking", title: "落实事项", key: []string{"id"}, free: []string{"settled_on", "settled_by", "outcome"}},
	{name: "undertaking_officer", title: "参加落实事项的人员", key: []string{"undertaking", "officer"}},
	{name: "annual_return", title: "统计年报", key: []string{"id"}},
	{name: "agency_setting", title: "本机关设定", key: []string{"id"}, free: []string{"state", "decided_by", "decided_at"}},
}
