package board

import (
	"net/http"
	"slices"

	"mingjing/internal/db"
	"mingjing/internal/message"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// messagesPage is what waits for the person.
type messagesPage struct {
	page.Frame
	Groups  []messageGroup
	Unread  int
	Total   int
	Only    bool // only what was not read yet
	Keys    []string
	Exports []page.Link
}

type messageGroup struct {
	Sort, Tone string
	Rows       []messageRow
}

type messageRow struct {
	message.Message
	Href string
}

func messageHref(m message.Message) string {
	switch m.Kind {
	case "case":
		return "/desk/cases/" + m.Thing
	case "review":
		return "/desk/reviews/" + m.Thing
	case "publication":
		return "/desk/publications/" + m.Thing
	case "handover":
		return "/desk/handover/" + m.Thing
	case "acting":
		return "/desk/account"
	case "log":
		return "/desk/ledger/checkpoints"
	case "recheck":
		return "/desk/ledger/verify#recheck"
	}
	if m.Kind == "backup" {
		return "/desk/help/backup"
	}
	return "/desk/resets/" + m.Thing
}

func sortTone(sort string) string {
	switch sort {
	case message.Late, message.Leaving, message.Unsafe, message.Alarm, message.Unsound:
		return "late"
	case message.Soon, message.Unguarded:
		return "soon"
	}
	return "open"
}

func (r room) inbox(v *seat.Visitor) error {
	list, err := r.messages.Waiting(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	d := messagesPage{Frame: v.Head("消息", page.Link{Text: "消息"}), Total: len(list), Only: v.Value("unread") == "1"}
	d.Exports = r.waitingList().Exports(v, len(list))
	for _, m := range list {
		if !m.Read {
			d.Unread++
			d.Keys = append(d.Keys, m.Key)
		}
		if d.Only && m.Read {
			continue
		}
		i := slices.IndexFunc(d.Groups, func(g messageGroup) bool { return g.Sort == m.Sort })
		if i < 0 {
			d.Groups = append(d.Groups, messageGroup{Sort: m.Sort, Tone: sortTone(m.Sort)})
			i = len(d.Groups) - 1
		}
		d.Groups[i].Rows = append(d.Groups[i].Rows, messageRow{m, messageHref(m)})
	}
	return v.Show(http.StatusOK, "messages", d)
}

// waitingList is what waits for the person, as a file.
func (r room) waitingList() seat.Beside[message.Message] {
	column := func(key, title string, width float64, get func(message.Message) string) table.Column[message.Message] {
		return table.Column[message.Message]{Key: key, Title: title, Width: width, Cell: func(x message.Message) table.Cell { return table.Cell{Text: get(x)} }}
	}
	return seat.Beside[message.Message]{Path: messages, Kind: "message", List: table.List[message.Message]{Name: "消息", Unit: "条", Columns: []table.Column[message.Message]{
		column("sort", "类别", 14, func(m message.Message) string { return m.Sort }), column("title", "事项", 50, func(m message.Message) string { return m.Title }),
		column("text", "内容", 60, func(m message.Message) string { return m.Text }),
		column("due", "期限", 14, func(m message.Message) string {
			if m.Due.IsZero() {
				return ""
			}
			return m.Due.String()
		})}},
		Read: func(v *seat.Visitor) ([]message.Message, string, error) {
			list, err := r.messages.Waiting(v.Context(), v.Actor)
			return list, "", err
		}}
}

// read keeps what the person has seen.
func (r room) read(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	if err := v.Write(func(tx *db.Tx) error { return message.MarkRead(tx, v.Account, typed["key"]) }); err != nil {
		return err
	}
	return v.Done(messages, "已标为已读。事情办完后，消息自动消失。")
}
