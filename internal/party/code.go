package party

import (
	"database/sql"
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/zh"
)

// Coded reads what somebody looks for as a 统一社会信用代码 or 组织机构代码, in any width, case and spacing; ok is false where
// it cannot be one. A code whose check does not fit is looked for all the same: a record may have it wrong.
func Coded(text string) (code string, ok bool) {
	code = zh.NormaliseCreditCode(text)
	if len(code) != 18 && len(code) != 9 {
		return "", false
	}
	digits := 0
	for _, r := range code {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r < 'A' || r > 'Z':
			return "", false
		}
	}
	return code, digits > 0
}

// Match is a party that has a code, and its case.
type Match struct{ Case, Party, Kind, Name string }

// Personal tells that what was matched is data of a person: a trader's code names one (个人信息保护法第四条).
func (m Match) Personal() bool { return Party{Kind: m.Kind}.LawKind() == law.Citizen }

// WithCode lists the parties of an agency's cases with a code, the newest case first; the nine characters of a
// 组织机构代码 are found inside a 统一社会信用代码 too (GB 32100-2015).
func WithCode(tx *db.Tx, agency, code string, limit int) ([]Match, error) {
	var list []Match
	err := tx.Each(`SELECT case_id, id, kind, name FROM party WHERE agency = $1 AND (code = $2 OR (length($2) = 9 AND
		(substr(code, 9, 9) = $2 AND length(code) = 18 OR replace(code, '-', '') = $2))) ORDER BY case_id DESC, ordinal LIMIT $3`, []any{agency, code, limit}, func(rows *sql.Rows) error {
		var m Match
		err := rows.Scan(&m.Case, &m.Party, &m.Kind, &m.Name)
		list = append(list, m)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("party: with code: %w", err)
	}
	return list, nil
}
