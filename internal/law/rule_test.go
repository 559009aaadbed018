package law

import (
	"testing"
)

// ruleCase shows one rule: facts that keep it and facts that break it.
type ruleCase struct {
	code string
	// given makes the rule apply while it is still kept; nil = sound facts do.
	given func(*Facts)
	// breaks each turn the given facts into a breach.
	breaks []func(*Facts)
}

type change = func(*Facts)

func TestEveryRuleHasFactsThatKeepItAndFactsThatBreakIt(t *testing.T) {
	set := national(t)
	shown := map[string]bool{}
	for _, c := range ruleCases() {
		shown[c.code] = true
		t.Run(c.code, func(t *testing.T) {
			if f := with(c.given); breaks(set, c.code, f) {
				t.Errorf("%s is broken by facts that keep it: %+v", c.code, Judge(set, on(actDay), []string{c.code}, &f))
			}
			if len(c.breaks) == 0 {
				t.Fatalf("%s has no breaking facts", c.code)
			}
			for i, b := range c.breaks {
				if !breaks(set, c.code, with(c.given, b)) {
					t.Errorf("%s: breach %d goes unseen", c.code, i)
				}
			}
		})
	}
	for _, r := range Rules() {
		if !shown[r.Code] {
			t.Errorf("rule %s has no row in this test", r.Code)
		}
	}
}

func ruleCases() []ruleCase {
	var all []ruleCase
	for _, part := range [][]ruleCase{subjectCases(), peopleCases(), evidenceCases(), penaltyCases(), hearCases(), reviewCases(), decisionCases(), afterCases(), standingCases(), extensionCases()} {
		all = append(all, part...)
	}
	return all
}

