package house

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/disclosure/snapshot"
	"mingjing/internal/flow"
	"mingjing/internal/oversight"
	"mingjing/internal/pack"
	"mingjing/internal/roster"
	"mingjing/internal/rulebook"
	"mingjing/internal/workday"
)

// PublishLists makes the ex-ante lists public in their present form: items with basis and guide, officers with their
// certificates (事前公示, 国办发〔2018〕118号（四）). A list without a difference makes no new version.
func (h *House) PublishLists(ctx context.Context, actor access.Actor) error {
	return h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error {
		by := actor.Ledger(access.RolePublisher)
		agency, err := h.publicAgency(tx)
		if err != nil {
			return err
		}
		if _, err := snapshot.Publish(tx, by, h.Agency.Code, public.KindAgency, []snapshot.Row{{Key: h.Agency.Code, Show: agency}}); err != nil {
			return err
		}
		if _, err := snapshot.Publish(tx, by, h.Agency.Code, public.KindItem, h.itemRows()); err != nil {
			return err
		}
		officers, err := h.officerRows(tx)
		if err != nil {
			return err
		}
		if _, err = snapshot.Publish(tx, by, h.Agency.Code, public.KindOfficer, officers); err != nil {
			return err
		}
		if err := h.publishParams(tx, by); err != nil {
			return err
		}
		rules, err := h.ruleRows(tx)
		if err != nil || len(rules) == 0 {
			return err // an agency that laid nothing down has no list of it
		}
		_, err = snapshot.Publish(tx, by, h.Agency.Code, public.KindRule, rules)
		return err
	})
}

// publicAgency is the agency as the roster has it: its credit code is entered when it is founded, and not in the pack.
func (h *House) publicAgency(tx *db.Tx) (public.Agency, error) {
	a, err := roster.FindAgency(tx, h.Agency.Code)
	if err != nil {
		return public.Agency{}, fmt.Errorf("house: %w", err)
	}
	address, phone := h.Reach()
	show := public.Agency{ID: a.ID, Name: a.Name, Code: a.CreditCode, Address: address, Phone: phone, Channels: map[string]string{}}
	own, _ := h.Cases.Books().Pack.Agency()
	for title, text := range map[string]string{"投诉举报": h.Text("portal.report"), "陈述申辩、听证联系人": h.Text("agency.contact"), "行政复议机关": own.Government, "行政诉讼管辖法院": own.Court} {
		if text != "" {
			show.Channels[title] = text
		}
	}
	return show, nil
}

func (h *House) itemRows() []snapshot.Row {
	var rows []snapshot.Row
	for _, i := range h.Pack.Items() {
		show := public.Item{Agency: h.Agency.Code, AgencyName: h.Agency.Name, Code: i.Code, Name: i.Name, Class: i.Class, Unit: unitName(h.Pack, i.Owner),
			Level: i.Level, Remedies: i.Remedies, More: map[string]string{}}
		for _, b := range i.Basis {
			show.Basis = append(show.Basis, public.Basis{Text: "《" + strings.Trim(b.Law, "《》") + "》" + b.Article, Version: b.Version, Since: b.From.String()})
		}
		if i.Limit != nil {
			show.Limits = i.Limit.Text
		}
		for _, t := range h.Pack.Discretion(i.Code, workday.DayOf(h.DB.Now())) {
			show.Discretion = append(show.Discretion, t.Level+"："+t.Condition)
		}
		switch i.Class {
		case "行政处罚":
			show.Flow = flow.Ordinary().Code
		}
		if i.Effect != nil && i.Effect.Text != "" {
			show.More["法律后果"] = i.Effect.Text
		}
		for _, f := range h.Pack.FirstOffences(i.Code, workday.DayOf(h.DB.Now())) {
			show.FirstOffence = append(show.FirstOffence, f.Title+"："+strings.Join(f.Conditions, "、")+"的，可以不予行政处罚，"+f.Follow)
		}
		guide(&show, i.Guide)
		if i.NoUse {
			show.Note = "依据文本尚未核对，仅列示，不作执法依据。"
		}
		rows = append(rows, snapshot.Row{Key: i.Code, Show: show})
	}
	return rows
}

// guide puts the six fields of a service guide on the page of an item (duty 6).
func guide(show *public.Item, g *pack.Guide) {
	if g == nil {
		return
	}
	for heading, text := range map[string]string{"受理机构": g.Acceptor, "受理条件": strings.Join(g.Conditions, "；"), "审批机构": g.Approver,
		"审批程序": strings.Join(g.Procedure, "→"), "办理时限": g.Limit, "申请材料": strings.Join(g.Materials, "；"), "收费": g.Fee} {
		if text != "" {
			show.More[heading] = text
		}
	}
}

