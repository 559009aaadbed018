package entry

import "strings"

// statutesField is the list of provisions a document rests on, each with the
// words of the article, because a party must be told the basis itself
// (行政处罚法第四十四条).
func statutesField() Type {
	return Type{
		Shape:   List,
		Filters: []string{"full", "lines", "count"},
		Parts: func(Field) []Field {
			return []Field{
				{Name: "law", Label: "法律、法规、规章名称", Type: "line", Required: true, Max: 120},
				{Name: "article", Label: "条、款、项", Type: "line", Required: true, Hint: "如：第五十九条第一款第二项", Max: 60},
				{Name: "text", Label: "条文内容", Type: "text", Max: 4000},
			}
		},
		Say: joinRows,
		SayRow: func(_ Field, row map[string]any, filter string) string {
			law := strings.Trim(RowText(row, "law"), "《》")
			if law == "" {
				return RowText(row, "article")
			}
			cite := "《" + law + "》" + RowText(row, "article")
			if text := RowText(row, "text"); filter == "full" && text != "" {
				return cite + "规定：“" + strings.Trim(text, "“”") + "”"
			}
			return cite
		},
	}
}

// officersField is the officers who act, each with the certificate shown. Their
// names are public data of the agency (duty 5).
func officersField() Type {
	return Type{
		Shape:   List,
		Filters: []string{"names", "lines", "count"},
		Parts: func(Field) []Field {
			return []Field{
				{Name: "name", Label: "执法人员姓名", Type: "line", Required: true, Max: 50},
				{Name: "certificate", Label: "执法证件号", Type: "line", Required: true, Max: 40},
			}
		},
		Say: joinRows,
		SayRow: func(_ Field, row map[string]any, filter string) string {
			name, certificate := RowText(row, "name"), RowText(row, "certificate")
			if filter == "names" || certificate == "" {
				return name
			}
			return name + "（执法证件号：" + certificate + "）"
		},
	}
}

// tableField is rows whose columns the kind file describes.
func tableField() Type {
	return Type{
		Shape:   List,
		Filters: []string{"lines", "count"},
		Parts:   func(f Field) []Field { return f.Columns },
		Say:     joinRows,
		SayRow: func(f Field, row map[string]any, _ string) string {
			var said []string
			for _, column := range f.Columns {
				said = append(said, Of(column).Say(column, row[column.Name], ""))
			}
			return joinFilled(said, "，")
		},
	}
}

// attachmentsField is the list of what is handed over with a document. The
// digest binds the very file (SHA-256, hexadecimal), where there is one.
func attachmentsField() Type {
	return Type{
		Shape:   List,
		Filters: []string{"lines", "count"},
		Parts: func(Field) []Field {
			return []Field{
				{Name: "name", Label: "材料名称", Type: "line", Required: true, Max: 120},
				{Name: "pages", Label: "页（件）数", Type: "number"},
				{Name: "note", Label: "说明", Type: "line", Max: 120},
				{Name: "digest", Label: "文件校验值", Type: "line", Max: 64},
			}
		},
		Say: joinRows,
		SayRow: func(_ Field, row map[string]any, _ string) string {
			said := RowText(row, "name")
			if pages := Plain(Field{}, row["pages"]); pages != "" {
				said += "（" + pages + "页）"
			}
			return joinFilled([]string{said, RowText(row, "note")}, "，")
		},
	}
}
