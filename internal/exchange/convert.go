package exchange

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"mingjing/internal/disclosure/content"
	"mingjing/internal/disclosure/past"
	"mingjing/internal/redact/person"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// converter turns rows of a file into decisions, one after the other.
type converter struct {
	columns    columns
	agency     string
	agencyName string
	class      string
	today      workday.Day
	serial     func(string) string // of a workbook whose days count from 1904
	width      int
	keys       map[string]string // of agency names: a file has few of them, in many rows
}

func (c *converter) agencyKey(name string) string {
	k, ok := c.keys[name]
	if !ok {
		k = zh.Key(name)
		if len(c.keys) < 10_000 {
			c.keys[name] = k
		}
	}
	return k
}

// converted is a row as it will be taken in, or why it is left out.
type converted struct {
	row  past.Row
	left string
}

// tailSize is how much of the end of a body is searched for its day, in bytes.
const tailSize = 3000

func (c *converter) convert(r record) converted {
	out := converted{row: past.Row{Agency: c.agency, AgencyName: c.agencyName, Line: r.line}}
	if r.fault != "" {
		out.left = r.fault
		return out
	}
	row := &out.row
	if len(r.cells) > c.width {
		row.Findings = append(row.Findings, fmt.Sprintf("该行有%d列，表头只有%d列，多出的没有导入", len(r.cells), c.width))
	}
	get := func(name string) string { return strings.TrimSpace(c.columns.get(r.cells, name)) }
	// A field is what will be kept of it: one that holds nothing but control characters is an empty one.
	line := func(name string) string { return content.OneLine(c.columns.get(r.cells, name)) }
	row.Title, row.PartyName, row.Result, row.Basis, row.Kind = line("title"), line("party"), line("result"), line("basis"), line("kind")
	row.Body = get("body")
	if row.Title == "" && strings.TrimSpace(content.PlainText(row.Body)) == "" {
		out.left = "标题和正文都是空的"
		return out
	}
	if name := get("agency"); name != "" {
		row.AgencyName, row.Other = name, c.agencyKey(name) != c.agencyKey(c.agencyName)
	}
	if damaged(row.Title) || damaged(row.Body) {
		row.Findings = append(row.Findings, "有不能识别的字符，请核对编码")
	}
	c.number(row, get("number"))
	c.decided(row, get("decided"))
	c.amount(row, get("amount"))
	c.setClass(row, get("class"))
	c.party(row)
	c.fill(row)
	row.Dup = row.Key(c.agencyKey(row.AgencyName))
	row.Tidy()
	return out
}

// damaged tells that a text has bytes or characters that no encoding explains.
func damaged(text string) bool {
	return !utf8.ValidString(text) || strings.Contains(text, string(utf8.RuneError))
}

// number reads the 文号, or finds it in the title.
func (c *converter) number(row *past.Row, text string) {
	note := func(text string) { row.Findings = append(row.Findings, text) }
	if text == "" {
		found := zh.FindNumbers(row.Title)
		if len(found) == 0 {
			note("没有文号")
			return
		}
		n := found[len(found)-1].Number
		row.Number = n.String()
		note("文号取自标题：" + row.Number)
		if n.Prefix == "" {
			note("文号缺少机关代字")
		}
		return
	}
	n, err := zh.ParseNumber(text)
	if err != nil {
		row.Number = clip(oneLine(text), 60)
		note("文号：" + err.Error())
		return
	}
	row.Number = n.String()
	if n.Truncated {
		row.Number = clip(oneLine(text), 60)
	}
	row.Findings = append(row.Findings, n.Findings()...)
}

// decided reads the day of the decision, or finds it at the end of the body.
func (c *converter) decided(row *past.Row, text string) {
	note := func(text string) { row.Findings = append(row.Findings, text) }
	if text != "" {
		if c.serial != nil {
			text = c.serial(text)
		}
		d, err := zh.ParseDay(text)
		if err == nil && c.plausible(d) {
			row.DecidedOn = d.String()
			return
		}
		note("决定日期“" + clip(oneLine(text), 30) + "”看不懂或者不合理，批量核对时不公示，留待逐件核对")
		row.Held = "决定日期看不懂或者不合理，需要逐件核对"
	}
	tail := row.Body
	if len(tail) > tailSize {
		tail = strings.ToValidUTF8(tail[len(tail)-tailSize:], "")
	}
	if d, ok := zh.LastDay(tail); ok && c.plausible(d) {
		row.DecidedOn = d.String()
		note("决定日期取自正文：" + row.DecidedOn)
		return
	}
	note("没有决定日期")
}

