package dossier

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/casefile"
	"mingjing/internal/flow"
	"mingjing/internal/ledger"
	"mingjing/internal/web/desk/seat"
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

// act is what was done at once, or one after another in the same way: its events, the first first.
type act []ledger.Record

// Story is the case as its events tell it, the newest first. What one act did for the parties of a batch is told once, and so
// is what somebody did again and again on one day; the line unfolds. names are those of the accounts that acted, for events
// that do not say it themselves.
func Story(view casefile.View, names map[string]string) []page.Event {
	m := Machine(view.File)
	var acts []act
	for events := slices.Clone(view.Events); len(events) > 0; {
		last := act(events[len(events)-1:])
		if len(view.Parties) > 1 {
			last, events = lastAct(events)
		} else {
			events = events[:len(events)-1]
		}
		acts = append(acts, last)
	}
	list := make([]page.Event, 0, len(acts))
	for i := 0; i < len(acts); {
		n, run := 1, acts[i]
		for i+n < len(acts) && again(m, acts[i+n][0], acts[i][0]) {
			run = append(slices.Clone(acts[i+n]), run...)
			n++
		}
		if n > 1 && len(run) < foldFrom {
			n, run = 1, acts[i]
		}
		list = append(list, toldAs(view, m, run, names))
		i += n
	}
	return list
}

// foldFrom is from how many on what was done in the same way is told in one line.
const foldFrom = 3

// again tells whether an event repeats another: the same act by the same person on the same day, recorded on the same day.
func again(m flow.Machine, a, b ledger.Record) bool {
	return a.Kind == b.Kind && a.Ref["step"] == b.Ref["step"] && a.Actor == b.Actor && a.Ref["overridden"] == "" && b.Ref["overridden"] == "" &&
		workday.DayOf(a.Occurred) == workday.DayOf(b.Occurred) && workday.DayOf(a.Recorded) == workday.DayOf(b.Recorded) && titleOf(m, a) == titleOf(m, b)
}

// toldAs is one line of the story, which unfolds into its events where there are several.
func toldAs(view casefile.View, m flow.Machine, events act, names map[string]string) page.Event {
	one := func(e ledger.Record) page.Event {
		ev := eventOf(view, m, e)
		if ev.By == "" {
			ev.By = names[e.Actor.Account]
		}
		return ev
	}
	if len(events) == 1 {
		return one(events[0])
	}
	ev := actOf(view, m, events)
	for _, e := range events {
		ev.Parts = append(ev.Parts, one(e))
	}
	ev.By, ev.Text = ev.Parts[0].By, ""
	return ev
}

// lastAct parts the latest act of a batch from what went before. A step for several parties is one act when its events
// follow each other within a minute; what another room did for each party in turn, preparing, checking, publishing, is one
// act of its kind on a day, though the kinds alternate.
func lastAct(events []ledger.Record) (act, before []ledger.Record) {
	last := events[len(events)-1]
	if last.Ref["step"] != "" {
		n := 1
		for n < len(events) && together(events[len(events)-1-n], last) {
			n++
		}
		return events[len(events)-n:], events[:len(events)-n]
	}
	if last.Ref["decision"] == "" { // a file that was added concerns the case, not a party of it
		return events[len(events)-1:], events[:len(events)-1]
	}
	run := len(events)
	for run > 0 && events[run-1].Ref["step"] == "" && workday.DayOf(events[run-1].Recorded) == workday.DayOf(last.Recorded) {
		run--
	}
	before = events[:run:run]
	for _, e := range events[run:] {
		if e.Kind == last.Kind && e.Actor == last.Actor && e.Ref["decision"] != "" {
			act = append(act, e)
			continue
		}
		before = append(before, e)
	}
	return act, before
}

// togetherWithin is how far apart the events of one step for a batch may be recorded.
const togetherWithin = time.Minute

// together tells whether two events are of one step for several parties.
func together(a, b ledger.Record) bool {
	return a.Kind == b.Kind && a.Ref["step"] == b.Ref["step"] && a.Actor == b.Actor && b.Recorded.Sub(a.Recorded).Abs() <= togetherWithin &&
		a.Ref["party"] != "" && b.Ref["party"] != ""
}

// linksMost is how many documents one line of the story leads to; the list of documents has them all.
const linksMost = 4

// actOf tells the events of one act as one.
func actOf(view casefile.View, m flow.Machine, events []ledger.Record) page.Event {
	ev := eventOf(view, m, events[0])
	ev.Title = titleOf(m, events[0]) + "：" + page.Count(len(events)) + "名当事人"
	if slices.ContainsFunc(events, func(e ledger.Record) bool { return e.Ref["party"] == "" && e.Ref["decision"] == "" }) {
		ev.Title = titleOf(m, events[0]) + "（" + page.Count(len(events)) + "次）"
	}
	seen := map[string]bool{}
	ev.Links = nil
	for _, e := range events {
		for _, link := range eventOf(view, m, e).Links {
			if !seen[link.Href] {
				seen[link.Href] = true
				ev.Links = append(ev.Links, link)
			}
		}
	}
	if n := len(ev.Links); n > linksMost {
		ev.Links = append(ev.Links[:linksMost-1:linksMost-1], page.Link{Text: "等" + page.Count(n) + "份文书", Href: "#documents"})
	}
	return ev
}

// titleOf is what an event is called, without its party.
func titleOf(m flow.Machine, e ledger.Record) string {
	var t told
	if len(e.Payload) > 0 && json.Unmarshal(e.Payload, &t) == nil && t.Title != "" {
		return t.Title
	}
	if step, ok := m.Find(flow.Code(e.Ref["step"])); ok {
		return step.Title
	}
	return seat.EventTitle(e.Kind)
}

// namedMost is how many papers one line of the story names; the list of documents has them all.
const namedMost = 4

// briefly names the first of many papers that one act concerned, such as the use of a seal on the decisions of a batch.
func briefly(text string) string {
	n := strings.Count(text, "《")
	if n <= namedMost {
		return text
	}
	parts := strings.Split(text, "、")
	if len(parts) <= namedMost {
		return text
	}
	_, end, found := strings.Cut(parts[len(parts)-1], "，")
	if found {
		end = "，" + end
	}
	return strings.Join(parts[:namedMost], "、") + "等" + page.Count(n) + "份文书" + end
}

func eventOf(view casefile.View, m flow.Machine, e ledger.Record) page.Event {
	var t told
	if len(e.Payload) > 0 && json.Unmarshal(e.Payload, &t) != nil {
		t = told{}
	}
	on, recorded := workday.DayOf(e.Occurred), workday.DayOf(e.Recorded)
	seq := strconv.FormatInt(e.Seq, 10)
	ev := page.Event{Day: on.String(), Time: e.Recorded.In(workday.Shanghai()).Format("15:04"), Title: titleOf(m, e), By: t.Actor, Text: briefly(t.Text),
		Proof: page.Link{Text: "存证 第" + seq + "号", Href: Address(view.File.ID) + "/events/" + seq}}
	if on != recorded {
		ev.Late, ev.Time = recorded.String(), ""
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
