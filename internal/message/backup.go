package message

import (
	"mingjing/internal/access"
	"mingjing/internal/backup"
	"mingjing/internal/db"
	"mingjing/internal/workday"
)

// backups tell an administrator how the second copy of the record fares (数据安全法第二十七条): a drill that failed, a place that
// cannot be reached, and that there is no second place at all.
func backups(tx *db.Tx, actor access.Actor) ([]Message, error) {
	if !actor.Has(access.RoleAdministrator) {
		return nil, nil
	}
	c, err := backup.Inspect(tx)
	if err != nil {
		return nil, err
	}
	if c.Place == "" {
		return []Message{{Key: "backup/none", Sort: Unguarded, Title: "没有配置备份", Text: "数据只在这一台机器上，损坏后无法恢复。请由运维人员配置备份位置", Kind: "backup"}}, nil
	}
	var out []Message
	if d := c.Drill; d != nil && !d.Sound() {
		out = append(out, Message{Key: "backup/drill/" + d.ID, Sort: Unsafe, Title: "备份恢复演练未通过", Text: d.Fault, Kind: "backup", Thing: d.ID, Due: workday.DayOf(d.At)})
	}
	for _, f := range c.Faults {
		out = append(out, Message{Key: "backup/" + f.Name + "/" + db.Text(f.Since), Sort: Unsafe, Title: faultTitles[f.Name],
			Text: "自" + workday.DayOf(f.Since).String() + "起：" + f.What, Kind: "backup", Thing: f.Name, Due: workday.DayOf(f.Since)})
	}
	return out, nil
}

var faultTitles = map[string]string{"ship": "记录未能送到备份位置", "copy": "数据库未能备份"}
