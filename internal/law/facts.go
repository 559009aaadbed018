package law

import (
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Facts is the picture of one (case, party) at the moment of one act. The casefile
// room folds it from the case's events; no rule looks anywhere else. A zero value
// means "not recorded" and keeps a gate shut. Days are Asia/Shanghai civil days.
type Facts struct {
	// — the act itself (DECISIONS §5) —

	// Act is the code of the step being judged, as in package flow.
	Act string
	// Today is the day of recording; Occurred is the legal day of the act, by which
	// every rule and deadline is judged; Predecessor is the day of the act before it.
	Today, Occurred, Predecessor workday.Day
	// LateReason is what the person wrote about an entry made days after the act.
	LateReason string

	// — case —

	Procedure Procedure
	// LeadFound is the day the violation was discovered; Opened the day of 立案;
	// ActEnded the day the violation ended (行政处罚法第三十六条).
	LeadFound, Opened, ActEnded workday.Day
	// FiveYear: life, health or financial safety with harm, so five years instead of two.
	FiveYear bool
	// OpenDue is the last day to decide on opening (param filing_days).
	OpenDue Due
	// ItemPublished: the item is on the agency's published list with basis and remedies.
	ItemPublished bool
	// BasisKind is the rank of the basis; BasisPublished and BasisInForce hold for the
	// version applied (in force at the act, or a newer and lighter one, 第三十七条).
	BasisKind                    BasisKind
	BasisPublished, BasisInForce bool
	// LighterIgnored: a newer version in force at the decision is lighter and was not applied.
	LighterIgnored bool
	// BasisSetsPenalty: the rule itself creates the penalty, no law or regulation above it does (第十三、十四条).
	BasisSetsPenalty bool
	// BasisFineMin and BasisFineMax are the least and the highest fine of the basis in 分, of a multiple by its recorded
	// base; 0 = there is none. FineBaseMissing names the bases of the multiples where none is recorded.
	BasisFineMin, BasisFineMax zh.Fen
	FineBaseMissing            string
	// ForeignKinds are the penalties judged that the basis does not know; DetentionAllowed: it knows 行政拘留.
	ForeignKinds     []string
	DetentionAllowed bool
	// CorrectsKind is the kind of the document of the case that a further one puts right, empty where there is none such;
	// CorrectsDecision: it decides; CorrectsRecord: it is a record that somebody confirmed; CorrectsServed: a party has it.
	CorrectsKind                                     string
	CorrectsDecision, CorrectsRecord, CorrectsServed bool
	// CorrectionConfirmed and CorrectionTold: the further one says who confirmed it, and how the party was told.
	CorrectionConfirmed, CorrectionTold bool
	// FineOnOthers is whom the basis lays the fine on, where the party is none of them.
	FineOnOthers string
	// ItemUnverified: the row of the pack was not read in the source.
	ItemUnverified bool
	// AgencyHasPower and Jurisdiction: penalty power in its scope (第十七条) and over this case (第二十二、二十三条).
	AgencyHasPower, Jurisdiction bool
	// JurisdictionDisputed: another agency claims the case and it is not settled (第二十五条).
	JurisdictionDisputed bool
	// Entrusted: an entrusted organisation acts; the others describe its letter on that day (第二十、二十一条).
	Entrusted, EntrustmentWritten, EntrustmentValid, EntrustmentPublished, EntrusteeQualified bool

	// — people —

	// Officers are those who take part in this act, each once.
	Officers []Officer
	// Handler, Reviewer, Approver, Publisher (who made the publication) and Checker
	// (who confirmed it) are account ids; empty = nobody yet.
	Handler, Reviewer, Approver, Publisher, Checker string
	// ApproverIsHead: the approver was a head of the agency (负责人) on that day.
	ApproverIsHead bool
	// RecusalOpen: an application to recuse is undecided; RecusalDecidedBy is who decides it now, RecusalByHead whether that is the head.
	RecusalOpen      bool
	RecusalDecidedBy string
	RecusalByHead    bool

	// — crime (行政处罚法第二十七条, 国务院令第310号) —

	CrimeSuspected, CrimeResolved bool
	// CrimeReported: a written report of the suspicion waits for its end.
	CrimeReported bool
	// TransferVerifiers counts the officers who verified and reported; TransferApproved: the head approved.
	TransferVerifiers int
	TransferApproved  bool
	// TransferDecisionDue: last day for the head; TransferDue: last day (24 h) to hand over after approval.
	TransferDecisionDue, TransferDue Due
	// TransferMissing names packet items not there (第六条); TransferReceipt: the police signed for it.
	TransferMissing []string
	TransferReceipt bool

	// — investigation and evidence —

	CertificateShown, TranscriptMade, RightsTold bool
	// Evidence counts items by kind; Unverified and Illegal count items relied upon that must not be.
	Evidence                                               map[EvidenceKind]int
	EvidenceUnverified, EvidenceIllegal                    int
	MonitoringUsed, MonitoringReviewed, MonitoringNotified bool
	// HoldOpen: evidence is registered and held, with no disposal yet; HoldDue is its seventh working day.
	HoldApproved bool
	HoldGround   string
	HoldOpen     bool
	HoldDue      Due
	// Reported: 调查终结报告 is finished; HeadOutcome is what the head chose after it.
	Reported    bool
	HeadOutcome HeadOutcome
	// RecordingMissing names phases that must be filmed and have neither recording nor reason.
	RecordingMissing []string

	// — party —

	PartyKind PartyKind
	// PartyAge is the age in full years at the act; 0 = unknown or not a citizen.
	PartyAge int
	// PartyMinor: under 18 at the act (or today, for publication).
	PartyMinor, PartyIncapacity bool
	// PriorPenalties counts earlier penalties of this party for the same item.
	PriorPenalties int
	// FinedForSameAct: a fine for this very act exists already (第二十九条).
	FinedForSameAct bool

	// — discretion —

	CorrectionOrdered bool
	IllegalGain       zh.Fen
	// MitigationGrounds counts confirmed grounds of 第三十二条; MitigationApplied: the penalty was lightened.
	MitigationGrounds  int
	MitigationApplied  bool
	DiscretionRow      string
	DiscretionDeviates bool
	DeviationReason    string
	// Deviation says how the penalty leaves the tier that was chosen.
	Deviation       string
	NoPenaltyGround NoPenaltyGround
	EducationRecord bool

	// — notice, statement, hearing: the track of this party —

	// NoticeServed is the effective service day of the latest notice; NoticesServed counts
	// them; NoticeChanged: the notice about to be served differs in content from the latest one.
	NoticeServed  workday.Day
	NoticesServed int
	NoticeChanged bool
	// NoticeMissing names elements of 第四十四条 that the notice lacks: 内容, 事实, 理由, 依据, 权利.
	NoticeMissing []string
	// Proposed is the penalty of the first notice; Notified that of the latest served
	// one; Final that of the text now judged (notice or decision).
	Proposed, Notified, Final Penalty
	// NewFacts: new facts or evidence were recorded after the first notice.
	NewFacts bool
	// DefenceDue and HearingRequestDue are the last days of the windows of the latest notice.
	DefenceDue, HearingRequestDue                   Due
	DefenceReceived, DefenceReviewed, DefenceWaived bool
	// HearingRight: the proposal falls under 第六十三条; HearingTold: the notice says so.
	HearingRight, HearingTold bool
	// HearingRequested stays true when a further notice is served: a second notice takes no hearing away.
	HearingRequested, HearingWaived bool
	// WaiverRecorded: every waiver is an explicit statement on file (第六十二条).
	WaiverRecorded bool
	// HearingDay is the appointed day, HearingNotified the day the party was told,
	// HearingNotifyBy the last lawful day for telling.
	HearingDay, HearingNotified workday.Day
	HearingNotifyBy             Due
	// HearingHeld, or HearingTerminated by withdrawal or unexcused absence (第六十四条第六项).
	HearingHeld        workday.Day
	HearingTerminated  bool
	HearingHost        string
	HearingHostRecused bool
	// HearingPublic, or HearingClosedGround when secrets or privacy demand it.
	HearingPublic       bool
	HearingClosedGround string
	HearingAgents       int
	// HearingRecordSigned: signed by the party, or the refusal noted by the host.
	HearingRecordSigned bool

	// — catalogue and review —

	CatalogueChecked bool
	// TriggersHit holds the labels of the catalogue triggers that the facts hit.
	TriggersHit []string
	Major       bool
	Complex     bool
	// TextHash is the canonical body now judged; ReviewTextHash is what the latest verdict covered.
	TextHash, ReviewTextHash string
	ReviewVerdict            ReviewVerdict
	// ReviewStale: a defence, hearing or new evidence was recorded after the latest verdict.
	ReviewStale       bool
	ReviewerQualified bool
	// ReviewerFirst is the day of the reviewer's first penalty review; zero = this is the first.
	ReviewerFirst workday.Day
	// ReviewMissing names materials that are not there; ReviewDue is the last day for the opinion.
	ReviewMissing []string
	ReviewDue     Due
	// ChecklistAnswered counts answered points of nine; ChecklistNo counts "no" among them.
	ChecklistAnswered, ChecklistNo int
	ReviewRoute                    bool
	// InGovernmentName: the decision is made in the name of the government; GovernmentReviewHash is the text to which its
	// organ of judicial administration agreed (118号（十一）).
	InGovernmentName               bool
	GovernmentReviewHash           string
	DisputeOpen, ResolutionWritten bool
	CounselConsulted               bool
	// OfficersTotal and ReviewersTotal are the agency's, for the five per cent of duty 21.
	OfficersTotal, ReviewersTotal int

	// — panel, approval, decision —

	PanelHeld                                            workday.Day
	PanelMembers, PanelAttendees, PanelFor, PanelAgainst int
	// PanelMinutes is the length in characters of the written record.
	PanelMinutes     int
	ApprovalTextHash string
	DecisionDay      workday.Day
	DecisionDue      Due
	// DecisionMissing names the elements of 第五十九条 (or 第五十二条 when on the spot) that the text lacks.
	DecisionMissing []string
	DecisionSealed  bool
	// RemedyReviewDays and RemedySuitMonths are the limits told in the text; ReviewFirstTold: 复议前置 is told.
	RemedyReviewDays, RemedySuitMonths int
	ReviewFirstTold                    bool

	// — on the spot (第五十一条至第五十三条, 第六十八条至第七十一条) —

	FactsCertain, SimpleNumbered, SimpleSigned bool
	// SimpleDelivered on the spot, or the refusal noted.
	SimpleDelivered bool
	SimpleFiledDue  Due
	CashCollected   zh.Fen
	// CashIntended: the decision says that the fine is collected on the spot.
	CashIntended bool
	// CashGround is the ground of 第六十八条第二项 or 第六十九条 when the fine exceeds the limit.
	CashGround    string
	ReceiptIssued bool
	CashHandInDue Due

	// — service —

	ServiceMode ServiceMode
	ServiceDue  Due
	// ServiceEffective is the day the decision took effect by service; zero = not served.
	ServiceEffective workday.Day
	// ServiceReceipt: 送达回证 or its equal is on file.
	ServiceReceipt, ElectronicConsent, ElectronicRemedyChannel bool
	// LeftWitnessed: witness signature or recording; OtherModesFailed: ground for service by announcement.
	LeftWitnessed, OtherModesFailed bool

	// — publication —

	PublishDue, WithdrawDue Due
	Published, Withdrawn    workday.Day
	// Annulled: 变更、撤销、确认违法、确认无效 (第四十八条第二款).
	Annulled                       bool
	WithdrawGround, WithdrawReason string
	RedactionConfirmed             bool
	// NotPublicGround is set when the information must not be public.
	NotPublicGround string
	// ExtendGround, ExtendDocument: why the last day for publishing is to move; ExtendFrom: the day on which the third party
	// got its letter, and ExtendDays how many working days it has; ExtendTo: the last day that comes of it.
	ExtendGround, ExtendDocument string
	ExtendFrom, ExtendTo         workday.Day
	ExtendDays                   int
	// ExtendedBefore: the last day has moved for a third party once.
	ExtendedBefore bool
	// ReadAgain: the rows of the decision were read anew, as at its publication. OnFile: it is made and unchanged, of the text
	// and the day that are to be public; DeliveryOnFile and ApprovalOnFile: of this decision and this text; HandsApart: no one
	// person handled, reviewed and approved it.
	ReadAgain, OnFile, DeliveryOnFile, ApprovalOnFile, HandsApart bool
	// ReviewOnFile: the last review before the decision passed and is the one that it names; ReviewOfThisText: it was of
	// this text and not after the decision; ReviewByQualified: by somebody who may.
	ReviewOnFile, ReviewOfThisText, ReviewByQualified bool

	// — performance —

	PayDue Due
	Paid   zh.Fen
	// Payable: the decision takes money. Owing is what was still to be paid before this act.
	Payable bool
	Owing   zh.Fen
	// PaidInFull: fine, confiscation and surcharge are settled, or nothing was to pay.
	PaidInFull                            bool
	InstalmentApplied, InstalmentApproved bool
	// InstalmentRuns: a plan was granted before and is not paid off; PlanEnd is its last day.
	InstalmentRuns    bool
	PlanEnd           Due
	Surcharge         zh.Fen
	SurchargeRateTold bool
	DemandMissing     []string
	DemandServed      workday.Day
	// DemandWaitDue is the tenth working day after the demand was served.
	DemandWaitDue Due
	// CourtFrom is the first and CourtDue the last day for the application (行政强制法第五十三条).
	CourtFrom, CourtDue Due
	// RemedyPending: 复议 or 诉讼 is running.
	RemedyPending bool
	CourtMissing  []string
	RefundGround  string
	RefundAmount  zh.Fen

	// — closing —

	// PhasesMissing names phases of 第四十七条 without a record: 启动, 调查取证, 审核, 决定, 送达, 执行.
	PhasesMissing []string
	// CloseGround is why the case ends: performed, ended by court, no penalty, …
	CloseGround string
	Custodian   string
	ArchiveDue  Due
}
