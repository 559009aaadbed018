package person

import (
	"strings"

	"mingjing/internal/redact/view"
)

// The words after which a text names a person. Masked names are natural persons other than officers and representatives
// of organisations (rule book: 其他自然人姓名不公开).
func nameCues() (private, legal, officer []string) {
	private = []string{"当事人", "被处罚人", "被处罚当事人", "违法行为人", "行政相对人", "相对人", "法定代理人", "委托代理人", "代理人", "受委托人", "受托人", "委托人", "监护人", "证人",
		"见证人", "举报人", "投诉人", "申请人", "被申请人", "被询问人", "受访人", "姓名", "受害人", "被害人", "受害者", "死者", "伤者", "患者", "联系人", "经营者", "业主", "户主",
		"车主", "驾驶人", "驾驶员", "司机", "雇员", "员工", "职工", "会计", "出纳", "妻子", "丈夫", "配偶", "儿子", "女儿", "父亲", "母亲", "之妻", "之夫", "之子", "之女", "其妻", "其夫", "其子", "其女",
		"其父", "其母", "邻居", "房东", "租客", "承租人", "出租人", "收件人", "签收人", "受送达人", "捐赠人", "受益人", "志愿者", "救助对象", "老人", "村民", "居民", "消费者", "顾客", "购买人", "股东", "实际控制人",
		"董事长", "副董事长", "董事", "独立董事", "执行董事", "监事", "监事会主席", "董事会秘书", "总经理", "副总经理", "经理", "总裁", "副总裁", "行长", "副行长", "财务总监", "财务负责人", "主管人员",
		"签字注册会计师", "注册会计师", "保荐代表人", "时任", "控股股东", "保证人", "担保人", "担保方", "出借人", "借款人", "自然人",
		"同事", "朋友", "亲属", "客户", "第三人", "原告", "被告", "利害关系人", "听证申请人", "本人", "学生", "服务员", "店员", "导购", "负责人为", "现场负责人", "在场人", "陪同人", "户名", "账户名", "收款人", "付款人", "持有人"}
	legal = []string{"法定代表人", "法人代表", "主要负责人", "单位负责人", "负责人", "执行事务合伙人", "投资人", "会长", "理事长"}
	officer = []string{"执法人员", "承办人", "承办人员", "办案人员", "检查人", "检查人员", "调查人员", "调查人", "询问人", "记录人", "执法人", "主办人", "协办人", "送达人", "听证主持人", "主持人", "审核人", "听证员", "书记员", "经办人"}
	return private, legal, officer
}

// cue kinds of a name.
const (
	cuePrivate = iota
	cueLegal
	cueOfficer
)

// Hit is a guessed name: runes [At, End) of the view. Sure means that the text itself introduces it as a name.
type Hit struct {
	At, End int
	Sure    bool
}

// Public says whose names the text may show.
type Public struct {
	Legal   bool // representatives of organisations
	Officer bool // officers of the agency
}

// finder is the name pass over one text.
type finder struct {
	v      *view.Text
	shield []bool
	allow  Public
	hits   []Hit
	l      *lexicon
	seen   map[string]bool // names established by a cue
	sure   map[string]bool // those of them that a colon announced
	public map[string]bool // names that the policy leaves public, true for officers
}

const (
	nameStops = "的了在是和与及同对向为被将由因从等有无未并也又曾已于以把给到该其系称述说诉涉违经应可所此之共进行使用于至按依据获提承签担处持不未无驾交收退购买卖开具出租提供打骂发接受作就则且若非还均仍即曾只则到来去前后当时其他"
	nameLeads = "长员师授理者席记由向与和对及、与将被让给使请为以据在找从是系叫告某该之其员人同因即如经称但且而又并则"
)

// grammarSurnames are rare surnames that after a cue mostly begin something else: 当事人应当, 股东向法院.
const grammarSurnames = "向应从经时对来原由相后公占国家和平都需须尚并则充便有归"