// plausible tells that a decision may have been made on the day: not after today, not before the People's Republic.
func (c *converter) plausible(d zh.Date) bool {
	return d.Y >= 1949 && !c.today.Date().Before(d)
}

// amount reads a sum of money and says it with the result.
func (c *converter) amount(row *past.Row, text string) {
	if text == "" {
		return
	}
	parse := zh.ParseFen
	if c.columns["amount"].wan {
		parse = zh.ParseWan
	}
	fen, err := parse(text)
	if err != nil {
		row.Findings = append(row.Findings, "金额：“"+clip(oneLine(text), 30)+"”看不懂")
		return
	}
	if row.Result == "" {
		row.Result = "罚款"
	}
	row.Result += "（" + fen.String() + "）"
}

// classWords name the classes by what stands in a column or a title.
func classWords() [][2]string {
	return [][2]string{{"处罚", "处罚"}, {"许可", "许可"}, {"强制", "强制"}, {"检查", "检查"}, {"征收", "征收"}, {"确认", "确认"}, {"给付", "给付"},
		{"裁决", "裁决"}, {"奖励", "奖励"}, {"罚款", "处罚"}, {"警告", "处罚"}, {"没收", "处罚"}, {"吊销", "处罚"}}
}

func (c *converter) setClass(row *past.Row, text string) {
	from := text
	if from == "" && c.class != "" {
		row.Class = c.class
		return
	}
	if from == "" {
		from = row.Title + row.Result
	}
	for _, w := range classWords() {
		if strings.Contains(from, w[0]) {
			row.Class = w[1]
			return
		}
	}
	row.Class = "其他"
}

// bodyParty is how a decision begins with its party.
const bodyParty = "当事人："

// titleParties reads the parties that a title names between 对 and what is done to them, as 关于对某甲、某乙采取监管谈话措施的决定
// does, without the posts before the names. What is not the name of a person or an organisation is left.
func titleParties(title string) string {
	_, rest, found := strings.Cut(title, "关于对")
	if !found {
		return ""
	}
	end := -1
	for _, verb := range []string{"采取", "出具", "实施", "给予", "作出", "责令", "处以"} {
		if i := strings.Index(rest, verb); i > 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end < 0 {
		return ""
	}
	var names []string
	for _, part := range strings.FieldsFunc(rest[:end], func(r rune) bool { return strings.ContainsRune("、，,;；及", r) }) {
		names = append(names, titleNames(part)...)
	}
	return strings.Join(names, "、")
}

// titleNames takes one part of such a list apart: 唐和明 is one person, 周斌全和徐举莉 are two.
func titleNames(part string) []string {
	part = strings.TrimSpace(part)
	for _, post := range []string{"签字注册会计师", "注册会计师", "保荐代表人", "独立董事", "法定代表人", "实际控制人", "董事长", "董事", "监事", "总经理", "经理", "财务总监"} {
		part = strings.TrimPrefix(part, post)
	}
	if two := strings.FieldsFunc(part, func(r rune) bool { return r == '和' || r == '与' }); !person.Named(part) && len(two) > 1 {
		return append(titleNames(two[0]), titleNames(strings.Join(two[1:], "和"))...)
	}
	if part == "" {
		return nil
	}
	return []string{part}
}

func (c *converter) party(row *past.Row) {
	if row.PartyName == "" {
		head := row.Body
		if len(head) > 600 {
			head = head[:600]
		}
		if i := strings.Index(head, bodyParty); i >= 0 {
			rest := head[i+len(bodyParty):]
			if j := strings.IndexAny(rest, "，,（(。；;\n "); j > 0 && j < 120 {
				row.PartyName = strings.TrimSpace(rest[:j])
			}
		}
	}
	if row.PartyName == "" {
		row.PartyName = titleParties(row.Title)
	}
	if row.PartyName == "" {
		return
	}
	row.PartyKind = "法人或者其他组织"
	if person.Named(row.PartyName) {
		row.PartyKind = "公民"
	}
}

// fill makes what the file does not have from what it has, and says so.
func (c *converter) fill(row *past.Row) {
	if row.Title == "" {
		who := row.PartyName
		if who == "" {
			who = "当事人"
		}
		sort := "执法"
		if row.Class != "其他" {
			sort = "行政" + row.Class
		}
		row.Title = "对" + oneLine(who) + "的" + sort + "决定"
		row.Findings = append(row.Findings, "没有标题，已按当事人和类别拟写")
	}
	if row.Body == "" {
		row.Findings = append(row.Findings, "没有正文")
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func clip(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n]) + "…"
	}
	return text
}
