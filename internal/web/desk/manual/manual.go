package manual

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"mingjing/internal/flow"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

//go:embed page/*.tmpl text/*.md
var files embed.FS

// Engine parses the pages.
func Engine() (*page.Engine, error) { return seat.Engine(files, "page", "contents", "chapter") }

const root = "/desk/help"

// Chapter is one help page.
type Chapter struct {
	Code, Title, Lead string
	Charts            []string // codes of the procedures whose charts belong to it
	Rooms             []string // addresses of the rooms of the desk that it explains
}

// Chapters lists the help pages in their order.
func Chapters() []Chapter {
	return []Chapter{
		{"case", "案件", "从案源到归档：每一步依据什么、由谁办、什么时候可以办。", []string{"ordinary", "simple"}, []string{"/desk/", "/desk/messages", "/desk/cases", "/desk/cases/new", "/desk/cases/new/spot"}},
		{"document", "文书", "文书怎样填写、编号、签批、定稿，错了怎么办。", nil, []string{"/desk/numbers"}},
		{"review", "法制审核", "哪些决定必须审核、审什么、多久、意见不一致怎么办。", []string{"review"}, []string{"/desk/reviews", "/desk/reviews/all", "/desk/triggers"}},
		{"publication", "公示", "哪些要公示、多久、个人信息怎样处理、什么时候撤下。", []string{"publication"}, []string{"/desk/publications", "/desk/publications/all"}},
		{"import", "导入", "把过去的决定一次带进来，经第二人核对后公示。", nil, []string{"/desk/imports"}},
		{"service", "送达", "怎样送、什么时候算送到、公告送达的条件。", nil, nil},
		{"deadline", "期限", "期间怎样算，工作日、调休、中止，最后一日遇节假日怎么办。", nil, []string{"/desk/deadlines"}},
		{"ledger", "台账", "全过程记录怎样留痕、怎样证明没有改过、怎样依法销毁个人信息。", nil, []string{"/desk/ledger"}},
		{"record", "用印与查阅", "用印怎样登记，什么算查阅个人信息，谁能看这两本登记。", nil, []string{"/desk/seals", "/desk/looks"}},
		{"duty", "任务分工与监督", "看板怎样算，落实事项怎样登记和办结。", nil, []string{"/desk/duties"}},
		{"return", "统计年报", "数字从哪里来，什么时候报。", nil, nil},
		{"rulebook", "制度文本", "本机关的制度怎样登记、换版、公布。", nil, nil},
		{"parameter", "规则和参数", "数字从哪里来，本机关能定什么、怎样定。", nil, []string{"/desk/rules", "/desk/parameters"}},
		{"witness", "见证与核验", "为什么要有外人见证，各种状态是什么意思、怎么办。", nil, nil},
		{"backup", "备份", "第二份数据在哪里、多久送一次、怎样恢复、演练没有通过怎么办。", nil, nil},
		{"office", "管理", "账号、代理、执法人员、专案包、文号，谁可以管什么。", nil, []string{"/desk/officers", "/desk/reviewers", "/desk/counsels", "/desk/acting", "/desk/units", "/desk/pack", "/desk/items", "/desk/accounts", "/desk/resets"}},
	}
}

type room struct {
	*seat.Room
	texts map[string]template.HTML
}

// Install renders the texts and adds the pages to the desk.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return err
	}
	texts, err := render()
	if err != nil {
		return err
	}
	r := room{s.Open(engine), texts}
	r.Handle("GET "+root, "", "", r.contents)
	r.Handle("GET "+root+"/{chapter}", "", "", r.chapter)
	return nil
}

// render makes HTML of every chapter; raw HTML in a text is dropped by goldmark.
func render() (map[string]template.HTML, error) {
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table))
	texts := map[string]template.HTML{}
	for _, c := range Chapters() {
		source, err := files.ReadFile("text/" + c.Code + ".md")
		if err != nil {
			return nil, fmt.Errorf("manual: %s: %w", c.Code, err)
		}
		var out bytes.Buffer
		if err := markdown.Convert(source, &out); err != nil {
			return nil, fmt.Errorf("manual: %s: %w", c.Code, err)
		}
		texts[c.Code] = template.HTML(strings.ReplaceAll(out.String(), "<table>", `<table class="list">`))
	}
	return texts, nil
}

type contentsPage struct {
	page.Frame
	Chapters []Chapter
}

func (r room) contents(v *seat.Visitor) error {
	return v.Show(http.StatusOK, "contents", contentsPage{Frame: v.Head("帮助", page.Link{Text: "帮助"}), Chapters: Chapters()})
}

type chapterPage struct {
	page.Frame
	Chapter  Chapter
	Text     template.HTML
	Charts   []chart
	Chapters []page.Link
}

type chart struct {
	Title string
	SVG   template.HTML
}

func (r room) chapter(v *seat.Visitor) error {
	i := slices.IndexFunc(Chapters(), func(c Chapter) bool { return c.Code == v.Path("chapter") })
	if i < 0 {
		return refusal.NotFound{What: "这一章帮助"}
	}
	c := Chapters()[i]
	d := chapterPage{Frame: v.Head(c.Title, page.Link{Text: "帮助", Href: root}), Chapter: c, Text: r.texts[c.Code]}
	for _, other := range Chapters() {
		d.Chapters = append(d.Chapters, page.Link{Text: other.Title, Href: root + "/" + other.Code, Here: other.Code == c.Code})
	}
	for _, code := range c.Charts {
		if m, ok := flow.ByCode(code); ok {
			d.Charts = append(d.Charts, chart{m.Title, template.HTML(m.SVG(r.House.Cases.Books().Law.Values(v.Today())))})
		}
	}
	return v.Show(http.StatusOK, "chapter", d)
}
