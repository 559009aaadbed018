package board

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/oversight/undertaking"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/returns"
	"mingjing/internal/rulebook"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// annual is the duty of the annual return.
const annual = 12

func recordsOf(duty int) string { return duties + "/" + strconv.Itoa(duty) + "/records" }

// keeping is a duty with what its records are made of.
type keeping struct {
	pack.Task
	texts []pack.Deliverable
	kinds []pack.Undertaking
}

// keeping finds a duty of which the program keeps records of its own.
func (r room) keeping(v *seat.Visitor) (keeping, error) {
	number, err := strconv.Atoi(v.Path("number"))
	task, ok := r.House.Pack.Task(number)
	k := keeping{Task: task}
	for _, d := range r.House.Pack.Deliverables() {
		if ok && d.Task == task.Code && d.Kept {
			k.texts = append(k.texts, d)
		}
	}
	for _, u := range r.House.Pack.Undertakings(v.Today()) {
		if ok && u.Task == task.Code {
			k.kinds = append(k.kinds, u)
		}
	}
	if err != nil || !ok || len(k.texts)+len(k.kinds) == 0 && number != annual {
		return k, refusal.NotFound{What: "这项职责的落实记录"}
	}
	return k, nil
}

func (r room) crumbs(k keeping) []page.Link {
	return []page.Link{{Text: "任务分工", Href: duties}, dutyLink(k.Task)}
}

// records is what a duty is kept by, and the acts that write it down.
func (r room) records(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	k, err := r.keeping(v)
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	p := seat.DeedPage{Frame: v.Head("落实记录", r.crumbs(k)...), Lead: k.Requirement, Actions: []page.Link{{Text: "这一项今天的情况", Href: duties + "/" + strconv.Itoa(k.No)}}}
	if k.No == 27 {
		p.Actions = append(p.Actions, page.Link{Text: "历史数据的导入", Href: "/desk/imports"})
	}
	list := r.recordList()
	rows, _, err := list.Read(v)
	if err != nil {
		return p, nil, err
	}
	p.Parts = []seat.DeedPart{{Title: "已登记的", Lead: "最近的在前，最多列出200件；登记以后不能修改，每一件都可以打开，看到台账中的记载。", Table: list.View(v, rows)}}
	deeds, err := r.deeds(v, k)
	return p, deeds, err
}

// record is one line of what a duty is kept by.
type record struct{ href, title, on, state, tone string }

func (k keeping) rows(tx *db.Tx, agency string) ([]record, error) {
	var rows []record
	at := recordsOf(k.No) + "/"
	for _, d := range k.texts {
		list, err := rulebook.Versions(tx, agency, d.Code)
		if err != nil {
			return nil, err
		}
		for _, t := range list {
			x := record{at + t.ID, "《" + t.Title + "》" + t.Number, t.From.String(), "现行", "met"}
			if !t.Until.IsZero() {
				x.state, x.tone = "至"+t.Until.String()+"止", "open"
			}
			rows = append(rows, x)
		}
	}
	list, err := undertaking.List(tx, agency, k.Code, nil, 200)
	if err != nil {
		return nil, err
	}
	for _, u := range list {
		x := record{at + u.ID, u.Title, u.On.String(), "已登记", "met"}
		if kind, ok := k.kind(u.Kind); ok && kind.Settle != "" {
			x.state, x.tone = settled(u)
		}
		rows = append(rows, x)
	}
	if k.No != annual {
		return rows, nil
	}
	sent, err := returns.List(tx, agency)
	for _, s := range sent {
		x := record{at + s.ID, strconv.Itoa(s.Year) + "年行政执法统计年报", s.Sent.String(), "按期上报", "met"}
		if !s.InTime() {
			x.state, x.tone = "逾期上报", "late"
		}
		rows = append(rows, x)
	}
	return rows, err
}

// settled is how an undertaking stands that must be settled.
func settled(u undertaking.Undertaking) (state, tone string) {
	switch {
	case u.Open() && u.Due.IsZero():
		return "等待办结", "open"
	case u.Open():
		return "应于" + u.Due.String() + "前办结", "open"
	case !u.Due.IsZero() && u.Settled.After(u.Due):
		return "逾期办结于" + u.Settled.String(), "late"
	}
	return "已办结于" + u.Settled.String(), "met"
}

func (k keeping) kind(code string) (pack.Undertaking, bool) {
	for _, u := range k.kinds {
		if u.Code == code {
			return u, true
		}
	}
	return pack.Undertaking{}, false
}

// record is the page of one record: what was written down, who did, and where the ledger says so.
func (r room) record(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	k, err := r.keeping(v)
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	var one shown
	err = v.Read(func(tx *db.Tx) (err error) {
		one, err = k.find(tx, v.Agency, v.Path("id"))
		if err == nil {
			one.events, err = ledger.Recent(tx, v.Agency, ledger.Pick{Subject: v.Path("id"), Acts: true}, -1, 20)
		}
		return err
	})
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	names, err := v.Names(one.by, one.settledBy)
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	p := seat.DeedPage{Frame: v.Head(one.title, append(r.crumbs(k), page.Link{Text: "落实记录", Href: recordsOf(k.No)})...), State: one.state, Tone: one.tone, Facts: one.facts}
	p.Facts = append(p.Facts, seat.Fact{Name: "登记", Text: names[one.by] + "　" + seat.Moment(one.at)})
	if one.settledBy != "" {
		p.Facts = append(p.Facts, seat.Fact{Name: "办结登记", Text: names[one.settledBy]})
	}
	for _, e := range one.events {
		fact := seat.Fact{Name: "台账", Text: seat.EventTitle(e.Kind) + "　" + seat.Moment(e.Recorded), Sub: fmt.Sprintf("第%d条", e.Seq)}
		if v.May(access.LedgerView, access.Thing{Kind: "ledger"}) {
			fact.Href = "/desk/ledger/" + strconv.FormatInt(e.Seq, 10)
		}
		p.Facts = append(p.Facts, fact)
	}
	if one.settle == nil || !v.May(access.UndertakingKeep, access.Thing{Kind: "undertaking"}) {
		return p, nil, nil
	}
	return p, []seat.Deed{r.settling(v, *one.settle)}, nil
}