func subjectCases() []ruleCase {
	entrusted := func(f *Facts) {
		f.Entrusted, f.EntrustmentWritten, f.EntrustmentValid, f.EntrustmentPublished, f.EntrusteeQualified = true, true, true, true, true
	}
	return []ruleCase{
		{"SX-17a", nil, []change{func(f *Facts) { f.Occurred = on("2026-11-03") }}},
		{"SX-17b", nil, []change{func(f *Facts) { f.Occurred = on("2026-10-29") }, func(f *Facts) { f.Predecessor = on("2026-11-03") }}},
		{"SX-17c", func(f *Facts) { f.Today, f.LateReason = on("2026-11-20"), "停电" }, []change{func(f *Facts) { f.LateReason = "" }}},
		{"CF-02", nil, []change{func(f *Facts) { f.BasisKind = BasisOther }, func(f *Facts) { f.BasisKind = "" }}},
		{"CF-02b", nil, []change{func(f *Facts) { f.BasisPublished = false }}},
		{"CF-03", func(f *Facts) { f.BasisKind, f.BasisSetsPenalty = BasisRule, true }, []change{func(f *Facts) { f.Final.Kinds = []PenaltyKind{RevokeLicence} }}},
		{"CF-04", nil, []change{func(f *Facts) { f.AgencyHasPower = false }}},
		{"CF-01b", nil, []change{func(f *Facts) { f.ForeignKinds = []string{"行政拘留"} }}},
		{"CF-04b", func(f *Facts) { f.BasisFineMax = 2000_00 }, []change{func(f *Facts) { f.Final.Fine = 2000_01 }}},
		{"CF-04c", nil, []change{func(f *Facts) { f.Final.Kinds = []PenaltyKind{Fine, Detention} }}},
		{"CF-04d", func(f *Facts) { f.BasisFineMin = 1000_00 }, []change{
			func(f *Facts) { f.Final = fine(999_99) }, func(f *Facts) { f.Final, f.MitigationApplied = fine(999_99), true },
			func(f *Facts) { f.Final, f.MitigationGrounds = fine(999_99), 1 }}},
		{"CF-75", func(f *Facts) { f.CorrectsKind = "询问笔录" }, []change{func(f *Facts) { f.CorrectsKind = "" }}},
		{"CF-75b", nil, []change{func(f *Facts) { f.CorrectsKind, f.CorrectsDecision = "行政处罚决定书", true }}},
		{"CF-75c", func(f *Facts) { f.CorrectsKind, f.CorrectsRecord, f.CorrectionConfirmed = "询问笔录", true, true }, []change{func(f *Facts) { f.CorrectionConfirmed = false }}},
		{"CF-75d", func(f *Facts) { f.CorrectsKind, f.CorrectsServed, f.CorrectionTold = "事先告知书", true, true }, []change{func(f *Facts) { f.CorrectionTold = false }}},
		{"CF-04g", func(f *Facts) { f.Final.Kinds = []PenaltyKind{Fine} }, []change{func(f *Facts) { f.FineOnOthers = "责任人员" }}},
		{"CF-04e", nil, []change{func(f *Facts) { f.FineBaseMissing = "违法所得" }}},
		{"CF-04f", func(f *Facts) { f.ItemUnverified, f.BasisFineMin, f.BasisFineMax = true, 1000_00, 2000_00 }, []change{
			func(f *Facts) { f.ForeignKinds = []string{"取缔"} }, func(f *Facts) { f.Final = fine(999_99) }, func(f *Facts) { f.Final = fine(2000_01) }}},
		{"CF-19f", func(f *Facts) { f.DiscretionDeviates = true }, []change{func(f *Facts) { f.PanelHeld = on("") }, func(f *Facts) { f.PanelHeld, f.Deviation = on(later), "多" }}},
		{"CF-08", nil, []change{func(f *Facts) { f.Jurisdiction = false }}},
		{"CF-10", nil, []change{func(f *Facts) { f.JurisdictionDisputed = true }}},
		{"CF-24", nil, []change{func(f *Facts) { f.ItemPublished = false }}},
		{"CF-05", entrusted, []change{func(f *Facts) { f.EntrustmentWritten = false }, func(f *Facts) { f.EntrustmentValid = false }}},
		{"CF-06", entrusted, []change{func(f *Facts) { f.EntrusteeQualified = false }}},
		{"CF-07", entrusted, []change{func(f *Facts) { f.EntrustmentPublished = false }}},
		{"CF-15", nil, []change{func(f *Facts) { f.FinedForSameAct = true }}},
		{"CF-21", nil, []change{
			func(f *Facts) { f.ActEnded = on("2024-08-02") },
			func(f *Facts) { f.ActEnded, f.FiveYear = on("2021-08-02"), true },
			func(f *Facts) { f.ActEnded = on("") }, func(f *Facts) { f.LeadFound = on("") }}},
		{"CF-22", nil, []change{func(f *Facts) { f.BasisInForce = false }, func(f *Facts) { f.LighterIgnored = true }}},
		{"CF-34b", nil, []change{func(f *Facts) { f.Opened = on("") }}},
		{"CF-34", nil, []change{func(f *Facts) { f.OpenDue.Day = on("2026-11-01") }}},
	}
}

func peopleCases() []ruleCase {
	return []ruleCase{
		{"CF-20", nil, []change{
			func(f *Facts) { f.Officers = f.Officers[:1] },
			func(f *Facts) { f.Officers = []Officer{{ID: "o1", Qualified: true}, {ID: "o1", Qualified: true}} },
			func(f *Facts) { f.Officers = []Officer{{ID: "o1", Qualified: true}, {ID: "o2"}} },
			func(f *Facts) {
				f.Officers = []Officer{{ID: "o1", Qualified: true}, {ID: "o2", Qualified: true, Recused: true}}
			}}},
		{"CF-20b", nil, []change{func(f *Facts) { f.CertificateShown = false }}},
		{"CF-20c", nil, []change{func(f *Facts) { f.Officers = []Officer{{ID: "o1", Recused: true}} }}},
		{"CF-20d", nil, []change{func(f *Facts) { f.TranscriptMade = false }}},
		{"CF-27", nil, []change{func(f *Facts) { f.RecusalOpen = true }}},
		{"CF-27b", nil, []change{func(f *Facts) { f.RecusalByHead = false }, func(f *Facts) { f.RecusalDecidedBy = "" }}},
		{"SX-07", nil, []change{func(f *Facts) { f.Officers = []Officer{{ID: "o1"}} }}},
		{"SX-10", func(f *Facts) { f.Officers = []Officer{{ID: "o1", StateIssued: true, Filed: true}} },
			[]change{func(f *Facts) { f.Officers = []Officer{{ID: "o1", StateIssued: true}} }}},
		{"SH-05", nil, []change{func(f *Facts) { f.Reviewer = "o2" }, func(f *Facts) { f.Handler, f.Reviewer = "x9", "x9" }, func(f *Facts) { f.Reviewer = "" }}},
		{"SH-05b", nil, []change{func(f *Facts) { f.Approver = "r1" }}},
		{"SH-05c", nil, []change{func(f *Facts) { f.Approver = "o2" }, func(f *Facts) { f.Handler = "a1" }}},
	}
}

