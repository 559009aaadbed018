package demo

import (
	"strconv"
	"strings"

	"mingjing/internal/form"
	"mingjing/internal/zh"
)

// Matter is what a case of the demonstration is about.
type Matter struct {
	Item, Cause, Facts, Violated, Basis string
	Party                               map[string]any
	Fine                                int64 // in 分
	Kinds                               []any
	Other                               string
	Complex, Hearing                    bool
	Handler, Second, Head               string // logins
	Gain                                int64  // in 分
	Tier                                string // of the discretion
}

func (m Matter) cite(text string) []any {
	law, article := split(text)
	return []any{map[string]any{"law": law, "article": article}}
}

// grounds are the provisions of the penalty: in the two registration regulations the second paragraph carries confiscation and fine.
func (m Matter) grounds() []any {
	rows := m.cite(m.Basis)
	if m.Gain > 0 && (strings.HasPrefix(m.Basis, "社会团体") || strings.HasPrefix(m.Basis, "民办非企业")) {
		article, _, _ := strings.Cut(m.Basis, "第一款")
		rows = append(rows, m.cite(article+"第二款")...)
	}
	return rows
}

// sentence says the penalty in one line, as an opinion or a report does.
func (m Matter) sentence() string {
	var parts []string
	for _, k := range m.Kinds {
		switch k {
		case "罚款":
			parts = append(parts, "罚款"+zh.Fen(m.Fine).String())
		case "没收违法所得":
			parts = append(parts, "没收违法所得"+zh.Fen(m.Gain).String())
		case "法律、行政法规规定的其他行政处罚":
			parts = append(parts, m.Other)
		default:
			parts = append(parts, k.(string))
		}
	}
	return "对当事人给予下列行政处罚：" + strings.Join(parts, "；") + "。"
}

func split(text string) (law, article string) {
	for i, r := range text {
		if r == '第' && i > 0 {
			return text[:i], text[i:]
		}
	}
	return text, ""
}

func person(name string) map[string]any { return map[string]any{"name": name, "post": "负责人"} }

func (m Matter) officers() []any {
	var rows []any
	for _, login := range []string{m.Handler, m.Second} {
		for _, p := range Cast() {
			if p.Login == login {
				rows = append(rows, map[string]any{"name": p.Name, "certificate": p.Certificate})
			}
		}
	}
	return rows
}

func (m Matter) leadOfficer() string { return nameOf(m.Handler) }

func nameOf(login string) string {
	for _, p := range Cast() {
		if p.Login == login {
			return p.Name
		}
	}
	return login
}

func (m Matter) title() string {
	name, _ := m.Party["name"].(string)
	if m.Party["kind"] == "自然人" {
		name = form.ShortName(name)
	}
	return name + m.Cause + "案"
}

func (m Matter) representative() string {
	if rep, _ := m.Party["legal_rep"].(string); rep != "" {
		return rep
	}
	name, _ := m.Party["name"].(string)
	return name
}

// proposal are the fields by which a notice and a decision state the same penalty.
func (m Matter) proposal() form.Values {
	v := form.Values{"facts": m.Facts, "violated": m.cite(m.Violated), "basis": m.grounds(), "penalties": m.Kinds, "hearing_right": m.Hearing,
		"discretion": "违法行为持续时间较短、配合调查，" + m.weighed() + "处理。", "evidence_text": "现场检查笔录、询问笔录、登记证书复印件。"}
	if m.Fine > 0 {
		v["fine"] = m.Fine
	}
	if m.Gain > 0 {
		v["illegal_income"] = m.Gain
	}
	if m.Other != "" {
		v["other_penalty"] = m.Other
	}
	return v
}

// weighed says by which tier the penalty was measured.
func (m Matter) weighed() string {
	if m.Tier == "无裁量基准" {
		return "本机关没有该事项的裁量基准，综合违法行为的情节"
	}
	return "按照裁量基准“" + m.Tier + "”档次"
}

// discretion is the check of the discretion.
func (m Matter) discretion() form.Values {
	v := form.Values{"tier": m.Tier, "tier_code": m.Item, "correction_ordered": true, "age": int64(36)}
	if m.Tier == "无裁量基准" {
		delete(v, "tier_code")
	}
	if m.Gain > 0 {
		v["illegal_gain"] = m.Gain
	}
	return v
}

func (y *Year) leadPapers(m Matter, source string) map[string]form.Values {
	return map[string]form.Values{"案源登记表": {"source": source, "received_at": y.at(9, 0), "discovered_on": y.today().String(), "cause": m.Cause, "party": m.Party,
		"facts": m.Facts, "handler_opinion": "该线索反映的情况属于本机关职责范围，建议核查后立案。", "registered_by": nameOf(m.Handler)}}
}

