package dossier

import (
	"encoding/json"
	"slices"
	"strconv"

	"mingjing/internal/casefile"
	"mingjing/internal/flow"
	"mingjing/internal/ledger"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

// told is what the payload of an event says; a payload that was deleted by law says nothing.
type told struct {
	Title, Actor, Text, Party string
	LateReason                string            `json:"late_reason"`
	Override                  map[string]string `json:"override"`
	Documents                 []struct{ ID, Kind, Number string }
}

// Story is the case as its events tell it, the newest first.
func Story(view casefile.View) []page.Event {
	m := Machine(view.File)
	list := make([]page.Event, 0, len(view.Events))
	for _, e := range slices.Backward(view.Events) {
		list = append(list, eventOf(view, m, e))
	}
	return list
}

func eventOf(view casefile.View, m flow.Machine, e ledger.Record) page.Event {
	var t told
	if len(e.Payload) > 0 && json.Unmarshal(e.Payload, &t) != nil {
		t = told{}
	}
	on, recorded := workday.DayOf(e.Occurred), workday.DayOf(e.Recorded)
	seq := strconv.FormatInt(e.Seq, 10)
	ev := page.Event{Day: on.String(), Time: e.Recorded.In(workday.Shanghai()).Format("15:04"), Title: t.Title, By: t.Actor, Text: t.Text,
		Proof: page.Link{Text: "存证 第" + seq + "号", Href: Address(view.File.ID) + "/events/" + seq}}
	if on != recorded {
		ev.Late, ev.Time = recorded.String(), ""
	}
	if step, ok := m.Find(flow.Code(e.Ref["step"])); ok && ev.Title == "" {
		ev.Title = step.Title
	}
	if ev.Title == "" {
		ev.Title = "办案记录"
	}
	if len(view.Parties) > 1 && t.Party != "" {
		ev.Title += "：" + t.Party
	}
	if e.Shredded {
		ev.Text = "个人信息已依法删除，存证仍可核对。"
	}
	if t.LateReason != "" {
		ev.Text += "补记原因：" + t.LateReason
	}
	for _, d := range t.Documents {
		ev.Links = append(ev.Links, page.Link{Text: "《" + d.Kind + "》" + d.Number, Href: Address(view.File.ID) + "/documents/" + d.ID})
	}
	if e.Ref["overridden"] != "" {
		ev.Tone = "soon"
		for _, reason := range t.Override {
			ev.Text += "负责人准许例外，理由：" + reason
		}
	}
	return ev
}
