package setting

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Own is where a value comes from, as people are told.
const Own = "本机关设定"

// Above is what the law and the packs say beneath the agency's own values.
type Above struct {
	Overrides []law.ParamOverride
	Adoptions []law.Adoption
	// Pack names the agency's own pack, whose values the desk replaces.
	Pack string
}

// set builds the rules with some values of the agency.
func (a Above) set(own []Setting) (*law.Set, error) { return law.NewSet(a.layer(own), a.Adoptions) }

// Set builds the rules and parameters that the agency is judged by, with what it confirmed.
func (a Above) Set(tx *db.Tx, agency string) (*law.Set, error) {
	list, err := List(tx, agency, KindParam)
	if err != nil {
		return nil, err
	}
	return a.set(confirmed(list))
}

func confirmed(list []Setting) []Setting {
	return slices.DeleteFunc(slices.Clone(list), func(s Setting) bool { return s.State != Confirmed })
}

// layer puts the agency's values over the others: each holds until the next of its code, and ends the value of the agency's own
// pack. Of two for one day the later decision counts.
func (a Above) layer(own []Setting) []law.ParamOverride {
	byCode := map[string][]Setting{}
	for _, s := range own {
		byCode[s.Code] = append(byCode[s.Code], s)
	}
	var list []law.ParamOverride
	for _, o := range a.Overrides {
		if ours := byCode[o.Code]; len(ours) > 0 && a.Pack != "" && strings.HasPrefix(o.Source, a.Pack+"/") {
			first := slices.MinFunc(ours, func(x, y Setting) int { return cmp.Compare(x.From.String(), y.From.String()) }).From
			if !o.From.Before(first) {
				continue
			}
			if o.Until.IsZero() || !o.Until.Before(first) {
				o.Until = first.AddDays(-1)
			}
		}
		list = append(list, o)
	}
	for _, code := range slices.Sorted(maps.Keys(byCode)) {
		list = append(list, terms(byCode[code])...)
	}
	return list
}

func terms(own []Setting) []law.ParamOverride {
	slices.SortFunc(own, func(x, y Setting) int {
		return cmp.Or(cmp.Compare(x.From.String(), y.From.String()), cmp.Compare(y.DecidedAt.UnixNano(), x.DecidedAt.UnixNano()))
	})
	own = slices.CompactFunc(own, func(x, y Setting) bool { return x.From == y.From })
	var list []law.ParamOverride
	for i, s := range own {
		n, err := strconv.ParseInt(s.Value, 10, 64)
		if err != nil {
			continue // none is written that is no number
		}
		o := law.ParamOverride{Code: s.Code, Value: n, From: s.From, Source: Own + "（" + s.Basis + "）"}
		if i+1 < len(own) {
			o.Until = own[i+1].From.AddDays(-1)
		}
		list = append(list, o)
	}
	return list
}

// Settable are the parameters that an agency may set: numbers that the law does not fix.
func Settable() []law.Param {
	var list []law.Param
	for _, p := range law.Params() {
		if p.Tighter != law.Fixed && p.Unit != law.List && !slices.ContainsFunc(list, func(q law.Param) bool { return q.Code == p.Code }) {
			list = append(list, p)
		}
	}
	return list
}

// Propose enters a value that counts once another person has confirmed it. It is judged at once, so that nobody is asked to
// confirm what the law does not allow.
func Propose(tx *db.Tx, actor access.Actor, above Above, s Setting) (Setting, error) {
	if err := access.Require(actor, access.CatalogActive, access.Thing{Kind: "catalog", Agency: actor.Agency}); err != nil {
		return s, err
	}
	s.Agency, s.Kind, s.State, s.Basis, s.Note = actor.Agency, KindParam, Proposed, strings.TrimSpace(s.Basis), strings.TrimSpace(s.Note)
	faults, err := above.faults(tx, s)
	if err != nil {
		return s, err
	}
	if len(faults) > 0 {
		return s, refusal.Invalid{Message: "这个数值不能采用。", Fields: faults}
	}
	return write(tx, actor, s, "setting.proposed")
}

