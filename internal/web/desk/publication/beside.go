package publication

import (
	"cmp"
	"fmt"

	"mingjing/internal/access"
	"mingjing/internal/disclosure"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/table"
)

// versionList is what was public of a decision, version by version, as a file.
func (r room) versionList() seat.Beside[disclosure.Version] {
	column := func(key, title string, width float64, get func(disclosure.Version) string) table.Column[disclosure.Version] {
		return table.Column[disclosure.Version]{Key: key, Title: title, Width: width, Cell: func(x disclosure.Version) table.Cell { return table.Cell{Text: get(x)} }}
	}
	return seat.Beside[disclosure.Version]{Path: root + "/{id}/versions", Action: access.PublicationList, Kind: kind,
		List: table.List[disclosure.Version]{Name: "公开过的版本", Unit: "版", Columns: []table.Column[disclosure.Version]{
			column("number", "版本", 10, func(x disclosure.Version) string { return fmt.Sprintf("第%d版", x.Number) }),
			column("at", "时间", 18, func(x disclosure.Version) string { return seat.Moment(x.At) }), column("title", "标题", 40, func(x disclosure.Version) string { return x.Title }),
			column("reason", "更正理由", 40, func(x disclosure.Version) string { return cmp.Or(x.Reason, "首次公示") }), column("hash", "文本SHA-256", 66, func(x disclosure.Version) string { return x.ContentHash })}},
		Read: func(v *seat.Visitor) ([]disclosure.Version, string, error) {
			p, versions, err := r.House.Disclosure.Get(v.Context(), v.Actor, v.Path("id"))
			return versions, short(titleOf(p)), err
		}}
}