func (y *Year) openPapers(m Matter) map[string]form.Values {
	return map[string]form.Values{
		"案件要素登记": {"item": m.Item, "act_ended_on": y.today().AddDays(-20).String(), "power": true, "jurisdiction": true, "complex": m.Complex},
		"立案审批表": {"case_title": m.title(), "cause": m.Cause, "officers": m.officers(), "conditions": []any{"有违反法律、法规、规章的事实", "依法应当或者可能给予行政处罚", "属于本机关管辖", "未超过行政处罚时效"},
			"violated": m.cite(m.Violated), "handler_opinion": "建议立案调查。", "unit_opinion": "同意立案。", "head_opinion": "同意立案。", "approved_on": y.today().String()},
	}
}

func (y *Year) inspectPapers(m Matter) map[string]form.Values {
	return map[string]form.Values{"现场检查笔录": {"begun_at": y.at(9, 30), "ended_at": y.at(10, 40), "place": m.Party["address"], "officers": m.officers(), "recorder": nameOf(m.Second),
		"present": person(m.representative()), "cert_shown": true, "told": true, "recording": "全程录音录像", "process": "执法人员出示执法证件，说明来意，查看登记证书、活动记录和财务资料，" + m.Facts,
		"party_opinion": "经核对无误"}}
}

func (y *Year) questionPapers(m Matter) map[string]form.Values {
	return map[string]form.Values{"询问笔录": {"begun_at": y.at(14, 0), "ended_at": y.at(15, 10), "place": "本机关询问室", "asked": person(m.representative()), "asked_role": askedRole(m),
		"officers": m.officers(), "recorder": nameOf(m.Second), "cert_shown": true, "told": true, "recording": "全程录音录像", "opening_answer": "看清楚了，不申请回避。",
		"qa":   []any{map[string]any{"q": "请说明有关情况。", "a": "情况属实，我们没有及时办理，愿意改正。"}, map[string]any{"q": "有无补充？", "a": "没有。"}},
		"read": "被询问人已阅看", "confirm": "以上笔录我看过，和我说的一致。"}}
}

func askedRole(m Matter) string {
	if m.Party["kind"] == "自然人" {
		return "当事人"
	}
	return "当事人的法定代表人（负责人）"
}

func (y *Year) reportPapers(m Matter) map[string]form.Values {
	major := "不属于"
	if m.Hearing || m.Complex {
		major = "属于"
	}
	return map[string]form.Values{
		"调查终结报告": {"closed_on": y.today().String(), "process": "立案后，执法人员现场检查、询问当事人，收集书证。", "facts": m.Facts, "evidence": evidence(), "favourable": "当事人配合调查，主动说明情况。",
			"violated": m.cite(m.Violated), "basis": m.grounds(), "crime": "不涉嫌犯罪", "discretion": m.weighed() + "处理。", "outcome": "给予行政处罚", "proposal": m.sentence(), "major": major,
			"officers": m.officers()},
		"裁量核对表": m.discretion(),
	}
}

func evidence() []any {
	return []any{map[string]any{"name": "现场检查笔录", "kind": "勘验笔录、现场笔录", "proves": "违法事实"}, map[string]any{"name": "询问笔录", "kind": "当事人的陈述", "proves": "违法事实"},
		map[string]any{"name": "登记证书复印件", "kind": "书证", "proves": "当事人身份"}}
}

func (y *Year) receipt(m Matter, title string, hour int) form.Values {
	return form.Values{"papers": []any{map[string]any{"title": title, "copies": int64(1)}}, "mode": "直接送达", "at": y.at(hour, 0), "place": m.Party["address"],
		"receiver": person(m.representative()), "receiver_role": receiverRole(m), "received_at": y.at(hour, 10), "officers": m.officers()}
}

func receiverRole(m Matter) string {
	if m.Party["kind"] == "自然人" {
		return "受送达人本人"
	}
	return "法定代表人（负责人）"
}

func (y *Year) noticePapers(m Matter) map[string]form.Values {
	return map[string]form.Values{"行政处罚事先告知书": m.proposal(), "送达回证": y.receipt(m, "行政处罚事先告知书", 15)}
}

