package pack

import (
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"mingjing/internal/law"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// ReviewEnv is what a trigger may ask about the decision that is proposed against one party. Fields without
// a fact behind them stay zero; those facts that only a person can judge (重大公共利益 …) are answered by the
// handler in the catalogue check before review and kept with the case.
type ReviewEnv struct {
	ItemClass string        // 事项类别: 行政处罚, 行政许可, 行政强制 …
	Item      string        // 事项编码
	PartyKind law.PartyKind // 当事人类型: 个人 or 单位
	Fine      zh.Fen        // 罚款
	Forfeit   zh.Fen        // 没收: illegal gain and value of things, together
	Kinds     []string      // 处罚种类, in the words of the pack's kinds
	Measures  []string      // 强制措施: 查封, 扣押, 封存 …
	Outcome   string        // 拟作决定: 处罚, 不予处罚, 准予许可, 不予许可, 撤销许可, 撤回许可 …
	TierLevel string        // 裁量档次
	Parties   int           // 当事人人数

	Heard          bool // 经听证
	HearingDue     bool // 符合听证条件
	Summary        bool // 简易程序
	PublicInterest bool // 重大公共利益
	SocialImpact   bool // 重大社会影响
	SocialRisk     bool // 社会风险
	MajorRights    bool // 重大权益
	ThirdParty     bool // 涉及他人重大利益
	Complex        bool // 疑难复杂
	ManyRelations  bool // 多个法律关系
	Minor          bool // 涉及未成年人
	Foreign        bool // 涉外
	Media          bool // 舆论关注
	Deviates       bool // 偏离裁量基准
	CrimeSuspected bool // 涉嫌犯罪
}

// reviewVars gives the environment its Chinese names. Amounts are in yuan: whole yuan are exact in float64,
// and a sum with 分 compares with a threshold as its exact value would.
type reviewVars struct {
	ItemClass string   `expr:"事项类别"`
	Item      string   `expr:"事项编码"`
	PartyKind string   `expr:"当事人类型"`
	Fine      float64  `expr:"罚款"`
	Forfeit   float64  `expr:"没收"`
	Amount    float64  `expr:"金额"`
	Kinds     []string `expr:"处罚种类"`
	Measures  []string `expr:"强制措施"`
	Outcome   string   `expr:"拟作决定"`
	TierLevel string   `expr:"裁量档次"`
	Parties   int      `expr:"当事人人数"`

	Heard          bool `expr:"经听证"`
	HearingDue     bool `expr:"符合听证条件"`
	Summary        bool `expr:"简易程序"`
	PublicInterest bool `expr:"重大公共利益"`
	SocialImpact   bool `expr:"重大社会影响"`
	SocialRisk     bool `expr:"社会风险"`
	MajorRights    bool `expr:"重大权益"`
	ThirdParty     bool `expr:"涉及他人重大利益"`
	Complex        bool `expr:"疑难复杂"`
	ManyRelations  bool `expr:"多个法律关系"`
	Minor          bool `expr:"涉及未成年人"`
	Foreign        bool `expr:"涉外"`
	Media          bool `expr:"舆论关注"`
	Deviates       bool `expr:"偏离裁量基准"`
	CrimeSuspected bool `expr:"涉嫌犯罪"`
}

// Person and Org are the words of expressions for the two kinds of party that thresholds tell apart
// (行政处罚法第五十一条).
const (
	Person = "个人"
	Org    = "单位"
)

func (e ReviewEnv) party() (string, error) {
	switch e.PartyKind {
	case law.Citizen:
		return Person, nil
	case law.Organisation:
		return Org, nil
	}
	return "", fmt.Errorf("party kind %q is neither %s nor %s", e.PartyKind, law.Citizen, law.Organisation)
}

func (e ReviewEnv) vars() (reviewVars, error) {
	party, err := e.party()
	if err != nil {
		return reviewVars{}, err
	}
	if !slices.Contains(Classes(), e.ItemClass) {
		return reviewVars{}, fmt.Errorf("事项类别 %q is none of %s", e.ItemClass, strings.Join(Classes(), ", "))
	}
	if e.Fine < 0 || e.Forfeit < 0 {
		return reviewVars{}, fmt.Errorf("罚款 %d and 没收 %d must not be negative", e.Fine, e.Forfeit)
	}
	return reviewVars{
		e.ItemClass, e.Item, party, yuan(e.Fine), yuan(e.Forfeit), yuan(e.Fine + e.Forfeit),
		e.Kinds, e.Measures, e.Outcome, e.TierLevel, e.Parties,
		e.Heard, e.HearingDue, e.Summary, e.PublicInterest, e.SocialImpact, e.SocialRisk, e.MajorRights, e.ThirdParty,
		e.Complex, e.ManyRelations, e.Minor, e.Foreign, e.Media, e.Deviates, e.CrimeSuspected,
	}, nil
}

// yuan is the nearest number of yuan; whole yuan are exact, and rounding keeps the order of sums.
func yuan(f zh.Fen) float64 { return float64(f) / 100 }

// Hit is a trigger that caught a proposed decision, with the condition it was caught by.
type Hit struct {
	Code, Title, Class string
	Condition          string // readable, as evaluated
	Source             string
	Status             law.Status
	Blocks             bool // makes review compulsory; otherwise the desk only advises it
}

// Catalogue is the review catalogue, compiled.
type Catalogue struct{ rows []compiled }

type compiled struct {
	Trigger
	condition string
	program   *vm.Program
}

// Catalogue is the catalogue in force on the day.
func (p *Pack) Catalogue(day workday.Day) Catalogue {
	return Catalogue{inForce(p.catalogue.rows, day, func(c compiled) Provenance { return c.Provenance })}
}

// Compile type-checks every trigger; the error names the trigger whose expression is wrong.
func Compile(triggers []Trigger) (Catalogue, error) {
	var c Catalogue
	for _, t := range triggers {
		condition := t.Condition()
		if condition == "" {
			return Catalogue{}, fmt.Errorf("trigger %s (%s): it has neither expression nor threshold", t.Code, t.Title)
		}
		program, err := compile(condition)
		if err != nil {
			return Catalogue{}, fmt.Errorf("trigger %s (%s): %w", t.Code, t.Title, err)
		}
		c.rows = append(c.rows, compiled{t, condition, program})
	}
	return c, nil
}

func compile(condition string) (*vm.Program, error) {
	return expr.Compile(condition, expr.Env(reviewVars{}), expr.AsBool(), expr.DisableAllBuiltins(), expr.MaxNodes(200))
}

// Evaluate returns the triggers that catch the decision, in catalogue order. It never guesses: an environment
// that names no kind of party or class is an error.
func (c Catalogue) Evaluate(env ReviewEnv) ([]Hit, error) {
	vars, err := env.vars()
	if err != nil {
		return nil, fmt.Errorf("pack: review catalogue: %w", err)
	}
	var hits []Hit
	for _, t := range c.rows {
		caught, err := expr.Run(t.program, vars)
		if err != nil {
			return nil, fmt.Errorf("pack: review catalogue: trigger %s: %w", t.Code, err)
		}
		if caught == true {
			hits = append(hits, Hit{t.Code, t.Title, t.Class, t.condition, t.Source, t.Status, t.Status.MayBlock()})
		}
	}
	return hits, nil
}

// Condition is the whole condition as one readable expression: class, expression and threshold.
func (t Trigger) Condition() string {
	var parts []string
	if t.ItemClass != "" {
		parts = append(parts, fmt.Sprintf("事项类别 == %q", t.ItemClass))
	}
	if t.Expression != "" {
		parts = append(parts, "("+t.Expression+")")
	}
	if t.Threshold != nil {
		parts = append(parts, "("+t.Threshold.Expression()+")")
	}
	if t.Expression == "" && t.Threshold == nil {
		return ""
	}
	return strings.Join(parts, " and ")
}

// Expression writes the threshold as a condition; false where no amount is named.
func (h Threshold) Expression() string {
	op := ">"
	if h.Inclusive {
		op = ">="
	}
	var sides []string
	for _, s := range []struct {
		kind   string
		amount Money
	}{{Person, h.Person}, {Org, h.Org}} {
		if s.amount > 0 {
			text, _ := s.amount.MarshalJSON() // writing a figure cannot fail
			sides = append(sides, fmt.Sprintf("当事人类型 == %q and %s %s %s", s.kind, h.Of, op, text))
		}
	}
	if len(sides) == 0 {
		return "false"
	}
	return strings.Join(sides, " or ")
}

// Reached reports whether the sums of the decision reach the threshold (行政处罚法第六十三条 asks this of a hearing).
func (h Threshold) Reached(env ReviewEnv) bool {
	limit := h.Org.Fen()
	if env.PartyKind == law.Citizen {
		limit = h.Person.Fen()
	}
	sum := map[string]zh.Fen{"罚款": env.Fine, "没收": env.Forfeit, "金额": env.Fine + env.Forfeit}[h.Of]
	return limit > 0 && (sum > limit || h.Inclusive && sum == limit)
}
