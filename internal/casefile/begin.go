package casefile

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/form/entry"
	"mingjing/internal/ledger"
	"mingjing/internal/party"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Begin makes a case: by recording a lead (ordinary procedure) or by an inspection on the spot (simple procedure). The
// party is the one that the paper names; further ones are added by AddParties.
func (r *Room) Begin(ctx context.Context, actor access.Actor, procedure string, act Act) (Done, error) {
	var done Done
	err := r.DB.Write(ctx, actor.Agency, func(tx *db.Tx) (err error) {
		done, err = r.BeginIn(tx, actor, procedure, act)
		return err
	})
	return done, err
}

// BeginIn is Begin within a transaction.
func (r *Room) BeginIn(tx *db.Tx, actor access.Actor, procedure string, act Act) (Done, error) {
	if err := mayLead(actor); err != nil {
		return Done{}, err
	}
	machine, paper := book.MachineOf(procedure), "案源登记表"
	act.Step = "record_lead"
	if procedure == book.Simple {
		act.Step, paper = "investigate", "现场检查笔录"
	}
	values := act.Papers[paper]
	today := workday.DayOf(tx.Now())
	found := picture.DayOf(values, "discovered_on")
	if found.IsZero() {
		found = picture.DayOf(values, "received_at")
	}
	if found.IsZero() {
		found = picture.DayOf(values, "begun_at")
	}
	if found.After(today) {
		return Done{}, refusal.Field(paper+"/discovered_on", "发现日期"+found.String()+"晚于今天。")
	}
	f := picture.File{ID: tx.NewID(), Agency: actor.Agency, Title: titleOf(values), Cause: values.Text("cause"), Procedure: procedure, Class: "行政处罚", Unit: actor.Unit,
		Handler: actor.Account, State: machine.Start, FoundOn: found, Created: tx.Now(), Changed: tx.Now()}
	for name, label := range map[string]string{"cause": "案由", "party.name": "姓名或者名称"} {
		if entry.Unprintable(values.Text(name)) {
			return Done{}, refusal.Field(paper+"/"+name, entry.UnprintableMessage(label)+"。")
		}
	}
	if err := insertFile(tx, f); err != nil {
		return Done{}, err
	}
	if details, ok := values.At("party").(map[string]any); ok && len(details) > 0 {
		if _, err := r.addParty(tx, f, 1, details); err != nil {
			return Done{}, err
		}
	} else if procedure == book.Simple {
		return Done{}, refusal.Field(paper+"/party", "请填写当事人。")
	}
	act.Case = f.ID
	return r.TakeIn(tx, actor, act)
}

// titleOf names a case before it is opened: the party and the act.
func titleOf(v form.Values) string {
	name := v.Text("party.name")
	if v.Text("party.kind") == "自然人" {
		name = form.ShortName(name)
	}
	return name + "涉嫌" + strings.TrimPrefix(v.Text("cause"), "涉嫌") + "案"
}

// cleanParty is what is handed in of a party, in the one spelling of each number, or what is wrong with it.
func cleanParty(tx *db.Tx, details map[string]any) (map[string]any, error) {
	text := func(name string) string { s, _ := details[name].(string); return strings.TrimSpace(s) }
	fields := map[string]string{}
	details = maps.Clone(details)
	for name := range details {
		if s, typed := details[name].(string); typed {
			details[name] = strings.TrimSpace(entry.Tidy(s))
		}
	}
	// One code has one spelling, by which the same party is known again in this case and in later ones.
	if code := text("code"); code != "" {
		details["code"] = zh.NormaliseCreditCode(code)
	}
	if id := text("id"); id != "" {
		details["id"] = zh.NormaliseCitizenID(id)
	}
	if text("name") == "" {
		fields["party.name"] = "请填写当事人的姓名或者名称。"
	}
	switch text("kind") {
	case "法人或者其他组织", "个体工商户", "自然人":
	default:
		fields["party.kind"] = "请选择当事人类型。"
	}
	for name, message := range form.CheckParty(details) {
		if fields[name] == "" {
			fields[name] = message
		}
	}
	if id := text("id"); id != "" && fields["party.id"] == "" {
		if _, err := zh.ParseCitizenID(id, workday.DayOf(tx.Now()).Date()); err != nil {
			fields["party.id"] = "身份证号有误：" + err.Error()
		}
	}
	if len(fields) > 0 {
		return nil, refusal.Invalid{Message: "当事人信息不正确。", Fields: fields}
	}
	return details, nil
}

