package facts

import (
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/zh"
)

// rangeFacts hold the penalty that is judged against the kinds and the range of its basis and of the tier that was chosen
// (行政处罚法第四条、第三十四条). The range is worked out here; nobody ticks whether it is kept.
func rangeFacts(s *picture.Sheet, f *law.Facts, b book.Books, m picture.Moment) {
	item, ok := penalised(s, b, m)
	if !ok || item.Effect == nil {
		return
	}
	_, text := TextNow(s, m)
	known := b.Pack.Kinds(m.Occurred)
	f.ItemUnverified = !item.Status.MayBlock()
	f.DetentionAllowed = slices.Contains(item.Effect.Kinds, string(law.Detention))
	f.ForeignKinds = foreignKinds(f.Final, text.Text("other_penalty"), item.Effect.Kinds, known)
	if f.Final.Has(law.Fine) {
		bounds := fineBounds{item.Effect.Fine, item.Effect.Multiples}
		f.BasisFineMin, f.BasisFineMax, f.FineBaseMissing = bounds.around(f.Final.Fine, fineBases(s, text))
	}
	if s.Party != nil && s.Party.Kind != form.PartyPerson {
		f.FineOnOthers = item.Effect.FineOn // persons who answer for a unit, never the unit itself
	}
	f.Deviation = deviation(s, b, m)
	if s.Paper("裁量核对表").Text("tier") == "无裁量基准" && len(b.Pack.Discretion(item.Code, m.Occurred)) == 0 {
		f.DiscretionRow = "无裁量基准" // nothing was published that could be cited
	}
	f.DiscretionDeviates = f.DiscretionDeviates || f.Deviation != ""
}

// penalised is the item of the case on the list of the agency.
func penalised(s *picture.Sheet, b book.Books, m picture.Moment) (pack.Item, bool) {
	code := s.Paper("案件要素登记").Text("item")
	if code == "" {
		code = s.File.Item
	}
	return b.Pack.Item(code, m.Occurred)
}

// deviation says how the penalty leaves the tier that was chosen; "" where it keeps to it, or the item has no such tier.
func deviation(s *picture.Sheet, b book.Books, m picture.Moment) string {
	item, ok := penalised(s, b, m)
	level := s.Paper("裁量核对表").Text("tier")
	if !ok || level == "" {
		return ""
	}
	tier, ok := b.Pack.Range(item.Code, level, m.Occurred)
	if !ok {
		return ""
	}
	_, text := TextNow(s, m)
	known := b.Pack.Kinds(m.Occurred)
	final := PenaltyOf(text, known)
	if foreign := foreignKinds(final, text.Text("other_penalty"), tier.Kinds, known); len(foreign) > 0 {
		return "处罚种类“" + strings.Join(foreign, "、") + "”不在裁量基准“" + level + "”档次之内"
	}
	if !final.Has(law.Fine) {
		return ""
	}
	low, high, missing := fineBounds{tier.Fine, tier.Multiples}.around(final.Fine, fineBases(s, text))
	if missing != "" || final.Fine >= low && (high == 0 || final.Fine <= high) {
		return ""
	}
	return "罚款" + final.Fine.String() + "不在裁量基准“" + level + "”档次的幅度（" + low.String() + "至" + high.String() + "）之内"
}

// fineBases are the sums of which a fine is a multiple, as the case records them.
func fineBases(s *picture.Sheet, text form.Values) map[string]zh.Fen {
	discretion := s.Paper("裁量核对表")
	gain := zh.Fen(discretion.Fen("illegal_gain"))
	if gain == 0 {
		gain = zh.Fen(text.Fen("illegal_income"))
	}
	return map[string]zh.Fen{"违法所得": gain, "": zh.Fen(discretion.Fen("fine_base"))}
}

// fineBounds are what a basis or a tier says of the amount of a fine.
type fineBounds struct {
	fixed     *pack.MoneyRange
	multiples []pack.Multiple
}

// around is the range that holds a fine, else the first there is; missing names the bases of the multiples where none of
// them is recorded. A ceiling of 0 is none.
func (r fineBounds) around(fine zh.Fen, bases map[string]zh.Fen) (low, high zh.Fen, missing string) {
	type span struct{ low, high zh.Fen }
	var spans []span
	if r.fixed != nil {
		spans = append(spans, span{r.fixed.Min.Fen(), r.fixed.Max.Fen()})
	}
	var names []string
	for _, x := range r.multiples {
		names = append(names, x.Base)
		base, own := bases[x.Base]
		if !own {
			base = bases[""]
		}
		if base > 0 {
			spans = append(spans, span{base * zh.Fen(x.MinPercent) / 100, base * zh.Fen(x.MaxPercent) / 100})
		}
	}
	for _, x := range spans {
		if fine >= x.low && (x.high == 0 || fine <= x.high) {
			return x.low, x.high, ""
		}
	}
	if len(spans) > 0 {
		return spans[0].low, spans[0].high, ""
	}
	return 0, 0, strings.Join(names, "、")
}

// foreignKinds are the penalties that the basis does not know. 违法所得 is taken away by 行政处罚法第二十八条第二款 itself.
func foreignKinds(p law.Penalty, written string, kinds []string, known []pack.PenaltyKind) []string {
	allowed := append([]string{string(law.ConfiscateGain)}, kinds...)
	for _, k := range known { // 限期停止活动 may be stated as the kind of 第九条 that it counts as
		if slices.Contains(kinds, k.Name) && k.StatKind != law.OtherPenalty {
			allowed = append(allowed, string(k.StatKind))
		}
	}
	named := slices.DeleteFunc(slices.Clone(kinds), func(k string) bool { return !strings.Contains(written, k) })
	var foreign []string
	for _, k := range p.Kinds {
		switch {
		case k == law.OtherPenalty:
			if len(named) == 0 {
				foreign = append(foreign, fmt.Sprintf("其他行政处罚（%.90s）", written))
			}
		case k.Known() && !slices.Contains(allowed, string(k)):
			foreign = append(foreign, string(k))
		}
	}
	for _, o := range p.Own {
		part := func(k string) bool { return strings.Contains(k, o.Name) } // 停止活动 is read in 限期停止活动
		if len(named) > 0 && !slices.ContainsFunc(named, part) {
			foreign = append(foreign, o.Name)
		}
	}
	return foreign
}