// shown is one record as its page shows it.
type shown struct {
	title, state, tone string
	facts              []seat.Fact
	by, at, settledBy  string
	events             []ledger.Record
	settle             *pack.Undertaking // the kind of one that waits to be settled
}

func (k keeping) find(tx *db.Tx, agency, id string) (shown, error) {
	if t, err := rulebook.Find(tx, agency, id); err == nil {
		return k.text(t)
	}
	if k.No == annual {
		return annualReturn(tx, agency, id)
	}
	u, err := undertaking.Find(tx, agency, id)
	if err != nil || u.Task != k.Code {
		return shown{}, refusal.NotFound{What: "落实记录"}
	}
	return k.undertaking(tx, u)
}

func (k keeping) text(t rulebook.Text) (shown, error) {
	for _, d := range k.texts {
		if d.Code != t.Code {
			continue
		}
		one := shown{title: "《" + t.Title + "》", state: "现行", tone: "met", by: t.RecordedBy, at: t.Recorded,
			facts: []seat.Fact{{Name: "文号", Text: t.Number}, {Name: "来源", Text: t.Source}, {Name: "施行", Text: t.From.String()}}}
		if !t.Until.IsZero() {
			one.state, one.tone = "至"+t.Until.String()+"止", "open"
		}
		for _, name := range rulebook.Sections(d) {
			one.facts = append(one.facts, seat.Fact{Name: name, Text: t.Sections[name], Wide: true})
		}
		return one, nil
	}
	return shown{}, refusal.NotFound{What: "落实记录"}
}

func (k keeping) undertaking(tx *db.Tx, u undertaking.Undertaking) (shown, error) {
	kind, _ := k.kind(u.Kind)
	one := shown{title: u.Title, state: "已登记", tone: "met", by: u.RecordedBy, at: u.Recorded, settledBy: u.SettledBy, facts: []seat.Fact{{Name: "日期", Text: u.On.String()}}}
	if kind.Settle != "" {
		one.state, one.tone = settled(u)
		if u.Open() {
			one.settle = &kind
		}
	}
	if !u.Due.IsZero() {
		one.facts = append(one.facts, seat.Fact{Name: kind.Due, Text: u.Due.String()})
	}
	for _, f := range kind.Fields {
		one.facts = append(one.facts, seat.Fact{Name: f.Label, Text: u.Values[f.Name], Wide: f.Type == pack.FieldText})
	}
	if u.Late != "" {
		one.facts = append(one.facts, seat.Fact{Name: "补录的理由", Text: u.Late, Wide: true})
	}
	for _, f := range kind.Outcome {
		if text := u.Outcome[f.Name]; text != "" {
			one.facts = append(one.facts, seat.Fact{Name: f.Label, Text: text, Wide: f.Type == pack.FieldText})
		}
	}
	if len(u.Officers) == 0 {
		return one, nil
	}
	names, err := undertaking.Names(tx, u.Officers)
	one.facts = append(one.facts, seat.Fact{Name: kind.Attended, Text: strings.Join(names, "、"), Wide: true})
	return one, err
}

func annualReturn(tx *db.Tx, agency, id string) (shown, error) {
	list, err := returns.List(tx, agency)
	if err != nil {
		return shown{}, err
	}
	for _, s := range list {
		if s.ID != id {
			continue
		}
		total, amount := s.Figures.Sum()
		one := shown{title: strconv.Itoa(s.Year) + "年行政执法统计年报", state: "按期上报", tone: "met", by: s.RecordedBy, at: s.Recorded}
		if !s.InTime() {
			one.state, one.tone = "逾期上报", "late"
		}
		one.facts = []seat.Fact{{Name: "上报", Text: s.Sent.String()}, {Name: "期限", Text: returns.DueDay(s.Year).String()}, {Name: "上报的部门", Text: s.Recipient}, {Name: "签收编号", Text: s.Receipt},
			{Name: "行政处罚合计", Text: fmt.Sprintf("%d宗，罚没%s", total, amount)}, {Name: "其中系统计算", Text: fmt.Sprintf("%d宗（简易程序%d宗，重大%d宗），罚没%s", s.Figures.Total, s.Figures.Simple, s.Figures.Major, s.Figures.Amount)},
			{Name: "其中纸质办理", Text: fmt.Sprintf("%d宗，罚没%s", s.Figures.Paper, s.Figures.PaperOf)}, {Name: "不予行政处罚", Text: fmt.Sprintf("%d宗", s.Figures.None)}}
		if s.Late != "" {
			one.facts = append(one.facts, seat.Fact{Name: "补录的理由", Text: s.Late, Wide: true})
		}
		return one, nil
	}
	return shown{}, refusal.NotFound{What: "落实记录"}
}

// typedValues are the fields of a form as a room takes them.
func typedValues(fields []pack.UndertakingField, typed url.Values) map[string]string {
	values := map[string]string{}
	for _, f := range fields {
		values[f.Name] = seat.Text(typed, f.Name)
	}
	return values
}
