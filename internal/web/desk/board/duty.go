package board

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/oversight"
	"mingjing/internal/pack"
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

// light is the state as the pieces know it: empty for a duty without a check.
func (x row) light() string {
	if !x.Measured {
		return ""
	}
	return string(x.Light.State)
}

// absent is how an address names the state of a duty without a check.
const absent = "absent"

// stateKey is the state as an address names it.
func stateKey(state string) string {
	if state == "" {
		return absent
	}
	return state
}

// within tells whether a state is what an address asks for; an empty key asks for all.
func within(key, state string) bool { return key == "" || key == stateKey(state) }

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
	case 8, 13, 14, 15, 16, 18:
		return page.Link{Text: "案件和文书", Href: "/desk/cases"}
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
	case 1, 12, 17, 27, 28, 29, 30, 31, 32:
		return page.Link{Text: "落实记录", Href: recordsOf(duty)}
	}
	return page.Link{}
}

// evidenceAction is what a person must be allowed to open that list.
func evidenceAction(duty int) access.Action {
	switch duty {
	case 2, 10, 11:
		return access.PublicationList
	case 1, 12, 17, 27, 28, 29, 30, 31, 32:
		return access.BoardView
	case 8, 13, 14, 15, 16, 18, 19, 24, 25:
		return access.CaseList
	case 26:
		return access.LedgerView
	}
	return access.RosterView
}

func (x row) view() page.Light {
	l := page.Light{Number: x.No, Category: x.Category, Task: measureName(x.Task), State: x.light(), Owner: strings.ReplaceAll(x.Owner, "\n", "、"), Href: duties + "/" + strconv.Itoa(x.No)}
	if l.State == "" {
		l.Gap = oversight.Absent(x.No)
		return l
	}
	l.Value, l.Formula, l.Gap, l.At = x.Light.Value, x.Light.Formula, x.Light.Gap, seat.Moment(x.Light.At)
	return l
}

// card is a light on the board, where a line must do; how it is computed stands on its page.
func (x row) card(l page.Light) page.Light {
	l.Formula, l.At = "", ""
	if x.Measured {
		l.Value, l.Gap = x.Light.Brief(), ""
	}
	return l
}

// dutiesPage is the board.
type dutiesPage struct {
	page.Frame
	Table     pack.Table
	Heads     []page.Light
	Owners    []page.LightOwner
	Groups    []group
	At        string
	State     string
	States    []page.Link
	Publish   bool
	Published string
	Actions   []page.Link
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
		Heads: page.LightHeads(), Actions: []page.Link{{Text: "清单（可打印、导出）", Href: duties + "/list"}}}
	d.Table, _ = r.House.Pack.Table()
	var lights []page.Light
	for _, x := range rows {
		l := x.view()
		lights = append(lights, l)
		if !within(d.State, l.State) {
			continue
		}
		if n := len(d.Groups); n == 0 || d.Groups[n-1].Title != l.Category {
			d.Groups = append(d.Groups, group{Title: l.Category})
		}
		last := &d.Groups[len(d.Groups)-1]
		last.Lights = append(last.Lights, x.card(l))
	}
	d.Owners = page.LightTable(lights)
	d.States = states(lights, d.State)
	if d.Published, err = r.published(v); err != nil {
		return err
	}
	return v.Show(http.StatusOK, "duties", d)
}

// states are the tabs of the board: all, and each state that some duty is in.
func states(lights []page.Light, here string) []page.Link {
	tabs := []page.Link{{Text: "全部", Href: duties, Here: here == "", Count: len(lights)}}
	for _, state := range page.LightStates() {
		n := 0
		for _, l := range lights {
			if l.State == state {
				n++
			}
		}
		if key := stateKey(state); n > 0 || here == key {
			tabs = append(tabs, page.Link{Text: page.Light{State: state}.StateText(), Href: duties + "?state=" + key, Here: here == key, Count: n})
		}
	}
	return tabs
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
	Parts    []dutyPart
	Exports  []page.Link // of the parts
	Evidence page.Link
	Before   page.Link
	After    page.Link
}

// dutyPart is one thing that the duty asks for, and what does not meet it.
type dutyPart struct {
	oversight.Part
	Light  page.Light
	Missed []missed
	More   int // how many more there are than are shown
}

// missed is one record that does not meet the duty; without an Href it is no record of its own.
type missed struct {
	page.Link
	Why string
}

func caseHref(c oversight.Case) string {
	switch c.Kind {
	case "publication", "review", "case", "officer", "import":
		return "/desk/" + c.Kind + "s/" + c.ID
	case "officers", "reviewers", "counsels", "triggers":
		return "/desk/" + c.Kind
	case "undertaking":
		return duties + "/" + c.ID
	case "records":
		return duties + "/" + c.ID + "/records"
	case "item":
		return "/desk/items?q=" + url.QueryEscape(c.ID)
	}
	return ""
}

