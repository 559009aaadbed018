package world

import (
	"context"
	"maps"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/party"
	"mingjing/internal/workday"
)

// Case is a case that is lived through. Each stage is taken by who takes it in the bureau, on the day at which the clock
// stands; a stage that waits moves the clock first.
type Case struct {
	*World
	ID      string
	Matter  Matter
	machine flow.Machine // of the simple procedure; the ordinary one unless said
}

// find is the step of the case's procedure.
func (c *Case) find(step flow.Code) (flow.Step, bool) {
	machine := c.machine
	if machine.Code == "" {
		machine = flow.Ordinary()
	}
	return machine.Find(step)
}

// Actor is who takes a step in the bureau.
func (w *World) Actor(role law.Role) access.Actor {
	switch role {
	case law.RoleUnitHead:
		return w.UnitHead
	case law.RoleReviewer:
		return w.Reviewer
	case law.RoleApprover:
		return w.Approver
	case law.RoleArchivist:
		return w.Archivist
	}
	return w.Handler
}

// Lead records the lead of a matter with its first party; further ones are added.
func (w *World) Lead(m Matter) *Case {
	w.T.Helper()
	lead := w.Complete("案源登记表", form.Values{"source": "监督检查", "discovered_on": w.Today().String(), "cause": m.Cause, "party": m.Parties[0],
		"facts": "经查，当事人" + m.Cause + "，情况属实。", "registered_by": w.Handler.Name})
	done, err := w.Cases.Begin(context.Background(), w.Handler, book.Ordinary, casefile.Act{Papers: map[string]form.Values{"案源登记表": lead}})
	w.Must(err)
	c := &Case{World: w, ID: done.Case, Matter: m}
	if len(m.Parties) > 1 {
		w.Must(w.Cases.AddParties(context.Background(), w.Handler, c.ID, m.Parties[1:]))
	}
	return c
}

// Spot begins a case on the spot, the violation found and the place inspected; nothing is decided yet.
func (w *World) Spot(m Matter) *Case {
	w.T.Helper()
	c := &Case{World: w, Matter: m, machine: flow.OnTheSpot()}
	step, _ := c.machine.Find("investigate")
	papers := w.papersFor(w.Handler, "", step, "", map[string]form.Values{
		"现场检查笔录": {"cause": m.Cause, "party": m.Parties[0], "officers": rows(w.Officers[:2])},
		"案件要素登记": {"item": m.Item, "act_ended_on": w.Today().String()}})
	done, err := w.Cases.Begin(context.Background(), w.Handler, book.Simple, casefile.Act{Papers: papers})
	w.Must(err)
	c.ID = done.Case
	return c
}

// DecideOnSpot decides a case on the spot: a fine of the matter, handed over there and then.
func (c *Case) DecideOnSpot() *Case {
	c.T.Helper()
	_, err := c.Cases.Take(context.Background(), c.Handler, c.SpotAct())
	c.Must(err)
	return c
}

// SpotAct is the decision on the spot, sealed, with its papers.
func (c *Case) SpotAct() casefile.Act {
	c.T.Helper()
	decision := c.Matter.penalty()
	act := c.Act(c.Handler, "decide_on_spot", map[string]form.Values{
		"裁量核对表": c.Matter.discretion("从轻"),
		"当场行政处罚决定书": {"penalty": "罚款", "fine": c.Matter.Fine, "violated": decision["violated"], "basis": decision["basis"], "officers": rows(c.Officers[:2]),
			"cert_shown": true, "told": true}})
	act.Sealed = true
	return act
}

// Try takes a step as an actor and hands back what comes of it. own holds what the test says in the papers, by kind.
func (c *Case) Try(actor access.Actor, step flow.Code, own map[string]form.Values, parties ...string) (casefile.Done, error) {
	c.T.Helper()
	act := c.Act(actor, step, own, parties...)
	return c.Cases.Take(context.Background(), actor, act)
}

