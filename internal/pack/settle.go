package pack

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/law"
)

// settle checks the merged rows against each other and compiles what must be compiled. All faults are
// reported together, so that whoever maintains a pack mends it in one go.
func (p *Pack) settle() error {
	var c checker
	p.settleDuties(&c)
	p.settleItems(&c)
	p.settleDiscretion(&c)
	p.settleReview(&c)
	p.settleOffice(&c)
	catalogue, err := Compile(p.triggers)
	c.add("triggers", "", err)
	p.catalogue = catalogue
	return errors.Join(c.faults...)
}

type checker struct{ faults []error }

func (c *checker) add(section, code string, err error) {
	if err != nil {
		c.faults = append(c.faults, fmt.Errorf("%s %s: %w", section, code, err))
	}
}

func (c *checker) need(ok bool, section, code, format string, args ...any) {
	if !ok {
		c.add(section, code, fmt.Errorf(format, args...))
	}
}

func (p *Pack) hasUnit(code string) bool {
	return slices.ContainsFunc(p.units, func(u Unit) bool { return u.Code == code })
}

func (p *Pack) settleDuties(c *checker) {
	for _, u := range p.units {
		c.add("units", u.Code, u.Provenance.check())
		c.need(u.Name != "", "units", u.Code, "it has no name")
		c.need(u.Parent == "" || p.hasUnit(u.Parent), "units", u.Code, "its parent %s is no unit", u.Parent)
	}
	numbers := map[int]string{}
	for _, t := range p.tasks {
		c.add("tasks", t.Code, t.Provenance.check())
		c.need(t.No > 0 && t.Measure != "", "tasks", t.Code, "number and measure are needed")
		c.need(numbers[t.No] == "" || numbers[t.No] == t.Code, "tasks", t.Code, "number %d belongs to %s already", t.No, numbers[t.No])
		numbers[t.No] = t.Code
		for _, u := range t.Units {
			c.need(u == AllUnits || p.hasUnit(u), "tasks", t.Code, "%s is no unit of the agency", u)
		}
	}
	for _, d := range p.deliverables {
		c.add("deliverables", d.Code, d.Provenance.check())
	}
	for _, u := range p.undertakings {
		c.add("undertakings", u.Code, u.Provenance.check())
		c.add("undertakings", u.Code, u.check())
		c.need(slices.ContainsFunc(p.tasks, func(t Task) bool { return t.Code == u.Task }), "undertakings", u.Code, "%s is no duty of the table", u.Task)
	}
	for _, a := range p.agencies {
		c.add("agency", a.Code, a.Provenance.check())
	}
}

func (p *Pack) settleItems(c *checker) {
	for _, k := range p.kinds {
		c.add("kinds", k.Code, k.Provenance.check())
		c.need(k.StatKind.Known() == k.Penalty, "kinds", k.Code, "a penalty counts as one of the kinds of 行政处罚法第九条, any other order as none; stat_kind is %q", k.StatKind)
	}
	for _, i := range p.items {
		c.add("items", i.Code, i.Provenance.check())
		c.need(i.Name != "", "items", i.Code, "it has no name")
		c.need(slices.Contains(Classes(), i.Class), "items", i.Code, "class %q is none of %s", i.Class, strings.Join(Classes(), ", "))
		c.need(len(i.Basis) > 0, "items", i.Code, "it has no basis; 行政处罚法第五条 and 第十六条 want one")
		for _, basis := range i.Basis {
			c.need(basis.Rank == "" || slices.Contains([]law.BasisKind{law.BasisLaw, law.BasisRegulation, law.BasisRule, law.BasisOther}, law.BasisKind(basis.Rank)), "items", i.Code, "the rank of %s is %q", basis.Law, basis.Rank)
		}
		c.need(i.Owner == "" || p.hasUnit(i.Owner), "items", i.Code, "its owner %s is no unit of the agency", i.Owner)
		c.need(!i.NoUse || !i.Status.MayBlock(), "items", i.Code, "an item without enforcement use must be draft or memory")
		if i.Effect != nil {
			p.needKinds(c, "items", i.Code, i.Effect.Kinds)
			c.add("items", i.Code, i.Effect.Fine.check())
		}
		if i.Limit != nil {
			c.need(i.Limit.N > 0 && slices.Contains([]string{"wd", "cd", "mo", "y"}, i.Limit.Unit), "items", i.Code, "limit %d %q is no time limit", i.Limit.N, i.Limit.Unit)
		}
	}
}

func (r *MoneyRange) check() error {
	if r != nil && r.Max != 0 && r.Min > r.Max {
		return fmt.Errorf("range %d to %d is empty", r.Min, r.Max)
	}
	return nil
}

func (p *Pack) needKinds(c *checker, section, code string, kinds []string) {
	for _, k := range kinds {
		known := slices.ContainsFunc(p.kinds, func(x PenaltyKind) bool { return x.Name == k })
		c.need(known, section, code, "kind %q is not in kinds.json (行政处罚法第九条 and its civil-affairs orders)", k)
	}
}

