package law

import (
	"slices"

	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// surchargePercent is the daily rate and surchargeCap the ceiling of 行政处罚法第七十二条第一款第一项.
const (
	surchargePercent = 3
	surchargeCap     = 100
)

// Surcharge is the late fee on a fine that is overdue by so many days: three per cent of
// the fine a day, never more than the fine itself (行政处罚法第七十二条第一款第一项,
// 行政强制法第四十五条第二款). Amounts in 分, rounded down in favour of the party; days
// during 复议, 诉讼 or an approved deferral are not counted by the caller.
func Surcharge(fine zh.Fen, days int) zh.Fen {
	if fine <= 0 || days <= 0 {
		return 0
	}
	if days*surchargePercent >= surchargeCap || days > surchargeCap {
		return fine
	}
	whole, rest := fine/surchargeCap, fine%surchargeCap
	rate := zh.Fen(days * surchargePercent)
	return whole*rate + rest*rate/surchargeCap
}

// ReviewersRequired is how many reviewers an agency with so many officers must have: the share in percent
// (reviewers_percent, five by 国办发〔2018〕118号（十一）, duty 21), rounded up, and at least one.
func ReviewersRequired(officers, percent int) int {
	if officers <= 0 {
		return 1
	}
	return max(1, (officers*percent+99)/100)
}

// QualifiedSince is the day from which who first reviews penalties must hold 法律职业资格 (行政处罚法第五十八条第二款).
func QualifiedSince() workday.Day { return on(penaltyFrom) }

// SeverityRank is the place of the harshest kind in the order, counted from 1; 0 for no
// penalty. A kind that the order does not hold counts as harsher than all.
func SeverityRank(order []PenaltyKind, p Penalty) int {
	ranks := ranked(order, p.weighed())
	if len(ranks) == 0 {
		return 0
	}
	return ranks[0]
}

// Harsher reports whether a is harsher than b: by the kinds from the harshest down, then
// by amount or length (DECISIONS §14, 行政处罚法第四十五条第二款). A penalty that a statute names in words of its own, of which
// b says nothing, is harsher too: 其他处罚 are of many kinds, and the order holds them as one.
func Harsher(order []PenaltyKind, a, b Penalty) bool {
	if c := slices.Compare(ranked(order, a.weighed()), ranked(order, b.weighed())); c != 0 {
		return c > 0
	}
	for _, o := range a.Own {
		if !b.covers(o) {
			return true
		}
	}
	return a.Total() > b.Total() || a.Months > b.Months
}

// ranked returns the ranks of the distinct kinds, harshest first.
func ranked(order, kinds []PenaltyKind) []int {
	var ranks []int
	for _, k := range kinds {
		rank := slices.Index(order, k) + 1
		if rank == 0 {
			rank = len(order) + 1
		}
		ranks = append(ranks, rank)
	}
	slices.Sort(ranks)
	ranks = slices.Compact(ranks)
	slices.Reverse(ranks)
	return ranks
}
