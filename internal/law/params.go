package law

import "slices"

// The codes of parameters.
const (
	FilingDays          = "filing_days"
	SimpleFineCitizen   = "simple_fine_citizen"
	SimpleFineOrg       = "simple_fine_org"
	OnsiteCash          = "onsite_cash"
	CashHandInDays      = "cash_hand_in_days"
	CashBankDays        = "cash_bank_days"
	SimpleFileDays      = "simple_file_days"
	OfficersMin         = "officers_min"
	HoldDays            = "hold_days"
	DefenceDays         = "defence_days"
	HearingRequestDays  = "hearing_request_days"
	HearingNoticeDays   = "hearing_notice_days"
	HearingAgentsMax    = "hearing_agents_max"
	DecisionDays        = "decision_days"
	ServiceDays         = "service_days"
	AnnouncementDays    = "announcement_days"
	PublishDays         = "publish_days"
	PublishOtherDays    = "publish_other_days"
	WithdrawDays        = "withdraw_days"
	ThirdPartyDays      = "third_party_days"
	PayDays             = "pay_days"
	SurchargePercent    = "surcharge_percent"
	SurchargeCapPercent = "surcharge_cap_percent"
	DemandWaitDays      = "demand_wait_days"
	CourtMonths         = "court_months"
	LimitationYears     = "limitation_years"
	LimitationYearsLong = "limitation_years_long"
	RemedyReviewDays    = "remedy_review_days"
	RemedySuitMonths    = "remedy_suit_months"
	SuitAfterReviewDays = "suit_after_review_days"
	ReviewDays          = "review_days"
	ReviewExtraDays     = "review_extra_days"
	DisputeDays         = "dispute_days"
	ReviewersPercent    = "reviewers_percent"
	ChecklistPoints     = "checklist_points"
	PanelMinutesMin     = "panel_minutes_min"
	TransferDecideDays  = "transfer_decide_days"
	TransferHours       = "transfer_hours"
	TransferPoliceDays  = "transfer_police_days"
	LateEntryDays       = "late_entry_days"
	ArchiveDays         = "archive_days"
	ShowMinorMax        = "show_minor_max_months"
	ShowNormalMin       = "show_normal_min_months"
	ShowNormalMax       = "show_normal_max_months"
	ShowSeriousMin      = "show_serious_min_months"
	ShowSeriousMax      = "show_serious_max_months"
	ReviewFineCitizen   = "review_fine_citizen"
	ReviewFineOrg       = "review_fine_org"
	HearingFineCitizen  = "hearing_fine_citizen"
	HearingFineOrg      = "hearing_fine_org"
	SeverityOrder       = "severity_order"
)

// Params returns every parameter row of the national law.
func Params() []Param {
	return slices.Concat(simpleParams(), periodParams(), partyParams(), performanceParams(),
		reviewParams(), disclosureParams(), localParams())
}

// dated fills the columns that rows of one text share.
func dated(from string, rows ...Param) []Param {
	for i := range rows {
		if rows[i].From.IsZero() {
			rows[i].From = on(from)
		}
		if rows[i].Status == "" {
			rows[i].Status = Verified
		}
	}
	return rows
}

// oldLaw are the rows that the revision of 2021 closed; they stay so that an act before it is judged by them.
func oldLaw(rows ...Param) []Param {
	for i := range rows {
		rows[i].From, rows[i].Until = on("1996-10-01"), on("2021-07-14")
		rows[i].Cite.Version, rows[i].Status = "1996年", Memory
	}
	return rows
}