func evidenceCases() []ruleCase {
	return []ruleCase{
		{"CF-25", func(f *Facts) { f.MonitoringUsed, f.MonitoringReviewed, f.MonitoringNotified = true, true, true },
			[]change{func(f *Facts) { f.MonitoringReviewed = false }, func(f *Facts) { f.MonitoringNotified = false }}},
		{"CF-30", nil, []change{func(f *Facts) { f.Evidence = nil }, func(f *Facts) { f.Evidence = map[EvidenceKind]int{"传闻": 3} }}},
		{"CF-30b", nil, []change{func(f *Facts) { f.EvidenceIllegal = 1 }}},
		{"CF-30c", nil, []change{func(f *Facts) { f.EvidenceUnverified = 1 }}},
		{"CF-35", nil, []change{func(f *Facts) { f.HoldApproved = false }, func(f *Facts) { f.HoldGround = " " }}},
		{"CF-35b", func(f *Facts) { f.HoldOpen, f.HoldDue.Day = true, on(actDay) },
			[]change{func(f *Facts) { f.HoldDue.Day = on("2026-11-01") }, func(f *Facts) { f.HoldDue = Due{} }}},
		{"CF-35c", nil, []change{func(f *Facts) { f.HoldOpen, f.HoldDue.Day = true, on("2026-11-01") }}},
		{"SX-11", nil, []change{func(f *Facts) { f.RightsTold = false }}},
		{"SX-20", nil, []change{func(f *Facts) { f.RecordingMissing = []string{"现场检查"} }}},
		{"CF-12", func(f *Facts) { f.CrimeSuspected, f.CrimeResolved = true, true }, []change{func(f *Facts) { f.CrimeResolved = false }}},
		{"YS-01a", nil, []change{func(f *Facts) { f.CrimeReported = false }, func(f *Facts) { f.TransferVerifiers = 1 }}},
		{"YS-01", nil, []change{func(f *Facts) { f.TransferVerifiers = 1 }, func(f *Facts) { f.TransferApproved = false }}},
		{"YS-01b", nil, []change{func(f *Facts) { f.TransferDecisionDue.Day = on("2026-11-01") }, func(f *Facts) { f.TransferDue.Day = on("2026-11-01") }}},
		{"YS-02", nil, []change{func(f *Facts) { f.TransferMissing = []string{"调查报告"} }}},
		{"YS-03", nil, []change{func(f *Facts) { f.TransferReceipt = false }}},
	}
}