// addParty checks and writes one party.
func (r *Room) addParty(tx *db.Tx, f picture.File, ordinal int, details map[string]any) (party.Party, error) {
	details, err := cleanParty(tx, details)
	if err != nil {
		return party.Party{}, err
	}
	machine := book.MachineOf(f.Procedure)
	if _, err := tx.Exec(`UPDATE case_file SET parties = parties + 1 WHERE id = $1`, f.ID); err != nil {
		return party.Party{}, fmt.Errorf("casefile: add a party: %w", err)
	}
	return party.Add(tx, f.Agency, f.ID, f.Item, ordinal, details, machine.TrackStart)
}

// partyMost bounds a batch case.
const partyMost = 1000

// AddParties adds parties to a case before anybody was told of a penalty. All are added or none.
func (r *Room) AddParties(ctx context.Context, actor access.Actor, caseID string, list []map[string]any) error {
	return r.DB.Write(ctx, actor.Agency, func(tx *db.Tx) error { return r.AddPartiesIn(tx, actor, caseID, list) })
}

// AddPartiesIn is AddParties within a transaction.
func (r *Room) AddPartiesIn(tx *db.Tx, actor access.Actor, caseID string, list []map[string]any) error {
	pic, err := picture.Load(tx, caseID)
	if err != nil {
		return err
	}
	if pic.File.Agency != actor.Agency {
		return refusal.NotFound{What: "案件"}
	}
	if err := access.Require(actor, access.StepHandler, picture.Thing(pic, actor)); err != nil {
		return err
	}
	early := pic.File.State == flow.Lead || pic.File.State == flow.Opened || pic.File.State == flow.Investigating
	if pic.File.Procedure != book.Ordinary || !early {
		return refusal.Field("party", "调查终结之后不能再增加当事人，请另行立案。")
	}
	if len(pic.Parties)+len(list) > partyMost {
		return refusal.Field("party", fmt.Sprintf("一案最多%d名当事人；本案已有%d名，这次要增加%d名。", partyMost, len(pic.Parties), len(list)))
	}
	if len(list) == 0 {
		return refusal.Field("party", "请至少写一名当事人。")
	}
	known, wrong := party.Register(pic.Parties), map[string]string{}
	for i, details := range list {
		p, err := r.addParty(tx, pic.File, len(pic.Parties)+i+1, details)
		if err == nil && known.Has(p) {
			err = refusal.Field("party.name", "“"+p.Name+"”已经是本案当事人，不能重复增加；同名的不同当事人，请都写明统一社会信用代码或者身份证号。")
		}
		if err := faultsOf(err, i+1, wrong); err != nil {
			return err
		}
		if len(wrong) >= faultMost {
			break
		}
		known.Add(p)
		if len(wrong) > 0 {
			continue
		}
		_, err = ledger.Append(tx, ledger.Event{Agency: pic.File.Agency, Kind: "case.party_added", SubjectKind: "case", Subject: caseID,
			Actor: actor.Ledger(access.RoleHandler), Ref: map[string]string{"party": p.ID}, Payload: map[string]any{"title": "增加当事人", "party": p.Name, "actor": actor.Title()}})
		if err != nil {
			return err
		}
	}
	if len(wrong) > 0 {
		return refusal.Invalid{Message: "当事人信息不正确，一名也没有增加。", Fields: wrong}
	}
	return nil
}

// faultMost bounds how many faults of a list are told at once.
const faultMost = 20

// faultsOf gathers what is wrong with one party of a list, by its place in the list; any other error is given back.
func faultsOf(err error, place int, wrong map[string]string) error {
	if err == nil {
		return nil
	}
	var invalid refusal.Invalid
	if !errors.As(err, &invalid) {
		return err
	}
	for name, message := range invalid.Fields {
		wrong[fmt.Sprintf("%04d/%s", place, name)] = fmt.Sprintf("名单第%d名：%s", place, strings.TrimSuffix(message, "。"))
	}
	return nil
}
