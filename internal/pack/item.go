package pack

import (
	"mingjing/internal/law"
	"mingjing/internal/workday"
)

// Item is one power on an agency's list (执法事项).
type Item struct {
	Code  string  `json:"code"` // MZ-CF-001
	Name  string  `json:"name"`
	Sub   string  `json:"sub,omitempty"` // 子项名称
	Class string  `json:"class"`         // 行政许可, 行政处罚, 行政强制, 行政检查, 行政确认, 行政给付, 行政奖励, 行政裁决, 其他
	Group string  `json:"group"`         // 社会团体, 慈善 …
	Basis []Basis `json:"basis"`
	// Effect bounds what a decision on this item may order; nil for items that order nothing.
	Effect *Effect `json:"effect,omitempty"`
	// Limit is the statutory time limit of the agency, as printed and as counted.
	Limit    *Limit   `json:"limit,omitempty"`
	Remedies []string `json:"remedies,omitempty"`
	// Level and Owner are filled by the agency that exercises the item; without Owner it is only law.
	Level      string            `json:"level,omitempty"`
	Owner      string            `json:"owner,omitempty"` // code of the unit
	Entrusted  string            `json:"entrusted,omitempty"`
	Guide      *Guide            `json:"guide,omitempty"`
	Duties     []string          `json:"duties,omitempty"`      // 责任事项
	Liability  string            `json:"liability,omitempty"`   // 追责情形
	NoUse      bool              `json:"no_use,omitempty"`      // listed, but its text is unread: no enforcement use
	Columns    map[string]string `json:"columns,omitempty"`     // further printed columns of another agency's list
	ForeignIDs map[string]string `json:"foreign_ids,omitempty"` // codes in other systems
	Provenance
}

// Basis is law, version and article; each in its own column because articles are renumbered (社会团体登记管理
// 条例 in 2016, 慈善法 in 2023).
type Basis struct {
	Law     string      `json:"law"`
	Version string      `json:"version,omitempty"` // day of adoption or of the last amendment
	Article string      `json:"article"`           // 第三十条第一款第一项
	From    workday.Day `json:"effective_from,omitzero"`
	Until   workday.Day `json:"effective_to,omitzero"`
	// Rank is 法律, 行政法规 … where the title does not tell it: 社会救助暂行办法 is a regulation of the State Council.
	Rank string `json:"rank,omitempty"`
}

// Effect bounds the orders an item allows.
type Effect struct {
	Kinds     []string    `json:"kinds"` // penalty kinds and orders, in the words of the item's statute
	Fine      *MoneyRange `json:"fine_yuan,omitempty"`
	Multiples []Multiple  `json:"multiples,omitempty"`
	Durations []Months    `json:"durations,omitempty"`
	// FineOn says whom the fine falls on, where it is not the party: 直接负责的主管人员和其他直接责任人员.
	FineOn string `json:"fine_on,omitempty"`
	Text   string `json:"text,omitempty"` // the statute's own order of consequences, condensed
}

// Limit is a time limit: N units counted by a day-count profile of the statute (rulebook §0.1).
type Limit struct {
	N       int    `json:"n"`
	Unit    string `json:"unit"` // wd, cd, mo, y
	Profile string `json:"profile,omitempty"`
	Text    string `json:"text,omitempty"`
}

// Guide holds the six fields of duty 6, and what a service guide adds to them.
type Guide struct {
	Acceptor   string            `json:"acceptor,omitempty"`   // 受理机构
	Conditions []string          `json:"conditions,omitempty"` // 受理条件
	Approver   string            `json:"approver,omitempty"`   // 审批机构
	Procedure  []string          `json:"procedure,omitempty"`  // 审批程序
	Limit      string            `json:"limit,omitempty"`      // 办理时限
	Materials  []string          `json:"materials,omitempty"`
	Fee        string            `json:"fee,omitempty"`
	Columns    map[string]string `json:"columns,omitempty"`
}

// Missing reports which of the six fields of duty 6 are still empty; the item's name is the first of them.
func (g *Guide) Missing() (missing []string) {
	if g == nil {
		return []string{"受理机构", "受理条件", "审批机构", "审批程序", "办理时限"}
	}
	for _, f := range []struct {
		name  string
		empty bool
	}{
		{"受理机构", g.Acceptor == ""}, {"受理条件", len(g.Conditions) == 0}, {"审批机构", g.Approver == ""},
		{"审批程序", len(g.Procedure) == 0}, {"办理时限", g.Limit == ""},
	} {
		if f.empty {
			missing = append(missing, f.name)
		}
	}
	return missing
}

// PenaltyKind is one kind of 行政处罚法第九条, or a civil-affairs order mapped to one.
type PenaltyKind struct {
	Code string `json:"code"`
	Name string `json:"name"`
	// StatKind is the art. 9 kind it counts as: in the annual return, and in the order of severity, which is a
	// parameter of package law (severity_order). Empty for orders that are no penalty.
	StatKind law.PenaltyKind `json:"stat_kind,omitempty"`
	Hearing  bool            `json:"hearing,omitempty"` // 行政处罚法第六十三条 by its kind alone
	Penalty  bool            `json:"penalty"`           // false for orders that are no penalty, e.g. 责令改正
	Provenance
}

// Classes lists the classes of 执法类别, in the order of the lists that agencies publish.
func Classes() []string {
	return []string{"行政许可", "行政处罚", "行政强制", "行政检查", "行政征收", "行政确认", "行政给付", "行政裁决", "行政奖励", "其他"}
}