// settleDiscretion holds each tier inside its statute: every tier but 减轻 within the item's range, 减轻 not above
// its lower end (行政处罚法第三十二条、第三十四条).
func (p *Pack) settleDiscretion(c *checker) {
	for _, t := range p.tiers {
		c.add("discretion", t.Code, t.Provenance.check())
		c.need(slices.Contains(TierLevels(), t.Level), "discretion", t.Code, "level %q is none of %s", t.Level, strings.Join(TierLevels(), ", "))
		p.needKinds(c, "discretion", t.Code, t.Kinds)
		i := slices.IndexFunc(p.items, func(x Item) bool { return x.Code == t.Item })
		if i < 0 {
			c.need(false, "discretion", t.Code, "item %s is not in the pack", t.Item)
			continue
		}
		c.add("discretion", t.Code, t.within(p.items[i].Effect))
	}
	for _, f := range p.firstOffences {
		c.add("first-offence", f.Code, f.Provenance.check())
		known := slices.ContainsFunc(p.items, func(x Item) bool { return x.Code == f.Item })
		c.need(known && len(f.Conditions) > 0, "first-offence", f.Code, "an item of the pack (not %s) and conditions are needed", f.Item)
	}
}

func (t Tier) within(e *Effect) error {
	if e == nil {
		return fmt.Errorf("item %s orders nothing, so there is nothing to choose", t.Item)
	}
	for _, k := range t.Kinds {
		if !slices.Contains(e.Kinds, k) {
			return fmt.Errorf("item %s does not allow %s", t.Item, k)
		}
	}
	if err := t.Fine.check(); err != nil || t.Fine == nil {
		return err
	}
	switch {
	case e.Fine == nil:
		return fmt.Errorf("item %s has no fine in figures", t.Item)
	case t.Level == "减轻" && t.Fine.Max > e.Fine.Min:
		return fmt.Errorf("减轻 must stay at or below the statutory lower end of %d 分", e.Fine.Min)
	case t.Level != "减轻" && (t.Fine.Min < e.Fine.Min || e.Fine.Max != 0 && (t.Fine.Max == 0 || t.Fine.Max > e.Fine.Max)):
		return fmt.Errorf("the tier reaches beyond the statutory range %d to %d 分", e.Fine.Min, e.Fine.Max)
	}
	return nil
}

func (p *Pack) settleReview(c *checker) {
	for _, t := range p.triggers {
		c.add("triggers", t.Code, t.Provenance.check())
		c.need(t.ItemClass == "" || slices.Contains(Classes(), t.ItemClass), "triggers", t.Code, "class %q is unknown", t.ItemClass)
		c.add("triggers", t.Code, t.Threshold.check())
	}
	for _, h := range p.hearing {
		c.add("hearing", h.Code, h.Provenance.check())
		c.add("hearing", h.Code, h.Threshold.check())
	}
	for _, m := range p.materials {
		c.add("materials", m.Code, m.Provenance.check())
		if m.When != "" {
			_, err := compile(m.When)
			c.add("materials", m.Code, err)
		}
	}
	for _, k := range p.checklist {
		c.add("checklist", k.Code, k.Provenance.check())
	}
}

func (h *Threshold) check() error {
	if h != nil && !slices.Contains([]string{"罚款", "没收", "金额"}, h.Of) {
		return fmt.Errorf("threshold of %q: only 罚款, 没收 and 金额 can be compared", h.Of)
	}
	return nil
}

func (p *Pack) settleOffice(c *checker) {
	for _, n := range p.numberings {
		c.add("numbering", n.Kind, n.Provenance.check())
		c.need(n.Template != "", "numbering", n.Kind, "it has no template")
	}
	for _, r := range p.retentions {
		c.add("retention", r.Code, r.Provenance.check())
		c.need(slices.Contains([]string{"永久", "30年", "10年"}, r.Period), "retention", r.Code, "period %q is none of 永久, 30年, 10年", r.Period)
	}
	for _, d := range p.displays {
		c.add("display", d.Code, d.Provenance.check())
		c.need(d.MinMonths <= d.MaxMonths, "display", d.Code, "%d to %d months is empty", d.MinMonths, d.MaxMonths)
	}
	for _, r := range p.recordings {
		c.add("recording", r.Code, r.Provenance.check())
	}
	for _, t := range p.texts {
		c.add("texts", t.Code, t.Provenance.check())
	}
	for _, a := range p.adoptions {
		c.add("adoptions", a.Rule, a.Provenance.check())
	}
	for _, q := range p.parameters {
		c.add("parameters", q.Code, q.Provenance.check())
		forms := 0
		for _, given := range []bool{q.Value != nil, q.Yuan != nil, len(q.List) > 0} {
			if given {
				forms++
			}
		}
		c.need(forms == 1, "parameters", q.Code, "exactly one of value, yuan and list is needed")
	}
	// Package law knows each parameter's direction and whether it may be loosened; it names both sources.
	_, err := law.NewSet(p.Overrides(), p.Adoptions())
	c.add("parameters", "", err)
}
