package law

import (
	"slices"

	"mingjing/internal/zh"
)

// PenaltyKind is a kind of penalty; its value is the legal term.
type PenaltyKind string

// The kinds of 行政处罚法第九条.
const (
	Warning          PenaltyKind = "警告"
	Criticism        PenaltyKind = "通报批评"
	Fine             PenaltyKind = "罚款"
	ConfiscateGain   PenaltyKind = "没收违法所得"
	ConfiscateThings PenaltyKind = "没收非法财物"
	SuspendLicence   PenaltyKind = "暂扣许可证件"
	Downgrade        PenaltyKind = "降低资质等级"
	RevokeLicence    PenaltyKind = "吊销许可证件"
	RestrictBusiness PenaltyKind = "限制开展生产经营活动"
	SuspendBusiness  PenaltyKind = "责令停产停业"
	CloseDown        PenaltyKind = "责令关闭"
	BanFromTrade     PenaltyKind = "限制从业"
	Detention        PenaltyKind = "行政拘留"
	OtherPenalty     PenaltyKind = "法律、行政法规规定的其他行政处罚"
)

// Penalty is what is proposed or decided against one party.
type Penalty struct {
	// Kinds holds each kind once, in any order.
	Kinds []PenaltyKind
	// Fine and Confiscated are amounts in 分 that the party pays: the fine and the illegal gain.
	Fine, Confiscated zh.Fen
	// Things is the value of the confiscated things in 分.
	Things zh.Fen
	// Own holds the penalties that a statute names in words of its own (撤销登记, 停业整顿).
	Own []OwnPenalty
	// Months is the length of a suspension or ban; 0 = none or without end.
	Months int
}

// OwnPenalty is a penalty under the name that its statute gives it, and the kind of 第九条 it counts as.
type OwnPenalty struct {
	Name string
	Kind PenaltyKind
}

// PenaltyCode is one row of the table of penalty kinds.
type PenaltyCode struct {
	Kind PenaltyKind
	// Code is the number in exchange files: item of 第九条, then order inside it.
	Code string
	// Item is the item of 第九条, 1 to 6.
	Item int
}

// PenaltyKinds lists the kinds of 行政处罚法第九条 in the order of the law. How heavy a kind weighs is another order:
// severityOrder.
func PenaltyKinds() []PenaltyCode {
	return []PenaltyCode{
		{Warning, "11", 1}, {Criticism, "12", 1},
		{Fine, "21", 2}, {ConfiscateGain, "22", 2}, {ConfiscateThings, "23", 2},
		{SuspendLicence, "31", 3}, {Downgrade, "32", 3}, {RevokeLicence, "33", 3},
		{RestrictBusiness, "41", 4}, {SuspendBusiness, "42", 4}, {CloseDown, "43", 4}, {BanFromTrade, "44", 4},
		{Detention, "51", 5}, {OtherPenalty, "61", 6},
	}
}

// severityOrder is the default order of severity, mildest first. 第九条 lists the kinds but does not rank them: a licence
// or registration that is revoked is gone for good, so it weighs more than business that is stopped for a time (rulebook
// TJ-03, X9). In civil affairs 撤销登记 counts as 吊销许可证件 and 限期停止活动 as 责令停产停业. A pack may set another order.
func severityOrder() []PenaltyKind {
	return []PenaltyKind{Warning, Criticism, Fine, ConfiscateGain, ConfiscateThings, SuspendLicence, Downgrade,
		RestrictBusiness, SuspendBusiness, CloseDown, BanFromTrade, RevokeLicence, Detention, OtherPenalty}
}

// Known reports whether the kind is one of 第九条.
func (k PenaltyKind) Known() bool {
	for _, c := range PenaltyKinds() {
		if c.Kind == k {
			return true
		}
	}
	return false
}

// Has reports whether the penalty contains the kind.
func (p Penalty) Has(k PenaltyKind) bool {
	for _, x := range p.Kinds {
		if x == k {
			return true
		}
	}
	return false
}

// Total is the sum of money that the party loses, in 分.
func (p Penalty) Total() zh.Fen { return p.Fine + p.Confiscated + p.Things }

// Money is what the party has to pay, in 分.
func (p Penalty) Money() zh.Fen { return p.Fine + p.Confiscated }

// weighed is the kinds that count in the order of severity: 其他处罚 in words of a statute weigh as the kinds they stand for,
// so that 撤销登记 weighs the same whether it was ticked as 吊销许可证件 or written out.
func (p Penalty) weighed() []PenaltyKind {
	if len(p.Own) == 0 {
		return p.Kinds
	}
	kinds := slices.DeleteFunc(slices.Clone(p.Kinds), func(k PenaltyKind) bool { return k == OtherPenalty })
	for _, o := range p.Own {
		kinds = append(kinds, o.Kind)
	}
	return kinds
}

// covers reports whether the penalty names o, or states the kind that o counts as.
func (p Penalty) covers(o OwnPenalty) bool {
	for _, x := range p.Own {
		if x.Name == o.Name {
			return true
		}
	}
	return o.Kind != OtherPenalty && p.Has(o.Kind)
}