func dutyParts(l oversight.Light) []dutyPart {
	var parts []dutyPart
	for _, p := range l.Parts {
		part := dutyPart{Part: p, Light: page.Light{State: string(p.State())}, More: max(0, p.Of-p.Met-len(p.Missed))}
		for _, c := range p.Missed {
			part.Missed = append(part.Missed, missed{page.Link{Text: c.Title, Href: caseHref(c)}, c.Why})
		}
		parts = append(parts, part)
	}
	return parts
}

func (r room) duty(v *seat.Visitor) error {
	x, err := r.one(v)
	if err != nil {
		return err
	}
	number, task := x.No, x.Task
	d := dutyPage{Frame: v.Head(fmt.Sprintf("第%d项　%s", number, measureName(task)), page.Link{Text: "任务分工", Href: duties}), Row: x, Light: x.view(), Parts: dutyParts(x.Light), Exports: r.partList().Exports(v, len(x.Light.Parts))}
	if l, action := evidence(number), evidenceAction(number); v.May(action, access.Thing{Kind: "case"}) {
		d.Evidence = l
	}
	d.Facts = []seat.Fact{{Name: "类别", Text: task.Category}, {Name: "责任科室", Text: strings.ReplaceAll(task.Owner, "\n", "、")}, {Name: "工作任务", Text: task.Subject, Wide: true}, {Name: "任务要求", Text: task.Requirement, Wide: true}}
	if x.Measured {
		d.Facts = append(d.Facts, seat.Fact{Name: "算法", Text: x.Light.Formula, Wide: true}, seat.Fact{Name: "测算时间", Text: seat.Moment(x.Light.At)})
	}
	if before, ok := r.House.Pack.Task(number - 1); ok {
		d.Before = dutyLink(before)
	}
	if after, ok := r.House.Pack.Task(number + 1); ok {
		d.After = dutyLink(after)
	}
	return v.Show(http.StatusOK, "duty", d)
}

// measureName is what a duty asks to be done; the table numbers its measures itself.
func measureName(t pack.Task) string {
	if name := strings.TrimSpace(strings.TrimPrefix(t.Measure, strconv.Itoa(t.No)+".")); name != "" {
		return name
	}
	return t.Subject
}

func dutyLink(t pack.Task) page.Link {
	return page.Link{Text: fmt.Sprintf("第%d项　%s", t.No, measureName(t)), Href: duties + "/" + strconv.Itoa(t.No)}
}

// figure is a count of a measured duty.
func (x row) figure(n int) string {
	if x.Light.Of == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// missed lists in one cell what the light is missing.
func (x row) missed() string {
	var list []string
	for _, c := range x.Light.Missed() {
		list = append(list, c.Title+"："+c.Why)
	}
	return strings.Join(list, "；")
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
				{Key: "task", Title: "职责", Width: 30, Cell: func(x row) table.Cell {
					return table.Cell{Text: fmt.Sprintf("%d　%s", x.No, measureName(x.Task)), Href: duties + "/" + strconv.Itoa(x.No), Sub: x.Category}
				}},
				{Key: "state", Title: "状态", Cell: func(x row) table.Cell { text, tone := x.state(); return table.Cell{Text: text, Tone: tone} }},
				text("value", "数值", 24, func(x row) string { return x.view().Value }), text("owner", "责任科室", 20, func(x row) string { return strings.ReplaceAll(x.Owner, "\n", "、") }),
				file(text("met", "做到", 10, func(x row) string { return x.figure(x.Light.Met) })), file(text("of", "应当", 10, func(x row) string { return x.figure(x.Light.Of) })),
				file(text("subject", "工作任务", 30, func(x row) string { return x.Subject })), file(text("measure", "具体措施", 60, func(x row) string { return x.Measure })), file(text("requirement", "任务要求", 60, func(x row) string { return x.Requirement })),
				file(text("formula", "算法", 50, func(x row) string { return x.view().Formula })),
				file(text("missed", "没有做到的（举例）", 60, row.missed)), file(text("gap", "尚未计量的部分", 50, func(x row) string { return x.view().Gap })), text("at", "测算时间", 18, func(x row) string { return x.view().At })}},
		Read: func(v *seat.Visitor, q table.Query, _ int) (seat.Part[row], error) {
			all, err := r.rows(v)
			var rows []row
			for _, x := range all {
				if within(q.Filters["state"], x.light()) {
					rows = append(rows, x)
				}
			}
			return seat.Part[row]{Rows: rows, Count: table.Count{N: len(rows), Known: true}}, err
		},
		Choices: func(*seat.Visitor, table.Query) ([]table.Choice, error) {
			var options [][2]string
			for _, s := range page.LightStates() {
				options = append(options, [2]string{stateKey(s), page.Light{State: s}.StateText()})
			}
			return []table.Choice{{Name: "state", Title: "状态", Options: seat.Options(options...)}}, nil
		},
		Named: func(_, value string) string { return page.Light{State: value}.StateText() },
	}
}
