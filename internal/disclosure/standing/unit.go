package standing

import (
	"fmt"

	"mingjing/internal/db"
)

// central is the kind of a unit that acts for the whole agency, such as its office (roster.UnitKinds).
const central = "综合"

// Outside tells that a publication is of another unit than the one that a person is in, and that this one does not publish for the
// whole agency: the duties of publishing are given to each unit for its own (工作责任分工表第2、10、11项: 各科室). Who is in no unit, and what
// is of none, are outside of nothing.
func Outside(tx *db.Tx, agency, own, unit string) (bool, error) {
	if own == "" || unit == "" || own == unit {
		return false, nil
	}
	var kind string
	err := tx.Row(`SELECT kind FROM unit WHERE agency = $1 AND code = $2`, agency, own).Scan(&kind)
	if db.IsMissing(err) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("standing: outside: %w", err)
	}
	return kind != central, nil
}