// Act is the act that Try takes, its papers whole. Those of a batch are written once; each party is put in when they are finished.
func (c *Case) Act(actor access.Actor, step flow.Code, own map[string]form.Values, parties ...string) casefile.Act {
	c.T.Helper()
	s, ok := c.find(step)
	if !ok {
		c.T.Fatalf("world: no step %s", step)
	}
	act := casefile.Act{Case: c.ID, Step: step, Parties: parties, Sealed: step == "decide"}
	if step == "decide" {
		return act // its paper is the draft that was reviewed and approved
	}
	owner := ""
	if all := c.Parties(); s.PerParty && !s.Shared && len(all) == 1 {
		owner = all[0].ID
	}
	act.Papers = c.papersFor(actor, c.ID, s, owner, own)
	return act
}

// Take takes a step as who takes it in the bureau; it fails the test when it is refused.
func (c *Case) Take(step flow.Code, own map[string]form.Values, parties ...string) casefile.Done {
	c.T.Helper()
	s, ok := c.find(step)
	if !ok {
		c.T.Fatalf("world: no step %s", step)
	}
	done, err := c.Try(c.Actor(s.Role), step, own, parties...)
	if err != nil {
		c.T.Fatalf("world: %s on %s: %s", step, c.Today(), Why(err))
	}
	return done
}

// Parties lists the parties of the case as they are now.
func (c *Case) Parties() []party.Party {
	c.T.Helper()
	var list []party.Party
	c.Read(func(tx *db.Tx) (err error) {
		list, err = party.Of(tx, c.ID)
		return err
	})
	return list
}

// Party is the first party.
func (c *Case) Party() party.Party {
	c.T.Helper()
	return c.Parties()[0]
}

// Open opens the case and assigns its officers: Handler and Second.
func (c *Case) Open() *Case {
	c.T.Helper()
	officers := rows(c.Officers[:2])
	c.Take("open_case", map[string]form.Values{
		"案件要素登记": {"item": c.Matter.Item, "act_ended_on": c.Today().AddDays(-30).String(), "complex": c.Matter.Complex, "government": c.Matter.Government},
		"立案审批表": {"officers": officers, "conditions": []any{"有违反法律、法规、规章的事实", "依法应当或者可能给予行政处罚", "属于本机关管辖", "未超过行政处罚时效"},
			"violated": c.Matter.penalty()["violated"]}})
	c.Take("assign_officers", map[string]form.Values{"指派办案人员审批表": {"officers": officers, "lead_officer": c.Handler.Name}})
	return c
}

// Investigate inspects the place and questions a person; by one more day each.
func (c *Case) Investigate() *Case {
	c.T.Helper()
	c.Days(1)
	c.Take("investigate", nil)
	c.Take("question", map[string]form.Values{"询问笔录": {"asked_role": "当事人的法定代表人（负责人）"}})
	return c
}

// Report ends the investigation and checks the catalogue.
func (c *Case) Report() *Case {
	c.T.Helper()
	c.Days(1)
	major, answer := "不属于", "不属于重大执法决定"
	if c.Matter.Major || c.Matter.Complex {
		major, answer = "属于", "属于重大执法决定，应当进行法制审核"
	}
	report := c.Matter.penalty()
	delete(report, "penalties")
	maps.Copy(report, form.Values{"outcome": "给予行政处罚", "crime": "不涉嫌犯罪", "major": major,
		"evidence": []any{map[string]any{"name": "现场检查笔录", "kind": "勘验笔录、现场笔录"}, map[string]any{"name": "询问笔录", "kind": "当事人的陈述"}}})
	c.Take("report_investigation", map[string]form.Values{"调查终结报告": report,
		"案件要素登记": {"item": c.Matter.Item, "act_ended_on": c.Today().AddDays(-30).String(), "complex": c.Matter.Complex, "government": c.Matter.Government},
		"裁量核对表":  c.Matter.discretion("一般")})
	check := form.Values{"major": answer, "proposal": "拟" + c.Matter.Cause + "一案给予行政处罚。", "triggers": []any{}}
	if c.Matter.Major {
		check["triggers"] = []any{"法律、法规规定应当进行法制审核的其他情形"}
	}
	if c.Matter.Complex {
		check["triggers"] = []any{"案件情况疑难复杂、涉及多个法律关系"}
	}
	c.Take("check_catalogue", map[string]form.Values{"重大执法决定目录核对表": check})
	return c
}