func penaltyCases() []ruleCase {
	citizen := func(f *Facts) { f.PartyKind, f.PartyAge = Citizen, 30 }
	return []ruleCase{
		{"CF-01", nil, []change{func(f *Facts) { f.Final.Kinds = nil }, func(f *Facts) { f.Final.Kinds = []PenaltyKind{"罚站"} },
			func(f *Facts) { f.Final.Fine = 0 }, func(f *Facts) { f.Final.Kinds = []PenaltyKind{Warning} }}},
		{"CF-13", nil, []change{func(f *Facts) { f.CorrectionOrdered = false }}},
		{"CF-14", nil, []change{func(f *Facts) { f.IllegalGain = 1 }}},
		{"CF-16", citizen, []change{func(f *Facts) { f.PartyAge = 13 }}},
		{"CF-16b", func(f *Facts) { f.PartyKind, f.PartyAge, f.MitigationApplied = Citizen, 14, true }, []change{func(f *Facts) { f.MitigationApplied = false }, func(f *Facts) { f.PartyAge, f.MitigationApplied = 17, false }}},
		{"CF-16c", citizen, []change{func(f *Facts) { f.PartyAge = 0 }}},
		{"CF-17", nil, []change{func(f *Facts) { f.PartyIncapacity = true }}},
		{"CF-18", nil, []change{func(f *Facts) { f.MitigationGrounds = 1 }}},
		{"CF-19b", nil, []change{func(f *Facts) { f.DiscretionRow = "" }}},
		{"CF-19c", nil, []change{func(f *Facts) { f.DiscretionDeviates = true }}},
		{"CF-19", nil, []change{func(f *Facts) { f.EducationRecord = false }}},
		{"CF-19d", nil, []change{func(f *Facts) { f.NoPenaltyGround = "态度好" }, func(f *Facts) { f.NoPenaltyGround = "" }}},
		{"CF-19e", func(f *Facts) { f.NoPenaltyGround = GroundFirst }, []change{func(f *Facts) { f.PriorPenalties = 1 }}},
	}
}

func hearCases() []ruleCase {
	hearing := func(f *Facts) { f.HearingRight, f.HearingTold = true, true }
	requested := func(f *Facts) { f.HearingRequested, f.HearingHeld = true, on("2026-10-30") }
	return []ruleCase{
		{"CF-28", nil, []change{func(f *Facts) { f.NoticeMissing = []string{"理由"} }}},
		{"CF-28b", nil, []change{func(f *Facts) { f.NoticeServed = on("") }, func(f *Facts) { f.NoticeServed = on("2026-11-03") }}},
		{"CF-28c", nil, []change{func(f *Facts) { f.Final = fine(2000_01) }, func(f *Facts) { f.Notified = fine(1999_99) },
			func(f *Facts) {
				f.Notified = Penalty{Kinds: []PenaltyKind{Fine, ConfiscateGain}, Fine: 1000_00, Confiscated: 5000_00}
			}}},
		{"CF-29", func(f *Facts) { f.DefenceReceived, f.DefenceReviewed = true, true }, []change{func(f *Facts) { f.DefenceReviewed = false }}},
		{"CF-29a", nil, []change{func(f *Facts) { f.DefenceDue.Day = on(actDay) }, func(f *Facts) { f.DefenceDue = Due{} }}},
		{"CF-29b", func(f *Facts) { f.HearingWaived, f.WaiverRecorded = true, true }, []change{func(f *Facts) { f.WaiverRecorded = false }, func(f *Facts) { f.DefenceWaived, f.HearingWaived, f.WaiverRecorded = true, false, false }}},
		{"CF-29c", nil, []change{
			func(f *Facts) { f.Final = fine(2500_00) },
			func(f *Facts) { f.Final.Kinds = []PenaltyKind{Fine, RevokeLicence} },
			func(f *Facts) { f.Final.Confiscated = 1 }, func(f *Facts) { f.Final.Months = 3 }}},
		{"CF-60", hearing, []change{func(f *Facts) { f.HearingTold = false }}},
		{"CF-61", hearing, []change{func(f *Facts) { f.HearingRequestDue.Day = on(actDay) }, func(f *Facts) { f.HearingRequestDue = Due{} }}},
		{"CF-61b", requested, []change{func(f *Facts) { f.HearingHeld = on("") }}},
		{"CF-61c", nil, []change{func(f *Facts) { f.NoticeChanged = false }, func(f *Facts) { f.HearingRequested = true }}},
		{"CF-62", nil, []change{func(f *Facts) { f.HearingNotified = on("2026-10-23") }, func(f *Facts) { f.HearingNotifyBy = Due{} },
			func(f *Facts) { f.HearingNotified = on("") }, func(f *Facts) { f.HearingDay = on("") }}},
		{"CF-63", nil, []change{func(f *Facts) { f.HearingHost = "o1" }, func(f *Facts) { f.HearingHost = "" }, func(f *Facts) { f.HearingHostRecused = true }, func(f *Facts) { f.Handler = "h1" }}},
		{"CF-63b", nil, []change{func(f *Facts) { f.HearingPublic = false }}},
		{"CF-64", nil, []change{func(f *Facts) { f.HearingAgents = 3 }}},
		{"CF-65", requested, []change{func(f *Facts) { f.HearingRecordSigned = false }}},
	}
}

