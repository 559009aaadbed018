package roster

import (
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Agency is an enforcement body (执法机关) and its place in the tree of agencies.
type Agency struct {
	ID, Name, ShortName string
	CreditCode          string // 统一社会信用代码
	NumberWord          string // 机关代字 of document numbers: 四民
	Level               string // one of Levels
	Parent              string // id of the agency above; "" for none here
	Division            string // 行政区划代码, six digits
	EntrustedBy         string // id of the entrusting agency of an entrusted body (受委托组织); "" otherwise
	Created             time.Time
}

// Levels are the levels of an agency.
func Levels() []string { return []string{"国家级", "省级", "市级", "县级", "乡级"} }

// agencyID is short because it is the name of the agency's ledger and stands in addresses.
var agencyID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,39}$`)

var sixDigits = regexp.MustCompile(`^[0-9]{6}$`)

func (a *Agency) tidy() {
	a.Name, a.ShortName = strings.TrimSpace(a.Name), strings.TrimSpace(a.ShortName)
	a.CreditCode = zh.NormaliseCreditCode(a.CreditCode)
	a.NumberWord = strings.TrimSpace(a.NumberWord)
}

func (a *Agency) check() error {
	f := faults{}
	if !agencyID.MatchString(a.ID) {
		f["id"] = "机关标识为2至40个小写字母、数字、连字符。"
	}
	f.text("name", "机关名称", a.Name, 60, true)
	f.text("short_name", "机关简称", a.ShortName, 30, false)
	f.text("number_word", "机关代字", a.NumberWord, 10, true)
	if strings.ContainsAny(a.NumberWord, "〔〕[]（）() 　") {
		f["number_word"] = "机关代字不含括号和空格，例如“四民”。"
	}
	if _, err := zh.ParseCreditCode(a.CreditCode); err != nil {
		f["credit_code"] = err.Error()
	}
	f.oneOf("level", "机关层级", a.Level, Levels())
	if a.Division != "" && !sixDigits.MatchString(a.Division) {
		f["division"] = "行政区划代码为6位数字。"
	}
	if a.Parent == a.ID || a.EntrustedBy == a.ID {
		f["parent"] = "上级机关、委托机关不能是本机关。"
	}
	return f.err("机关信息有误。")
}

// CreateAgency adds an agency; the id is chosen by whoever sets it up.
func CreateAgency(tx *db.Tx, actor access.Actor, a Agency) (Agency, error) {
	a.tidy()
	if err := a.check(); err != nil {
		return Agency{}, err
	}
	if err := mayChange(actor, a.ID); err != nil {
		return Agency{}, err
	}
	if err := checkAbove(tx, a); err != nil {
		return Agency{}, err
	}
	a.Created = tx.Now()
	added, err := tx.Exec(`INSERT INTO agency (id, name, short_name, credit_code, number_word, level, parent, division, entrusted_by, created)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
		a.ID, a.Name, a.ShortName, a.CreditCode, a.NumberWord, a.Level, a.Parent, a.Division, a.EntrustedBy, db.Text(a.Created))
	if err != nil {
		return Agency{}, fmt.Errorf("roster: create agency: %w", err)
	}
	if added == 0 {
		return Agency{}, refusal.Field("id", "机关标识已被使用。")
	}
	return a, record(tx, actor, entry{a.ID, "agency.created", "agency", a.ID, agencyRef(a), nil})
}

// ChangeAgency rewrites what is known of an agency, all but its id.
func ChangeAgency(tx *db.Tx, actor access.Actor, a Agency) error {
	a.tidy()
	if err := a.check(); err != nil {
		return err
	}
	if err := mayChange(actor, a.ID); err != nil {
		return err
	}
	if err := checkAbove(tx, a); err != nil {
		return err
	}
	n, err := tx.Exec(`UPDATE agency SET name = $2, short_name = $3, credit_code = $4, number_word = $5, level = $6, parent = $7, division = $8,
		entrusted_by = $9 WHERE id = $1`, a.ID, a.Name, a.ShortName, a.CreditCode, a.NumberWord, a.Level, a.Parent, a.Division, a.EntrustedBy)
	if err != nil {
		return fmt.Errorf("roster: change agency: %w", err)
	}
	if n == 0 {
		return refusal.NotFound{What: "机关"}
	}
	return record(tx, actor, entry{a.ID, "agency.changed", "agency", a.ID, agencyRef(a), nil})
}

// agencyRef holds nothing personal: an agency's particulars are public (政府信息公开条例第二十条).
func agencyRef(a Agency) map[string]string {
	return map[string]string{"name": a.Name, "credit_code": a.CreditCode, "number_word": a.NumberWord, "level": a.Level, "parent": a.Parent}
}

// treeDepth is more than any tree of agencies is deep.
const treeDepth = 12

// checkAbove refuses a parent that does not exist or that stands below the agency.
func checkAbove(tx *db.Tx, a Agency) error {
	if a.EntrustedBy != "" {
		if _, err := FindAgency(tx, a.EntrustedBy); err != nil {
			return refusal.Field("entrusted_by", "没有这个委托机关。")
		}
	}
	at := a.Parent
	for range treeDepth {
		if at == "" {
			return nil
		}
		if at == a.ID {
			return refusal.Field("parent", "上级机关不能是本机关或者本机关的下级。")
		}
		above, err := FindAgency(tx, at)
		if err != nil {
			return refusal.Field("parent", "没有这个上级机关。")
		}
		at = above.Parent
	}
	return refusal.Field("parent", "机关层级过多。")
}

