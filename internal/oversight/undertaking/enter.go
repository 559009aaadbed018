package undertaking

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// lateAfter is how many days after it happened an act may be entered without a reason (DECISIONS 5).
const lateAfter = 3

// Enter writes down one undertaking of a kind. What the kind asks to be written down must be there, the day must have come, and
// the leading group is chaired by a head of the agency (duty 28: 主要负责人是第一责任人).
func Enter(tx *db.Tx, actor access.Actor, p *pack.Pack, u Undertaking) (Undertaking, error) {
	if err := may(actor); err != nil {
		return Undertaking{}, err
	}
	today := workday.DayOf(tx.Now())
	kind, ok := KindOf(p, u.Kind, today)
	if !ok {
		return Undertaking{}, refusal.NotFound{What: "这种落实事项"}
	}
	u.Agency, u.Task, u.Late = actor.Agency, kind.Task, strings.TrimSpace(u.Late)
	f := faults{}
	u.Values = f.values(kind.Fields, u.Values)
	f.days(kind, u, today)
	if err := f.officers(tx, kind, u, today); err != nil {
		return Undertaking{}, err
	}
	if len(f) > 0 {
		return Undertaking{}, refusal.Invalid{Message: kind.Title + "没有登记，请核对后重新提交。", Fields: f}
	}
	if err := headed(tx, p, kind, u); err != nil {
		return Undertaking{}, err
	}
	return u.write(tx, actor, kind)
}

func may(actor access.Actor) error {
	return access.Require(actor, access.UndertakingKeep, access.Thing{Kind: "undertaking", Agency: actor.Agency})
}

// KindOf finds a kind in force on the day.
func KindOf(p *pack.Pack, code string, day workday.Day) (pack.Undertaking, bool) {
	list := p.Undertakings(day)
	i := slices.IndexFunc(list, func(k pack.Undertaking) bool { return k.Code == code })
	if i < 0 {
		return pack.Undertaking{}, false
	}
	return list[i], true
}

// faults gathers what is wrong with what was typed, in Chinese.
type faults map[string]string

const (
	lineLimit = 200
	textLimit = 5000
)

// values judges what was typed against the fields of the kind; what the kind does not ask for is dropped.
func (f faults) values(fields []pack.UndertakingField, typed map[string]string) map[string]string {
	out := map[string]string{}
	for _, field := range fields {
		text := strings.TrimSpace(typed[field.Name])
		if text == "" {
			if !field.Optional {
				f[field.Name] = "请填写" + field.Label + "。"
			}
			continue
		}
		if message := fits(field, text); message != "" {
			f[field.Name] = message
		}
		out[field.Name] = text
	}
	return out
}

func fits(field pack.UndertakingField, text string) string {
	longest := lineLimit
	if field.Type == pack.FieldText {
		longest = textLimit
	}
	odd := func(r rune) bool {
		return unicode.IsControl(r) && (field.Type != pack.FieldText || r != '\n' && r != '\r')
	}
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case utf8.RuneCountInString(text) > longest:
		return fmt.Sprintf("%s最多%d个字。", field.Label, longest)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, odd):
		return field.Label + "含有不能使用的字符。"
	case field.Type == pack.FieldNumber && (err != nil || n <= 0):
		return field.Label + "应为大于零的整数。"
	case field.Type == pack.FieldChoice && !slices.Contains(field.Options, text):
		return field.Label + "应为" + strings.Join(field.Options, "、") + "之一。"
	}
	return ""
}

func (f faults) days(kind pack.Undertaking, u Undertaking, today workday.Day) {
	f.happened(u.On, u.Late, today)
	switch {
	case kind.Due == "" && !u.Due.IsZero():
		f["due"] = "“" + kind.Title + "”没有期限。"
	case kind.Due != "" && u.Due.IsZero():
		f["due"] = "请填写" + kind.Due + "。"
	case kind.Due != "" && u.Due.Before(u.On):
		f["due"] = kind.Due + "不得早于发生的日期。"
	}
}