func reviewCases() []ruleCase {
	major := func(f *Facts) { f.Major = true }
	triggered := func(f *Facts) { f.Major, f.TriggersHit = true, []string{"较大数额罚款"} }
	return []ruleCase{
		{"CF-36", major, []change{func(f *Facts) { f.ReviewVerdict = VerdictNone }, func(f *Facts) { f.ReviewVerdict = VerdictRefuse },
			func(f *Facts) { f.ReviewVerdict = VerdictAmend }, func(f *Facts) { f.ReviewVerdict = VerdictReturn },
			func(f *Facts) { f.Major, f.TriggersHit, f.ReviewVerdict = false, []string{"涉外"}, VerdictNone }}},
		{"CF-36a", nil, []change{func(f *Facts) { f.CatalogueChecked = false }}},
		{"CF-36b", major, []change{func(f *Facts) { f.TextHash = "bb" }, func(f *Facts) { f.ReviewTextHash = "old" }, func(f *Facts) { f.TextHash, f.ReviewTextHash = "", "" },
			func(f *Facts) { f.Major, f.TriggersHit, f.TextHash = false, []string{"涉外"}, "bb" }}},
		{"CF-36c", triggered, []change{func(f *Facts) { f.Major = false }}},
		{"CF-36d", func(f *Facts) { f.Major, f.HearingHeld = true, on("2026-10-30") }, []change{func(f *Facts) { f.Major = false }}},
		{"SH-04", major, []change{func(f *Facts) { f.ReviewStale = true }}},
		{"SH-06", nil, []change{func(f *Facts) { f.DisputeOpen = true }}},
		{"CF-39", nil, []change{func(f *Facts) { f.ReviewerQualified = false }, func(f *Facts) { f.ReviewerQualified, f.ReviewerFirst = false, on("2021-07-15") }}},
		{"SX-25c", func(f *Facts) { f.InGovernmentName = true }, []change{func(f *Facts) { f.InGovernmentName = false }, func(f *Facts) { f.ReviewVerdict = VerdictReturn },
			func(f *Facts) { f.ReviewTextHash = "bb" }, func(f *Facts) { f.TextHash, f.ReviewTextHash = "", "" }}},
		{"SX-25b", func(f *Facts) { f.InGovernmentName, f.Major, f.GovernmentReviewHash = true, true, f.TextHash }, []change{func(f *Facts) { f.GovernmentReviewHash = "" }, func(f *Facts) { f.GovernmentReviewHash = "bb" }}},
		{"SX-25", nil, []change{func(f *Facts) { f.ReviewRoute = false }}},
		{"SX-26", nil, []change{func(f *Facts) { f.OfficersTotal = 21 }, func(f *Facts) { f.ReviewersTotal = 0 }}},
		{"SX-27", func(f *Facts) { f.Complex, f.CounselConsulted = true, true }, []change{func(f *Facts) { f.CounselConsulted = false }}},
		{"SX-29", nil, []change{func(f *Facts) { f.ChecklistAnswered = 8 }}},
		{"SX-29b", nil, []change{func(f *Facts) { f.ChecklistNo = 1 }}},
		{"SX-30", nil, []change{func(f *Facts) { f.ReviewMissing = []string{"证据材料"} }}},
		{"SH-01", nil, []change{func(f *Facts) { f.ReviewDue.Day = on("2026-11-01") }}},
		{"SH-06b", nil, []change{func(f *Facts) { f.ResolutionWritten = false }}},
	}
}

