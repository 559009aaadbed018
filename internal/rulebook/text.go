package rulebook

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Text is one version of a text.
type Text struct {
	ID, Agency string
	Code       string // of the deliverable in the pack
	Title      string
	Number     string // 文号
	Source     string // one of Sources
	From       workday.Day
	Until      workday.Day       // zero while it is in force
	Sections   map[string]string // what it lays down, by the fields of the deliverable
	Recorded   string
	RecordedBy string // account
}

// The sources of a text. Some the province unifies, and an agency uses what the province gave out (duties 14 to 17).
const (
	Own        = "本机关制定"
	Provincial = "省级统一"
	Ministry   = "国务院部门统一"
)

// Sources lists them.
func Sources() []string { return []string{Own, Provincial, Ministry} }

// whole is the one section of a text of which the pack names no parts.
const whole = "正文"

// Sections are what a text must lay down.
func Sections(d pack.Deliverable) []string {
	if len(d.Fields) == 0 {
		return []string{whole}
	}
	return slices.Clone(d.Fields)
}

// FieldOf is how a form calls the n-th section.
func FieldOf(n int) string { return "section-" + strconv.Itoa(n) }

// sectionLimit bounds one section; a regime of fifty pages has less.
const sectionLimit = 20000

// Adopt enters a new version of a text and ends the one before it on the day before. A text that leaves out what the duty asks
// it to lay down is refused.
func Adopt(tx *db.Tx, actor access.Actor, d pack.Deliverable, t Text) (Text, error) {
	if err := access.Require(actor, access.RulebookManage, access.Thing{Kind: "rule", Agency: actor.Agency}); err != nil {
		return Text{}, err
	}
	if !d.Kept {
		return Text{}, refusal.NotFound{What: "这种制度文本"}
	}
	t.Agency, t.Code, t.Title, t.Number = actor.Agency, d.Code, d.Title, strings.TrimSpace(t.Number)
	before, found, err := InForce(tx, t.Agency, d.Code, workday.Day{})
	if err != nil {
		return Text{}, err
	}
	faults := t.faults(d)
	if found && !t.From.IsZero() && !t.From.After(before.From) {
		faults["from"] = "施行日期应晚于现行文本的施行日期" + before.From.String() + "。"
	}
	if len(faults) > 0 {
		return Text{}, refusal.Invalid{Message: "《" + d.Title + "》的内容不完整，不能登记。", Fields: faults}
	}
	return t.write(tx, actor, before, found)
}

// faults judges a version by what the duty asks of the text.
func (t *Text) faults(d pack.Deliverable) map[string]string {
	faults := map[string]string{}
	for i, name := range Sections(d) {
		text := strings.TrimSpace(t.Sections[name])
		switch {
		case text == "":
			faults[FieldOf(i)] = "请填写“" + name + "”：" + d.Source + "要求明确这项内容。"
		case utf8.RuneCountInString(text) > sectionLimit:
			faults[FieldOf(i)] = fmt.Sprintf("“%s”最多%d个字。", name, sectionLimit)
		}
	}
	if n := utf8.RuneCountInString(t.Number); n == 0 || n > 60 {
		faults["number"] = "请填写文号，最多60个字。"
	}
	if !slices.Contains(Sources(), t.Source) {
		faults["source"] = "来源应为" + strings.Join(Sources(), "、") + "之一。"
	}
	if t.From.IsZero() {
		faults["from"] = "请填写施行日期。"
	}
	return faults
}

func (t Text) write(tx *db.Tx, actor access.Actor, before Text, found bool) (Text, error) {
	if found {
		if _, err := tx.Exec(`UPDATE rule_text SET until_on = $2 WHERE id = $1`, before.ID, t.From.AddDays(-1).String()); err != nil {
			return Text{}, fmt.Errorf("rulebook: adopt: %w", err)
		}
	}
	body, err := json.Marshal(t.Sections)
	if err != nil {
		return Text{}, fmt.Errorf("rulebook: adopt: %w", err)
	}
	t.ID, t.Recorded, t.RecordedBy = tx.NewID(), db.Text(tx.Now()), actor.Account
	if _, err := tx.Exec(`INSERT INTO rule_text (id, agency, code, title, number, source, from_on, until_on, body, recorded, recorded_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, $10)`, t.ID, t.Agency, t.Code, t.Title, t.Number, t.Source, t.From.String(), string(body), t.Recorded, t.RecordedBy); err != nil {
		return Text{}, fmt.Errorf("rulebook: adopt: %w", err)
	}
	role := access.RoleAdministrator
	if actor.Has(access.RoleReviewer) {
		role = access.RoleReviewer
	}
	_, err = ledger.Append(tx, ledger.Event{Agency: t.Agency, Kind: "rule.adopted", SubjectKind: "rule", Subject: t.ID, Actor: actor.Ledger(role),
		Ref:     map[string]string{"code": t.Code, "number": t.Number, "source": t.Source, "from": t.From.String(), "replaces": before.ID},
		Payload: map[string]any{"title": t.Title, "sections": t.Sections}})
	if err != nil {
		return Text{}, fmt.Errorf("rulebook: adopt: %w", err)
	}
	return t, nil
}

const columns = `id, agency, code, title, number, source, from_on, until_on, body, recorded, recorded_by`

func scan(row interface{ Scan(...any) error }) (Text, error) {
	var t Text
	var body string
	err := row.Scan(&t.ID, &t.Agency, &t.Code, &t.Title, &t.Number, &t.Source, &t.From, &t.Until, &body, &t.Recorded, &t.RecordedBy)
	if err == nil {
		err = json.Unmarshal([]byte(body), &t.Sections)
	}
	return t, err
}

// InForce is the version of a text that counts on a day; on the zero day the newest one, whatever its day.
func InForce(tx *db.Tx, agency, code string, day workday.Day) (Text, bool, error) {
	t, err := scan(tx.Row(`SELECT `+columns+` FROM rule_text WHERE agency = $1 AND code = $2 AND ($3 = '' OR (from_on <= $3 AND (until_on = '' OR until_on >= $3)))
		ORDER BY from_on DESC LIMIT 1`, agency, code, day.String()))
	if db.IsMissing(err) {
		return Text{}, false, nil
	}
	if err != nil {
		return Text{}, false, fmt.Errorf("rulebook: in force: %w", err)
	}
	return t, true, nil
}

// Find reads one version.
func Find(tx *db.Tx, agency, id string) (Text, error) {
	t, err := scan(tx.Row(`SELECT `+columns+` FROM rule_text WHERE agency = $1 AND id = $2`, agency, id))
	if db.IsMissing(err) {
		return t, refusal.NotFound{What: "制度文本"}
	}
	if err != nil {
		return t, fmt.Errorf("rulebook: text: %w", err)
	}
	return t, nil
}

// versionLimit is more than any text has versions.
const versionLimit = 200

// Versions lists the versions of a text, the newest first.
func Versions(tx *db.Tx, agency, code string) ([]Text, error) {
	var list []Text
	err := tx.Each(`SELECT `+columns+` FROM rule_text WHERE agency = $1 AND code = $2 ORDER BY from_on DESC LIMIT $3`, []any{agency, code, versionLimit}, func(rows *sql.Rows) error {
		t, err := scan(rows)
		list = append(list, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("rulebook: versions: %w", err)
	}
	return list, nil
}

// Lacks lists what the duty asks a text to lay down and it does not.
func (t Text) Lacks(d pack.Deliverable) []string {
	var list []string
	for _, name := range Sections(d) {
		if strings.TrimSpace(t.Sections[name]) == "" {
			list = append(list, name)
		}
	}
	return list
}
