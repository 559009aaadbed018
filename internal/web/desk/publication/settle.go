package publication

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/extension"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// form is what an outcome asks for.
func (r room) form(v *seat.Visitor, o settlement, p disclosure.Publication) (seat.Form, error) {
	f := seat.Form{Action: address(p) + "/" + o.step, Submit: o.title, Cancel: address(p)}
	switch o.step {
	case "withdraw":
		f.Grave = true
		f.Lead = "撤下后公众只能看到文号、日期、依据和理由；正文从公开页面和检索中同时删除。撤下不可恢复，须重新作出决定才能再次公示。"
		f.Fields = []seat.Field{
			{Name: "ground", Label: "撤下的法定依据", Control: seat.Radio, Required: true, Options: groundOptions(disclosure.WithdrawGrounds()), Value: p.Ground,
				Hint: "《行政处罚法》第四十八条第二款：公开的行政处罚决定被依法变更、撤销、确认违法或者确认无效的，三日内撤回并公开说明理由。"},
			{Name: "document", Label: "依据的文书及文号", Required: true, Value: p.GroundDocument, Hint: "例如行政复议决定书、判决书或者本机关撤销决定书的文号。"},
			{Name: "reason", Label: "向社会公开的理由", Control: seat.Area, Required: true, Hint: "不得含有个人信息。"},
			{Name: "replaced", Label: "替代它的公示信息", Hint: "重新作出决定并已公示的，填写新公示信息的文号；没有的不填。"}}
		if p.Source != disclosure.SourceImport {
			f.Lead += "依据和文书以案件中登记的为准。"
		} else {
			f.Lead += "历史决定的撤下由另一名公示复核员看过文书后生效。"
		}
	case "withdrawal":
		w, err := r.House.Disclosure.ToWithdraw(v.Context(), v.Actor, p.ID)
		if err != nil {
			return f, err
		}
		f.Grave = true
		f.Lead = "撤下的依据：" + w.Ground + "。向社会公开的理由：" + w.Reason + " 请对照文书原件。复核后立即撤下，不可恢复。"
		f.Fields = []seat.Field{{Name: "document", Label: "文书原件上的文号", Required: true, Hint: "照原件填写，与提出撤下的人填写的一致才能复核。"},
			{Name: "seen", Label: "我已看过文书原件，决定确已被改变", Control: seat.Tick, Required: true}}
	case "withhold":
		approvers, err := approvers(v)
		if err != nil {
			return f, err
		}
		f.Lead = "不予公示也是公示义务的一种结果：公开的台账会注明不予公示及其理由，不计为超期。"
		f.Fields = []seat.Field{
			{Name: "ground", Label: "不予公示的理由", Control: seat.Radio, Required: true, Options: groundOptions(withholdGrounds(p)),
				Hint: "《政府信息公开条例》第十四条至第十六条，《未成年人保护法》第一百零三条，《行政处罚法》第四十八条第一款。"},
			{Name: "reason", Label: "具体情况", Control: seat.Area, Required: true, Hint: "存入案卷，不对外公开。"},
			{Name: "approver", Label: "批准的负责人", Control: seat.Select, Required: true, Options: approvers, Hint: "办理人本人不能批准。"}}
	case "extend":
		approvers, err := approvers(v)
		if err != nil {
			return f, err
		}
		f.Lead = "现在的最迟公示日是" + p.LastDay() + "。推迟的理由、文书和新的最迟日期在决定登记簿和公示日志中公开；已经制作的公示文本须重新制作。"
		f.Fields = extendFields(approvers)
	case "restore":
		approvers, err := approvers(v)
		if err != nil {
			return f, err
		}
		f.Lead = "原来的公示期限不变。恢复及其依据的文书在公示日志中公开。"
		f.Fields = []seat.Field{
			{Name: "document", Label: "依据的文书及文号", Required: true, Hint: "使不予公示的理由不再成立的文书，例如第三方同意公开的书面意见、解密通知；不得含有个人信息。"},
			{Name: "reason", Label: "恢复公示的理由", Control: seat.Area, Required: true, Hint: "存入案卷，不对外公开。"},
			{Name: "approver", Label: "批准的负责人", Control: seat.Select, Required: true, Options: approvers, Hint: "办理人本人不能批准。"}}
	}
	return f, nil
}