func decisionCases() []ruleCase {
	complexCase := func(f *Facts) { f.Complex = true }
	cash := func(f *Facts) { f.CashCollected, f.Final, f.ReceiptIssued = 100_00, fine(100_00), true }
	citizen := func(f *Facts) { f.PartyKind, f.Final = Citizen, fine(200_00) }
	return []ruleCase{
		{"CF-38", complexCase, []change{func(f *Facts) { f.PanelHeld = on("") }, func(f *Facts) { f.PanelHeld = on("2026-11-03") }}},
		{"CF-38b", complexCase, []change{func(f *Facts) { f.PanelMinutes = 0 }, func(f *Facts) { f.PanelAttendees = 1 }, func(f *Facts) { f.PanelFor = 0 },
			func(f *Facts) { f.PanelHeld, f.PanelMinutes = on(""), 0 }, func(f *Facts) { f.Complex, f.PanelMinutes = false, 0 },
			func(f *Facts) { f.PanelMinutes = 0 }}},
		{"CF-38c", nil, []change{func(f *Facts) { f.PanelAttendees = 2 }, func(f *Facts) { f.PanelAgainst = 1 }}},
		{"CF-38d", complexCase, []change{func(f *Facts) { f.PanelFor, f.PanelAgainst = 2, 2 },
			func(f *Facts) { f.PanelHeld, f.PanelFor = on(""), 0 }, func(f *Facts) { f.Complex, f.PanelFor = false, 0 },
			func(f *Facts) { f.PanelFor = 0 }}},
		{"CF-37", nil, []change{func(f *Facts) { f.Reported = false }}},
		{"CF-37b", nil, []change{func(f *Facts) { f.Approver = "" }, func(f *Facts) { f.ApproverIsHead = false }}},
		{"CF-37c", nil, []change{func(f *Facts) { f.ApprovalTextHash = "bb" }, func(f *Facts) { f.ApprovalTextHash, f.TextHash = "", "" }}},
		{"CF-37d", nil, []change{func(f *Facts) { f.HeadOutcome = OutcomeMinor }}},
		{"CF-41", nil, []change{func(f *Facts) { f.DecisionDue.Day = on("2026-11-01") }}},
		{"CF-40", nil, []change{func(f *Facts) { f.DecisionMissing = []string{"救济途径"} }}},
		{"CF-40b", nil, []change{func(f *Facts) { f.DecisionSealed = false }}},
		{"QZ-24", nil, []change{func(f *Facts) { f.RemedyReviewDays = 30 }, func(f *Facts) { f.RemedySuitMonths = 3 }}},
		{"CF-50", citizen, []change{func(f *Facts) { f.Final = fine(200_01) }, func(f *Facts) { f.FactsCertain = false }, func(f *Facts) { f.Final.Kinds = []PenaltyKind{SuspendBusiness} },
			func(f *Facts) { f.PartyKind, f.Final = Organisation, fine(3000_01) }}},
		{"CF-51", nil, []change{func(f *Facts) { f.SimpleNumbered = false }, func(f *Facts) { f.SimpleDelivered = false }}},
		{"CF-52", nil, []change{func(f *Facts) { f.SimpleSigned = false }, func(f *Facts) { f.DecisionMissing = []string{"地点"} }}},
		{"CF-53", nil, []change{func(f *Facts) { f.SimpleFiledDue.Day = on("2026-11-01") }}},
		{"CF-54", cash, []change{func(f *Facts) { f.Final = fine(100_01) },
			func(f *Facts) { f.CashCollected, f.CashIntended, f.Final = 0, true, fine(100_01) }}},
		{"CF-55", nil, []change{func(f *Facts) { f.CashHandInDue.Day = on("2026-11-01") }}},
		{"CF-55b", cash, []change{func(f *Facts) { f.ReceiptIssued = false }}},
		{"QZ-25", nil, []change{func(f *Facts) { f.ReviewFirstTold = false }}},
	}
}

