package exchange

import (
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/refusal"
	"mingjing/internal/zh"
)

// Map says which column of the file holds which field. A value that begins with "=" is not a column but the text
// itself, the same for every row (class==处罚); several columns are joined with "+" (body=facts+basis). An empty Map
// is guessed from the usual headings.
type Map map[string]string

// field is one thing that a row may tell.
type field struct {
	name   string
	title  string
	usual  []string // headings by which it is guessed
	needed bool
}

func fields() []field {
	return []field{
		{name: "title", title: "标题", usual: []string{"标题", "文书标题", "案件名称", "决定书名称", "名称", "title"}},
		{name: "number", title: "文号", usual: []string{"文号", "决定书文号", "行政处罚决定书文号", "行政决定文书号", "处罚决定书文号", "number", "doc_no"}},
		{name: "body", title: "正文", usual: []string{"正文", "全文", "内容", "决定书全文", "body", "content"}},
		{name: "decided", title: "决定日期", usual: []string{"决定日期", "处罚决定日期", "作出决定日期", "处罚日期", "decided", "date"}},
		{name: "agency", title: "执法机关", usual: []string{"执法机关", "处罚机关", "决定机关", "作出机关", "agency"}},
		{name: "party", title: "当事人", usual: []string{"当事人", "行政相对人", "行政相对人名称", "被处罚人", "party"}},
		{name: "class", title: "执法类别", usual: []string{"执法类别", "类别", "class", "category"}},
		{name: "result", title: "处理结果", usual: []string{"处理结果", "处罚内容", "处罚结果", "处罚种类", "result"}},
		{name: "basis", title: "依据", usual: []string{"依据", "处罚依据", "法律依据", "basis"}},
		{name: "amount", title: "金额", usual: []string{"罚款金额", "罚款金额（万元）", "罚款金额（元）", "金额"}},
		{name: "kind", title: "文书种类", usual: []string{"文书种类", "kind"}},
	}
}

// FieldNames lists the fields that a Map may name, for help texts: title（标题）, number（文号）, …
func FieldNames() string {
	var list []string
	for _, f := range fields() {
		list = append(list, f.name+"（"+f.title+"）")
	}
	return strings.Join(list, "、")
}

// ParseMap reads title=标题,number=文号,… as typed on a command line.
func ParseMap(text string) (Map, error) {
	m := Map{}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '，' }) {
		name, column, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok || column == "" {
			return nil, refusal.Field("map", "对应关系“"+part+"”应写成 字段=列名，例如 number=文号。")
		}
		if !slices.ContainsFunc(fields(), func(f field) bool { return f.name == name }) {
			return nil, refusal.Field("map", "没有名为“"+name+"”的字段。可以对应的字段有："+FieldNames()+"。")
		}
		if _, twice := m[name]; twice {
			return nil, refusal.Field("map", "字段“"+name+"”对应了两次。")
		}
		m[name] = column
	}
	return m, nil
}

// column is where a field comes from: places in a row, or the same text for all.
type column struct {
	places []int
	fixed  string
	wan    bool // a heading that counts in 万元
}

type columns map[string]column

// bind finds the columns of a map in the head of a file. What is missing is named with what there is.
func bind(m Map, head []string) (columns, error) {
	if len(m) == 0 {
		m = guess(head)
	}
	bound := columns{}
	for _, f := range fields() {
		value, ok := m[f.name]
		if !ok {
			continue
		}
		if fixed, ok := strings.CutPrefix(value, "="); ok {
			bound[f.name] = column{fixed: fixed}
			continue
		}
		var c column
		for _, name := range strings.Split(value, "+") {
			i, err := locate(name, head)
			if err != nil {
				return nil, refusal.Field("map", fmt.Sprintf("%s（%s=%s）：%s", f.title, f.name, value, err))
			}
			c.places = append(c.places, i)
			c.wan = c.wan || strings.Contains(head[i], "万") || strings.HasSuffix(strings.ToLower(head[i]), "_wan")
		}
		bound[f.name] = c
	}
	if _, ok := bound["title"]; ok {
		return bound, nil
	}
	if _, ok := bound["body"]; ok {
		return bound, nil
	}
	return nil, refusal.Field("map", "没有找到标题或者正文所在的列。请写明对应关系，例如 title=标题,number=文号,body=正文。文件的列有："+headings(head)+"。")
}

// locate finds a heading, first as it is written, then without regard to case, width and blanks.
func locate(name string, head []string) (int, error) {
	found := -1
	for _, same := range []func(string) bool{
		func(h string) bool { return h == name },
		func(h string) bool { return zh.Key(h) == zh.Key(name) && zh.Key(name) != "" },
	} {
		for i, h := range head {
			if !same(strings.TrimSpace(h)) {
				continue
			}
			if found >= 0 {
				return 0, fmt.Errorf("文件里有两列都叫“%s”（第%d列和第%d列），请改名后导入。", name, found+1, i+1)
			}
			found = i
		}
		if found >= 0 {
			return found, nil
		}
	}
	return 0, fmt.Errorf("文件里没有名为“%s”的列。文件的列有：%s。", strings.TrimSpace(name), headings(head))
}

func headings(head []string) string {
	var list []string
	for _, h := range head {
		if h = strings.TrimSpace(h); h != "" && len(list) < 40 {
			if r := []rune(h); len(r) > 30 {
				h = string(r[:30]) + "…"
			}
			list = append(list, h)
		}
	}
	return strings.Join(list, "、")
}

func guess(head []string) Map {
	m := Map{}
	for _, f := range fields() {
		for _, name := range f.usual {
			if _, err := locate(name, head); err == nil {
				m[f.name] = name
				break
			}
		}
	}
	return m
}

// get reads a field of a row; columns joined with "+" stand on lines of their own.
func (c columns) get(cells []string, name string) string {
	col, ok := c[name]
	if !ok {
		return ""
	}
	if col.places == nil {
		return col.fixed
	}
	if len(col.places) == 1 {
		return at(cells, col.places[0])
	}
	var parts []string
	for _, place := range col.places {
		if text := strings.TrimSpace(at(cells, place)); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n")
}

func at(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}
