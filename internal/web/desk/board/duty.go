package board

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/oversight"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// row is a duty with its light; an unmeasured one has none.
type row struct {
	pack.Task
	Light    oversight.Light
	Measured bool
}

// state is how a duty stands, with its colour.
func (x row) state() (text, tone string) {
	l := page.Light{State: x.light()}
	return l.StateText(), l.Tone()
}

// light is the state as the pieces know it; a duty with nothing to measure yet is unmeasured, too.
func (x row) light() string {
	if !x.Measured || x.Light.State == oversight.NotYet {
		return ""
	}
	return string(x.Light.State)
}

// rows are the duties of the division table with their lights, computed now on one snapshot.
func (r room) rows(v *seat.Visitor) ([]row, error) {
	var lights []oversight.Light
	err := v.Read(func(tx *db.Tx) (err error) {
		lights, err = oversight.Board(tx, r.House.Board())
		return err
	})
	if err != nil {
		return nil, err
	}
	byDuty := map[int]oversight.Light{}
	for _, l := range lights {
		byDuty[l.Duty] = l
	}
	var rows []row
	for _, t := range r.House.Pack.Tasks() {
		l, ok := byDuty[t.No]
		rows = append(rows, row{t, l, ok})
	}
	return rows, nil
}

// evidence is the list behind a duty: where a reader sees every record that the light was computed from.
func evidence(duty int) page.Link {
	switch duty {
	case 2, 10, 11:
		return page.Link{Text: "公示信息", Href: "/desk/publications/all"}
	case 3, 4, 6:
		return page.Link{Text: "执法事项清单", Href: "/desk/items"}
	case 5, 7, 9:
		return page.Link{Text: "执法人员", Href: "/desk/officers"}
	case 8, 14, 15, 16, 18:
		return page.Link{Text: "案件和文书", Href: "/desk/cases"}
	case 13:
		return page.Link{Text: "全过程记录", Href: "/desk/ledger"}
	case 19, 24, 25:
		return page.Link{Text: "法制审核", Href: "/desk/reviews/all"}
	case 20, 21:
		return page.Link{Text: "法制审核人员", Href: "/desk/reviewers"}
	case 22:
		return page.Link{Text: "法律顾问、公职律师", Href: "/desk/counsels"}
	case 23:
		return page.Link{Text: "法制审核目录", Href: "/desk/triggers"}
	case 26:
		return page.Link{Text: "台账核验", Href: "/desk/ledger/verify"}
	case 27:
		return page.Link{Text: "导入", Href: "/desk/imports"}
	}
	return page.Link{}
}

// evidenceAction is what a person must be allowed to open that list.
func evidenceAction(duty int) access.Action {
	switch duty {
	case 2, 10, 11, 27:
		return access.PublicationList
	case 8, 14, 15, 16, 18, 19, 24, 25:
		return access.CaseList
	case 13, 26:
		return access.LedgerView
	}
	return access.RosterView
}

func (x row) view() page.Light {
	l := page.Light{Number: x.No, Category: x.Category, Task: x.Subject, State: x.light(), Owner: strings.ReplaceAll(x.Owner, "\n", "、"), Href: duties + "/" + strconv.Itoa(x.No)}
	if l.State != "" {
		l.Value, l.Formula, l.At = x.Light.Value, x.Light.Formula, seat.Moment(x.Light.At)
	}
	return l
}

// dutiesPage is the board.
type dutiesPage struct {
	page.Frame
	Table                       pack.Table
	Groups                      []group
	Met, Partly, Unmet, Without int
	At                          string
	State                       string
	States                      []page.Link
	Publish                     bool
	Published                   string
	Actions                     []page.Link
}

type group struct {
	Title  string
	Lights []page.Light
}

func (r room) duties(v *seat.Visitor) error {
	rows, err := r.rows(v)
	if err != nil {
		return err
	}
	d := dutiesPage{Frame: v.Head("任务分工", page.Link{Text: "任务分工"}), At: seat.Moment(v.Now()), State: v.Value("state"), Publish: v.May(access.PublicationPublish, access.Thing{Kind: "board"}),
		Actions: []page.Link{{Text: "清单（可导出）", Href: duties + "/list"}}}
	d.Table, _ = r.House.Pack.Table()
	for _, x := range rows {
		l := x.view()
		d.count(l.State)
		if d.State != "" && d.State != l.State && !(d.State == "none" && l.State == "") {
			continue
		}
		if n := len(d.Groups); n == 0 || d.Groups[n-1].Title != l.Category {
			d.Groups = append(d.Groups, group{Title: l.Category})
		}
		last := &d.Groups[len(d.Groups)-1]
		last.Lights = append(last.Lights, l)
	}
	for _, s := range []page.Link{{Text: "全部"}, {Text: "达标", Href: "met", Count: d.Met}, {Text: "部分达标", Href: "partly", Count: d.Partly}, {Text: "未达标", Href: "unmet", Count: d.Unmet}, {Text: "尚未计量", Href: "none", Count: d.Without}} {
		s.Here = s.Href == d.State
		if s.Href = duties + "?state=" + s.Href; s.Text == "全部" {
			s.Href = duties
		}
		d.States = append(d.States, s)
	}
	if d.Published, err = r.published(v); err != nil {
		return err
	}
	return v.Show(http.StatusOK, "duties", d)
}

func (d *dutiesPage) count(state string) {
	switch state {
	case "met":
		d.Met++
	case "partly":
		d.Partly++
	case "unmet":
		d.Unmet++
	default:
		d.Without++
	}
}

// published is the day of the board that the public sees now.
func (r room) published(v *seat.Visitor) (string, error) {
	changes, err := r.House.Public.Changes(v.Context(), v.Agency, public.KindDuty, 1)
	if err != nil || len(changes) == 0 {
		return "", err
	}
	return changes[0].Published, nil
}