// faults says what is wrong with a value, by field.
func (a Above) faults(tx *db.Tx, s Setting) (map[string]string, error) {
	faults := map[string]string{}
	if n := utf8.RuneCountInString(s.Basis); n == 0 || n > 60 {
		faults["basis"] = "请填写依据文件的文号，最多60个字。没有文件依据的数值不能采用。"
	}
	if utf8.RuneCountInString(s.Note) > 500 {
		faults["note"] = "说明最多500个字。"
	}
	today := workday.DayOf(tx.Now())
	switch {
	case s.From.IsZero():
		faults["from"] = "请填写生效日期。"
	case !s.From.After(today):
		faults["from"] = "生效日期应在今日之后：今天已经办理的，仍按原来的数值。"
	}
	if !slices.ContainsFunc(Settable(), func(p law.Param) bool { return p.Code == s.Code }) {
		faults["code"] = "请选择参数。由法律固定的数值，机关不能另行设定。"
		return faults, nil
	}
	n, err := strconv.ParseInt(s.Value, 10, 64)
	if err != nil || n < 0 {
		faults["value"] = "请填写数值，不能为负数。"
		return faults, nil
	}
	if s.From.IsZero() {
		return faults, nil
	}
	return faults, a.weigh(tx, s, n, faults)
}

// weigh holds the value to the statute and to what stands above the agency.
func (a Above) weigh(tx *db.Tx, s Setting, n int64, faults map[string]string) error {
	beneath := a
	beneath.Overrides = slices.DeleteFunc(slices.Clone(a.Overrides), func(o law.ParamOverride) bool { return a.Pack != "" && strings.HasPrefix(o.Source, a.Pack+"/") })
	base, err := beneath.set(nil)
	if err != nil {
		return err
	}
	p, source, ok := base.Param(s.Code, s.From)
	if !ok {
		faults["from"] = "这一天没有这项规定。"
		return nil
	}
	if looser := n != p.Value && (p.Tighter == law.TighterLower) == (n > p.Value); looser && !p.MayLoosen {
		by := p.Cite.String()
		if source != "" {
			by = source
		}
		faults["value"] = fmt.Sprintf("“%s”只能从严：%s为%s，本机关不得定为%s。", p.Title, by, p.Unit.Length(p.Value), p.Unit.Length(n))
		return nil
	}
	list, err := List(tx, s.Agency, KindParam)
	if err != nil {
		return err
	}
	if _, err := a.set(append(confirmed(list), s)); err != nil {
		faults["value"] = "与其他规定不一致：" + strings.TrimPrefix(err.Error(), "law: build set: ")
	}
	return nil
}

// Decide confirms a proposed value or turns it down; whoever proposed it, or in whose name it was proposed, cannot.
func Decide(tx *db.Tx, actor access.Actor, above Above, id string, agree bool) (Setting, error) {
	s, err := find(tx, actor.Agency, id)
	if err != nil {
		return s, err
	}
	if err := access.Require(actor, access.CatalogConfirm, s.thing(actor)); err != nil {
		return s, err
	}
	if s.State != Proposed {
		return s, refusal.Invalid{Message: "这项设定已经处理过，不能再次确认。"}
	}
	s.State = Refused
	if agree {
		s.State = Confirmed
		faults, err := above.faults(tx, s)
		if err != nil {
			return s, err
		}
		if len(faults) > 0 {
			return s, refusal.Invalid{Message: "这个数值现在不能采用，请不同意后重新提出。" + strings.Join(slices.Sorted(maps.Values(faults)), "")}
		}
	}
	s.DecidedBy, s.DecidedAt = actor.Account, tx.Now()
	if _, err := tx.Exec(`UPDATE agency_setting SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1`, s.ID, s.State, s.DecidedBy, db.Text(s.DecidedAt)); err != nil {
		return s, fmt.Errorf("setting: decide: %w", err)
	}
	return s, record(tx, actor, s, "setting."+s.State)
}

// thing is the setting as the policies see it for a person.
func (s Setting) thing(actor access.Actor) access.Thing {
	t := access.Thing{Kind: "setting", ID: s.ID, Agency: s.Agency}
	if mine := actor.Identities(); slices.Contains(mine, s.ProposedBy) || s.ProposedFor != "" && slices.Contains(mine, s.ProposedFor) {
		t.Relations = append(t.Relations, access.RelRequester)
	}
	return t
}

// MayDecide tells whether a person may give the second signature.
func (s Setting) MayDecide(actor access.Actor) bool {
	d := access.Can(actor, access.CatalogConfirm, s.thing(actor))
	return s.State == Proposed && (d.Allowed || d.NeedStepUp)
}
