package flow

import "mingjing/internal/law"

// The states of one publication.
const (
	DueForPublication State = "due"
	Prepared          State = "prepared"
	Checked           State = "checked"
	Published         State = "published"
	Corrected         State = "corrected"
	Withdrawn         State = "withdrawn"
	Withheld          State = "withheld"
	Expired           State = "expired"
)

// Publication is 执法结果公示程序 (第四十八条, 国办发〔2018〕118号（六）, duties 10 and 11).
func Publication() Machine {
	public := []State{Published, Corrected}
	return Machine{
		Code: "publication", Title: "执法结果公示程序", Start: DueForPublication,
		States: []StateInfo{
			{Code: DueForPublication, Title: "待公示"},
			{Code: Prepared, Title: "已制作，待复核"},
			{Code: Checked, Title: "已复核"},
			{Code: Published, Title: "已公示"},
			{Code: Corrected, Title: "已更正"},
			{Code: Withdrawn, Title: "已撤下", Final: true},
			{Code: Withheld, Title: "不予公示", Final: true},
			{Code: Expired, Title: "公示期满", Final: true},
		},
		Steps: everywhere(
			Step{Code: "prepare", Title: "制作公示信息并脱敏", From: []State{DueForPublication, Prepared, Checked}, To: Prepared, Role: law.RolePublisher, Rules: []string{"CF-26e"}, Repeatable: true, Public: true, Event: "publication.prepared"},
			Step{Code: "check", Title: "复核", From: []State{Prepared}, To: Checked, Role: law.RoleChecker, Rules: []string{"CF-32", "XG-05", "XG-05b"}, Public: true, Event: "publication.checked"},
			Step{Code: "publish", Title: "公示", From: []State{Checked}, To: Published, Role: law.RolePublisher,
				Rules: []string{"CF-42c", "CF-26c", "CF-26d", "CF-26e", "CF-32", "CF-36", "WB-103", "XG-03", "XG-05", "XG-05b", "SX-13",
					"PUB-01", "PUB-02", "PUB-03", "PUB-04", "PUB-05", "PUB-06", "PUB-07"}, Public: true, Event: "publication.published"},
			Step{Code: "correct", Title: "更正", From: public, To: Corrected, Role: law.RolePublisher, Rules: []string{"CF-26f", "CF-26e", "CF-32", "XG-05", "XG-05b"}, Optional: true, Repeatable: true, Public: true, Event: "publication.corrected"},
			Step{Code: "withdraw", Title: "撤下", From: append(public, Expired), To: Withdrawn, Role: law.RolePublisher, Rules: []string{"CF-26", "CF-26b", "CF-26f"}, Optional: true, Public: true, Event: "publication.withdrawn"},
			Step{Code: "withhold", Title: "不予公示", From: []State{DueForPublication, Prepared, Checked}, To: Withheld, Role: law.RolePublisher, Rules: []string{"XG-05w"}, Optional: true, Public: true, Event: "publication.withheld"},
			Step{Code: "extend", Title: "推迟公示", From: []State{DueForPublication, Prepared, Checked}, To: DueForPublication, Role: law.RolePublisher, Rules: []string{"XG-07", "XG-07b", "XG-07c", "XG-07d", "XG-07e", "CF-26e"}, Optional: true, Repeatable: true, Public: true, Event: "publication.extended"},
			Step{Code: "restore", Title: "恢复公示", From: []State{Withheld}, To: DueForPublication, Role: law.RolePublisher, Rules: []string{"CF-26e"}, Optional: true, Public: true, Event: "publication.restored"},
			Step{Code: "expire", Title: "公示期满停止公示", From: public, To: Expired, Role: law.RolePublisher, Optional: true, Public: true, Event: "publication.expired"},
		),
	}
}
