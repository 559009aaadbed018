package oversight

import "slices"

// checks is the table of what is computed (rulebook §9), by duty. The formulas are what a reader of the board is told; each
// is held by a test beside its parts.
func checks() []check {
	return slices.Concat(disclosureChecks(), recordChecks(), reviewChecks(), sharingChecks(), assuranceChecks())
}

// disclosureChecks are those of 行政执法公示制度.
func disclosureChecks() []check {
	return []check{
		{duty: 1, run: organised(1),
			formula: "现行公示制度明确公示内容的范围、载体和信息的采集、传递、审核、发布、更新七项内容。"},
		{duty: 2, run: platform,
			formula: "主体：机关信息已在平台公开；人员：每名持有效证件的人员已公开且与现在一致，失效的已撤下；事项：每项的依据、程序、救济渠道已公开且依据与现在一致；结果：公示期限已届满的决定已公开或者已依法决定不予公开。",
			gap:     "政府新媒体、政务（办事）大厅公示栏、服务窗口的公开情况，系统没有记录；本项只计量门户网站。"},
		{duty: 3, run: items,
			formula: "全部事项中要素齐全的比例、依据均现行有效的比例、已向社会公开的比例；持有效证件的执法人员中已公开的比例。"},
		{duty: 4, run: inspections,
			formula: "检查事项中明确抽查主体和依据的比例；检查人员名录库中持有效证件的人员不少于两人。",
			gap:     "抽查内容、抽查方式，检查对象名录库和抽签记录，系统没有记录。"},
		{duty: 5, run: officers,
			formula: "在岗持证人员中单位、姓名、证件编号、执法类别、执法区域五项齐全的比例；证件在有效期内的比例；办案人员在数据库中且办案当日证件有效的比例。"},
		{duty: 6, run: guides,
			formula: "事项名称、受理机构、受理条件、审批机构、审批程序、办理时限六项齐全的事项占全部事项的比例。",
			gap:     "行政处罚的流程图由系统流程生成；其他类别事项的程序只有文字步骤，没有流程图，未计量。"},
		{duty: 7, run: presented, strict: true,
			formula: "近一年现场检查、询问、抽样取证、先行登记保存、当场处罚中，由两名以上当日持有效证件的人员实施的比例，记明出示证件的比例；国务院部门颁发的证件已备案的比例。应为100%。",
			gap:     "当事人扫描证件二维码识别和储存身份信息的情况，系统没有记录。"},
		{duty: 8, run: told,
			formula: "普通程序处罚在决定前已有告知书生效送达，当场处罚记明已告知事由、依据和权利的比例；近一年决定书载明复议、诉讼途径的比例；近一年告知书载明内容、事实、理由、依据和陈述申辩权的比例。"},
		{duty: 9, run: window,
			formula: "窗口工作人员的单位、姓名、职务齐全的比例；咨询服务、投诉举报方式已载明。",
			gap:     "岗位职责、申请材料示范文本、办理进度查询和公示牌的实际设置，系统没有记录。"},
		{duty: 10, run: published,
			formula: "已公开和期限已届满的处罚、许可决定中，作出之日起7个工作日内公开的比例；其他执法决定20个工作日，算法相同；公开的信息载明执法机关、执法对象、执法类别、执法结论的比例。依法不予公开的不计。"},
		{duty: 11, run: withdrawn,
			formula: "被撤销、变更、确认违法或者无效、要求重新作出的决定中，已撤下和撤下期限已届满的，3个工作日内撤下的比例；撤下时公开说明理由的比例。"},
		{duty: 12, run: reported,
			formula: "已上报和上报期限已届满的各年度统计年报中，次年1月31日前上报司法行政部门的比例。",
			gap:     "年报数据由系统计算行政处罚部分；其他执法类别的数据，系统没有记录。"},
	}
}

// recordChecks are those of 执法全过程记录制度.
func recordChecks() []check {
	return []check{
		{duty: 13, run: phases,
			formula: "作出决定并已结案的案件中，启动、调查取证、审核、决定、送达、执行六个阶段均有文字记录的比例（行政处罚法第四十七条）。",
			gap:     "制度文本是否明确采集、存储、分析、归档，系统没有记录；音像资料的内容不计量。"},
		{duty: 14, run: guidance,
			formula: "近一年使用的文书种类中，依照省级或者部委制作指引的比例。",
			gap:     "执法用语的使用，以及组织人员学习的情况，系统没有记录。"},
		{duty: 15, run: formats,
			formula: "近一年定稿文书中法定要素齐备的比例，使用省级或者部委格式的比例；已归档案卷中有案卷目录和备考表的比例。"},
		{duty: 16, run: recordings,
			formula: "近一年现场检查、询问笔录中记明音像记录情况和未全程记录原因的比例；清单规定应当记录的环节（登记保存、听证、留置送达）中，案卷有录音录像或者见证记录的比例。",
			gap:     "音像资料的起止时间和内容，以及清单是否为省级统一文本，系统没有记录。"},
		{duty: 17, run: organised(17),
			formula: "现行执法行为用语指引为省级或者国务院部门统一文本；持有效证件的执法人员中，规定期间内学习过指引的人数达到规定的比例。",
			gap:     "音像记录时实际使用用语的情况，系统没有记录。"},
		{duty: 18, run: filed,
			formula: "已归档和归档期限已届满的案件中，结案后按期归档的比例；已归档案卷中立卷人、检查人明确的比例。"},
	}
}