// Find guesses the names of private persons in the view. shield marks the runes that are public text. Names that the
// policy leaves public are passed over wherever they stand.
func Find(v *view.Text, shield []bool, p Public) []Hit {
	n := &finder{v: v, shield: shield, allow: p, l: words(),
		seen: map[string]bool{}, sure: map[string]bool{}, public: map[string]bool{}}
	n.cued()
	n.described()
	n.addressed()
	n.free()
	n.repeat()
	return n.hits
}

func (n *finder) add(i, j int, sure bool) { n.hits = append(n.hits, Hit{At: i, End: j, Sure: sure}) }

// shielded reports whether the whole of [i, j) is public text.
func (n *finder) shielded(i, j int) bool {
	for ; i < j; i++ {
		if !n.shield[i] {
			return false
		}
	}
	return true
}

// cueAt returns the kind and length of the longest cue at i.
func (n *finder) cueAt(i int) (int, int) {
	kind, best := cuePrivate, n.v.Longest(i, n.l.private)
	if l := n.v.Longest(i, n.l.legal); l > best {
		kind, best = cueLegal, l
	}
	if l := n.v.Longest(i, n.l.officer); l > best {
		kind, best = cueOfficer, l
	}
	return kind, best
}

// cued reads the names behind every cue, and the list that may follow: 证人张三、李四.
func (n *finder) cued() {
	for i := 0; i < len(n.v.Runes); i++ {
		kind, l := n.cueAt(i)
		if l == 0 {
			continue
		}
		j, hard := n.skipToName(i + l)
		for more := true; more; {
			size := n.nameAt(j, hard)
			if size == 0 {
				break
			}
			n.note(kind, j, j+size, hard)
			j += size
			j = n.skipBracket(j)
			more = false
			if r := n.v.At(j); r == '、' || r == '和' || r == '与' || r == '及' || r == '/' {
				j, more = j+1, true
			} else if r == ',' && n.nameAt(j+1, true) > 0 && n.listGoesOn(j+1) {
				j, more = j+1, true
			}
		}
		i += l - 1
	}
}

func (n *finder) listGoesOn(j int) bool {
	r := n.v.At(j + n.nameAt(j, true))
	return r == ',' || r == '、' || r == '。' || r == ';' || r == 0
}

func (n *finder) note(kind, i, j int, hard bool) {
	text := string(n.v.Runes[i:j])
	if kind == cueLegal && n.allow.Legal || kind == cueOfficer && n.allow.Officer {
		n.public[text] = kind == cueOfficer
		return
	}
	n.seen[text] = true
	n.sure[text] = n.sure[text] || hard && n.edge(j)
	if !n.shielded(i, j) {
		n.add(i, j, hard && n.edge(j))
	}
}

// skipToName passes over what stands between a cue and the name, and says whether a colon or blank marked the place.
func (n *finder) skipToName(j int) (int, bool) {
	hard := false
	for steps := 0; steps < 6; steps++ {
		switch r := n.v.At(j); {
		case r == ':' || r == '-' || r == '|':
			j, hard = j+1, true
		case r == '(' && n.v.Has(j, "(姓名)"):
			j += 4
		case r == '(' && n.v.Has(j, "(负责人)"), r == '(' && n.v.Has(j, "(签名)"), r == '(' && n.v.Has(j, "(签字)"):
			j += 4
			if n.v.At(j) == ')' {
				j++
			}
		case r == '(' && n.v.At(j+2) == ')' && (view.IsDigit(n.v.At(j+1)) || view.HanDigit(n.v.At(j+1)) >= 0):
			j += 3
		case n.v.Has(j, "姓名"), n.v.Has(j, "签名"), n.v.Has(j, "签字"):
			j += 2
		case r == '是' || r == '为' || r == '系' || r == '叫' || r == '即':
			j++
		case (view.IsDigit(r) || view.HanDigit(r) >= 0) && !view.IsDigit(n.v.At(j+1)) && (n.v.At(j+1) == ':' || n.v.At(j+1) == '、'):
			j, hard = j+2, true
		default:
			return j, hard || n.v.Broken(j) && j < len(n.v.Runes)
		}
	}
	return j, hard
}

