package zh

// words are read otherwise than their characters one by one: places, and words of
// administration whose commonest character reading is not the one meant. A tone stands
// behind each syllable.
var words = map[string]string{
	"重庆": "chong2 qing4", "长春": "chang2 chun1", "长沙": "chang2 sha1", "长白": "chang2 bai2",
	"长岭": "chang2 ling3", "长治": "chang2 zhi4", "长江": "chang2 jiang1", "长城": "chang2 cheng2",
	"长安": "chang2 an1", "长期": "chang2 qi1", "长途": "chang2 tu2", "长宁": "chang2 ning2",
	"厦门": "xia4 men2", "西藏": "xi1 zang4", "六安": "lu4 an1", "台州": "tai1 zhou1", "天台": "tian1 tai1",
	"丽水": "li2 shui3", "铅山": "yan2 shan1", "珲春": "hun2 chun1", "大城": "dai4 cheng2",
	"乐清": "yue4 qing1", "番禺": "pan1 yu2", "东阿": "dong1 e1", "洪洞": "hong2 tong2",
	"蚌埠": "beng4 bu4", "大夫": "dai4 fu1", "单县": "shan4 xian4", "都江": "du1 jiang1",
	"成都": "cheng2 du1", "首都": "shou3 du1", "都市": "du1 shi4", "银行": "yin2 hang2",
	"行业": "hang2 ye4", "商行": "shang1 hang2", "分行": "fen1 hang2", "支行": "zhi1 hang2",
	"总行": "zong3 hang2", "央行": "yang1 hang2", "会计": "kuai4 ji4", "重复": "chong2 fu4",
	"重新": "chong2 xin1", "重建": "chong2 jian4", "处罚": "chu3 fa2", "处理": "chu3 li3",
	"处置": "chu3 zhi4", "处分": "chu3 fen4", "音乐": "yin1 yue4", "乐器": "yue4 qi4",
	"调查": "diao4 cha2", "调解": "tiao2 jie3", "调整": "tiao2 zheng3", "供给": "gong1 ji3",
	"给付": "ji3 fu4", "给予": "ji3 yu3", "补给": "bu3 ji3", "效率": "xiao4 lv4",
	"率领": "shuai4 ling3", "统率": "tong3 shuai4", "降低": "jiang4 di1", "投降": "tou2 xiang2",
	"校对": "jiao4 dui4", "校核": "jiao4 he2", "参差": "cen1 ci1", "出差": "chu1 chai1",
	"差旅": "chai1 lv3", "强迫": "qiang3 po4", "便宜": "pian2 yi5", "干净": "gan1 jing4",
	"干预": "gan1 yu4", "若干": "ruo4 gan1", "没收": "mo4 shou1", "没入": "mo4 ru4",
	"种植": "zhong4 zhi2", "传记": "zhuan4 ji4", "登载": "deng1 zai3", "年载": "nian2 zai3",
	"弹性": "tan2 xing4", "省略": "sheng3 lve4", "反省": "fan3 xing3", "朝鲜": "chao2 xian3",
	"朝阳": "chao2 yang2", "血液": "xue4 ye4", "殡葬": "bin4 zang4", "幼儿": "you4 er2",
}

// surname is a family name that is read otherwise than its characters elsewhere.
type surname struct{ text, readings string }

// surnames holds those names, the two-character ones first.
var surnames = [...]surname{
	{"尉迟", "yu4 chi2"}, {"万俟", "mo4 qi2"}, {"长孙", "zhang3 sun1"}, {"澹台", "tan2 tai2"},
	{"单", "shan4"}, {"解", "xie4"}, {"仇", "qiu2"}, {"曾", "zeng1"}, {"查", "zha1"}, {"区", "ou1"},
	{"盖", "ge3"}, {"朴", "piao2"}, {"翟", "zhai2"}, {"缪", "miao4"}, {"乐", "yue4"}, {"种", "chong2"},
	{"折", "she2"}, {"朝", "chao2"}, {"那", "na1"}, {"宁", "ning4"}, {"覃", "qin2"}, {"谌", "chen2"},
	{"冯", "feng2"}, {"燕", "yan1"}, {"繁", "po2"}, {"召", "shao4"}, {"句", "gou1"}, {"员", "yun4"},
	{"贠", "yun4"}, {"纪", "ji3"}, {"华", "hua4"}, {"任", "ren2"}, {"葛", "ge3"}, {"秘", "bi4"},
	{"黑", "he4"}, {"逄", "pang2"}, {"隗", "wei3"}, {"洗", "xian3"}, {"车", "che1"}, {"晟", "cheng2"},
}
