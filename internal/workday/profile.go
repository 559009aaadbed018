package workday

import "slices"

// ProfileCode names how a statute counts its days (rulebook §0.1).
type ProfileCode string

// The day-count profiles.
const (
	Penalty     ProfileCode = "DC-CF"   // 行政处罚法
	Compulsion  ProfileCode = "DC-QZ"   // 行政强制法
	Licence     ProfileCode = "DC-XK"   // 行政许可法
	Information ProfileCode = "DC-XXGK" // 政府信息公开条例
	Reconsider  ProfileCode = "DC-FY"   // 行政复议法
	Litigation  ProfileCode = "DC-SS"   // 行政诉讼法
	Transfer    ProfileCode = "DC-YS"   // 移送涉嫌犯罪案件的规定
	Disclosure  ProfileCode = "DC-118"  // 三项制度
	Registry    ProfileCode = "DC-DJ"   // 社会组织登记管理条例
	Charity     ProfileCode = "DC-CS"   // 慈善法
	Adoption    ProfileCode = "DC-SY"   // 收养登记办法
)

// Status says how sure the reading of a profile is: only a verified one may block an act.
type Status string

// The two certainties of a profile.
const (
	Verified Status = "verified"
	Memory   Status = "memory"
)

// Profile says how a statute's bare N日 is counted. In all of them the day of the trigger
// is not counted; DC-SY says so in its own words (自次日起).
type Profile struct {
	Code     ProfileCode
	Statute  string // full title
	Citation string // the article that says how days are counted
	Text     string // the rule in Chinese, for the working that a person opens
	Status   Status

	// listed are the lengths counted in working days; upTo counts every length not above
	// it in working days; all counts every length so.
	listed []int
	upTo   int
	all    bool
}

// Unit returns what N日 means under the profile.
func (p Profile) Unit(n int) Unit {
	if n < 0 {
		n = -n
	}
	if p.all || n <= p.upTo || slices.Contains(p.listed, n) {
		return WorkDay
	}
	return CalendarDay
}

// Profiles returns every profile, in the order of the rulebook.
func Profiles() []Profile { return slices.Clone(profiles[:]) }

// profiles is the table dayrule of rulebook §0.1.
var profiles = [...]Profile{
	{Penalty, "中华人民共和国行政处罚法", "行政处罚法第八十五条", "“二日”“三日”“五日”“七日”是指工作日，不含法定节假日；其他的日按自然日计算", Verified, []int{2, 3, 5, 7}, 0, false},
	{Compulsion, "中华人民共和国行政强制法", "行政强制法第六十九条", "十日以内期限是指工作日，不含法定节假日；超过十日的按自然日计算", Verified, nil, 10, false},
	{Licence, "中华人民共和国行政许可法", "行政许可法第八十二条", "期限以工作日计算，不含法定节假日", Verified, nil, 0, true},
	{Information, "中华人民共和国政府信息公开条例", "政府信息公开条例第二十六条、第三十条、第三十二条至第三十四条", "条文写明工作日", Verified, nil, 0, true},
	{Reconsider, "中华人民共和国行政复议法", "行政复议法第八十八条", "“三日”“五日”“七日”“十日”是指工作日，不含法定休假日；其他的日按自然日计算", Verified, []int{3, 5, 7, 10}, 0, false},
	{Litigation, "中华人民共和国行政诉讼法", "行政诉讼法第四十五条、第四十六条", "按自然日、月计算", Verified, nil, 0, false},
	{Transfer, "行政执法机关移送涉嫌犯罪案件的规定", "行政执法机关移送涉嫌犯罪案件的规定第五条、第八条、第九条、第十二条", "没有工作日的规定，按自然日和小时计算（从严）", Memory, nil, 0, false},
	{Disclosure, "关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见", "国办发〔2018〕118号；三项制度工作责任分工表第10项", "自决定作出之日起以工作日计算", Verified, nil, 0, true},
	{Registry, "社会团体、民办非企业单位、基金会登记管理条例", "社会团体登记管理条例、民办非企业单位登记管理暂行条例、基金会管理条例", "没有工作日的规定，按自然日计算", Memory, nil, 0, false},
	{Charity, "中华人民共和国慈善法", "慈善法第十条、第二十二条、第四十五条、第四十八条、第七十三条", "没有工作日的规定，按自然日计算；作为行政许可办理的事项适用行政许可法的计算方法", Memory, nil, 0, false},
	{Adoption, "中国公民收养子女登记办法", "收养登记办法第八条、第十一条", "自次日起按自然日计算", Verified, nil, 0, false},
}

// ProfileOf returns the profile of a code.
func ProfileOf(code ProfileCode) (Profile, bool) {
	for _, p := range profiles {
		if p.Code == code {
			return p, true
		}
	}
	return Profile{}, false
}
