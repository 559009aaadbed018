package message

import (
	"strconv"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/recheck"
	"mingjing/internal/workday"
)

// silent is how long no re-check may have been finished before that is told of: it is made every night.
const silent = 72 * time.Hour

// Rechecked is what the last re-check found, for those who answer for the record: a decision without its review, or a row that
// was changed past the program, waits for them before anything else (行政处罚法第五十八条).
func Rechecked(tx *db.Tx, actor access.Actor) ([]Message, error) {
	if !actor.Has(access.RoleAuditor) && !actor.Has(access.RoleSupervisor) && !actor.Has(access.RoleAdministrator) {
		return nil, nil
	}
	last, made, err := recheck.Last(tx, recheck.Done, recheck.Failed)
	if err != nil || !made {
		return nil, err
	}
	m := Message{Key: "recheck/" + last.ID, Sort: Unsound, Kind: "recheck", Thing: last.ID, Due: workday.DayOf(last.Ended), Text: "复算时间" + last.Ended.In(workday.Shanghai()).Format("2006-01-02 15:04")}
	switch {
	case last.State == recheck.Failed:
		m.Title, m.Key = "夜间复算没有完成", m.Key+"/failed"
	case !last.Report.Sound():
		m.Title = "复算发现" + strconv.FormatInt(last.Report.Total, 10) + "处不符"
		if list := last.Report.Problems; len(list) > 0 {
			m.Text += "；" + list[0].Where + "：" + list[0].What + "（" + list[0].Cite + "）"
		}
	case tx.Now().Sub(last.Ended) > silent:
		m.Title, m.Key = "复算已经停止", m.Key+"/silent"
	default:
		return nil, nil
	}
	return []Message{m}, nil
}