func simpleParams() []Param {
	return append(oldLaw(
		Param{Code: SimpleFineCitizen, Title: "当场处罚公民罚款限额", Value: 50_00, Unit: FenUnit, Cite: penaltyLaw("第三十三条"), Tighter: TighterLower},
		Param{Code: SimpleFineOrg, Title: "当场处罚单位罚款限额", Value: 1000_00, Unit: FenUnit, Cite: penaltyLaw("第三十三条"), Tighter: TighterLower},
		Param{Code: OnsiteCash, Title: "当场收缴罚款限额", Value: 20_00, Unit: FenUnit, Cite: penaltyLaw("第四十七条"), Tighter: TighterLower},
		Param{Code: HearingRequestDays, Title: "要求听证的期限", Value: 3, Unit: CalendarDays, Cite: penaltyLaw("第四十二条"), Tighter: TighterHigher},
	), dated(penaltyFrom,
		Param{Code: SimpleFineCitizen, Title: "当场处罚公民罚款限额", Value: 200_00, Unit: FenUnit, Cite: penaltyLaw("第五十一条"), Tighter: TighterLower},
		Param{Code: SimpleFineOrg, Title: "当场处罚单位罚款限额", Value: 3000_00, Unit: FenUnit, Cite: penaltyLaw("第五十一条"), Tighter: TighterLower},
		Param{Code: OnsiteCash, Title: "当场收缴罚款限额", Value: 100_00, Unit: FenUnit, Cite: penaltyLaw("第六十八条"), Tighter: TighterLower},
		Param{Code: CashHandInDays, Title: "执法人员交款期限", Value: 2, Unit: WorkDays, Cite: penaltyLaw("第七十一条"), Tighter: TighterLower},
		Param{Code: CashBankDays, Title: "行政机关缴付银行期限", Value: 2, Unit: WorkDays, Cite: penaltyLaw("第七十一条"), Tighter: TighterLower},
		Param{Code: SimpleFileDays, Title: "当场处罚备案期限", Value: 3, Unit: WorkDays, Cite: penaltyLaw("第五十二条第三款"), Status: Memory, Tighter: TighterLower, MayLoosen: true},
	)...)
}

func periodParams() []Param {
	return append(dated(penaltyFrom,
		Param{Code: LimitationYears, Title: "处罚时效", Value: 2, Unit: Years, Cite: penaltyLaw("第三十六条"), Tighter: Fixed},
		Param{Code: LimitationYearsLong, Title: "处罚时效（生命健康安全、金融安全）", Value: 5, Unit: Years, Cite: penaltyLaw("第三十六条"), Tighter: Fixed},
		Param{Code: OfficersMin, Title: "执法人员最少人数", Value: 2, Unit: Count, Cite: penaltyLaw("第四十二条第一款"), Tighter: TighterHigher},
		Param{Code: FilingDays, Title: "立案期限", Value: 7, Unit: WorkDays, Cite: penaltyLaw("第五十四条第二款"), Status: Memory, Tighter: TighterLower, MayLoosen: true},
		Param{Code: HoldDays, Title: "先行登记保存处理期限", Value: 7, Unit: WorkDays, Cite: penaltyLaw("第五十六条"), Tighter: TighterLower},
		Param{Code: DecisionDays, Title: "作出处罚决定的期限", Value: 90, Unit: CalendarDays, Cite: penaltyLaw("第六十条"), Tighter: TighterLower, MayLoosen: true},
		Param{Code: ServiceDays, Title: "送达期限", Value: 7, Unit: WorkDays, Cite: penaltyLaw("第六十一条第一款"), Tighter: TighterLower},
		Param{Code: LateEntryDays, Title: "补录不须说明理由的日数", Value: 3, Unit: CalendarDays, Cite: penaltyLaw("第四十七条"), Status: Adopted, Tighter: TighterLower},
		Param{Code: PanelMinutesMin, Title: "集体讨论记录最少字数", Value: 20, Unit: Count, Cite: penaltyLaw("第五十七条第二款"), Status: Adopted, Tighter: TighterHigher},
	), dated(transferFrom,
		Param{Code: TransferDecideDays, Title: "负责人决定移送的期限", Value: 3, Unit: CalendarDays, Cite: transferRules("第五条"), Tighter: TighterLower},
		Param{Code: TransferHours, Title: "批准后移送的时限", Value: 24, Unit: Hours, Cite: transferRules("第五条"), Tighter: TighterLower},
		Param{Code: TransferPoliceDays, Title: "公安机关决定是否立案的期限", Value: 3, Unit: CalendarDays, Cite: transferRules("第八条"), Tighter: Fixed},
	)...)
}

