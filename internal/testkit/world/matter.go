package world

import (
	"cmp"

	"mingjing/internal/form"
)

// Matter is what a case is about. Its zero fields are filled by the functions that make one.
type Matter struct {
	Item, Cause string
	Parties     []map[string]any
	Penalties   []string
	Fine        int64 // in 分
	// Other is the wording of 其他处罚, 撤销登记 unless said; Things the value of what is confiscated, in 分.
	Other  string
	Things int64
	// Hearing: the penalty gives the right to a hearing; Major: the decision is a major one (目录).
	Hearing, Major, Complex bool
	// Government: the decision is made in the name of the government.
	Government bool
	// Announced: everything is served by announcement.
	Announced bool
}

// Major is a fine against an organisation that calls for a hearing and for legal review: twenty thousand yuan.
func Major() Matter {
	return Matter{Item: "MZ-CF-010", Cause: "违反国家有关规定收取费用", Parties: []map[string]any{Organisation("云山市晨光书画协会")},
		Penalties: []string{"罚款"}, Fine: 2000000, Hearing: true, Major: true}
}

// Minor is a warning, which needs neither hearing nor review.
func Minor() Matter {
	return Matter{Item: "MZ-CF-010", Cause: "违反国家有关规定收取费用", Parties: []map[string]any{Organisation("云山市松涛茶艺协会")},
		Penalties: []string{"警告"}}
}

// Batch is one file against many associations that are nowhere to be found: each is struck off, which gives the right to a
// hearing, and all is served by announcement.
func Batch(parties int) Matter {
	m := Matter{Item: "MZ-CF-002", Cause: "自取得登记证书之日起一年未开展活动", Penalties: []string{"法律、行政法规规定的其他行政处罚"}, Hearing: true, Major: true, Announced: true}
	for i := range parties {
		m.Parties = append(m.Parties, Organisation("云山市"+ordinalName(i)+"协会"))
	}
	return m
}

// ordinalName makes names that differ without being numbers.
func ordinalName(i int) string {
	first := []rune("春夏秋冬东西南北江河湖海松竹梅兰")
	second := []rune("晨光清风明月长虹")
	return string([]rune{first[i%len(first)], second[i/len(first)%len(second)]}) + "研究"
}

// penalty is what the notice and the decision state.
func (m Matter) penalty() form.Values {
	kinds := make([]any, len(m.Penalties))
	for i, p := range m.Penalties {
		kinds[i] = p
	}
	v := form.Values{"penalties": kinds, "discretion": "参照本机关裁量基准，情节一般，按一般档次处罚。",
		"violated": statutes("社会团体登记管理条例", "第三十条第一款第八项"), "basis": statutes("社会团体登记管理条例", "第三十条第一款第八项、第二款")}
	for _, p := range m.Penalties {
		switch p {
		case "罚款":
			v["fine"] = m.Fine
		case "没收非法财物":
			v["goods"], v["goods_value"] = "宣传册二百册", m.Things
		case "法律、行政法规规定的其他行政处罚":
			v["other_penalty"] = cmp.Or(m.Other, "撤销登记")
			v["performance"] = "自收到本决定书之日起十日内将登记证书、印章交回本机关。"
			v["violated"], v["basis"] = statutes("社会团体登记管理条例", "第二十九条"), statutes("社会团体登记管理条例", "第二十九条")
		}
	}
	return v
}

// discretion is the tier of the matter. Its items fine one to three times the turnover (违法经营额), which is taken so that the
// fine lies within the tier: twice, or one and a half times where it is light.
func (m Matter) discretion(tier string) form.Values {
	v := form.Values{"tier": tier, "tier_code": m.Item}
	if base := m.Fine / 2; tier == "一般" && base > 0 {
		v["fine_base"] = base
	} else if base > 0 {
		v["fine_base"] = m.Fine * 2 / 3
	}
	return v
}

func statutes(law, article string) []any {
	return []any{map[string]any{"law": law, "article": article}}
}
