package publication

import (
	"encoding/json"
	"net/http"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/disclosure"
	"mingjing/internal/document"
	"mingjing/internal/ledger"
	"mingjing/internal/web/desk/attachment"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

// onePage is one publication: where it stands, what may be done, what the public reads, and everything that was done.
type onePage struct {
	page.Frame
	P        disclosure.Publication
	State    string
	Tone     string
	Facts    []seat.Fact
	Due      page.Deadline
	Steps    page.StepPanel
	Publish  bool // the form that publishes stands on this page
	Trouble  seat.Trouble
	Versions []disclosure.Version
	Exports  []page.Link // of the versions
	Paper    page.Paper
	Story    []page.Event
	Findings []string
	Tomb     page.Tombstone
	Files    seat.Files
}

func (r room) one(v *seat.Visitor) error { return r.show(v, http.StatusOK, seat.Trouble{}) }

func (r room) show(v *seat.Visitor, status int, t seat.Trouble) error {
	p, versions, err := r.House.Disclosure.Get(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	d := onePage{Frame: v.Head(titleOf(p), page.Link{Text: "公示", Href: root}, page.Link{Text: short(titleOf(p))}), P: p, Trouble: t,
		State: disclosure.StateTitle(p.State, p.Source), Tone: stateTone(p), Versions: versions, Exports: r.versionList().Exports(v, len(versions)), Findings: p.Findings}
	if d.Facts, err = r.facts(v, p); err != nil {
		return err
	}
	if d.Story, err = r.story(v, p); err != nil {
		return err
	}
	switch p.State {
	case disclosure.StateWithdrawn, disclosure.StateExpired:
		d.Tomb = page.Tombstone{Number: p.Number, Agency: p.AgencyName, DecidedOn: p.DecidedOn, PublishedOn: p.PublishedOn, WithdrawnOn: p.WithdrawnOn,
			Ground: p.Ground, GroundDocument: p.GroundDocument, Reason: p.Reason, Expired: p.State == disclosure.StateExpired}
	default:
		if p.BodyText != "" {
			d.Paper = page.Paper{Sheet: sheetOf(p.Blocks, page.Lines(p.BodyText))}
		}
	}
	if d.Files, err = attachment.Block(v, document.OwnerPublication, p.ID); err != nil {
		return err
	}
	d.Due = r.due(v, p)
	d.Publish = p.State == disclosure.StateChecked && v.May(access.PublicationPublish, thing(v, p))
	d.Steps = r.steps(v, p)
	return v.Show(status, "publication", d)
}

func titleOf(p disclosure.Publication) string {
	if p.Title != "" {
		return p.Title
	}
	return p.Number
}

func short(text string) string {
	if runes := []rune(text); len(runes) > 24 {
		return string(runes[:24]) + "…"
	}
	return text
}

func (r room) facts(v *seat.Visitor, p disclosure.Publication) ([]seat.Fact, error) {
	names, err := v.Names(p.Maker, p.Checker, p.Approver)
	if err != nil {
		return nil, err
	}
	list := []seat.Fact{{Name: "文号", Text: p.Number}, {Name: "作出机关", Text: p.AgencyName}, {Name: "当事人", Text: p.PartyName, Sub: p.PartyKind},
		{Name: "类别", Text: p.Class}, {Name: "执法事项", Text: p.ItemName}, {Name: "决定日期", Text: p.DecidedOn}, {Name: "送达日期", Text: p.ServedOn, Sub: p.ServiceMode},
		{Name: "应当公示", Text: p.LastDay(), Sub: extendedFrom(p)}, {Name: "公示日期", Text: p.PublishedOn}, {Name: "公示期至", Text: p.PeriodUntil}, {Name: "制作人", Text: names[p.Maker]},
		{Name: "复核人", Text: names[p.Checker]}, {Name: "依据", Text: p.Basis, Wide: true}, {Name: "处理结果", Text: p.Result, Wide: true}}
	if p.Source == disclosure.SourceImport {
		list = append(list, seat.Fact{Name: "来源", Text: "历史导入", Href: "/desk/imports/" + p.Run})
	} else if p.Case != "" {
		list = append(list, seat.Fact{Name: "来源", Text: "打开案件", Href: "/desk/cases/" + p.Case}, seat.Fact{Name: "同案", Text: BatchOf(p.Case).Text, Href: BatchOf(p.Case).Href})
	}
	if p.FallenOn != "" {
		list = append(list, seat.Fact{Name: "决定已被改变", Text: p.FallenOn + "，" + p.Ground, Tone: "late", Sub: "最迟" + p.WithdrawDue + "撤下"})
	}
	if p.State == disclosure.StateWithheld {
		list = append(list, seat.Fact{Name: "不予公示理由", Text: p.Ground, Sub: p.Reason, Wide: true}, seat.Fact{Name: "批准人", Text: names[p.Approver]})
	}
	if p.ContentHash != "" {
		list = append(list, seat.Fact{Name: "公开文本SHA-256", Text: p.ContentHash, Code: true, Wide: true})
	}
	if salt, hash := p.Opening(); salt != "" {
		list = append(list, seat.Fact{Name: "登记核对用的随机数", Text: salt, Code: true, Wide: true, Sub: "当事人或者监督机关核对决定登记簿时提供，不得公开：据此可以逐个试出隐去的个人信息。决定全文SHA-256：" + hash})
	}
	return slices.DeleteFunc(list, func(f seat.Fact) bool { return f.Text == "" }), nil
}

// due works the last day out before the reader's eyes, where the law sets it in working days.
func (r room) due(v *seat.Visitor, p disclosure.Publication) page.Deadline {
	what, on := dueOf(p)
	due, err := workday.ParseDay(on)
	if err != nil || due.IsZero() {
		return page.Deadline{}
	}
	d := page.Deadline{Label: what, Due: due.String(), Cite: "《行政处罚法》第四十八条；国办发〔2018〕118号（六）"}
	d.Text, d.Tone = dueWords(p)
	from := p.DecidedOn
	if what == "应当撤下" {
		from, d.Cite = p.FallenOn, "《行政处罚法》第四十八条第二款"
	}
	trigger, err := workday.ParseDay(from)
	if err != nil {
		return d
	}
	// The length is what lies between the two days: it was fixed when the decision was made and is not computed anew.
	n := r.House.Calendar.WorkdaysBetween(trigger, due)
	if result, err := r.House.Calendar.Work(workday.Deadline{Trigger: trigger, N: n, Unit: workday.WorkDay, Basis: d.Cite}); err == nil && result.Due == due {
		worked := page.DeadlineOf(what, result, v.Today(), workday.Day{})
		d.Working, d.Strip = worked.Working, worked.Strip
	}
	return d
}

// extendedFrom says what the last day was before it was extended.
func extendedFrom(p disclosure.Publication) string {
	if p.ExtendedTo == "" {
		return ""
	}
	return "由" + p.DueOn + "推迟"
}

// steps says what this person may do now, and what not and why.
func (r room) steps(v *seat.Visitor, p disclosure.Publication) page.StepPanel {
	var panel page.StepPanel
	t := thing(v, p)
	offer := func(href, title, hint string, primary bool, action access.Action) {
		if d := access.Can(v.Actor, action, t); d.Allowed || d.NeedStepUp {
			panel.Allowed = append(panel.Allowed, page.Step{Title: title, Hint: hint, Href: address(p) + href, Primary: primary})
		} else {
			panel.Refused = append(panel.Refused, page.RefusedStep{Title: title, Findings: []page.Finding{{Title: title, Message: d.Reason}}})
		}
	}
	switch p.State {
	case disclosure.StateDue:
		offer("/prepare", "制作公示文本", "确认每一处个人信息，预览公开后的样子。", true, access.PublicationPrepare)
	case disclosure.StatePrepared:
		offer("/check", "复核", "看公开后的文本，确认就是这一份。", true, access.PublicationCheck)
		offer("/prepare", "重新制作", "", false, access.PublicationPrepare)
	case disclosure.StateChecked:
		offer("/prepare", "重新制作", "重新制作后须重新复核。", false, access.PublicationPrepare)
	case disclosure.StatePublished, disclosure.StateCorrected:
		offer("/correct", "更正", "公开的文本有错时使用，须经第二人复核。", false, access.PublicationCorrect)
		if p.Source == disclosure.SourceCase && p.FallenOn == "" {
			panel.Refused = append(panel.Refused, page.RefusedStep{Title: "撤下", Findings: []page.Finding{{Title: "撤下", Message: "决定仍然有效。被变更、撤销、确认违法、确认无效或者重新作出的，先由机关负责人在案件中登记。"}}})
		} else {
			offer("/withdraw", "撤下", "决定被变更、撤销、确认违法、确认无效或者重新作出时使用。", p.FallenOn != "", access.PublicationWithdraw)
		}
		if p.Source == disclosure.SourceImport {
			offer("/withdrawal", "复核撤下", "有待复核的撤下时使用。", false, access.PublicationCheck)
		}
		offer("/correction", "复核更正", "有待复核的更正时使用。", false, access.PublicationCheck)
	case disclosure.StateExpired:
		offer("/withdraw", "撤下", "", false, access.PublicationWithdraw)
		if p.Source == disclosure.SourceImport {
			offer("/withdrawal", "复核撤下", "有待复核的撤下时使用。", false, access.PublicationCheck)
		}
	case disclosure.StateWithheld:
		offer("/restore", "恢复为待公示", "不予公示的理由不再存在时使用，须经负责人批准。", false, access.PublicationRestore)
	}
	switch p.State {
	case disclosure.StateDue, disclosure.StatePrepared, disclosure.StateChecked:
		offer("/withhold", "登记不予公示", "依法不予公示的，写明理由并经负责人批准。", false, access.PublicationWithhold)
		if p.Source == disclosure.SourceCase && !p.Overdue && p.FallenOn == "" {
			offer("/extend", "推迟公示", "依法征求第三方意见，或者工作日安排变动时使用，须经负责人批准。", false, access.PublicationExtend)
		}
	}
	return panel
}

// story is everything that was done, from the ledger.
func (r room) story(v *seat.Visitor, p disclosure.Publication) ([]page.Event, error) {
	records, err := r.House.Disclosure.History(v.Context(), v.Actor, p.ID)
	if err != nil {
		return nil, err
	}
	return seat.Story(v, records, sayEvent)
}

// sayEvent is the sentence of an event of disclosure.
func sayEvent(e ledger.Record) (title, text, tone string) {
	title = seat.EventTitle(e.Kind)
	switch e.Kind {
	case "import.started":
		var file struct{ Name string }
		_ = json.Unmarshal(e.Payload, &file) // a payload that was destroyed names no file
		return "从文件导入", file.Name, ""
	case "publication.published":
		return title, lateText(e), toneOfLate(e)
	case "publication.corrected":
		return title, "", "soon"
	case "disclosure.withdrawal_due":
		return title, e.Ref["ground"] + "，应当在" + e.Ref["due_on"] + "前撤下", "late"
	case "publication.withdrawn":
		return title, e.Ref["ground"] + "，" + e.Ref["document"] + lateText(e), "late"
	case "publication.extended":
		return title, e.Ref["ground"] + "，" + e.Ref["document"] + "，最迟公示日由" + e.Ref["due_before"] + "推迟到" + e.Ref["due_on"], "soon"
	case "publication.withheld":
		return title, e.Ref["ground"], "void"
	case "publication.expired":
		return title, "", "void"
	}
	return title, "", ""
}

func lateText(e ledger.Record) string {
	if e.Ref["late"] == "" {
		return ""
	}
	return "　超过期限" + e.Ref["late"] + "日"
}

func toneOfLate(e ledger.Record) string {
	if e.Ref["late"] != "" {
		return "late"
	}
	return "met"
}

func (r room) publish(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	id := v.Path("id")
	if err := r.House.Disclosure.Publish(v.Context(), v.Actor, id, typed.Get("hash")); err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.show(v, http.StatusUnprocessableEntity, t)
	}
	return v.Done(root+"/"+id, "已公示。公众现在就能查到；公示日期不再改变。")
}
