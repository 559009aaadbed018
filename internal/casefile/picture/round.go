package picture

import (
	"slices"

	"mingjing/internal/casefile/book"
	"mingjing/internal/document"
	"mingjing/internal/form"
)

// Done tells whether a step was taken that concerns the sheet.
func (s *Sheet) Done(step string) bool {
	for _, d := range s.Docs {
		if d.Step == step && s.Counts(d) {
			return true
		}
	}
	return false
}

// Waived tells whether the party gave up a right in a signed statement.
func (s *Sheet) Waived(right string) bool {
	for _, v := range s.Papers("放弃听证声明书") {
		list, _ := v.At("scope").([]any)
		for _, r := range list {
			if r == right && Yes(v, "voluntary") {
				return true
			}
		}
	}
	return false
}

// A decision that was undone is made anew: what was told, said, reviewed and approved for the first decision says nothing
// of the second (行政处罚法第四十四条、第五十八条). Evidence and the papers of the investigation stay.

// ofRound tells whether papers of a kind belong to one round of a party, from the notice to the enforcement.
func ofRound(kind string) bool {
	switch kind {
	case book.NoticeKind, book.HearingKind, "陈述申辩笔录", "陈述申辩复核意见书", "放弃听证声明书", "听证申请登记", "听证通知书", "听证笔录", "听证报告", "听证终止登记",
		"重大执法决定目录核对表", "法制审核送审表", "司法行政审核登记", "集体讨论记录", "行政处罚决定审批表", book.DecisionKind, book.PardonKind, book.ReceiptKind, book.AnnouncementKind, "缴款通知书",
		"延期分期缴纳罚款批准书", "履行催告书", "强制执行申请书", "复议诉讼登记":
		return true
	}
	return false
}

// round is the id of the paper with which the party's case was begun anew, "" in the first round. Ids follow time.
func (s *Sheet) round() string {
	if again := s.Of("重新办理登记"); len(again) > 0 {
		return s.Docs[again[len(again)-1]].ID
	}
	return ""
}

// Counts tells whether a finished paper concerns the sheet and belongs to its round.
func (s *Sheet) Counts(d document.Document) bool {
	return s.Concerns(d.Party) && (s.Party == nil || !ofRound(d.Kind) || d.ID > s.round())
}

// Review is the latest review of the party's text in this round.
func (s *Sheet) Review() (Reviewed, bool) {
	r, ok := s.Reviews[s.Party.ID]
	return r, ok && r.ID > s.round()
}

// Approval is the latest approval of the party's text in this round.
func (s *Sheet) Approval() (Approval, bool) {
	a, ok := s.Approved[s.Party.ID]
	return a, ok && a.Document > s.round()
}

// Deliveries lists what was served on the party in this round.
func (s *Sheet) Deliveries() []Delivery {
	return slices.DeleteFunc(slices.Clone(s.Served[s.Party.ID]), func(d Delivery) bool { return d.Document < s.round() })
}

// Paper is the newest text of a kind: the act's own, else the latest finished one; nil where there is none.
func (s *Sheet) Paper(kind string) form.Values {
	if v, ok := s.Act[kind]; ok {
		return v
	}
	return s.Finished(kind)
}

// Finished is the latest finished text of a kind in this round; nil where there is none.
func (s *Sheet) Finished(kind string) form.Values {
	if d, ok := s.LastDoc(kind); ok {
		return d.Values
	}
	return nil
}

// LastDoc is the latest finished document of a kind in this round.
func (s *Sheet) LastDoc(kind string) (document.Document, bool) {
	for _, i := range slices.Backward(s.Of(kind)) {
		if d := s.Docs[i]; s.Counts(d) {
			return d, true
		}
	}
	return document.Document{}, false
}

// FirstDoc is the earliest finished document of a kind in this round.
func (s *Sheet) FirstDoc(kind string) (document.Document, bool) {
	for _, i := range s.Of(kind) {
		if d := s.Docs[i]; s.Counts(d) {
			return d, true
		}
	}
	return document.Document{}, false
}

// Papers lists all texts of a kind, the act's own last.
func (s *Sheet) Papers(kind string) []form.Values {
	var list []form.Values
	for _, i := range s.Of(kind) {
		if d := s.Docs[i]; s.Counts(d) {
			list = append(list, d.Values)
		}
	}
	if v, ok := s.Act[kind]; ok {
		list = append(list, v)
	}
	return list
}

// Count is how many texts of a kind there are, the act's own among them.
func (s *Sheet) Count(kind string) int { return len(s.Papers(kind)) }
