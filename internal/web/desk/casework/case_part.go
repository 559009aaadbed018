package casework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/deadline"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/party"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

// gates are the cards of decisions that are still to be made: which levels hold, and which review of which text.
func gates(view casefile.View, today workday.Day) []page.Gate {
	var list []page.Gate
	for _, p := range view.Parties {
		before := slices.Contains([]flow.State{flow.Pending, flow.Noticed, flow.HearingRequested, flow.HearingScheduled, flow.Heard, flow.Approved}, p.Party.Track)
		if !before || p.Decision.ID != "" || view.File.State != flow.Handling && view.File.State != flow.Reported {
			continue
		}
		if len(list) == 3 { // a batch shows the first; the table above has them all
			break
		}
		g := page.Gate{Title: "作出处罚决定的条件", Levels: levels(p, today)}
		if len(view.Parties) > 1 {
			g.Title += "：" + p.Party.Name
		}
		g.Open = !slices.ContainsFunc(g.Levels, func(l page.GateLevel) bool { return !l.Passed })
		if p.Review.ID != "" {
			g.Review = page.Link{Text: cmp.Or(p.Review.Verdict, "查看审核"), Href: "/desk/reviews/" + p.Review.ID}
			if p.Review.SameText {
				g.Text = "现在的决定书文本与审核的文本一致。"
			} else {
				g.Text = "现在的决定书文本与审核的文本不一致。"
			}
		}
		list = append(list, g)
	}
	return list
}

func levels(p casefile.PartyView, today workday.Day) []page.GateLevel {
	told := page.GateLevel{Name: "事先告知", Passed: !p.Party.NoticeOn.IsZero(), Text: "尚未告知"}
	window := page.GateLevel{Name: "陈述申辩、听证", Text: "告知后起算"}
	if told.Passed {
		told.Text = p.Party.NoticeOn.String() + "送达告知"
		window.Passed = p.Party.Waived || p.Party.WindowUntil.Before(today)
		switch {
		case p.Party.Waived:
			window.Text = "已经行使或者书面放弃"
		case window.Passed:
			window.Text = "已于" + p.Party.WindowUntil.String() + "期满"
		default:
			window.Text = "期限至" + p.Party.WindowUntil.String()
		}
	}
	if p.Party.HearingOpen {
		window.Passed, window.Text = false, "听证尚未结束"
	}
	checked := page.GateLevel{Name: "核对目录", Passed: p.Party.Catalogue, Text: "尚未核对重大执法决定目录"}
	if p.Party.Catalogue {
		checked.Text = map[bool]string{true: "属于重大执法决定", false: "不属于重大执法决定"}[p.Party.Major]
	}
	list := []page.GateLevel{told, window, checked}
	if p.Party.Major {
		review := page.GateLevel{Name: "法制审核", Passed: p.Review.State == string(flow.Passed) && p.Review.SameText, Text: "尚未送审"}
		if text, _ := party.ReviewText(p); text != "" {
			review.Text = text
		}
		list = append(list, review)
	}
	approved := page.GateLevel{Name: "负责人审批", Passed: p.Party.Track == flow.Approved, Text: "尚未批准"}
	if approved.Passed {
		approved.Text = "已批准"
	}
	return append(list, approved)
}

// panel is what this person may do now, and what not and why. Steps that lie behind the case are left out: the story has
// them.
type panel struct {
	Coming  string      // the step of the main way that waits for somebody else or for something, and for what
	Next    []page.Step // the main way
	More    []page.Step // what may be done beside it, or again
	Others  []page.RefusedStep
	Refused []page.RefusedStep
}

