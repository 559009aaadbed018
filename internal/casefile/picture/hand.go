package picture

import (
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/ledger"
)

// hand tells whether somebody ever had a hand in the case: was its handler or one of its officers, or took a step of the
// handler, in the own name, for a colleague on leave, or through one. Who did neither reviews nor approves it (行政处罚法
// 第五十七条、第五十八条; 国办发〔2018〕118号（十一）: 审核与承办分离), whatever the rows of the case say now.
func (p *Picture) hand(account string) bool {
	return account != "" && (slices.ContainsFunc(p.Officers, func(o Officer) bool { return o.Account == account }) ||
		slices.ContainsFunc(p.Events, func(e ledger.Record) bool { return handIn(e, account) }))
}

// handIn tells whether an event shows somebody at the work of the handler. Papers that went from hand to hand and files laid
// beside them are recorded as work on the case whoever does it, and so is what a changed text does to its review.
func handIn(e ledger.Record, account string) bool {
	if e.Kind == "case.handed_over" && (e.Ref["from"] == account || e.Ref["to"] == account) {
		return true
	}
	room, _, _ := strings.Cut(e.Kind, ".")
	return e.Actor.Role == access.RoleHandler && room != "document" && room != "publication" && e.Kind != "review.voided" && e.Kind != "review.text_changed" &&
		(e.Actor.Account == account || e.Actor.OnBehalf == account)
}

// Thing is the case as the policies of access see it.
func Thing(pic *Picture, actor access.Actor) access.Thing {
	t := access.Thing{Kind: "case", ID: pic.File.ID, Agency: pic.File.Agency, Unit: pic.File.Unit, Class: pic.File.Class}
	for _, id := range actor.Identities() {
		handles := pic.File.Handler == id
		for _, o := range pic.Officers {
			handles = handles || o.Account == id && o.Until.IsZero()
		}
		switch {
		case handles:
			t.Relations = append(t.Relations, access.RelHandler)
		case pic.hand(id):
			t.Relations = append(t.Relations, access.RelHand)
		}
		if slices.Contains(pic.Reviewers, id) {
			t.Relations = append(t.Relations, access.RelReviewer)
		}
		if slices.Contains(pic.Approvers, id) {
			t.Relations = append(t.Relations, access.RelApprover)
		}
	}
	slices.Sort(t.Relations)
	t.Relations = slices.Compact(t.Relations)
	return t
}
