package message

import (
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/ledger/quorum"
	"mingjing/internal/workday"
)

// alarms tell administrators and auditors that the agency's logs are without the signatures of outsiders for too long, that a
// witness holds another history than ours, or that no time stamp is to be had.
func alarms(tx *db.Tx, actor access.Actor) ([]Message, error) {
	if !actor.Has(access.RoleAdministrator) && !actor.Has(access.RoleAuditor) {
		return nil, nil
	}
	var out []Message
	for _, log := range []struct{ id, name string }{{journal.Log(actor.Agency), "公示日志"}, {actor.Agency, "全过程记录"}} {
		w, err := quorum.Of(tx, log.id, 0)
		if err != nil {
			return nil, err
		}
		day := workday.DayOf(w.Since)
		for _, t := range w.Troubles {
			out = append(out, Message{Key: "witness/" + log.id + "/" + t.Witness + "/" + db.Text(t.At), Sort: Alarm, Title: "红色警示：" + log.name + "与外部见证不一致",
				Text: t.Witness + "：" + t.Said, Kind: "log", Thing: log.id, Due: workday.DayOf(t.At)})
		}
		if level := w.Level(); level != "" && w.State == quorum.Unwitnessed {
			m := Message{Key: "witness/" + log.id + "/" + level + "/" + db.Text(w.Since), Sort: Alarm, Title: log.name + "未达到见证门槛", Kind: "log", Thing: log.id, Due: day,
				Text: "已有" + strconv.Itoa(w.Have) + "家签名，至少须" + strconv.Itoa(w.Need) + "家，已等待" + quorum.Ago(w.Age) + "；办案和公示不受影响，请检查见证方和网络。"}
			if level == "red" {
				m.Title = "红色警示：" + m.Title
			}
			out = append(out, m)
		}
		since, overdue, err := quorum.StampOverdue(tx, log.id)
		if err != nil {
			return nil, err
		}
		if overdue {
			out = append(out, Message{Key: "stamp/" + log.id + "/" + db.Text(since), Sort: Alarm, Title: log.name + "没有取得时间戳", Kind: "log", Thing: log.id, Due: workday.DayOf(since),
				Text: "最近一次时间戳距今" + quorum.Ago(tx.Now().Sub(since)) + "，请检查时间戳服务。"})
		}
	}
	return out, nil
}
