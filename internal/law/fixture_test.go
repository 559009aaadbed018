package law

import (
	"testing"

	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// day reads a day of a test.
func day(t *testing.T, text string) workday.Day {
	t.Helper()
	d, err := workday.ParseDay(text)
	if err != nil || d.IsZero() {
		t.Fatalf("bad day %q in a test: %v", text, err)
	}
	return d
}

// national is the set without any pack.
func national(t *testing.T) *Set {
	t.Helper()
	set, err := NewSet(nil, nil)
	if err != nil {
		t.Fatalf("the national tables must build: %v", err)
	}
	return set
}

const (
	longAgo = "2026-08-03"
	actDay  = "2026-11-02"
	later   = "2026-12-31"
)

// sound is a case against an organisation that breaks no rule at all on 2026-11-02.
func sound() Facts {
	fine := Penalty{Kinds: []PenaltyKind{Fine}, Fine: 2000_00}
	f := Facts{
		Today: on(actDay), Occurred: on(actDay), Predecessor: on("2026-10-30"),
		Procedure: Ordinary, LeadFound: on(longAgo), Opened: on(longAgo), ActEnded: on("2026-07-01"),
		OpenDue: Due{Day: on(later)}, ItemPublished: true, BasisKind: BasisLaw, BasisPublished: true, BasisInForce: true,
		AgencyHasPower: true, Jurisdiction: true,
		Officers: []Officer{{ID: "o1", Registered: true, Qualified: true}, {ID: "o2", Registered: true, Qualified: true}},
		Handler:  "o1", Reviewer: "r1", Approver: "a1", Publisher: "p1", Checker: "c1", ApproverIsHead: true,
		RecusalDecidedBy: "a1", RecusalByHead: true,
		CrimeReported: true, TransferVerifiers: 2, TransferApproved: true, TransferReceipt: true,
		CertificateShown: true, TranscriptMade: true, RightsTold: true,
		Evidence: map[EvidenceKind]int{Documentary: 2}, HoldApproved: true, HoldGround: "证据可能灭失",
		Reported: true, HeadOutcome: OutcomePenalty, PartyKind: Organisation,
		CorrectionOrdered: true, DiscretionRow: "D-1", NoPenaltyGround: GroundTrivial, EducationRecord: true,
		NoticeServed: on("2026-10-12"), NoticesServed: 1, NoticeChanged: true,
		Proposed: fine, Notified: fine, Final: fine,
		DefenceDue: Due{Day: on("2026-10-19")}, HearingRequestDue: Due{Day: on("2026-10-19")},
		HearingDay: on(actDay), HearingNotified: on("2026-10-20"), HearingNotifyBy: Due{Day: on("2026-10-22")},
		HearingHost: "h1", HearingPublic: true, HearingRecordSigned: true,
		CatalogueChecked: true, TextHash: "aa", ReviewTextHash: "aa", ReviewVerdict: VerdictPass,
		ReviewerQualified: true, ReviewDue: Due{Day: on(later)}, ChecklistAnswered: 9, ReviewRoute: true,
		ResolutionWritten: true, OfficersTotal: 20, ReviewersTotal: 1,
		PanelHeld: on("2026-10-28"), PanelMembers: 5, PanelAttendees: 4, PanelFor: 4, PanelMinutes: 300,
		ApprovalTextHash: "aa", DecisionDay: on("2026-10-29"), DecisionDue: Due{Day: on(later)}, DecisionSealed: true,
		RemedyReviewDays: 60, RemedySuitMonths: 6, ReviewFirstTold: true,
		FactsCertain: true, SimpleNumbered: true, SimpleSigned: true, SimpleDelivered: true, SimpleFiledDue: Due{Day: on(later)},
		ServiceMode: ServedDirect, ServiceDue: Due{Day: on(later)}, ServiceEffective: on("2026-10-30"), ServiceReceipt: true,
		PublishDue: Due{Day: on(later)}, WithdrawDue: Due{Day: on(later)}, WithdrawGround: "撤销", WithdrawReason: "复议撤销",
		RedactionConfirmed: true, PayDue: Due{Day: on(later)}, Paid: 2000_00, PaidInFull: true, Payable: true, Owing: 2000_00,
		InstalmentApplied: true, InstalmentApproved: true, SurchargeRateTold: true,
		DemandServed: on("2026-10-12"), DemandWaitDue: Due{Day: on("2026-10-26")},
		CourtFrom: Due{Day: on("2026-10-30")}, CourtDue: Due{Day: on(later)},
		RefundGround: "多缴", RefundAmount: 100, Custodian: "k1", ArchiveDue: Due{Day: on(later)},
		EvidenceUnverified: 0,
	}
	return f
}

// with returns sound facts after the changes.
func with(changes ...func(*Facts)) Facts {
	f := sound()
	for _, change := range changes {
		if change != nil {
			change(&f)
		}
	}
	return f
}

// fine is a penalty of one fine.
func fine(amount zh.Fen) Penalty { return Penalty{Kinds: []PenaltyKind{Fine}, Fine: amount} }

// breaks reports whether the facts break the rule on the test's day.
func breaks(set *Set, code string, f Facts) bool {
	return len(Judge(set, on(actDay), []string{code}, &f)) > 0
}