// Notice tells the parties of the penalty that is proposed, directly or by announcement.
func (c *Case) Notice() *Case {
	c.T.Helper()
	c.Days(1)
	c.Take("serve_notice", c.NoticePapers())
	return c
}

// NoticePapers are what the notice of the matter says.
func (c *Case) NoticePapers() map[string]form.Values {
	notice := c.Matter.penalty()
	notice["hearing_right"] = c.Matter.Hearing
	papers := map[string]form.Values{"行政处罚事先告知书": notice}
	maps.Copy(papers, c.ServicePapers())
	return papers
}

// ServicePapers are the receipt, and the announcement where the matter is served by one.
func (c *Case) ServicePapers() map[string]form.Values {
	if !c.Matter.Announced {
		return map[string]form.Values{"送达回证": {"mode": "直接送达", "receiver_role": "法定代表人（负责人）"}}
	}
	return map[string]form.Values{
		"送达公告": {"reason": "受送达人下落不明", "channels": []any{"机关门户网站", "机关公告栏"}},
		"送达回证": {"mode": "公告送达", "receiver_role": "无签收人"}}
}

// PastWindows moves the clock past every window that the notice opened.
func (c *Case) PastWindows() *Case {
	c.T.Helper()
	last := workday.Day{}
	for _, p := range c.Parties() {
		if p.WindowUntil.After(last) {
			last = p.WindowUntil
		}
	}
	c.Past(last)
	return c
}

// Draft writes the decision, one text for all parties, or the one of a party.
func (c *Case) Draft(own form.Values, partyID string) document.Draft {
	c.T.Helper()
	d, err := c.TryDraft(c.Handler, own, partyID)
	c.Must(err)
	return d
}

// TryDraft is Draft by an actor, with what comes of it.
func (c *Case) TryDraft(actor access.Actor, own form.Values, partyID string) (document.Draft, error) {
	c.T.Helper()
	text := c.Matter.penalty()
	text["hearing"] = "未在法定期限内要求听证"
	if !c.Matter.Hearing {
		text["hearing"] = "不属于听证范围"
	}
	maps.Copy(text, own)
	values := c.Paper(actor, c.ID, "decide", "行政处罚决定书", partyID, text)
	var saved document.Draft
	err := c.Write(func(tx *db.Tx) error {
		have, err := c.Cases.Draft(tx, actor, c.ID, "decide", "行政处罚决定书", partyID)
		if err != nil {
			return err
		}
		saved, err = c.Cases.SaveDraft(tx, actor, document.Draft{Case: c.ID, Party: partyID, Step: "decide", Kind: "行政处罚决定书", Values: values}, have.Base())
		return err
	})
	return saved, err
}

// Approve lets the head approve the decision as drafted.
func (c *Case) Approve() *Case {
	c.T.Helper()
	c.Take("approve", map[string]form.Values{"行政处罚决定审批表": {"outcome": "给予行政处罚", "proposal": "同意给予行政处罚。", "head_opinion": "同意。"}})
	return c
}

// Decide makes the decision and seals it.
func (c *Case) Decide() *Case {
	c.T.Helper()
	c.Take("decide", nil)
	return c
}

// Serve serves the decision.
func (c *Case) Serve() *Case {
	c.T.Helper()
	c.Days(1)
	c.Take("serve_decision", c.ServicePapers())
	return c
}

// View opens the case page for an actor.
func (c *Case) View(actor access.Actor) casefile.View {
	c.T.Helper()
	v, err := c.Cases.Open(context.Background(), actor, c.ID)
	c.Must(err)
	return v
}
