package demo

import (
	"fmt"
	"maps"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/oversight/undertaking"
	"mingjing/internal/returns"
	"mingjing/internal/roster"
	"mingjing/internal/rulebook"
	"mingjing/internal/workday"
)

// organise plans what the bureau does for the duties that are no case: it lays down its rules, sends the annual return, lets the
// leading group meet, guides, notifies, plans, trains and shares. One rectification is late, and shown as late.
func (y *Year) organise() {
	y.rules()
	y.annual()
	y.group()
	y.supervised()
	y.provided()
	for day := 25; day <= 325; day += 25 {
		y.undertake(day, "he", undertaking.Undertaking{Kind: "sharing", Values: map[string]string{"platform": "吉林省一体化在线政务服务平台（演示）", "sort": "行政许可、行政处罚决定",
			"count": fmt.Sprint(1 + day/50), "receipt": fmt.Sprintf("YS-%s", y.Begin.AddDays(day))}})
	}
}

// commit runs one command as one of the cast.
func (y *Year) commit(who string, f func(tx *db.Tx, actor access.Actor) error) error {
	actor := y.Actors[who]
	return y.House.DB.Write(y.ctx, actor.Agency, func(tx *db.Tx) error { return f(tx, actor) })
}

// undertake plans an undertaking so many days after the beginning; settled, where it is given, is how many days later it is
// settled, and how.
func (y *Year) undertake(day int, who string, u undertaking.Undertaking, settled ...settling) {
	on := y.Begin.AddDays(day)
	y.plan(on, 10, day%60, u.Kind, func() error {
		u.On = on
		err := y.commit(who, func(tx *db.Tx, actor access.Actor) (err error) {
			u, err = undertaking.Enter(tx, actor, y.House.Pack, u)
			return err
		})
		for _, s := range settled {
			y.plan(on.AddDays(s.after), 15, 0, u.Kind+" settled", func() error {
				return y.commit(who, func(tx *db.Tx, actor access.Actor) error {
					return undertaking.Settle(tx, actor, y.House.Pack, u.ID, on.AddDays(s.after), s.outcome, "")
				})
			})
		}
		return err
	})
}

type settling struct {
	after   int
	outcome map[string]string
}

// rules lays down the texts that the duties ask for, and lets the officers learn the guide.
func (y *Year) rules() {
	sections := map[string]string{"范围": "执法主体、人员、职责、权限、依据、程序、救济渠道、随机抽查事项清单和执法结果。", "载体": "执法信息公示平台、政务大厅公示栏、服务窗口。", "采集": "承办科室在作出决定当日采集。",
		"传递": "采集后由系统传递办公室。", "审核": "办公室拟制，复核人员核对脱敏和要素。", "发布": "行政许可、行政处罚决定七个工作日内，其他执法决定二十个工作日内发布。", "更新": "依据变化、决定撤销或者变更的，三个工作日内更新或者撤下。",
		"数据标准": "统一社会信用代码、执法证件编号、文号和事项编码，按国家和省的执法数据标准填写。", "种类": "执法主体和人员、执法事项、行政处罚决定。", "流程": "每二十五日由承办科室汇集，办公室核对后向平台报送。", "使用方式": "通过平台接口查询；不得用于履职以外的目的。",
		"正文": "亮明身份、告知事由和依据、告知权利、询问、送达时使用规范用语；开始和结束音像记录时说明时间、地点和人员。"}
	for _, d := range y.House.Pack.Deliverables() {
		if !d.Kept {
			continue
		}
		y.plan(y.Begin.AddDays(2), 9, 30, d.Title, func() error {
			t := rulebook.Text{Number: "四民示〔" + y.Begin.String()[:4] + "〕" + d.Code[len(d.Code)-1:] + "号", Source: rulebook.Own, From: y.Begin.AddDays(3), Sections: map[string]string{}}
			if d.Above {
				t.Source, t.Number = rulebook.Provincial, "吉民示〔"+y.Begin.String()[:4]+"〕1号（演示）"
			}
			for _, name := range rulebook.Sections(d) {
				t.Sections[name] = sections[name]
			}
			return y.commit("shen", func(tx *db.Tx, actor access.Actor) error { _, err := rulebook.Adopt(tx, actor, d, t); return err })
		})
	}
	y.gather(20, "learning", map[string]string{"subject": "执法行为用语指引", "manner": "集中学习"})
	y.gather(110, "training", map[string]string{"subject": "行政执法公示、全过程记录、重大执法决定法制审核", "teacher": "四平市司法局（演示）", "hours": "8", "exam": "全部合格"})
}

// gather plans an undertaking in which everybody takes part who holds a certificate.
func (y *Year) gather(day int, kind string, values map[string]string) {
	on := y.Begin.AddDays(day)
	y.plan(on, 14, 0, kind, func() error {
		return y.commit("he", func(tx *db.Tx, actor access.Actor) error {
			people, err := roster.Officers(tx, actor.Agency, on, roster.Filter{Valid: true}, "", 200)
			if err != nil {
				return err
			}
			u := undertaking.Undertaking{Kind: kind, On: on, Values: values}
			for _, e := range people {
				u.Officers = append(u.Officers, e.ID)
			}
			_, err = undertaking.Enter(tx, actor, y.House.Pack, u)
			return err
		})
	})
}

