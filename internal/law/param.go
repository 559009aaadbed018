package law

import (
	"fmt"
	"slices"
	"strconv"

	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Unit is what a parameter counts.
type Unit string

// The units; wd, cd, mo and y are those of package workday.
const (
	WorkDays     Unit = "wd"
	CalendarDays Unit = "cd"
	Months       Unit = "mo"
	Years        Unit = "y"
	Hours        Unit = "h"
	FenUnit      Unit = "fen"
	Percent      Unit = "percent"
	Count        Unit = "count"
	List         Unit = "list"
)

// Length writes n units in Chinese.
func (u Unit) Length(n int64) string {
	count := strconv.FormatInt(n, 10)
	switch u {
	case WorkDays:
		return count + "个工作日"
	case CalendarDays:
		return count + "日"
	case Months:
		return count + "个月"
	case Years:
		return count + "年"
	case Hours:
		return count + "小时"
	case FenUnit:
		return zh.Fen(n).String()
	case Percent:
		return count + "%"
	}
	return count
}

// Direction says which way a parameter gets stricter for the agency.
type Direction string

// Fixed parameters cannot be overridden at all.
const (
	Fixed         Direction = "fixed"
	TighterLower  Direction = "lower"
	TighterHigher Direction = "higher"
)

// Param is one dated number of the law. Several rows may share a code, one after the other in time.
type Param struct {
	// Code is snake_case English; Title is Chinese.
	Code, Title string
	// Value counts Unit; List holds an ordered list when Unit is list.
	Value int64
	List  []string
	Unit  Unit
	Cite  Cite
	// From is the first, Until the last day in force; a zero Until is open.
	From, Until workday.Day
	Status      Status
	Tighter     Direction
	// MayLoosen lets a pack go the other way too.
	MayLoosen bool
}

// ParamOverride is an agency's or province's own value, from a pack.
type ParamOverride struct {
	Code  string
	Value int64
	List  []string
	// From is the first, Until the last day; a zero From or Until is open.
	From, Until workday.Day
	// Status: an override in memory or draft is kept and listed but changes nothing;
	// the empty Status counts as adopted.
	Status Status
	// Source is the pack and the document number behind the value; shown to people.
	Source string
}

// Values answers parameters on one day. The zero Values answers zero.
type Values struct {
	numbers map[string]int64
	units   map[string]Unit
	order   []PenaltyKind
}

// Int returns the number of a parameter, 0 if the code is unknown on that day.
func (v Values) Int(code string) int { return int(v.numbers[code]) }

// Fen returns a parameter that is an amount of money.
func (v Values) Fen(code string) zh.Fen { return zh.Fen(v.numbers[code]) }

// Unit returns what a parameter counts, empty if the code is unknown on that day.
func (v Values) Unit(code string) Unit { return v.units[code] }

// Period writes a parameter in Chinese: 7个工作日, 15日, 3个月, 200.00元.
func (v Values) Period(code string) string { return v.units[code].Length(v.numbers[code]) }

// Order is the order of severity of penalty kinds, mildest first.
func (v Values) Order() []PenaltyKind { return slices.Clone(v.order) }

// Values returns all parameters as they stand on a day.
func (s *Set) Values(day workday.Day) Values {
	v := Values{numbers: map[string]int64{}, units: map[string]Unit{}}
	for _, p := range s.params {
		if !within(day, p.From, p.Until) {
			continue
		}
		v.numbers[p.Code], v.units[p.Code] = p.Value, p.Unit
		if p.Code == SeverityOrder {
			v.order = kindsOf(p.List)
		}
	}
	for _, o := range s.overrides {
		if !o.holds(day) {
			continue
		}
		v.numbers[o.Code] = o.Value
		if o.Code == SeverityOrder {
			v.order = kindsOf(o.List)
		}
	}
	return v
}

// Param returns the row in force on a day with any override applied to its value;
// source names the override's pack, or is empty.
func (s *Set) Param(code string, day workday.Day) (p Param, source string, ok bool) {
	for _, row := range s.params {
		if row.Code == code && within(day, row.From, row.Until) {
			p, ok = row, true
		}
	}
	if !ok {
		return Param{}, "", false
	}
	for _, o := range s.overrides {
		if o.Code == code && o.holds(day) {
			p.Value, source = o.Value, o.Source
			if len(o.List) > 0 {
				p.List = o.List
			}
		}
	}
	return p, source, true
}

// Override is the value of a pack or of the agency that counts on a day in place of the row.
func (s *Set) Override(code string, day workday.Day) (last ParamOverride, ok bool) {
	for _, o := range s.overrides {
		if o.Code == code && o.holds(day) {
			last, ok = o, true
		}
	}
	return last, ok
}

// Overrides are the values of packs and of the agency for a code that count on some day.
func (s *Set) Overrides(code string) []ParamOverride {
	var list []ParamOverride
	for _, o := range s.overrides {
		if o.Code == code && (o.Status == "" || o.Status.MayBlock()) {
			list = append(list, o)
		}
	}
	return list
}

// holds reports whether the override counts on the day.
func (o *ParamOverride) holds(day workday.Day) bool {
	return (o.Status == "" || o.Status.MayBlock()) && within(day, o.From, o.Until)
}

// accept checks one override against the value that it replaces, on its first day and
// on every day inside its term on which the row below changes.
func (s *Set) accept(o ParamOverride) error {
	known := false
	for _, p := range s.params {
		if p.Code != o.Code {
			continue
		}
		known = true
		if !overlap(o.From, o.Until, p.From, p.Until) {
			continue
		}
		if err := s.acceptOver(o, p); err != nil {
			return err
		}
	}
	if !known {
		return fmt.Errorf("专案包%s设定了不存在的参数%q", o.Source, o.Code)
	}
	if !o.Until.IsZero() && o.Until.Before(o.From) {
		return fmt.Errorf("专案包%s对参数%s写的起止日期有误：%s至%s", o.Source, o.Code, o.From, o.Until)
	}
	return nil
}

// acceptOver compares the override with one row and with earlier overrides of that row.
func (s *Set) acceptOver(o ParamOverride, p Param) error {
	if p.Unit == List {
		return acceptList(o, p)
	}
	if o.Value < 0 {
		return fmt.Errorf("专案包%s对参数%s写的数值%d不能为负", o.Source, o.Code, o.Value)
	}
	base, by := p.Value, p.Cite.String()
	for _, prior := range s.overrides {
		if prior.Code != o.Code || !overlap(o.From, o.Until, prior.From, prior.Until) {
			continue
		}
		if prior.Source == o.Source || (prior.Value != o.Value && p.Tighter == Fixed) {
			return fmt.Errorf("参数%s在同一时期有两个数值：%s为%d，%s为%d", o.Code, prior.Source, prior.Value, o.Source, o.Value)
		}
		base, by = prior.Value, prior.Source
	}
	if o.Value == base {
		return nil
	}
	if p.Tighter == Fixed {
		return fmt.Errorf("参数%s由%s固定为%d，专案包%s不得改为%d", o.Code, by, base, o.Source, o.Value)
	}
	looser := (p.Tighter == TighterLower) == (o.Value > base)
	if looser && !p.MayLoosen {
		return fmt.Errorf("参数%s只能从严：%s为%d，专案包%s放宽为%d", o.Code, by, base, o.Source, o.Value)
	}
	return nil
}

// acceptList wants every kind of 第九条 exactly once.
func acceptList(o ParamOverride, p Param) error {
	got, want := slices.Clone(o.List), slices.Clone(p.List)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		return fmt.Errorf("专案包%s对参数%s的排序必须把第九条的每个种类各列一次", o.Source, o.Code)
	}
	return nil
}

// within reports whether the day lies in a term whose zero end is open.
func within(day, from, until workday.Day) bool {
	return !day.Before(from) && (until.IsZero() || !day.After(until))
}

// overlap reports whether two terms share a day.
func overlap(aFrom, aUntil, bFrom, bUntil workday.Day) bool {
	return (aUntil.IsZero() || !bFrom.After(aUntil)) && (bUntil.IsZero() || !aFrom.After(bUntil))
}

// kindsOf turns a list parameter into penalty kinds.
func kindsOf(list []string) []PenaltyKind {
	kinds := make([]PenaltyKind, len(list))
	for i, s := range list {
		kinds[i] = PenaltyKind(s)
	}
	return kinds
}
