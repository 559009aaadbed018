package demo

import (
	"cmp"
	"strings"

	"mingjing/internal/zh"
)

// kindOfMatter is a violation that occurs several times in the year, with other parties.
type kindOfMatter struct {
	item, cause, facts, violated, basis string
	kinds                               []any
	fine, gain                          int64  // in 分
	tier                                string // of the discretion; 一般 unless said
	other                               string
	hearing, complex                    bool
}

func minor() []kindOfMatter {
	return []kindOfMatter{
		{item: "MZ-CF-006", cause: "不按照规定办理变更登记", facts: "当事人更换住所后逾期四个月未办理变更登记。", violated: "社会团体登记管理条例第十八条第一款", basis: "社会团体登记管理条例第三十条第一款第四项", kinds: []any{"警告"}},
		{item: "MZ-CF-005", cause: "拒不按照规定接受年度检查", facts: "当事人连续两个年度未报送年度工作报告，经通知后仍未补报。", violated: "社会团体登记管理条例第二十八条", basis: "社会团体登记管理条例第三十条第一款第三项", kinds: []any{"警告"}},
		{item: "MZ-CF-016", cause: "不按照规定办理变更登记", facts: "当事人变更法定代表人后超过三十日未办理变更登记。", violated: "民办非企业单位登记管理暂行条例第十五条第一款", basis: "民办非企业单位登记管理暂行条例第二十五条第一款第四项", kinds: []any{"警告"}},
		{item: "MZ-CF-082", cause: "以赊销方式销售彩票", facts: "当事人受托代销福利彩票，多次以赊销方式向熟客售出彩票。", violated: "彩票管理条例第十八条第四项", basis: "彩票管理条例第四十一条第一款第五项", kinds: []any{"罚款"}, fine: 400000},
		{item: "MZ-CF-078", cause: "委托他人代销彩票", facts: "当事人未经批准委托他人在超市柜台代销福利彩票。", violated: "彩票管理条例第十五条", basis: "彩票管理条例第四十一条第一款第一项", kinds: []any{"罚款"}, fine: 500000},
	}
}

// spot is a violation that is small enough to be decided where it is found: a fine of up to a thousand yuan, of which a
// hundred are imposed on a citizen (行政处罚法第五十一条、行政区域界线管理条例第十七条). The agency has no tiers for it.
func spot() kindOfMatter {
	return kindOfMatter{item: "MZ-CF-073", cause: "擅自移动界桩", facts: "当事人整修田埂时擅自移动村界界桩，经当场指出后立即恢复原位。", violated: "行政区域界线管理条例第六条第一款", basis: "行政区域界线管理条例第十七条",
		kinds: []any{"罚款"}, fine: 10000, tier: "无裁量基准"}
}

func major() []kindOfMatter {
	return []kindOfMatter{
		{item: "MZ-CF-010", cause: "违反规定收取费用", facts: "当事人向会员收取会费标准以外的评审费用一万元。", violated: "社会团体登记管理条例第二十六条", basis: "社会团体登记管理条例第三十条第一款第八项", kinds: []any{"警告", "没收违法所得", "罚款"}, fine: 4000000, gain: 1000000, hearing: true},
		{item: "MZ-CF-008", cause: "从事营利性经营活动", facts: "当事人对外销售培训教材，获利一万五千元。", violated: "社会团体登记管理条例第四条第二款", basis: "社会团体登记管理条例第三十条第一款第六项", kinds: []any{"警告", "没收违法所得", "罚款"}, fine: 6000000, gain: 1500000, hearing: true, complex: true},
		{item: "MZ-CF-019", cause: "侵占单位资产", facts: "当事人将单位专项资金二十万元转入关联企业使用。", violated: "民办非企业单位登记管理暂行条例第二十一条", basis: "民办非企业单位登记管理暂行条例第二十五条第一款第七项", kinds: []any{"法律、行政法规规定的其他行政处罚"}, other: "撤销登记", tier: "从重", hearing: true, complex: true},
		{item: "MZ-CF-048", cause: "不具有公开募捐资格开展公开募捐", facts: "当事人未取得公开募捐资格，在商业街设置募捐箱并通过网络平台发布募捐信息。", violated: "慈善法第二十六条", basis: "慈善法第一百一十三条", kinds: []any{"警告", "罚款"}, fine: 2000000, tier: "从轻", hearing: true},
	}
}

// twins are the items that the two registration regulations share, of 社会团体 and of 民办非企业单位; sections pairs the provisions
// that a matter of the one cites with those of the other.
var (
	twins    = [][2]string{{"MZ-CF-005", "MZ-CF-015"}, {"MZ-CF-006", "MZ-CF-016"}, {"MZ-CF-008", "MZ-CF-018"}, {"MZ-CF-009", "MZ-CF-019"}, {"MZ-CF-010", "MZ-CF-020"}}
	sections = [][2]string{{"社会团体登记管理条例", "民办非企业单位登记管理暂行条例"}, {"第十八条第一款", "第十五条第一款"}, {"第二十八条", "第二十三条"}, {"第二十六条", "第二十一条"}, {"第三十条", "第二十五条"}}
)

