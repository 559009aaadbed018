package entry

import "strings"

// personField is a natural person who is asked, present, or signs: a witness, an
// agent, a host. Everything but the name is never public, and the name is
// shortened in a public copy (rulebook §8.1).
func personField() Type {
	return Type{
		Shape:   Record,
		Filters: []string{"full"},
		Parts: func(f Field) []Field {
			return []Field{
				{Name: "name", Label: "姓名", Type: "line", Required: f.Required, Personal: "name", Max: 50},
				{Name: "gender", Label: "性别", Type: "choice", Options: []string{"男", "女"}, Personal: "gender", Secret: true},
				{Name: "birth", Label: "出生日期", Type: "date", Personal: "birth", Secret: true},
				{Name: "id", Label: "身份证号", Type: "line", Personal: "id", Secret: true, Checks: []string{"citizen-id"}},
				{Name: "unit", Label: "工作单位", Type: "line", Secret: true},
				{Name: "post", Label: "职务", Type: "line", Secret: true},
				{Name: "relation", Label: "与本案关系", Type: "line", Secret: true},
				{Name: "phone", Label: "联系电话", Type: "line", Personal: "phone", Secret: true, Checks: []string{"phone"}},
				{Name: "address", Label: "住址", Type: "line", Personal: "address", Secret: true},
			}
		},
		SayRow: func(_ Field, row map[string]any, filter string) string {
			if filter != "full" {
				return RowText(row, "name")
			}
			said := []string{RowText(row, "name"), RowText(row, "gender")}
			if unit := RowText(row, "unit"); unit != "" {
				said = append(said, unit+RowText(row, "post"))
			}
			for _, part := range [][2]string{{"id", "公民身份号码"}, {"phone", "联系电话"}, {"address", "住"}} {
				if text := RowText(row, part[0]); text != "" {
					said = append(said, part[1]+text)
				}
			}
			return joinFilled(said, "，")
		},
	}
}

// joinFilled joins the texts that are not empty.
func joinFilled(said []string, between string) string {
	var kept []string
	for _, text := range said {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return strings.Join(kept, between)
}