func partyParams() []Param {
	return append(dated(penaltyFrom,
		Param{Code: DefenceDays, Title: "陈述、申辩的期限", Value: 5, Unit: WorkDays, Cite: penaltyLaw("第四十四条、第四十五条"), Status: Adopted, Tighter: TighterHigher, MayLoosen: true},
		Param{Code: HearingRequestDays, Title: "要求听证的期限", Value: 5, Unit: WorkDays, Cite: penaltyLaw("第六十四条第一项"), Tighter: TighterHigher},
		Param{Code: HearingNoticeDays, Title: "听证前通知的期限", Value: 7, Unit: WorkDays, Cite: penaltyLaw("第六十四条第二项"), Tighter: TighterHigher},
		Param{Code: HearingAgentsMax, Title: "听证代理人最多人数", Value: 2, Unit: Count, Cite: penaltyLaw("第六十四条第五项"), Tighter: Fixed},
	), dated("2022-01-01",
		Param{Code: AnnouncementDays, Title: "公告送达的公告期", Value: 30, Unit: CalendarDays, Cite: civilProcedure("第九十五条"), Tighter: TighterHigher},
	)...)
}

func performanceParams() []Param {
	return slices.Concat(dated(penaltyFrom,
		Param{Code: PayDays, Title: "缴纳罚款的期限", Value: 15, Unit: CalendarDays, Cite: penaltyLaw("第六十七条第三款"), Tighter: Fixed},
		Param{Code: SurchargePercent, Title: "加处罚款每日百分比", Value: surchargePercent, Unit: Percent, Cite: penaltyLaw("第七十二条第一款第一项"), Tighter: Fixed},
		Param{Code: SurchargeCapPercent, Title: "加处罚款封顶百分比", Value: surchargeCap, Unit: Percent, Cite: penaltyLaw("第七十二条第一款第一项"), Tighter: Fixed},
	), dated(compulsionFrom,
		Param{Code: DemandWaitDays, Title: "催告后等待的期限", Value: 10, Unit: WorkDays, Cite: compulsionLaw("第五十四条"), Tighter: TighterHigher},
		Param{Code: CourtMonths, Title: "申请法院强制执行的期限", Value: 3, Unit: Months, Cite: compulsionLaw("第五十三条"), Tighter: Fixed},
	), dated(reconsiderationFrom,
		Param{Code: RemedyReviewDays, Title: "申请行政复议的期限", Value: 60, Unit: CalendarDays, Cite: reconsiderationLaw("第二十条"), Tighter: Fixed},
	), dated("2015-05-01",
		Param{Code: RemedySuitMonths, Title: "直接提起行政诉讼的期限", Value: 6, Unit: Months, Cite: Cite{"《行政诉讼法》", "第四十六条", "2017年修正"}, Tighter: Fixed},
		Param{Code: SuitAfterReviewDays, Title: "复议后提起行政诉讼的期限", Value: 15, Unit: CalendarDays, Cite: Cite{"《行政诉讼法》", "第四十五条", "2017年修正"}, Tighter: Fixed},
	))
}

func reviewParams() []Param {
	return dated(threeSystemsFrom,
		Param{Code: ReviewDays, Title: "法制审核期限", Value: 5, Unit: WorkDays, Cite: threeSystems("（十四）"), Status: Memory, Tighter: TighterLower, MayLoosen: true},
		Param{Code: ReviewExtraDays, Title: "复杂案件审核延长期限", Value: 5, Unit: WorkDays, Cite: threeSystems("（十四）"), Status: Memory, Tighter: TighterLower, MayLoosen: true},
		Param{Code: DisputeDays, Title: "审核异议处理期限", Value: 5, Unit: WorkDays, Cite: threeSystems("（十四）"), Status: Memory, Tighter: TighterLower, MayLoosen: true},
		Param{Code: ReviewersPercent, Title: "法制审核人员占执法人员的百分比", Value: 5, Unit: Percent, Cite: threeSystems("（十一）"), Tighter: TighterHigher},
		Param{Code: ChecklistPoints, Title: "审核内容项数", Value: 9, Unit: Count, Cite: threeSystems("（十三）"), Tighter: TighterHigher},
		Param{Code: ArchiveDays, Title: "结案后归档期限", Value: 30, Unit: CalendarDays, Cite: threeSystems("（九）"), Status: Memory, Tighter: TighterLower, MayLoosen: true},
	)
}