// annual sends the return of each year that ends before or in the simulated one; what was sent before the beginning is entered
// late, with its reason.
func (y *Year) annual() {
	for year := y.Begin.Year() - 1; ; year++ {
		sent := returns.DueDay(year).AddDays(-11)
		if sent.After(workday.DayOf(y.End)) {
			return
		}
		entered, late := sent, ""
		if entered.Before(y.Begin.AddDays(3)) {
			entered, late = y.Begin.AddDays(3), "系统启用前已经上报，启用后补录。"
		}
		y.plan(entered, 16, 0, "annual return", func() error {
			order := y.House.Cases.Books().Law.Values(y.today()).Order()
			r := returns.Return{Year: year, Recipient: y.House.Pack.Supervisor(), Sent: sent, Receipt: fmt.Sprintf("SJ-%d-012", year+1), Late: late}
			if year < y.Begin.Year() {
				r.Figures.Paper, r.Figures.PaperOf = 7, 42000_00
			}
			return y.commit("su", func(tx *db.Tx, actor access.Actor) error { _, err := returns.Send(tx, actor, order, r); return err })
		})
	}
}

// group lets the head lead: the leading group, its meetings, its problems (duty 28), and letters up and down (duty 29).
func (y *Year) group() {
	head := nameOf("lu")
	y.undertake(2, "lu", undertaking.Undertaking{Kind: "group", Values: map[string]string{"chair": head, "document": "四民示〔" + y.Begin.String()[:4] + "〕9号", "members": "各科室和民间组织管理局负责人", "office": "办公室"}})
	for i, day := range []int{40, 180, 300} {
		y.undertake(day, "lu", undertaking.Undertaking{Kind: "meeting", Values: map[string]string{"chair": head, "agenda": []string{"部署全年任务，研究两支队伍执法记录仪不足。", "调度上半年推进情况。", "研究案卷评查发现的问题。"}[i],
			"resolved": "责任科室按期办结，办公室跟踪。"}})
	}
	y.undertake(40, "lu", undertaking.Undertaking{Kind: "problem", Due: y.Begin.AddDays(100), Values: map[string]string{"problem": "执法记录仪不足", "owner": "办公室"}}, settling{55, map[string]string{"result": "列入年度实施计划并配备到位。"}})
	y.undertake(300, "lu", undertaking.Undertaking{Kind: "problem", Due: y.Begin.AddDays(360), Values: map[string]string{"problem": "部分文书没有省级统一格式", "owner": "法规科"}})
	y.undertake(60, "qin", undertaking.Undertaking{Kind: "upward", Values: map[string]string{"to": "吉林省民政厅（演示）", "subject": "社会团体年检处罚的裁量标准", "answer": "答复执行省级裁量基准，已转各科室。"}})
	for i, to := range []string{"铁东区民政局（演示）", "双辽市民政局（演示）"} {
		y.undertake(90+i*60, "he", undertaking.Undertaking{Kind: "guidance", Due: y.Begin.AddDays(120 + i*60), Values: map[string]string{"to": to, "demand": "对照分工表自查三项制度落实情况。"}}, settling{20 + i*5, map[string]string{"report": "已建立制度并公开清单，无问题。"}})
	}
}

// supervised notifies what supervision found, and has the result count (duty 30).
func (y *Year) supervised() {
	for i, unit := range []string{"民间组织管理局", "慈善事业促进和社会工作科", "民间组织管理局", "行政审批办公室", "慈善事业促进和社会工作科"} {
		days := 12
		if i == 2 {
			days = 24 // late, and shown as late
		}
		y.undertake(70+i*45, "xu", undertaking.Undertaking{Kind: "notice", Due: y.Begin.AddDays(85 + i*45), Values: map[string]string{"unit": unit, "finding": "抽查发现笔录没有记明音像记录情况。", "demand": "限期补齐说明，组织学习。"}},
			settling{days, map[string]string{"result": "已整改。", "accountability": "不需问责"}})
	}
	for i, kind := range []string{"依法行政考核", "部门绩效考评"} {
		y.undertake(100+i, "xu", undertaking.Undertaking{Kind: "appraisal", Values: map[string]string{"kind": kind, "document": kind + "办法（演示）", "weight": "10"}})
	}
}

// provided has money and equipment planned and approved (duty 31).
func (y *Year) provided() {
	year := y.Begin.String()[:4]
	approved := settling{30, map[string]string{"approval": "四财示〔" + year + "〕3号"}}
	y.undertake(15, "lu", undertaking.Undertaking{Kind: "budget", Values: map[string]string{"year": year, "yuan": "380000", "document": "四财示〔" + year + "〕1号"}})
	plan := map[string]string{"year": year, "document": "年度实施计划", "content": "配备执法记录仪六台，建设听证室。"}
	y.undertake(25, "lu", undertaking.Undertaking{Kind: "annual-plan", Values: plan}, approved)
	for i, kind := range []string{"执法装备配备标准", "装备配备规划", "设施建设规划"} {
		values := maps.Clone(plan)
		values["kind"], values["document"] = kind, kind+"（演示）"
		y.undertake(20+i, "lu", undertaking.Undertaking{Kind: "equipment-plan", Values: values}, approved)
	}
}
