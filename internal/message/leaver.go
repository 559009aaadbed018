package message

import (
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/handover"
)

// leavers are those whose account is disabled while cases are still theirs: nobody works on them, and the days run.
func leavers(tx *db.Tx, actor access.Actor) ([]Message, error) {
	list, err := handover.Leavers(tx, actor)
	var out []Message
	for _, l := range list {
		if l.Active {
			continue
		}
		n := strconv.Itoa(l.Cases)
		out = append(out, Message{Key: "handover/" + l.Account + "/" + n, Sort: Leaving, Title: l.Name + "的账号已停用", Text: "还有" + n + "件在办案件没有移交，期限仍在计算", Kind: "handover", Thing: l.Account})
	}
	return out, err
}