// skipBracket passes over a short remark after a name: 张三(男,1980年生).
func (n *finder) skipBracket(j int) int {
	if n.v.At(j) != '(' {
		return j
	}
	for k := j; k < len(n.v.Runes) && k < j+40; k++ {
		if n.v.Runes[k] == ')' {
			return k + 1
		}
	}
	return j
}

// edge reports whether a name that ends at j is closed by punctuation, a blank or the end.
func (n *finder) edge(j int) bool {
	return j >= len(n.v.Runes) || n.v.Gap[j] != view.GapNone || !view.IsHan(n.v.Runes[j]) && n.v.Runes[j] != '*' && n.v.Runes[j] != '·'
}

// nameAt returns the length of the personal name at j, or 0. hard says that the place is marked as a name's, which
// allows rare surnames and unusual given names.
func (n *finder) nameAt(j int, hard bool) int {
	if l := n.foreignName(j); l > 0 {
		return l
	}
	family := n.family(j)
	rare := family == 1 && !n.l.common.Has(n.v.Runes[j]) && !hard
	if family == 0 || rare && strings.ContainsRune(grammarSurnames, n.v.Runes[j]) {
		return 0
	}
	for _, given := range []int{2, 1} {
		end := j + family + given
		if end > len(n.v.Runes) || !n.givenOK(j, family, given, hard) {
			continue
		}
		closed := n.edge(end)
		if rare && (given == 1 && n.v.At(end) != '、' || !closed && !n.opensWord(end)) {
			continue
		}
		if !closed && !n.l.stop.Has(n.v.At(end)) && !n.opensWord(end) {
			continue
		}
		if n.isOrganisation(end) || n.isPlace(j, end) || n.ordinary(j, end, hard && closed) {
			continue
		}
		if _, cue := n.cueAt(j); cue >= family+given {
			continue // 董事长 is a post and not the given name 事长.
		}
		return family + given
	}
	return 0
}

func (n *finder) family(j int) int {
	if j < 0 || j >= len(n.v.Runes) || n.shield[j] {
		return 0
	}
	return SurnameLen(n.v.Runes[j:min(len(n.v.Runes), j+2)])
}

// givenOK judges the given name of the candidate at j. Blanks may stand inside only where the place is marked, because
// forms spread a two-character name over the column.
func (n *finder) givenOK(j, family, given int, hard bool) bool {
	for k := j + 1; k < j+family+given; k++ {
		if n.v.Gap[k] != view.GapNone && !(hard && given == 1) {
			return false
		}
	}
	for k := j + family; k < j+family+given; k++ {
		r := n.v.Runes[k]
		if !view.IsHan(r) || r == '某' || n.l.stop.Has(r) && !n.l.given.Has(r) {
			return false
		}
		if !n.l.given.Has(r) && !(hard && n.edge(j+family+given)) {
			return false
		}
	}
	last := n.v.Runes[j+family+given-1]
	return given == 1 || !n.l.stop.Has(last) || n.edge(j+family+given)
}

// opensWord reports whether a word that typically follows a name begins at j.
func (n *finder) opensWord(j int) bool {
	return n.v.Longest(j, n.l.after) > 0
}

// afterName are words that follow a person's name in records of enforcement.
func afterName() []string {
	return []string{"男", "女", "先生", "女士", "小姐", "同志", "老师", "律师", "医生", "表示", "表述", "陈述", "陈诉", "辩称", "供述", "证实", "反映", "承认", "认可", "签字", "签名", "签收", "确认", "在场", "到场", "涉嫌", "实施", "违反",
		"违法", "先后", "私自", "擅自", "名下", "本人", "夫妇", "夫妻", "等人", "等二人", "二人", "两人", "三人", "拒绝", "要求", "认为", "举报", "投诉", "申请", "委托", "代为", "出生", "身份", "户籍", "住所", "住址", "居住", "家中", "家住", "死亡", "受伤",
		"系", "任职", "担任", "时任", "利用", "通过", "控制", "操作", "账户", "证券", "买入", "卖出", "交易", "个人", "知悉", "参与", "联系", "自述", "自称", "缴纳", "履行", "名义", "作为", "作出", "主张", "负责", "组织", "决定", "知道", "安排", "借用", "借", "案", "送达", "询问", "丧偶", "说", "指出", "强调", "毕业", "教授", "率", "驾车", "骑", "开设", "经营", "所有", "持有", "聘", "雇", "接受", "明知", "逃", "离开", "赶到", "于", "儿", "妻", "夫", "父", "母", "家", "处"}
}