// happened judges the day of an act: it has come, and one that is entered late says why.
func (f faults) happened(on workday.Day, late string, today workday.Day) {
	switch {
	case on.IsZero():
		f["on"] = "请填写日期。"
	case on.After(today):
		f["on"] = "日期晚于今天：还没有发生的事情不能登记。"
	case on.Before(today.AddDays(-lateAfter)) && late == "":
		f["late"] = fmt.Sprintf("事情发生%d日以后登记的，请填写补录的理由。", lateAfter)
	case utf8.RuneCountInString(late) > lineLimit:
		f["late"] = fmt.Sprintf("补录的理由最多%d个字。", lineLimit)
	}
}

// officers judges who took part: officers of the agency who were in post that day, each once.
func (f faults) officers(tx *db.Tx, kind pack.Undertaking, u Undertaking, today workday.Day) error {
	switch {
	case kind.Attended == "" && len(u.Officers) > 0:
		f["officers"] = "“" + kind.Title + "”不登记参加人员。"
	case kind.Attended != "" && len(u.Officers) == 0:
		f["officers"] = "请选择" + kind.Attended + "。"
	}
	seen := map[string]bool{}
	for _, id := range u.Officers {
		o, err := roster.FindOfficer(tx, id)
		on := u.On
		if on.IsZero() {
			on = today
		}
		if err != nil || o.Agency != u.Agency || seen[id] || on.Before(o.From) || !o.Until.IsZero() && on.After(o.Until) {
			f["officers"] = kind.Attended + "应为当日在岗的本机关人员，每人一次。"
			return nil
		}
		seen[id] = true
	}
	return nil
}

// headed refuses a leading group, or a meeting of it, that no head of the agency chairs.
func headed(tx *db.Tx, p *pack.Pack, kind pack.Undertaking, u Undertaking) error {
	for _, field := range kind.Fields {
		if field.Type != pack.FieldHead {
			continue
		}
		heads, err := Heads(tx, u.Agency)
		if err != nil {
			return err
		}
		if slices.Contains(heads, u.Values[field.Name]) {
			continue
		}
		table, _ := p.Table()
		task := taskOf(p, kind.Task)
		return refusal.Refused{Findings: []law.Finding{{Rule: "SX-31", Title: "机关负责人任组长", Severity: law.Block, Tasks: []int{task.No},
			Message: field.Label + "“" + u.Values[field.Name] + "”不是本机关负责人。", Cite: law.Cite{Statute: "《" + table.Title + "》", Article: "第" + strconv.Itoa(task.No) + "项"},
			Advice: "主要负责人是第一责任人：请由本机关负责人担任，或者先在账号中授予机关负责人角色。"}}}
	}
	return nil
}

func taskOf(p *pack.Pack, code string) pack.Task {
	for _, t := range p.Tasks() {
		if t.Code == code {
			return t
		}
	}
	return pack.Task{}
}

// Heads are the names of those who lead the agency.
func Heads(tx *db.Tx, agency string) ([]string, error) {
	list, err := access.List(tx, agency, access.Filter{Role: access.RoleApprover, State: access.StateActive}, "", pageLimit)
	if err != nil {
		return nil, fmt.Errorf("undertaking: heads: %w", err)
	}
	names := make([]string, len(list))
	for i, a := range list {
		names[i] = a.Name
	}
	return names, nil
}

// titleOf is how a list calls it: the kind, and the first thing written down.
func titleOf(kind pack.Undertaking, values map[string]string) string {
	title := kind.Title
	if first := []rune(values[kind.Fields[0].Name]); len(first) > 0 {
		title += "：" + string(first[:min(len(first), 40)])
	}
	return title
}