func afterCases() []ruleCase {
	electronic := func(f *Facts) {
		f.ServiceMode, f.ElectronicConsent, f.ElectronicRemedyChannel = ServedElectric, true, true
	}
	return []ruleCase{
		{"CF-42", nil, []change{func(f *Facts) { f.ServiceDue.Day = on("2026-11-01") }}},
		{"CF-42c", nil, []change{func(f *Facts) { f.DecisionDay = on("") }, func(f *Facts) { f.DecisionDay = on("2026-11-03") }}},
		{"CF-42b", electronic, []change{func(f *Facts) { f.ElectronicConsent = false }}},
		{"CF-43", nil, []change{func(f *Facts) { f.ServiceMode = "微信通知" }, func(f *Facts) { f.ServiceMode = "" }}},
		{"CF-43b", func(f *Facts) { f.ServiceMode, f.LeftWitnessed = ServedLeft, true }, []change{func(f *Facts) { f.LeftWitnessed = false }}},
		{"CF-43c", func(f *Facts) { f.ServiceMode, f.OtherModesFailed = ServedPublic, true }, []change{func(f *Facts) { f.OtherModesFailed = false }}},
		{"CF-43d", nil, []change{func(f *Facts) { f.ServiceReceipt = false }}},
		{"QZ-26", electronic, []change{func(f *Facts) { f.ElectronicRemedyChannel = false }}},
		{"CF-26", func(f *Facts) { f.Annulled = true }, []change{func(f *Facts) { f.WithdrawDue.Day = on("2026-11-01") }}},
		{"CF-26b", nil, []change{func(f *Facts) { f.WithdrawGround = "" }, func(f *Facts) { f.WithdrawReason = "" }}},
		{"CF-26c", nil, []change{func(f *Facts) { f.ServiceEffective = on("") }, func(f *Facts) { f.ServiceEffective = on("2026-11-03") }}},
		{"CF-26d", nil, []change{func(f *Facts) { f.Published = on("2026-10-30") }}},
		{"CF-26e", nil, []change{func(f *Facts) { f.Annulled = true }}},
		{"CF-26f", func(f *Facts) { f.Published = on("2026-10-30") }, []change{func(f *Facts) { f.Published = on("") }, func(f *Facts) { f.Withdrawn = on(actDay) }}},
		{"CF-32", nil, []change{func(f *Facts) { f.RedactionConfirmed = false }}},
		{"WB-103", nil, []change{func(f *Facts) { f.PartyMinor = true }}},
		{"XG-03", nil, []change{func(f *Facts) { f.NotPublicGround = "商业秘密" }}},
		{"XG-05", nil, []change{func(f *Facts) { f.Checker = "" }}},
		{"XG-05b", nil, []change{func(f *Facts) { f.Checker = "p1" }}},
		{"XG-05w", func(f *Facts) { f.NotPublicGround = "商业秘密" }, []change{func(f *Facts) { f.NotPublicGround = "" }}},
		{"SX-13", nil, []change{func(f *Facts) { f.PublishDue.Day = on("2026-11-01") }}},
		{"CF-66", nil, []change{func(f *Facts) { f.PaidInFull = false }}},
		{"CF-70", func(f *Facts) { f.PayDue.Day = on("2026-11-01") }, []change{func(f *Facts) { f.PaidInFull = false }}},
		{"CF-73", nil, []change{func(f *Facts) { f.InstalmentApplied = false }, func(f *Facts) { f.InstalmentApproved = false }}},
		{"CF-67", nil, []change{func(f *Facts) { f.Payable = false }, func(f *Facts) { f.Owing = 0 }}},
		{"CF-73b", nil, []change{func(f *Facts) { f.InstalmentRuns = true }}},
		{"CF-74", nil, []change{func(f *Facts) { f.RefundGround = "" }, func(f *Facts) { f.RefundAmount = 0 }, func(f *Facts) { f.RefundAmount = 2000_01 }}},
		{"CF-71", func(f *Facts) { f.Surcharge = 60_00 }, []change{func(f *Facts) { f.SurchargeRateTold = false }}},
		{"CF-71b", nil, []change{func(f *Facts) { f.Surcharge = 2000_01 }}},
		{"QZ-12", nil, []change{func(f *Facts) { f.DemandMissing = []string{"金额"} }}},
		{"QZ-20", nil, []change{func(f *Facts) { f.CourtFrom.Day = on("2026-11-03") }, func(f *Facts) { f.CourtFrom = Due{} }}},
		{"QZ-20b", nil, []change{func(f *Facts) { f.CourtDue.Day = on("2026-11-01") }}},
		{"QZ-20c", nil, []change{func(f *Facts) { f.RemedyPending = true }}},
		{"QZ-21", nil, []change{func(f *Facts) { f.DemandServed = on("") }, func(f *Facts) { f.DemandWaitDue.Day = on(actDay) }, func(f *Facts) { f.DemandWaitDue = Due{} }}},
		{"QZ-22", nil, []change{func(f *Facts) { f.CourtMissing = []string{"执行标的情况"} }}},
		{"CF-31", nil, []change{func(f *Facts) { f.PhasesMissing = []string{"审核"} }}},
		{"CF-31b", nil, []change{func(f *Facts) { f.PaidInFull = false }}},
		{"SX-23", nil, []change{func(f *Facts) { f.Custodian = "" }}},
		{"AR-06", nil, []change{func(f *Facts) { f.ArchiveDue.Day = on("2026-11-01") }}},
	}
}

