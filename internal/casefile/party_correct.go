package casefile

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile/draft"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/party"
	"mingjing/internal/refusal"
)

// partyFacts are what may be put right of a party, with their names on the page. Its kind is not among them: another kind is
// another party.
var partyFacts = [][2]string{{"name", "姓名或者名称"}, {"code", "统一社会信用代码"}, {"id", "身份证号"}, {"address", "住所（住址）"},
	{"legal_rep", "法定代表人（负责人）"}, {"gender", "性别"}, {"birth", "出生日期"}, {"phone", "联系电话"}}

// PartyFacts lists what may be put right of a party.
func PartyFacts() [][2]string { return slices.Clone(partyFacts) }

// CorrectParty puts right what was taken down of a party, with the reason, as long as nothing was decided against it; what stood
// before stays in the record. Only the facts that are handed in change. Papers that are still being written name the party
// as it is now; where that changes the text of a decision its review is void (行政处罚法第五十八条). A finished paper is put
// right by a 更正通知书.
func (r *Room) CorrectParty(ctx context.Context, actor access.Actor, caseID, partyID string, facts map[string]string, reason string) error {
	return Gated(r.DB.Write(ctx, actor.Agency, func(tx *db.Tx) error { return r.correctParty(tx, actor, caseID, partyID, facts, reason) }))
}

func (r *Room) correctParty(tx *db.Tx, actor access.Actor, caseID, partyID string, facts map[string]string, reason string) error {
	pic, err := picture.Load(tx, caseID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(pic.Parties, func(p party.Party) bool { return p.ID == partyID })
	if pic.File.Agency != actor.Agency || at < 0 {
		return refusal.NotFound{What: "当事人"}
	}
	if err := access.Require(actor, access.StepHandler, picture.Thing(pic, actor)); err != nil {
		return err
	}
	if err := mayCorrect(pic, pic.Parties[at]); err != nil {
		return err
	}
	old := pic.Parties[at]
	details, changed := corrected(old.Details, facts)
	switch {
	case strings.TrimSpace(reason) == "":
		return refusal.Field("reason", "请写明更正的原因和依据。")
	case len(changed) == 0:
		return refusal.Field("name", "填写的内容与登记的相同，没有需要更正的。")
	}
	if details, err = cleanParty(tx, details); err != nil {
		return err
	}
	before := draft.SameTexts(r.Books(), pic)
	now, err := party.Correct(tx, old, details)
	if err != nil {
		return err
	}
	if party.Register(slices.Delete(slices.Clone(pic.Parties), at, at+1)).Has(now) {
		return refusal.Field("name", "“"+now.Name+"”已经是本案当事人。")
	}
	if err := r.renameIn(tx, pic, actor, old, now); err != nil {
		return err
	}
	if err := recordCorrection(tx, pic, actor, old, now, changed, reason); err != nil {
		return err
	}
	after, err := picture.Load(tx, caseID)
	if err != nil {
		return err
	}
	return draft.VoidChanged(tx, r.Books(), after, actor, before)
}

// mayCorrect refuses to touch a party against whom something was decided, and a case in which nothing is left to be done.
func mayCorrect(p *picture.Picture, q party.Party) error {
	_, decided := p.Decided[q.ID]
	if !decided && !p.File.Over() && p.File.State != flow.Closed {
		return nil
	}
	return refusal.Refused{Findings: []law.Finding{{Rule: "PARTY-CORRECT", Title: "作出决定之后不再改动当事人的登记信息", Severity: law.Block,
		Message: "对" + q.Name + "已经作出决定，或者案件已经办结，登记的当事人信息不再改动。", Advice: "决定书写错的，请制作《更正通知书》并送达当事人。"}}}
}

// corrected is what is known of the party with the new facts, and which of them differ.
func corrected(details map[string]any, facts map[string]string) (map[string]any, []string) {
	now := maps.Clone(details)
	var changed []string
	for _, fact := range partyFacts {
		value, handed := facts[fact[0]]
		was, _ := details[fact[0]].(string)
		if value = strings.TrimSpace(value); handed && value != "" && value != was {
			now[fact[0]] = value
			changed = append(changed, fact[0])
		}
	}
	return now, changed
}

// renameIn puts the party as it is now into the title of the case and into the papers that are still being written.
func (r *Room) renameIn(tx *db.Tx, pic *picture.Picture, actor access.Actor, old, now party.Party) error {
	if title := strings.Replace(pic.File.Title, old.PublicName(), now.PublicName(), 1); old.Ordinal == 1 && title != pic.File.Title {
		pic.File.Title = title
		if err := saveFile(tx, pic.File); err != nil {
			return err
		}
	}
	for _, d := range pic.Drafts {
		k, known := r.Books().Forms.Kind(d.Kind)
		if !known || d.Party != now.ID && (d.Party != "" || len(pic.Parties) > 1) {
			continue
		}
		values := maps.Clone(d.Values)
		for _, f := range k.Fields {
			named, _ := values[f.Name].(map[string]any)
			if f.Type == "party" && named["name"] == old.Details["name"] {
				values[f.Name] = renamed(named, old.Details, now.Details)
			}
		}
		if reflect.DeepEqual(values, d.Values) {
			continue
		}
		base := d.Base()
		d.Values, d.Raw, d.Editor, d.EditorName = values, nil, actor.Account, actor.Name
		if _, err := document.Save(tx, k, d, base); err != nil {
			return err
		}
	}
	return nil
}

// renamed is the party as a paper names it, with what was put right; what somebody wrote into the paper himself stays.
func renamed(named, old, now map[string]any) map[string]any {
	out := maps.Clone(named)
	for name, value := range now {
		if was, written := named[name]; !written || was == old[name] || was == "" {
			out[name] = value
		}
	}
	return out
}

// recordCorrection keeps what stood there before, what stands there now and why; the leaf says which facts.
func recordCorrection(tx *db.Tx, pic *picture.Picture, actor access.Actor, old, now party.Party, changed []string, reason string) error {
	was, is, titles := map[string]any{}, map[string]any{}, []string{}
	for _, fact := range partyFacts {
		if slices.Contains(changed, fact[0]) {
			was[fact[0]], is[fact[0]], titles = old.Details[fact[0]], now.Details[fact[0]], append(titles, fact[1])
		}
	}
	_, err := ledger.Append(tx, ledger.Event{Agency: pic.File.Agency, Kind: "case.party_corrected", SubjectKind: "case", Subject: pic.File.ID,
		Actor: actor.Ledger(access.RoleHandler), Ref: map[string]string{"party": old.ID, "facts": strings.Join(changed, " ")},
		Payload: map[string]any{"title": "更正当事人信息", "party": now.Name, "actor": actor.Title(), "old": was, "new": is, "reason": reason,
			"text": "更正" + strings.Join(titles, "、") + "。原因：" + reason}})
	return err
}
