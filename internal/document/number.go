package document

import (
	"database/sql"
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Allot takes the next number of a kind's series for a document: gap-free per 代字 and year, because it is taken in the
// transaction that writes the document.
func Allot(tx *db.Tx, rules *pack.Pack, agency, kind string, day workday.Day, document string) (string, error) {
	numbering, ok := rules.Numbering(kind, day)
	if !ok {
		return "", refusal.Field("number", "专案包没有规定《"+kind+"》的文号代字，请管理员补充后再定稿。")
	}
	serial, err := next(tx, agency, numbering.Template, day.Year())
	if err != nil {
		return "", fmt.Errorf("document: number of %s: %w", kind, err)
	}
	number, err := zh.NewNumber(numbering.Template, day.Year(), serial)
	if err != nil {
		return "", fmt.Errorf("document: number of %s: %w", kind, err)
	}
	if _, err := tx.Exec(`INSERT INTO number_used (agency, prefix, year, serial, document, void, at) VALUES ($1, $2, $3, $4, $5, '', $6)`,
		agency, numbering.Template, day.Year(), serial, document, db.Text(tx.Now())); err != nil {
		return "", fmt.Errorf("document: number of %s: %w", kind, err)
	}
	return number.String(), nil
}

func next(tx *db.Tx, agency, prefix string, year int) (int, error) {
	var serial int
	err := tx.Row(`UPDATE number_series SET last = last + 1 WHERE agency = $1 AND prefix = $2 AND year = $3 RETURNING last`, agency, prefix, year).Scan(&serial)
	if db.IsMissing(err) {
		serial = 1
		_, err = tx.Exec(`INSERT INTO number_series (agency, prefix, year, last) VALUES ($1, $2, $3, 1)`, agency, prefix, year)
	}
	return serial, err
}

// StartAfter sets the last number that was given on paper, for an agency that begins in the middle of a year. It is
// possible only before the program has given the first number of that series and year.
func StartAfter(tx *db.Tx, agency, prefix string, year, last int) error {
	if last < 0 || last > 999999 {
		return refusal.Field("last", "已用的最后一个序号应在0到999999之间。")
	}
	_, err := tx.Exec(`INSERT INTO number_series (agency, prefix, year, last) VALUES ($1, $2, $3, $4)`, agency, prefix, year, last)
	if _, gated := db.Gate(err); gated || db.IsDuplicate(err) {
		return refusal.Field("last", "本年度该代字已经由系统编号，不能再设置起始序号。")
	}
	if err != nil {
		return fmt.Errorf("document: start numbers of %s: %w", prefix, err)
	}
	return nil
}

// Void gives up a number that was taken on paper outside the program: the serial is recorded with its reason and is
// never given again.
func Void(tx *db.Tx, agency, prefix string, year int, reason string) (string, error) {
	if reason == "" {
		return "", refusal.Field("reason", "请写明该文号作废的原因。")
	}
	serial, err := next(tx, agency, prefix, year)
	if err != nil {
		return "", fmt.Errorf("document: void a number of %s: %w", prefix, err)
	}
	number, err := zh.NewNumber(prefix, year, serial)
	if err != nil {
		return "", refusal.Field("prefix", err.Error())
	}
	if _, err := tx.Exec(`INSERT INTO number_used (agency, prefix, year, serial, document, void, at) VALUES ($1, $2, $3, $4, '', $5, $6)`,
		agency, prefix, year, serial, reason, db.Text(tx.Now())); err != nil {
		return "", fmt.Errorf("document: void %s: %w", number, err)
	}
	return number.String(), nil
}

// Used is one number of a series, for the register of numbers.
type Used struct {
	Prefix       string
	Year, Serial int
	Document     string
	Void, At     string
}

// Numbers lists the numbers of an agency's series and year after a serial.
func Numbers(tx *db.Tx, agency, prefix string, year, after, limit int) ([]Used, error) {
	var list []Used
	err := tx.Each(`SELECT prefix, year, serial, document, void, at FROM number_used WHERE agency = $1 AND prefix = $2 AND year = $3 AND serial > $4
		ORDER BY serial LIMIT $5`, []any{agency, prefix, year, after, limit}, func(rows *sql.Rows) error {
		var u Used
		if err := rows.Scan(&u.Prefix, &u.Year, &u.Serial, &u.Document, &u.Void, &u.At); err != nil {
			return err
		}
		list = append(list, u)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("document: numbers: %w", err)
	}
	return list, nil
}