// reviewChecks are those of 重大执法决定法制审核制度.
func reviewChecks() []check {
	return []check{
		{duty: 19, run: reviewed, strict: true,
			formula: "重大执法决定中，作出前该文本已通过法制审核的比例。应为100%。"},
		{duty: 20, run: body,
			formula: "已出具意见的审核中，由本机关法制机构人员审核的比例；受委托组织的，由委托机关法制机构审核。"},
		{duty: 21, run: strength,
			formula: "法制审核人员占应配人数的比例（应配人数为执法人员总数乘以规定百分比，向上取整）；初次从事行政处罚法制审核的人员具有法律职业资格的比例（行政处罚法第五十八条第二款）。"},
		{duty: 22, run: counsel,
			formula: "在聘的法律顾问、公职律师不少于一人；疑难复杂案件的审核有法律顾问或者公职律师参与的比例。",
			gap:     "本系统内统筹调用的机制和使用效果，系统没有记录。"},
		{duty: 23, run: catalogue,
			formula: "普通程序处罚决定前已对照审核目录核对的比例；近一年决定按目录重新核对，符合目录的均已作为重大决定的比例；目录含有五类应当审核的情形。"},
		{duty: 24, run: points,
			formula: "近一年法制审核意见书中九项审核内容逐项作出结论的比例；有一项结论为否定的，未出具“同意”的比例；内容清单列明九项。"},
		{duty: 25, run: procedure,
			formula: "近一年已提出的和已经逾期的审核中，按期提出意见的比例；受理时送审材料齐备的比例；对审核意见的异议在期限内有书面处理决定的比例。"},
	}
}

// sharingChecks are those of 行政执法信息化建设.
func sharingChecks() []check {
	return []check{
		{duty: 26, run: online,
			formula: "全部案件中，留痕记录已纳入签名检查点的比例；系统启用后作出的决定中，在系统内办理的比例。",
			gap:     "与大数据平台、上级监督系统的对接，系统没有记录。"},
		{duty: 27, run: shared,
			formula: "导入的历史执法数据中，已读取的行中，符合数据标准而汇集成功或者识别为重复的比例；现行共享目录明确数据标准和共享的种类、范围、流程、使用方式；规定期间内向一体化平台汇集共享过数据，以平台回执为准。",
			gap:     "与吉林省一体化在线政务服务平台的自动对接，系统没有记录。"},
	}
}

// assuranceChecks are those of 加大组织保障力度. What is asked for, how often and by when, the pack says.
func assuranceChecks() []check {
	return []check{
		{duty: 28, run: organised(28),
			formula: "成立了由机关负责人任组长的领导小组；规定期间内召开过领导小组会议；已解决和解决期限已届满的重大问题中，按期解决的比例。"},
		{duty: 29, run: organised(29),
			formula: "规定期间内与上级部门沟通联系过、督促指导过下级部门；已报告和报告期限已届满的督促指导中，下级部门按期报告的比例。",
			gap:     "下级部门的名录和没有被督促指导的下级部门，系统没有记录。"},
		{duty: 30, run: organised(30),
			formula: "规定期间内开展过督察通报，纳入了依法行政考核和部门绩效考评；已整改和整改期限已届满的通报中，按期整改的比例。",
			gap:     "应当通报而没有通报的情况，系统没有记录。"},
		{duty: 31, run: organised(31),
			formula: "规定期间内执法经费纳入了财政预算；执法装备配备标准、装备配备规划、设施建设规划和年度实施计划均已经财政部门批准。",
			gap:     "经费的执行和装备的台账，系统没有记录。"},
		{duty: 32, run: organised(32),
			formula: "持有效证件的执法人员中，规定期间内参加过专题培训的人数达到规定的比例。",
			gap:     "政治、作风、纪律和廉洁方面的情况，系统没有记录。"},
	}
}

// Absent says why a duty without a computed check is not measured, in Chinese. Every duty of the founding table has one; the
// table of another agency may have more.
func Absent(int) string { return "这一项还没有可以由系统记录自动计算的办法。" }
