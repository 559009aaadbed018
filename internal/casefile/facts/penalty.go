package facts

import (
	"strings"

	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/zh"
)

// PenaltyOf reads the penalty that a notice or decision states. 其他处罚 are written out in the words of their statute
// (撤销登记, 停业整顿), which are found by the kinds that the pack knows.
func PenaltyOf(v form.Values, known []pack.PenaltyKind) law.Penalty {
	var p law.Penalty
	list, _ := v.At("penalties").([]any)
	for _, k := range list {
		if text, ok := k.(string); ok {
			p.Kinds = append(p.Kinds, law.PenaltyKind(text))
		}
	}
	switch v.Text("penalty") { // the decision on the spot states one choice
	case "警告":
		p.Kinds = append(p.Kinds, law.Warning)
	case "罚款":
		p.Kinds = append(p.Kinds, law.Fine)
	case "警告并处罚款":
		p.Kinds = append(p.Kinds, law.Warning, law.Fine)
	}
	if p.Has(law.Fine) {
		p.Fine = zh.Fen(v.Fen("fine"))
	}
	if p.Has(law.ConfiscateGain) {
		p.Confiscated = zh.Fen(v.Fen("illegal_income"))
	}
	if p.Has(law.ConfiscateThings) {
		p.Things = zh.Fen(v.Fen("goods_value"))
	}
	written := v.Text("other_penalty")
	for _, k := range known {
		if k.Penalty && !law.PenaltyKind(k.Name).Known() && strings.Contains(written, k.Name) {
			p.Own = append(p.Own, law.OwnPenalty{Name: k.Name, Kind: k.StatKind})
		}
	}
	return p
}

// PenaltyEnv is what a paper states of a penalty, in the words of the review catalogue; known are the kinds by the names
// that their statutes give them.
func PenaltyEnv(v form.Values, known []pack.PenaltyKind) pack.ReviewEnv {
	penalty := PenaltyOf(v, known)
	env := pack.ReviewEnv{ItemClass: "行政处罚", Outcome: "处罚", Fine: penalty.Fine, Forfeit: penalty.Confiscated + penalty.Things}
	for _, k := range penalty.Kinds {
		env.Kinds = append(env.Kinds, string(k))
	}
	for _, o := range penalty.Own {
		env.Kinds = append(env.Kinds, o.Name, string(o.Kind))
	}
	return env
}
