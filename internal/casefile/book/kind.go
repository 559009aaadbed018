package book

// The kinds of papers that the code itself asks for, by their titles in the forms: the two by which a party is told beforehand
// (行政处罚法第四十四条、第六十三条), the three decisions (第五十七条、第五十一条), and what proves that a paper was served (第六十一条).
const (
	NoticeKind   = "行政处罚事先告知书"
	HearingKind  = "听证告知书"
	DecisionKind = "行政处罚决定书"
	// CorrectionKind puts a finished paper right that decides nothing.
	CorrectionKind = "文书补正说明"
	PardonKind     = "不予行政处罚决定书"
	SpotKind       = "当场行政处罚决定书"
	ReceiptKind    = "送达回证"

	AnnouncementKind = "送达公告"
)