const agencyColumns = `id, name, short_name, credit_code, number_word, level, parent, division, entrusted_by, created`

func scanAgency(row interface{ Scan(...any) error }) (Agency, error) {
	var a Agency
	var created string
	err := row.Scan(&a.ID, &a.Name, &a.ShortName, &a.CreditCode, &a.NumberWord, &a.Level, &a.Parent, &a.Division, &a.EntrustedBy, &created)
	if err != nil {
		return a, err
	}
	a.Created, err = db.Time(created)
	return a, err
}

// FindAgency reads one agency.
func FindAgency(tx *db.Tx, id string) (Agency, error) {
	a, err := scanAgency(tx.Row(`SELECT `+agencyColumns+` FROM agency WHERE id = $1`, id))
	if db.IsMissing(err) {
		return a, refusal.NotFound{What: "机关"}
	}
	if err != nil {
		return a, fmt.Errorf("roster: agency: %w", err)
	}
	return a, nil
}

// Agencies lists the agencies by id; parent "" means all of the store.
func Agencies(tx *db.Tx, parent, after string, limit int) ([]Agency, error) {
	var list []Agency
	err := tx.Each(`SELECT `+agencyColumns+` FROM agency WHERE ($1 = '' OR parent = $1) AND id > $2 ORDER BY id LIMIT $3`,
		[]any{parent, after, clampLimit(limit)}, func(rows *sql.Rows) error {
			a, err := scanAgency(rows)
			list = append(list, a)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("roster: agencies: %w", err)
	}
	return list, nil
}

// Unit is a division inside an agency (科室 / 内设机构).
type Unit struct {
	Agency, Code, Name, Kind string
	Review                   bool // acts as 法制审核机构 (duty 20)
}

// Entrusted is the kind of a unit that is an entrusted organisation: it acts in the name of the agency, within the letter of
// entrustment, and what it decides is reviewed by the agency (行政处罚法第二十条, 国办发〔2018〕118号（十一）).
const Entrusted = "受委托组织"

// UnitKinds are the kinds of units.
func UnitKinds() []string {
	return []string{"综合", "业务", "法制机构", "窗口", "直属", Entrusted}
}

var unitCode = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// PutUnit adds a unit or rewrites what is known of it.
func PutUnit(tx *db.Tx, actor access.Actor, u Unit) error {
	f := faults{}
	if !unitCode.MatchString(u.Code) {
		f["code"] = "科室编码为1至40个小写字母、数字、连字符。"
	}
	f.text("name", "科室名称", u.Name, 60, true)
	f.oneOf("kind", "科室类别", u.Kind, UnitKinds())
	if u.Review && u.Kind == Entrusted {
		f["review"] = "受委托组织的重大执法决定由委托机关的法制审核机构审核，受委托组织不能作为法制审核机构（国办发〔2018〕118号（十一））。"
	}
	if err := f.err("科室信息有误。"); err != nil {
		return err
	}
	if err := mayChange(actor, u.Agency); err != nil {
		return err
	}
	if _, err := FindAgency(tx, u.Agency); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO unit (agency, code, name, kind, review) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (agency, code) DO UPDATE SET name = excluded.name, kind = excluded.kind, review = excluded.review`,
		u.Agency, u.Code, u.Name, u.Kind, u.Review); err != nil {
		return fmt.Errorf("roster: put unit: %w", err)
	}
	ref := map[string]string{"unit": u.Code, "name": u.Name, "kind": u.Kind, "review": fmt.Sprint(u.Review)}
	return record(tx, actor, entry{u.Agency, "agency.unit_put", "agency", u.Agency, ref, nil})
}

// unitLimit is more than any agency has units.
const unitLimit = 500

// Units lists the units of an agency by code.
func Units(tx *db.Tx, agency string) ([]Unit, error) {
	var list []Unit
	err := tx.Each(`SELECT agency, code, name, kind, review FROM unit WHERE agency = $1 ORDER BY code LIMIT $2`, []any{agency, unitLimit}, func(rows *sql.Rows) error {
		var u Unit
		err := rows.Scan(&u.Agency, &u.Code, &u.Name, &u.Kind, &u.Review)
		list = append(list, u)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("roster: units: %w", err)
	}
	return list, nil
}

// IsEntrusted tells whether a unit is an entrusted organisation.
func IsEntrusted(tx *db.Tx, agency, code string) (bool, error) {
	var n int64
	if err := tx.Row(`SELECT count(*) FROM unit WHERE agency = $1 AND code = $2 AND kind = $3`, agency, code, Entrusted).Scan(&n); err != nil {
		return false, fmt.Errorf("roster: unit: %w", err)
	}
	return n > 0, nil
}

// hasUnit tells whether the agency has the unit.
func hasUnit(tx *db.Tx, agency, code string) (bool, error) {
	var n int64
	if err := tx.Row(`SELECT count(*) FROM unit WHERE agency = $1 AND code = $2`, agency, code).Scan(&n); err != nil {
		return false, fmt.Errorf("roster: unit: %w", err)
	}
	return n > 0, nil
}

// today is the legal day of the command.
func today(tx *db.Tx) workday.Day { return workday.DayOf(tx.Now()) }