func (y *Year) cataloguePapers(m Matter, triggers ...any) map[string]form.Values {
	v := form.Values{"proposal": m.sentence(), "checks": []any{map[string]any{"trigger": "罚款数额", "source": "本机关目录", "met": "不符合", "reason": "未达到目录规定数额"}},
		"major": "不属于重大执法决定", "checked_by": nameOf(m.Handler), "checked_on": y.today().String()}
	if len(triggers) > 0 {
		v["major"], v["triggers"] = "属于重大执法决定，应当进行法制审核", triggers
		v["checks"] = []any{map[string]any{"trigger": triggers[0], "source": "本机关目录", "met": "符合", "reason": "本案符合该情形"}}
	}
	return map[string]form.Values{"重大执法决定目录核对表": v}
}

func (y *Year) approvePapers(m Matter) map[string]form.Values {
	return map[string]form.Values{"行政处罚决定审批表": {"outcome": "给予行政处罚", "proposal": m.sentence(), "notice": "已依法告知当事人拟作出的处罚内容及事实、理由、依据和权利。",
		"handler_opinion": "拟作出行政处罚决定。", "unit_opinion": "同意。", "head_opinion": "同意。", "approved_on": y.today().String(), "basis": m.grounds()}}
}

func (y *Year) decisionText(m Matter) form.Values {
	v := m.proposal()
	delete(v, "hearing_right")
	delete(v, "evidence_text")
	v["evidence"] = evidence()
	if m.Other != "" {
		v["performance"] = "当事人应当自收到本决定书之日起十日内向本机关交回登记证书正本、副本和印章；逾期不交回的，依法公告作废。"
	}
	return v
}

func (y *Year) closePapers(m Matter, manner, result, performance string) map[string]form.Values {
	return map[string]form.Values{"结案报告": {"closed_on": y.today().String(), "manner": manner, "facts": m.Facts, "result": result, "performance": performance, "disposal": "无涉案财物。",
		"remedy": "未申请复议、未提起诉讼", "publication": "已在行政执法信息公示平台公示。", "handler_opinion": "建议结案。", "unit_opinion": "同意结案。", "head_opinion": "同意结案。", "officers": m.officers()}}
}

func (y *Year) archivePapers(m Matter, number string) map[string]form.Values {
	return map[string]form.Values{
		"案卷目录":  {"dossier_number": number},
		"卷内备考表": {"dossier_number": number, "note": "本卷材料齐全、排列有序。", "compiled_by": nameOf("fang"), "checked_by": nameOf("tang"), "compiled_on": y.today().String()},
	}
}

// bound counts the pages of a dossier on the bound paper, as an archivist does: two for each document.
func bound(contents, note form.Values) {
	rows := contents.Rows("items")
	for i, row := range rows {
		row["page"] = strconv.Itoa(2*i + 1)
	}
	contents["pages"], note["pages"] = int64(2*len(rows)), int64(2*len(rows))
}

func (y *Year) submitPapers(m Matter) map[string]form.Values {
	materials := []any{"案件调查终结报告", "拟作出决定的文书草稿", "证据材料", "裁量基准及适用说明", "听证笔录或者陈述申辩材料"}
	return map[string]form.Values{"法制审核送审表": {"process": "立案、调查、告知程序均已完成。", "triggers": []any{"直接关系当事人或者第三人重大权益"}, "materials": materials,
		"unit_opinion": "同意送审。", "submitted_on": y.today().String(), "basis": m.grounds(), "proposal": m.sentence(), "discretion": m.weighed() + "处理。", "officers": m.officers()}}
}

func (y *Year) opinionPapers(m Matter, verdict, reviewer string) map[string]form.Values {
	v := form.Values{"basis": []any{map[string]any{"law": "行政处罚法", "article": "第五十八条"}}, "subject": "是", "personnel": "是", "procedure": "是", "facts_clear": "是", "law_right": "是",
		"discretion_fit": "是", "within_power": "未超越", "documents": "是", "crime": "不涉嫌犯罪", "verdict": verdict, "reasons": "主体合法，程序合法，事实清楚，证据充分，适用依据正确，裁量适当。",
		"reviewer": nameOf(reviewer), "qualification": "已取得国家统一法律职业资格", "independent": true, "concluded_on": y.today().String(), "proposal": m.sentence()}
	switch verdict {
	case "退回补正":
		v["documents"], v["documents_note"] = "否", "决定书未写明裁量理由。"
		v["advice"], v["reasons"] = "请补充裁量理由后重新送审。", "决定书文本裁量说理不足。"
	case "不同意":
		v["facts_clear"], v["facts_clear_note"] = "否", "关键事实仅有当事人陈述。"
		v["reasons"] = "事实认定证据不足，不同意作出处罚决定。"
	}
	return map[string]form.Values{"法制审核意见书": v}
}
