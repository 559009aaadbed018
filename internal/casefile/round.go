package casefile

import (
	"slices"

	"mingjing/internal/document"
	"mingjing/internal/form"
)

// A decision that was undone is made anew: what was told, said, reviewed and approved for the first decision says nothing
// of the second (行政处罚法第四十四条、第五十八条). Evidence and the papers of the investigation stay.

// ofRound tells whether papers of a kind belong to one round of a party, from the notice to the enforcement.
func ofRound(kind string) bool {
	switch kind {
	case noticeKind, hearingKind, "陈述申辩笔录", "陈述申辩复核意见书", "放弃听证声明书", "听证申请登记", "听证通知书", "听证笔录", "听证报告", "听证终止登记",
		"重大执法决定目录核对表", "法制审核送审表", "司法行政审核登记", "集体讨论记录", "行政处罚决定审批表", decisionKind, pardonKind, receiptKind, announcementKind, "缴款通知书",
		"延期分期缴纳罚款批准书", "履行催告书", "强制执行申请书", "复议诉讼登记":
		return true
	}
	return false
}

// round is the id of the paper with which the party's case was begun anew, "" in the first round. Ids follow time.
func (s *sheet) round() string {
	if again := s.of("重新办理登记"); len(again) > 0 {
		return s.docs[again[len(again)-1]].ID
	}
	return ""
}

// counts tells whether a finished paper concerns the sheet and belongs to its round.
func (s *sheet) counts(d document.Document) bool {
	return s.concerns(d.Party) && (s.party == nil || !ofRound(d.Kind) || d.ID > s.round())
}

// review is the latest review of the party's text in this round.
func (s *sheet) review() (reviewed, bool) {
	r, ok := s.reviews[s.party.ID]
	return r, ok && r.ID > s.round()
}

// approval is the latest approval of the party's text in this round.
func (s *sheet) approval() (approval, bool) {
	a, ok := s.approved[s.party.ID]
	return a, ok && a.Document > s.round()
}

// deliveries lists what was served on the party in this round.
func (s *sheet) deliveries() []delivery {
	return slices.DeleteFunc(slices.Clone(s.served[s.party.ID]), func(d delivery) bool { return d.Document < s.round() })
}

// paper is the newest text of a kind: the act's own, else the latest finished one; nil where there is none.
func (s *sheet) paper(kind string) form.Values {
	if v, ok := s.act[kind]; ok {
		return v
	}
	return s.finished(kind)
}

func (s *sheet) finished(kind string) form.Values {
	if d, ok := s.lastDoc(kind); ok {
		return d.Values
	}
	return nil
}

func (s *sheet) lastDoc(kind string) (document.Document, bool) {
	for _, i := range slices.Backward(s.of(kind)) {
		if d := s.docs[i]; s.counts(d) {
			return d, true
		}
	}
	return document.Document{}, false
}

func (s *sheet) firstDoc(kind string) (document.Document, bool) {
	for _, i := range s.of(kind) {
		if d := s.docs[i]; s.counts(d) {
			return d, true
		}
	}
	return document.Document{}, false
}

// papers lists all texts of a kind, the act's own last.
func (s *sheet) papers(kind string) []form.Values {
	var list []form.Values
	for _, i := range s.of(kind) {
		if d := s.docs[i]; s.counts(d) {
			list = append(list, d.Values)
		}
	}
	if v, ok := s.act[kind]; ok {
		list = append(list, v)
	}
	return list
}

func (s *sheet) count(kind string) int { return len(s.papers(kind)) }