// publish makes the board public as it is computed now.
func (r room) publish(v *seat.Visitor) error {
	if err := r.House.PublishDuties(v.Context(), v.Actor); err != nil {
		return err
	}
	return v.Done(duties, "看板已公开。与上次没有差别的，不产生新版本。")
}

// dutyPage is one duty with everything behind its light.
type dutyPage struct {
	page.Frame
	Row      row
	Light    page.Light
	Facts    []seat.Fact
	Missed   []page.Link
	Evidence page.Link
	Before   page.Link
	After    page.Link
}

func caseHref(c oversight.Case) string {
	switch c.Kind {
	case "publication":
		return "/desk/publications/" + c.ID
	case "review":
		return "/desk/reviews/" + c.ID
	case "case":
		return "/desk/cases/" + c.ID
	case "officer":
		return "/desk/officers/" + c.ID
	}
	return ""
}

func (r room) duty(v *seat.Visitor) error {
	number, err := strconv.Atoi(v.Path("number"))
	task, ok := r.House.Pack.Task(number)
	if err != nil || !ok {
		return refusal.NotFound{What: "这项职责"}
	}
	x := row{Task: task}
	err = v.Read(func(tx *db.Tx) (err error) {
		x.Light, x.Measured, err = oversight.One(tx, r.House.Board(), number)
		return err
	})
	if err != nil {
		return err
	}
	d := dutyPage{Frame: v.Head(fmt.Sprintf("第%d项　%s", number, task.Subject), page.Link{Text: "任务分工", Href: duties}), Row: x, Light: x.view()}
	if l, action := evidence(number), evidenceAction(number); v.May(action, access.Thing{Kind: "case"}) {
		d.Evidence = l
	}
	d.Facts = []seat.Fact{{Name: "类别", Text: task.Category}, {Name: "责任科室", Text: strings.ReplaceAll(task.Owner, "\n", "、")}, {Name: "具体措施", Text: task.Measure, Wide: true}, {Name: "任务要求", Text: task.Requirement, Wide: true}}
	if x.light() != "" {
		d.Facts = append(d.Facts, seat.Fact{Name: "算法", Text: x.Light.Formula, Wide: true}, seat.Fact{Name: "达到", Text: fmt.Sprintf("%d", x.Light.Met)}, seat.Fact{Name: "应当", Text: fmt.Sprintf("%d", x.Light.Of)},
			seat.Fact{Name: "测算时间", Text: seat.Moment(x.Light.At)})
	}
	for _, c := range x.Light.Missed {
		d.Missed = append(d.Missed, page.Link{Text: c.Title, Href: caseHref(c)})
	}
	if before, ok := r.House.Pack.Task(number - 1); ok {
		d.Before = dutyLink(before)
	}
	if after, ok := r.House.Pack.Task(number + 1); ok {
		d.After = dutyLink(after)
	}
	return v.Show(http.StatusOK, "duty", d)
}

func dutyLink(t pack.Task) page.Link {
	return page.Link{Text: fmt.Sprintf("第%d项　%s", t.No, t.Subject), Href: duties + "/" + strconv.Itoa(t.No)}
}

// dutyListing is the board as a list, for a file.
func (r room) dutyListing() seat.Listing[row] {
	text := func(key, title string, width float64, get func(row) string) table.Column[row] {
		return table.Column[row]{Key: key, Title: title, Width: width, Cell: func(x row) table.Cell { return table.Cell{Text: get(x)} }}
	}
	file := func(c table.Column[row]) table.Column[row] { c.FileOnly = true; return c }
	return seat.Listing[row]{Path: duties + "/list", Action: access.BoardView, Kind: "board",
		List: table.List[row]{Name: "任务分工清单", Unit: "项", Filters: []string{"state"}, Row: func(x row) string { return duties + "/" + strconv.Itoa(x.No) },
			Columns: []table.Column[row]{
				{Key: "task", Title: "工作任务", Width: 30, Cell: func(x row) table.Cell {
					return table.Cell{Text: fmt.Sprintf("%d　%s", x.No, x.Subject), Href: duties + "/" + strconv.Itoa(x.No), Sub: x.Category}
				}},
				{Key: "state", Title: "状态", Cell: func(x row) table.Cell { text, tone := x.state(); return table.Cell{Text: text, Tone: tone} }},
				text("value", "数值", 24, func(x row) string { return x.view().Value }), text("owner", "责任科室", 20, func(x row) string { return strings.ReplaceAll(x.Owner, "\n", "、") }),
				file(text("measure", "具体措施", 60, func(x row) string { return x.Measure })), file(text("requirement", "任务要求", 60, func(x row) string { return x.Requirement })),
				file(text("formula", "算法", 50, func(x row) string { return x.view().Formula })), text("at", "测算时间", 18, func(x row) string { return x.view().At })}},
		Read: func(v *seat.Visitor, q table.Query, _ int) (seat.Part[row], error) {
			all, err := r.rows(v)
			var rows []row
			for _, x := range all {
				if s := q.Filters["state"]; s == "" || s == x.light() || s == "none" && x.light() == "" {
					rows = append(rows, x)
				}
			}
			return seat.Part[row]{Rows: rows, Count: table.Count{N: len(rows), Known: true}}, err
		},
		Choices: func(*seat.Visitor, table.Query) ([]table.Choice, error) {
			return []table.Choice{{Name: "state", Title: "状态", Options: seat.Options([2]string{"met", "达标"}, [2]string{"partly", "部分达标"}, [2]string{"unmet", "未达标"}, [2]string{"none", "尚未计量"})}}, nil
		},
		Named: func(_, value string) string { return page.Light{State: value}.StateText() },
	}
}
