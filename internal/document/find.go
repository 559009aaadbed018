package document

import (
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// ByNumber finds the finished document of an agency that bears a 文号, as people type it: brackets and width do not
// matter, because the number was made by the program and is compared as it is printed.
func ByNumber(tx *db.Tx, agency, number string) (Document, error) {
	number = strings.NewReplacer("[", "〔", "]", "〕", "（", "〔", "）", "〕", "(", "〔", ")", "〕", "【", "〔", "】", "〕", " ", "", "　", "").Replace(number)
	if number == "" {
		return Document{}, refusal.Field("number", "请填写文书的文号。")
	}
	list, err := read(tx, `SELECT `+columns+` FROM document d WHERE d.agency = $1 AND d.number = $2 ORDER BY d.id DESC LIMIT 1`, agency, number)
	if err != nil {
		return Document{}, err
	}
	if len(list) == 0 {
		return Document{}, refusal.Field("number", "没有找到文号为“"+number+"”的文书，请核对文号。")
	}
	return list[0], nil
}