func standingCases() []ruleCase {
	onFile := func(f *Facts) {
		f.ReadAgain, f.OnFile, f.DeliveryOnFile, f.ApprovalOnFile, f.HandsApart, f.Major = true, true, true, true, true, true
		f.ReviewOnFile, f.ReviewOfThisText, f.ReviewByQualified = true, true, true
	}
	return []ruleCase{
		{"PUB-01", onFile, []change{func(f *Facts) { f.OnFile = false }}},
		{"PUB-02", onFile, []change{func(f *Facts) { f.DeliveryOnFile = false }}},
		{"PUB-03", onFile, []change{func(f *Facts) { f.ApprovalOnFile = false }}},
		{"PUB-04", onFile, []change{func(f *Facts) { f.HandsApart = false }}},
		{"PUB-05", onFile, []change{func(f *Facts) { f.ReviewOnFile = false }}},
		{"PUB-06", onFile, []change{func(f *Facts) { f.ReviewOfThisText = false }}},
		{"PUB-07", onFile, []change{func(f *Facts) { f.ReviewByQualified = false }}},
	}
}

func extensionCases() []ruleCase {
	asked := func(f *Facts) {
		f.PublishDue, f.ExtendGround, f.ExtendDocument, f.ExtendDays = Due{Day: on(later)}, ExtendThirdParty, "示民征字〔2026〕1号", 15
		f.ExtendFrom, f.ExtendTo = on(actDay), on(later).AddDays(21)
	}
	return []ruleCase{
		{"XG-07", asked, []change{func(f *Facts) { f.ExtendGround = "工作繁忙" }, func(f *Facts) { f.ExtendGround = "" }, func(f *Facts) { f.ExtendDocument = "" }}},
		{"XG-07b", asked, []change{func(f *Facts) { f.ExtendDays = 16 }, func(f *Facts) { f.ExtendDays = 0 }}},
		{"XG-07c", asked, []change{func(f *Facts) { f.ExtendedBefore = true }, func(f *Facts) { f.ExtendFrom = on("") }, func(f *Facts) { f.ExtendFrom = on(actDay).AddDays(1) },
			func(f *Facts) { f.ExtendFrom = f.DecisionDay.AddDays(-1) }}},
		{"XG-07d", asked, []change{func(f *Facts) { f.PublishDue.Day = on("2026-11-01") }}},
		{"XG-07e", asked, []change{func(f *Facts) { f.ExtendTo = on(later) }, func(f *Facts) { f.ExtendTo = on("") }}},
	}
}