// isOrganisation reports whether the run of characters behind a candidate makes it the head of an organisation's or
// place's name, as in 王致和食品厂 or 张小泉路.
func (n *finder) isOrganisation(end int) bool {
	for k := end; k < len(n.v.Runes) && k < end+14 && view.IsHan(n.v.Runes[k]) && n.v.Gapless(k); k++ {
		if n.v.Longest(k, n.l.orgs) > 0 {
			return true
		}
		if n.l.stop.Has(n.v.Runes[k]) {
			return false
		}
	}
	return false
}

func orgTails() []string {
	return []string{"公司", "厂", "商店", "商行", "超市", "中心", "协会", "学会", "商会", "基金会", "集团", "合作社", "事务所", "经营部", "门市", "店", "馆", "酒楼", "饭庄", "酱园", "药房", "诊所", "医院", "学校", "幼儿园", "养老院", "敬老院",
		"银行", "街道", "大街", "小区", "村委", "居委", "派出所", "法院", "委员会", "工作室", "网吧", "车行", "牧场", "农场", "林场", "股份", "有限"}
}

// isPlace keeps 张家口, 李家村 and the names of prefectures and counties from being taken for people.
func (n *finder) isPlace(j, end int) bool {
	if n.v.At(j+1) == '家' && strings.ContainsRune("口村屯沟湾庄堡店镇乡营窑河港界岭坡坪寨集桥窝洼川山园巷湖塘坝埠渡汇洞窖楼峪台", n.v.At(j+2)) {
		return true
	}
	next := n.v.At(end)
	if strings.ContainsRune("村屯镇乡县市省区路街巷桥井坊寺庙湾沟庄营堡旗州盟", next) && n.v.Gapless(end) {
		return true
	}
	last := n.v.At(end - 1)
	if end-j == 3 && strings.ContainsRune("村屯镇乡县市省区路街巷桥井寺庙湾沟庄堡旗州", last) {
		return true
	}
	return n.l.places[string(n.v.Runes[j:end])] || end-j == 3 && n.l.places[string(n.v.Runes[j:end-1])]
}

// ordinary reports whether the candidate begins with an ordinary word, or its surname ends one.
func (n *finder) ordinary(j, end int, marked bool) bool {
	if n.l.heads[pair{n.v.Runes[j], n.v.Runes[j+1]}] {
		return !marked || end-j == 2
	}
	return !marked && n.v.Gapless(j) && j > 0 && n.l.tails[pair{n.v.Runes[j-1], n.v.Runes[j]}]
}

// foreignName recognises transliterated names by their middle dot: 阿卜杜拉·买买提.
func (n *finder) foreignName(j int) int {
	k, dots, last := j, 0, j
	for ; k < len(n.v.Runes) && k < j+16; k++ {
		r := n.v.Runes[k]
		if r == '·' && k > j+1 && view.IsHan(n.v.At(k+1)) {
			dots, last = dots+1, k
			continue
		}
		if !view.IsHan(r) || n.v.Gap[k] != view.GapNone && k > j || dots > 0 && n.l.stop.Has(r) && k-last > 3 || k-last > 6 {
			break
		}
		if dots == 0 && k-j >= 6 {
			return 0
		}
	}
	if dots == 0 || n.v.At(k-1) == '·' || k-j < 4 {
		return 0
	}
	return k - j
}
