package redact

import (
	"sync"

	"mingjing/internal/redact/view"
)

// The words that tell what a number is. They are matched in the view: upper case, half width, no blanks.
type cues struct {
	id, phone, bank, passport, certificate, public, serial *view.WordSet
	office, birth, age, nets                               *view.WordSet
	illness, ailment, condition                            *view.WordSet
	streets, doors, homes, business, provinces             *view.WordSet
	leads, units, plates, plateEnds                        *view.RuneSet
}

// cueWords is built at first use and never changed.
var cueWords = sync.OnceValue(func() *cues {
	return &cues{
		id:          view.NewWordSet([]string{"身份证", "公民身份", "身份号码", "证件号", "证件号码", "身份证件", "ID", "身份证明"}),
		phone:       view.NewWordSet([]string{"电话", "手机", "联系", "座机", "传真", "TEL", "致电", "拨打", "号码为", "微信", "短信"}),
		bank:        view.NewWordSet([]string{"账号", "帐号", "卡号", "账户", "帐户", "银行卡", "储蓄卡", "信用卡", "存折", "开户", "转账", "汇款"}),
		passport:    view.NewWordSet([]string{"护照", "通行证", "旅行证", "出入境证件", "证件号", "证件号码"}),
		certificate: view.NewWordSet([]string{"军官证", "士兵证", "驾驶证号", "社会保障号", "社保卡号", "医保卡号", "居住证号", "残疾证号", "残疾人证号", "学籍号", "病历号", "住院号", "不动产权证号", "房产证号"}),
		public: view.NewWordSet([]string{"统一社会信用代码", "信用代码", "组织机构代码", "注册号", "营业执照", "许可证", "登记证", "执法证", "执法证号",
			"税务登记", "资格证", "备案号", "批准文号", "检查证", "证号为执"}),
		serial: view.NewWordSet([]string{"订单", "流水号", "单号", "案号", "文号", "编号", "报关单", "海关", "批号", "条码", "条形码", "发票", "票据号",
			"序列号", "凭证号", "合同号", "备案", "款识", "编码", "产品", "型号"}),
		office:    view.NewWordSet([]string{"字", "罚", "决", "告", "许", "函", "令", "发", "审", "行", "终", "初"}),
		birth:     view.NewWordSet([]string{"出生", "生日", "生于"}),
		age:       view.NewWordSet([]string{"满"}),
		illness:   view.NewWordSet([]string{"患有", "确诊", "诊断为", "罹患", "身患", "感染", "残疾等级", "病史"}),
		ailment:   view.NewWordSet([]string{"病", "症", "癌", "炎", "瘤", "障碍", "梗", "残疾", "骨折", "感染", "综合征", "中毒", "阳性"}),
		condition: view.NewWordSet([]string{"艾滋病", "梅毒", "精神分裂症", "抑郁症", "HIV", "乙肝", "怀孕", "流产", "智力残疾", "精神残疾", "肢体残疾"}),
		streets:   view.NewWordSet([]string{"街道", "社区", "小区", "花园", "家园", "公寓", "新村", "新城", "大街", "大道", "胡同", "路", "街", "巷", "村", "屯", "苑", "嘎查", "庄园", "家属院", "家属楼", "宿舍", "里弄", "大厦", "广场", "名邸", "华庭", "雅居", "庭院", "小镇"}),
		doors:     view.NewWordSet([]string{"号楼", "号院", "号门", "号房", "号", "栋", "幢", "座", "单元", "室", "层", "楼", "门", "户", "组", "队", "弄", "社", "排", "房", "期", "区"}),
		homes: view.NewWordSet([]string{"家庭住址", "家庭地址", "现住址", "住址", "现住", "家住", "居住于", "居住在", "居住地", "居住", "暂住", "租住", "住在", "住于", "住", "户籍地址", "户籍所在地", "户籍地", "户籍", "户口所在地",
			"通讯地址", "通信地址", "联系地址", "收件地址", "送达地址", "邮寄地址", "收货地址", "籍贯", "地址"}),
		business: view.NewWordSet([]string{"经营场所", "经营地址", "经营地", "营业场所", "营业地址", "注册地址", "注册地", "办公地址", "办公地点", "登记地址", "住所地", "住所", "机关地址", "活动地点", "缴款地点"}),
		provinces: view.NewWordSet([]string{"北京市", "天津市", "上海市", "重庆市", "河北省", "山西省", "辽宁省", "吉林省", "黑龙江省", "江苏省", "浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "海南省", "四川省", "贵州省", "云南省", "陕西省", "甘肃省", "青海省", "台湾省",
			"内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门"}),
		leads:     view.SetOf("在于至到住从位向是将对为赴往系址地,。;:、(\"“”《》〈〉!?与和及由其我我该"),
		units:     view.SetOf(amountUnits),
		plates:    view.SetOf(plateProvinces),
		plateEnds: view.SetOf(plateEnds),
		nets:      view.NewWordSet([]string{"微信号", "微信", "QQ号", "QQ", "支付宝账号", "支付宝", "微博", "抖音号"}),
	}
})

// amountUnits follow a figure that counts something and so identifies nobody.
const amountUnits = "元圆万亿千百股吨份件台斤米辆平公克升个张株桶箱瓶次户笔年月日"

// counted reports whether the figure [i, j) is an amount: a currency sign before, or a unit or decimals behind it.
func (f *finder) counted(i, j int) bool {
	v, units := f.v, f.cues.units
	switch v.At(i - 1) {
	case '¥', '￥', '$', '€', '£':
		return true
	}
	if r := v.At(j); units.Has(r) && v.Gapless(j) {
		return true
	}
	return (v.At(j) == '.' || v.At(j) == ',') && view.IsDigit(v.At(j+1)) && v.Gapless(j) && v.Gapless(j+1) ||
		(v.At(i-1) == '.' || v.At(i-1) == ',') && view.IsDigit(v.At(i-2)) && v.Gapless(i)
}