// extendFields asks why the last day moves.
func extendFields(approvers []seat.Option) []seat.Field {
	return []seat.Field{
		{Name: "ground", Label: "推迟的法定理由", Control: seat.Radio, Required: true, Options: groundOptions(law.ExtendGrounds()),
			Hint: "《政府信息公开条例》第十五条、第三十二条、第三十三条第三款；国办发〔2018〕118号（六）。工作繁忙、人员不足等不是法定理由。"},
		{Name: "document", Label: "依据的文书及文号", Required: true, Hint: "征求意见书的文号，或者国务院办公厅节假日安排通知的文号；向社会公开，不得含有个人信息。"},
		{Name: "asked_on", Label: "征求意见书送达第三方的日期", Control: seat.Date, Hint: "征求第三方意见的填写。"},
		{Name: "days", Label: "第三方提出意见的期限（工作日）", Value: "15", Hint: "不超过十五个工作日，不计入公示期限。"},
		{Name: "reason", Label: "具体情况", Control: seat.Area, Required: true, Hint: "存入案卷，不对外公开。"},
		{Name: "approver", Label: "批准的负责人", Control: seat.Select, Required: true, Options: approvers, Hint: "办理人本人不能批准。"}}
}

// withholdGrounds adds the ground on which the decision has fallen, where it has.
func withholdGrounds(p disclosure.Publication) []string {
	if p.FallenOn != "" && p.Ground != "" {
		return append([]string{p.Ground}, disclosure.WithholdGrounds()...)
	}
	return disclosure.WithholdGrounds()
}

// approvers are the heads of the agency who could approve that a decision is not published.
func approvers(v *seat.Visitor) ([]seat.Option, error) {
	var list []access.Account
	err := v.Read(func(tx *db.Tx) (err error) {
		list, err = access.List(tx, v.Agency, access.Filter{Role: access.RoleApprover, State: access.StateActive}, "", 100)
		return err
	})
	var options []seat.Option
	for _, a := range list {
		if a.ID != v.Account && a.ID != v.OnBehalf {
			options = append(options, seat.Option{Value: a.ID, Text: a.Name})
		}
	}
	return options, err
}

func (r room) outcome(v *seat.Visitor, o settlement, typed *seat.Form) error {
	p, _, err := r.House.Disclosure.Get(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	form, err := r.form(v, o, p)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if typed != nil {
		form, status = *typed, http.StatusUnprocessableEntity
	}
	return v.Show(status, "form", seat.FormPage{Frame: v.Head(o.title, page.Link{Text: "公示", Href: root}, page.Link{Text: short(titleOf(p)), Href: address(p)}), Form: form,
		Facts: []seat.Fact{{Name: "标题", Text: p.Title, Wide: true}, {Name: "文号", Text: p.Number}, {Name: "状态", Text: disclosure.StateTitle(p.State, p.Source), Tone: stateTone(p)}}})
}

func (r room) settle(v *seat.Visitor, o settlement) error {
	p, _, err := r.House.Disclosure.Get(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	form, err := r.form(v, o, p)
	if err != nil {
		return err
	}
	return v.Submit(form, func(typed url.Values) error {
		said, err := r.command(v, o, p, typed)
		if err != nil {
			return err
		}
		return v.Done(address(p), said)
	}, func(f seat.Form) error { return r.outcome(v, o, &f) })
}

// command asks disclosure for the outcome and gives the sentence of what was done.
func (r room) command(v *seat.Visitor, o settlement, p disclosure.Publication, typed url.Values) (string, error) {
	text := func(name string) string { return strings.TrimSpace(typed.Get(name)) }
	room := r.House.Disclosure
	switch o.step {
	case "withdraw":
		replaced, err := r.byNumber(v, text("replaced"))
		if err != nil {
			return "", err
		}
		said := "已撤下。公开页面只保留撤下说明。"
		if p.Source == disclosure.SourceImport {
			said = "已提出撤下，等待另一名公示复核员复核；复核之前公众看到的仍是原来的文本。"
		}
		return said, room.Withdraw(v.Context(), v.Actor, p.ID,
			disclosure.Withdrawal{Ground: text("ground"), Document: text("document"), Reason: text("reason"), ReplacedBy: replaced})
	case "withdrawal":
		if text("seen") == "" {
			return "", refusal.Field("seen", "请看过文书原件后勾选。")
		}
		return "已撤下。公开页面只保留撤下说明。", room.ConfirmWithdrawal(v.Context(), v.Actor, p.ID, text("document"))
	case "withhold":
		return "已登记不予公示。", room.Withhold(v.Context(), v.Actor, p.ID,
			disclosure.Withholding{Ground: text("ground"), Reason: text("reason"), Approver: text("approver")})
	case "extend":
		days, _ := strconv.Atoi(text("days")) // what is no number is none, and refused with the article
		return "已推迟公示，新的最迟日期已公开。", room.Extend(v.Context(), v.Actor, p.ID, extension.Request{Ground: text("ground"), Document: text("document"),
			AskedOn: text("asked_on"), Days: days, Reason: text("reason"), Approver: text("approver")})
	}
	return "已恢复为待公示。", room.Restore(v.Context(), v.Actor, p.ID,
		disclosure.Restoration{Document: text("document"), Reason: text("reason"), Approver: text("approver")})
}