func (u Undertaking) write(tx *db.Tx, actor access.Actor, kind pack.Undertaking) (Undertaking, error) {
	body, err := json.Marshal(u.Values)
	if err != nil {
		return Undertaking{}, fmt.Errorf("undertaking: enter: %w", err)
	}
	u.ID, u.Title, u.Recorded, u.RecordedBy = tx.NewID(), titleOf(kind, u.Values), db.Text(tx.Now()), actor.Account
	if _, err := tx.Exec(`INSERT INTO undertaking (id, agency, kind, task, title, on_day, due_on, late, body, settled_on, settled_by, outcome, recorded, recorded_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '', $10, $11)`, u.ID, u.Agency, u.Kind, u.Task, u.Title, u.On.String(), u.Due.String(), u.Late, string(body), u.Recorded, u.RecordedBy); err != nil {
		return Undertaking{}, fmt.Errorf("undertaking: enter: %w", err)
	}
	for _, officer := range u.Officers {
		if _, err := tx.Exec(`INSERT INTO undertaking_officer (undertaking, officer, agency) VALUES ($1, $2, $3)`, u.ID, officer, u.Agency); err != nil {
			return Undertaking{}, fmt.Errorf("undertaking: enter: %w", err)
		}
	}
	return u, u.tell(tx, actor, "undertaking.entered", map[string]string{"kind": u.Kind, "task": u.Task, "on": u.On.String(), "due": u.Due.String(), "officers": strconv.Itoa(len(u.Officers))},
		map[string]any{"title": u.Title, "values": u.Values, "officers": u.Officers, "late": u.Late})
}

// tell appends the event of an act; what was written down may name persons and lies in the payload.
func (u Undertaking) tell(tx *db.Tx, actor access.Actor, kind string, ref map[string]string, payload map[string]any) error {
	role := access.RoleSupervisor
	for _, r := range []string{access.RoleApprover, access.RoleUnitHead} {
		if actor.Has(r) {
			role = r
		}
	}
	_, err := ledger.Append(tx, ledger.Event{Agency: u.Agency, Kind: kind, SubjectKind: "undertaking", Subject: u.ID, Actor: actor.Ledger(role), Ref: ref, Payload: payload})
	if err != nil {
		return fmt.Errorf("undertaking: %s: %w", kind, err)
	}
	return nil
}

// Settle ends an undertaking on a day, with its outcome. It is settled once.
func Settle(tx *db.Tx, actor access.Actor, p *pack.Pack, id string, on workday.Day, outcome map[string]string, late string) error {
	if err := may(actor); err != nil {
		return err
	}
	u, err := Find(tx, actor.Agency, id)
	if err != nil {
		return err
	}
	kind, ok := KindOf(p, u.Kind, u.On)
	if !ok || kind.Settle == "" || !u.Open() {
		return refusal.NotFound{What: "等待办结的落实记录"}
	}
	f, today := faults{}, workday.DayOf(tx.Now())
	outcome = f.values(kind.Outcome, outcome)
	if f.happened(on, strings.TrimSpace(late), today); f["on"] == "" && on.Before(u.On) {
		f["on"] = "办结的日期不得早于" + u.On.String() + "。"
	}
	if len(f) > 0 {
		return refusal.Invalid{Message: "没有登记，请核对后重新提交。", Fields: f}
	}
	body, err := json.Marshal(outcome)
	if err != nil {
		return fmt.Errorf("undertaking: settle: %w", err)
	}
	if _, err := tx.Exec(`UPDATE undertaking SET settled_on = $2, settled_by = $3, outcome = $4 WHERE id = $1`, id, on.String(), actor.Account, string(body)); err != nil {
		return fmt.Errorf("undertaking: settle: %w", err)
	}
	return u.tell(tx, actor, "undertaking.settled", map[string]string{"kind": u.Kind, "task": u.Task, "on": on.String(), "due": u.Due.String()},
		map[string]any{"title": u.Title, "outcome": outcome, "late": late})
}