func unitName(p *pack.Pack, code string) string {
	if u, ok := p.Unit(code); ok {
		return u.Name
	}
	return code
}

func (h *House) officerRows(tx *db.Tx) ([]snapshot.Row, error) {
	var rows []snapshot.Row
	day := workday.DayOf(tx.Now())
	for after := ""; ; {
		list, err := roster.Officers(tx, h.Agency.Code, day, roster.Filter{}, after, 200)
		if err != nil {
			return nil, fmt.Errorf("house: officers: %w", err)
		}
		for _, e := range list {
			after = e.ID
			if c := e.Certificate; c.ValidOn(day) {
				rows = append(rows, snapshot.Row{Key: c.Number, Show: public.Officer{Name: e.Name, Unit: e.UnitName,
					Certificate: c.Number, Class: c.Class, Area: c.Area, ValidUntil: c.ValidTill.String()}})
			}
		}
		if len(list) < 200 {
			return rows, nil
		}
	}
}

// ruleRows are the texts of the agency's own rules in all their versions: whoever is judged by one may read the one that was in
// force (行政处罚法第三十九条; 国办发〔2018〕118号（四）).
func (h *House) ruleRows(tx *db.Tx) ([]snapshot.Row, error) {
	var rows []snapshot.Row
	for _, d := range h.Pack.Deliverables() {
		if !d.Kept {
			continue
		}
		list, err := rulebook.Versions(tx, h.Agency.Code, d.Code)
		if err != nil {
			return nil, fmt.Errorf("house: rules: %w", err)
		}
		for _, t := range list {
			show := public.Rule{ID: t.ID, Code: t.Code, Title: t.Title, Number: t.Number, Source: t.Source, From: t.From.String(), Until: t.Until.String()}
			for _, task := range h.Pack.Tasks() {
				if task.Code == d.Task {
					show.Duty = task.No
				}
			}
			for _, name := range rulebook.Sections(d) {
				show.Sections = append(show.Sections, public.RuleSection{Title: name, Text: t.Sections[name]})
			}
			rows = append(rows, snapshot.Row{Key: t.ID, Show: show})
		}
	}
	return rows, nil
}

// PublishDuties shows the division table with the lights as they are computed now, because a publisher wants it; each day
// it goes out by itself.
func (h *House) PublishDuties(ctx context.Context, actor access.Actor) error {
	if err := access.Require(actor, access.PublicationPublish, access.Thing{Kind: "publication", Agency: h.Agency.Code}); err != nil {
		return err
	}
	return h.showDuties(ctx, actor)
}

// showDuties measures and publishes; a duty without a computed check stays unmeasured.
func (h *House) showDuties(ctx context.Context, actor access.Actor) error {
	return h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error {
		lights, err := oversight.Board(tx, h.Board())
		if err != nil {
			return fmt.Errorf("house: %w", err)
		}
		_, err = snapshot.Publish(tx, actor.Ledger(access.RolePublisher), h.Agency.Code, public.KindDuty, h.dutyRows(lights))
		return err
	})
}

// Board is what the lights are computed with.
func (h *House) Board() oversight.Desk {
	books := h.Cases.Books()
	return oversight.Desk{Agency: h.Agency.Code, Forms: books.Forms, Law: books.Law, Pack: books.Pack}
}

func (h *House) dutyRows(lights []oversight.Light) []snapshot.Row {
	byDuty := map[int]oversight.Light{}
	for _, l := range lights {
		byDuty[l.Duty] = l
	}
	papers := map[string][]string{}
	for _, d := range h.Pack.Deliverables() {
		papers[d.Task] = append(papers[d.Task], d.Title)
	}
	var rows []snapshot.Row
	for _, t := range h.Pack.Tasks() {
		show := public.Duty{Number: t.No, Category: t.Category, Task: t.Subject, Measure: t.Measure, Requirement: t.Requirement, Owner: t.Owner,
			Papers: papers[t.Code]}
		if l, ok := byDuty[t.No]; ok {
			show.Measured, show.State, show.Value, show.Formula, show.At = true, string(l.State), l.Value, l.Formula, workday.DayOf(l.At).String()
			show.Brief, show.Gap = l.Brief(), l.Gap
			for _, part := range l.Parts {
				show.Parts = append(show.Parts, public.DutyPart{What: part.What, Met: part.Met, Of: part.Of, State: string(part.State()), Note: part.Note})
			}
		} else {
			show.Gap = oversight.Absent(t.No)
		}
		rows = append(rows, snapshot.Row{Key: strconv.Itoa(t.No), Show: show})
	}
	return rows
}