func stepPanel(view casefile.View) panel {
	var p panel
	done := map[string]bool{}
	for _, e := range view.Events {
		done[e.Ref["step"]] = true
	}
	urgent := besides(view)
	for _, s := range view.Steps {
		blocking := findings(law.Blocking(s.Findings))
		was := done[string(s.Step.Code)]
		if p.Coming == "" && !s.Step.Optional && !was && !(s.Open && s.Mine) && (s.Open || !aside(view.File.State)) {
			p.Coming = coming(s)
		}
		switch {
		case s.Open && s.Mine:
			step := page.Step{Title: s.Step.Title, Href: stepAddress(view.File.ID, string(s.Step.Code)), Hint: stepHint(s, len(blocking))}
			if !s.Step.Optional && !was || slices.Contains(urgent, s.Step.Code) {
				step.Primary = len(blocking) == 0
				p.Next = append(p.Next, step)
			} else {
				p.More = append(p.More, step)
			}
		case s.Open:
			p.Others = append(p.Others, page.RefusedStep{Title: s.Step.Title, Findings: append([]page.Finding{{Title: s.Step.Title, Message: s.Reason, Warns: true,
				Advice: whoTakes(s) + "。需要时，可以先填写文书草稿再送签：" + s.Step.Title + "。"}}, blocking...)})
		case !was:
			p.Refused = append(p.Refused, page.RefusedStep{Title: s.Step.Title, Findings: findings(s.Findings)})
		}
	}
	return p
}

// besides lists the steps beside the main way that alone can meet a limit which runs: evidence that is held, a reply of the
// police, cash that is to be handed in. They wait for somebody today, so they stand in front.
func besides(view casefile.View) []flow.Code {
	m := machine(view.File)
	var urgent []flow.Code
	for _, c := range view.Clocks {
		if c.State != deadline.Open || c.ForParty {
			continue
		}
		var codes []flow.Code
		for _, code := range c.Done {
			step, ok := m.Find(flow.Code(code))
			if ok && !step.Optional {
				codes = nil
				break
			}
			codes = append(codes, flow.Code(code))
		}
		urgent = append(urgent, codes...)
	}
	return urgent
}

// aside tells whether a case has left the main way: nothing of it comes next until somebody brings the case back.
func aside(state flow.State) bool { return state == flow.Transferred || state == flow.Terminated }

// coming says what the main way waits for.
func coming(s casefile.StepView) string {
	text := s.Step.Title + "，由" + access.RoleTitle(string(s.Step.Role)) + "办理"
	if s.Open && !s.Mine {
		text = s.Step.Title + "，" + whoTakes(s)
	}
	if blocking := findings(law.Blocking(s.Findings)); s.Open && len(blocking) > 0 {
		return text + "。" + blocking[0].Message
	}
	return text + "。"
}

// namesMost is how many names of those who may take a step are said.
const namesMost = 5

// whoTakes says who may take a step that is not the viewer's.
func whoTakes(s casefile.StepView) string {
	title := access.RoleTitle(string(s.Step.Role))
	switch n := len(s.By); {
	case n == 0:
		return "由" + title + "办理，但现在没有可以办理的人员，请管理员设置"
	case n > namesMost:
		return "由" + title + "办理：" + strings.Join(s.By[:namesMost], "、") + "等" + page.Count(n) + "人"
	default:
		return "由" + title + "办理：" + strings.Join(s.By, "、")
	}
}

// stepHint says how far a step is.
func stepHint(s casefile.StepView, blocking int) string {
	switch {
	case blocking > 0:
		return fmt.Sprintf("还有%d项要求没有满足，办理时会逐项说明", blocking)
	case s.Drafted && len(s.Kinds) > 0:
		return "文书已有草稿，可以核对办理"
	}
	return ""
}

func findings(list []law.Finding) []page.Finding { return page.FindingsOf(list) }

// submissionRows are the papers on their way, the newest first.
func submissionRows(view casefile.View) []submissionRow {
	m := machine(view.File)
	states := map[string][2]string{"waiting": {"等待签批", "soon"}, "recalled": {"已撤回", "none"}, "returned": {"已退回", "late"}, "taken": {"已办理", "met"}}
	var rows []submissionRow
	for _, s := range slices.Backward(view.Submissions) {
		step, _ := m.Find(flow.Code(s.Step))
		row := submissionRow{Title: step.Title, Href: "/desk/submissions/" + s.ID, Text: s.SentName + "，" + dossier.Moment(s.SentAt), State: states[s.State][0], Tone: states[s.State][1]}
		if s.State == "waiting" {
			row.State = "等" + access.RoleTitle(s.Waiting) + "签批"
		}
		rows = append(rows, row)
	}
	return rows
}