// fit has a party judged by the regulation under which it is registered: a 协会 or 促进会 is a 社会团体, a 中心 or 学校 a 民办非企业单位.
func fit(k kindOfMatter, party map[string]any) kindOfMatter {
	name, _ := party["name"].(string)
	from, to := 0, 1
	if strings.HasSuffix(name, "会") {
		from, to = 1, 0
	}
	for _, item := range twins {
		if k.item != item[from] {
			continue
		}
		k.item = item[to]
		for _, s := range sections {
			k.violated, k.basis = strings.ReplaceAll(k.violated, s[from], s[to]), strings.ReplaceAll(k.basis, s[from], s[to])
		}
		break
	}
	return k
}

func (y *Year) matter(k kindOfMatter, party map[string]any) Matter {
	k = fit(k, party)
	m := Matter{Gain: k.gain, Tier: cmp.Or(k.tier, "一般"), Item: k.item, Cause: k.cause, Facts: k.facts, Violated: k.violated, Basis: k.basis, Party: party, Kinds: k.kinds, Fine: k.fine, Other: k.other, Hearing: k.hearing,
		Complex: k.complex, Handler: "zhou", Second: "zheng", Head: "he"}
	if k.item == "MZ-CF-048" || k.item == "MZ-CF-073" {
		m.Handler, m.Second, m.Head = "jiang", "zheng", "qin"
	}
	return m
}

func organisation(name, address, rep string) map[string]any {
	return map[string]any{"kind": "法人或者其他组织", "name": name, "address": address, "legal_rep": rep, "legal_rep_post": "负责人"}
}

// societies are invented organisations; each begins with the invented city 云山.
func societies() []map[string]any {
	names := []string{"云山市晨光书画协会", "云山市阳光教育促进会", "云山市银杏养老服务中心", "云山市木槿花艺协会", "云山市长风登山协会", "云山市向阳少儿体能中心", "云山市青禾农业技术协会", "云山市海棠社区服务中心",
		"云山市松涛太极拳协会", "云山市星河科普中心", "云山市远帆职业培训学校", "云山市鸣泉茶文化协会", "云山市百川物流行业协会", "云山市知行阅读推广中心", "云山市若水环保促进会", "云山市丹青摄影协会",
		"云山市和声合唱协会", "云山市春晖助学服务中心", "云山市石榴籽社区服务社", "云山市逐光康复训练中心", "云山市锦程汽车行业协会", "云山市蓝盾应急救援中心", "云山市雅集古琴协会", "云山市沃土乡村振兴促进会"}
	reps := []string{"林晨光", "孟初阳", "白银杏", "花木槿", "高长风", "向日升", "禾青青", "海若棠", "松间涛", "星北河", "帆远行", "鸣山泉", "江百川", "知远行", "若水清", "丹文青", "和之声", "春映晖", "石榴红", "光逐云", "锦前程", "蓝守盾", "雅成集", "沃方土"}
	streets := []string{"文化街", "人民路", "迎宾大街", "紫气大路", "英雄大街", "中央西路"}
	list := make([]map[string]any, len(names))
	for i := range names {
		list[i] = organisation(names[i], "云山市"+streets[i%len(streets)]+digits(3+i*7)+"号", reps[i])
		list[i]["code"] = creditCode(i)
	}
	return list
}

// citizens are invented persons, whose names must not reach the public in full.
func citizens() []map[string]any {
	return []map[string]any{
		{"kind": "自然人", "name": "欧阳若谷", "gender": "男", "birth": "1988-05-12", "address": "云山市人民路12号3单元502室", "phone": "13900000001"},
		{"kind": "自然人", "name": "马行空", "gender": "男", "birth": "1979-09-30", "address": "云山市迎宾大街77号", "phone": "13900000002"},
		{"kind": "自然人", "name": "林知夏", "gender": "女", "birth": "1993-02-17", "address": "云山市文化街9号2单元101室", "phone": "13900000003"},
	}
}

func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return digits(n/10) + string(rune('0'+n%10))
}

// creditCode is an invented 统一社会信用代码 whose check characters hold.
func creditCode(n int) string {
	const figures = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	body := "51220399MJ" + digits(100000+n*37)
	for _, org := range figures {
		for _, whole := range figures {
			if code, err := zh.ParseCreditCode(body + string(org) + string(whole)); err == nil {
				return string(code)
			}
		}
	}
	return ""
}
