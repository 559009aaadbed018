package law

// The grounds on which the last day for publishing moves. A third party is asked where a trade secret or privacy is
// touched (政府信息公开条例第十五条), and the time for it is not counted (第三十二条、第三十三条第三款; that they speak of answers to
// applications, and why they are followed here, says docs/adr/0007). A term in working days moves when the State Council
// names the working days of a year, or names them anew.
const (
	ExtendThirdParty = "征求第三方意见"
	ExtendCalendar   = "工作日安排公布或者调整"
)

// ExtendGrounds lists them.
func ExtendGrounds() []string { return []string{ExtendThirdParty, ExtendCalendar} }

// extensionRules: when the last day for publishing may move, and how far.
func extensionRules() []Rule {
	asked := func(f *Facts) bool { return f.ExtendGround == ExtendThirdParty }
	return since(disclosureFrom,
		Rule{Code: "XG-07", Title: "推迟公示应当有法定理由和文书", Cite: disclosureRules("第十五条、第三十二条、第三十三条"), Status: Adopted, Severity: Block, Tasks: []int{10},
			Broken: func(f *Facts, _ Values) string {
				return when(f.ExtendGround != ExtendThirdParty && f.ExtendGround != ExtendCalendar || f.ExtendDocument == "", "没有推迟公示的法定理由，或者没有填写所依据的文书。")
			},
			Advice: "只有征求第三方意见，或者国务院公布、调整工作日安排，才能推迟；其他情形请按期公示，依法不予公开的登记不予公示。"},
		Rule{Code: "XG-07b", Title: "征求第三方意见不计入期限的时间不超过十五个工作日", Cite: disclosureRules("第三十二条"), Status: Adopted, Severity: Block, Tasks: []int{10},
			Applies: asked,
			Broken: func(f *Facts, v Values) string {
				most := v.Int(ThirdPartyDays)
				return when(f.ExtendDays < 1 || f.ExtendDays > most, "征求意见的时间应当是一至"+v.Period(ThirdPartyDays)+"。")
			},
			Advice: "第三方应当自收到征求意见书之日起十五个工作日内提出意见；逾期未提出的，由机关决定是否公开。"},
		Rule{Code: "XG-07c", Title: "征求第三方意见自送达征求意见书之日起算，一件决定只有一次", Cite: disclosureRules("第三十二条"), Status: Adopted, Severity: Block, Tasks: []int{10},
			Applies: asked,
			Broken: func(f *Facts, _ Values) string {
				return when(f.ExtendedBefore || f.ExtendFrom.IsZero() || f.ExtendFrom.After(f.Occurred) || f.ExtendFrom.Before(f.DecisionDay),
					"没有征求意见书送达第三方的日期，或者这一日不在作出决定之日至今日之间，或者已经因征求第三方意见推迟过。")
			},
			Advice: "请填写征求意见书送达第三方的日期；已经推迟过的，请在推迟后的期限内公示。"},
		Rule{Code: "XG-07d", Title: "公示期限届满后不得推迟", Cite: threeSystems("（六）"), Status: Adopted, Severity: Block, Tasks: []int{10},
			Broken: func(f *Facts, _ Values) string {
				return when(f.PublishDue.missed(f.Occurred), "公示期限"+f.PublishDue.String()+"已过。")
			},
			Advice: "请立即公示并说明超期原因。"},
		Rule{Code: "XG-07e", Title: "推迟后的期限应当晚于原期限", Cite: threeSystems("（六）"), Status: Adopted, Severity: Block, Tasks: []int{10},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.ExtendTo.After(f.PublishDue.Day), "按现行工作日安排重新计算，公示期限没有推迟。")
			},
			Advice: "请按原期限公示。"},
	)
}
