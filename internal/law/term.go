package law

import "mingjing/internal/workday"

// Due is a computed last day (or first day) together with its certainty.
// The zero Due is unknown; a gate that needs it then stays closed.
type Due struct {
	Day workday.Day
	// Provisional is true when the day lies beyond the last loaded State Council
	// calendar. Nothing is refused because of a provisional day (DECISIONS §11).
	Provisional bool
}

// String is the day as shown in a message.
func (d Due) String() string {
	if d.Day.IsZero() {
		return "（尚未计算）"
	}
	return d.Day.String()
}

// open reports whether a window still runs at the end of the day; an unknown end keeps it open.
func (d Due) open(day workday.Day) bool { return d.Day.IsZero() || !day.After(d.Day) }

// missed reports whether a known last day has passed.
func (d Due) missed(day workday.Day) bool { return !d.Day.IsZero() && day.After(d.Day) }

// Officer is one enforcement officer of the case, as of the day of the act.
type Officer struct {
	ID string
	// Registered: the five fields of duty 5 are in the officer database.
	Registered bool
	// Qualified: has 行政执法资格 and a certificate valid on that day, for this class
	// and area (行政处罚法第四十二条).
	Qualified bool
	// StateIssued and Filed: a certificate issued by a State Council department must
	// be filed with the 司法行政部门 of the same level (duty 7).
	StateIssued, Filed bool
	// Recused: this officer has been ordered to withdraw from this case.
	Recused bool
}

// PartyKind separates the citizen from the organisation where the law has two limits.
type PartyKind string

// The two kinds of party of 行政处罚法第五十一条.
const (
	Citizen      PartyKind = "公民"
	Organisation PartyKind = "法人或者其他组织"
)

// Procedure is the procedure that a case runs under.
type Procedure string

// The two procedures of 行政处罚法第五章.
const (
	Ordinary Procedure = "普通程序"
	Simple   Procedure = "简易程序"
)

// BasisKind is the rank of the text that a penalty rests on.
type BasisKind string

// The ranks of 行政处罚法第十条至第十六条.
const (
	BasisLaw        BasisKind = "法律"
	BasisRegulation BasisKind = "法规"
	BasisRule       BasisKind = "规章"
	BasisOther      BasisKind = "其他规范性文件"
)

// EvidenceKind is one of the eight kinds of 行政处罚法第四十六条.
type EvidenceKind string

// The eight kinds of evidence.
const (
	Documentary EvidenceKind = "书证"
	Physical    EvidenceKind = "物证"
	AudioVisual EvidenceKind = "视听资料"
	Electronic  EvidenceKind = "电子数据"
	Testimony   EvidenceKind = "证人证言"
	Statement   EvidenceKind = "当事人的陈述"
	Expert      EvidenceKind = "鉴定意见"
	Inquest     EvidenceKind = "勘验笔录、现场笔录"
)

// EvidenceKinds lists the eight kinds in the order of the law.
func EvidenceKinds() []EvidenceKind {
	return []EvidenceKind{Documentary, Physical, AudioVisual, Electronic, Testimony, Statement, Expert, Inquest}
}

// HeadOutcome is what the head of the agency decides after the investigation.
type HeadOutcome string

// The four outcomes of 行政处罚法第五十七条第一款.
const (
	OutcomePenalty     HeadOutcome = "给予行政处罚"
	OutcomeMinor       HeadOutcome = "违法行为轻微，不予行政处罚"
	OutcomeNotProven   HeadOutcome = "违法事实不能成立，不予行政处罚"
	OutcomeTransfer    HeadOutcome = "移送司法机关"
	OutcomeTransferTo  HeadOutcome = "移送其他机关"
	OutcomeTermination HeadOutcome = "终止调查"
	OutcomeNone        HeadOutcome = ""
)

// NoPenaltyGround is why a proven act is not punished.
type NoPenaltyGround string

// The grounds of 行政处罚法第三十、三十一、三十三、三十六、五十七条.
const (
	GroundTrivial    NoPenaltyGround = "轻微并及时改正，没有造成危害后果"
	GroundFirst      NoPenaltyGround = "初次违法且危害后果轻微并及时改正"
	GroundNoFault    NoPenaltyGround = "当事人有证据足以证明没有主观过错"
	GroundUnder14    NoPenaltyGround = "不满十四周岁"
	GroundIncapacity NoPenaltyGround = "不能辨认或者不能控制自己行为"
	GroundLimitation NoPenaltyGround = "超过行政处罚时效"
	GroundNotProven  NoPenaltyGround = "违法事实不能成立"
)

// NoPenaltyGrounds lists the grounds that may be chosen.
func NoPenaltyGrounds() []NoPenaltyGround {
	return []NoPenaltyGround{GroundTrivial, GroundFirst, GroundNoFault, GroundUnder14,
		GroundIncapacity, GroundLimitation, GroundNotProven}
}

// ReviewVerdict is the outcome of a legal review (DECISIONS §4).
type ReviewVerdict string

// The verdicts: only VerdictPass opens the gate.
const (
	VerdictNone   ReviewVerdict = ""
	VerdictPass   ReviewVerdict = "同意"
	VerdictAmend  ReviewVerdict = "同意但需修改"
	VerdictReturn ReviewVerdict = "退回补正"
	VerdictRefuse ReviewVerdict = "不同意"
)

// ServiceMode is how a document was served.
type ServiceMode string

// The modes of 民事诉讼法第八十八条至第九十五条.
const (
	ServedDirect   ServiceMode = "直接送达"
	ServedLeft     ServiceMode = "留置送达"
	ServedElectric ServiceMode = "电子送达"
	ServedMail     ServiceMode = "邮寄送达"
	ServedByOther  ServiceMode = "委托送达"
	ServedForward  ServiceMode = "转交送达"
	ServedPublic   ServiceMode = "公告送达"
)

// ServiceModes lists the modes in the order of the law.
func ServiceModes() []ServiceMode {
	return []ServiceMode{ServedDirect, ServedLeft, ServedElectric, ServedMail, ServedByOther, ServedForward, ServedPublic}
}