func disclosureParams() []Param {
	repair := func(article string) Cite {
		return Cite{"《信用修复管理办法》", article, "国家发展改革委令第36号"}
	}
	return slices.Concat(dated(threeSystemsFrom,
		Param{Code: PublishDays, Title: "处罚、许可决定公示期限", Value: 7, Unit: WorkDays, Cite: threeSystems("（六）"), Tighter: TighterLower},
		Param{Code: PublishOtherDays, Title: "其他执法决定公示期限", Value: 20, Unit: WorkDays, Cite: threeSystems("（六）"), Tighter: TighterLower},
	), dated(penaltyFrom,
		Param{Code: WithdrawDays, Title: "撤回公示信息的期限", Value: 3, Unit: WorkDays, Cite: penaltyLaw("第四十八条第二款"), Tighter: TighterLower},
	), dated(disclosureFrom,
		Param{Code: ThirdPartyDays, Title: "第三方提出意见的期限，不计入公示期限", Value: 15, Unit: WorkDays, Cite: disclosureRules("第三十二条"), Tighter: TighterLower},
	), dated("2026-04-01",
		Param{Code: ShowMinorMax, Title: "轻微失信信息最长公示期", Value: 3, Unit: Months, Status: Memory, Cite: repair("（公示期限）"), Tighter: TighterLower},
		Param{Code: ShowNormalMin, Title: "一般失信信息最短公示期", Value: 3, Unit: Months, Status: Memory, Cite: repair("（公示期限）"), Tighter: Fixed},
		Param{Code: ShowNormalMax, Title: "一般失信信息最长公示期", Value: 12, Unit: Months, Status: Memory, Cite: repair("（公示期限）"), Tighter: TighterLower},
		Param{Code: ShowSeriousMin, Title: "严重失信信息最短公示期", Value: 12, Unit: Months, Status: Memory, Cite: repair("（公示期限）"), Tighter: Fixed},
		Param{Code: ShowSeriousMax, Title: "严重失信信息最长公示期", Value: 36, Unit: Months, Status: Memory, Cite: repair("（公示期限）"), Tighter: TighterLower},
	))
}

// localParams are thresholds that every place sets for itself (rulebook §5.1); the draft values only warn.
func localParams() []Param {
	var order []string
	for _, k := range severityOrder() {
		order = append(order, string(k))
	}
	return dated(penaltyFrom,
		Param{Code: ReviewFineCitizen, Title: "须经法制审核的罚款数额（公民）", Value: 1000_00, Unit: FenUnit, Cite: penaltyLaw("第五十八条"), Status: Draft, Tighter: TighterLower, MayLoosen: true},
		Param{Code: ReviewFineOrg, Title: "须经法制审核的罚款数额（单位）", Value: 10000_00, Unit: FenUnit, Cite: penaltyLaw("第五十八条"), Status: Draft, Tighter: TighterLower, MayLoosen: true},
		Param{Code: HearingFineCitizen, Title: "较大数额罚款（公民）", Value: 5000_00, Unit: FenUnit, Cite: penaltyLaw("第六十三条"), Status: Draft, Tighter: TighterLower, MayLoosen: true},
		Param{Code: HearingFineOrg, Title: "较大数额罚款（单位）", Value: 10000_00, Unit: FenUnit, Cite: penaltyLaw("第六十三条"), Status: Draft, Tighter: TighterLower, MayLoosen: true},
		Param{Code: SeverityOrder, Title: "处罚种类由轻到重的次序", List: order, Unit: List, Cite: penaltyLaw("第九条"), Status: Adopted, Tighter: TighterLower, MayLoosen: true},
	)
}
