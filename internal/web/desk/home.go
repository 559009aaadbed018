package desk

import (
	"fmt"
	"net/http"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/message"
	"mingjing/internal/review"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// Waiting is one thing that waits for the person.
type Waiting struct {
	Title, Sub, Href string
	Text, Tone       string // how long there is
}

// Pile is what waits for the person in one room.
type Pile struct {
	Title, Empty string
	All          page.Link
	Things       []Waiting
	More         bool
	Exports      []page.Link
}

// homePage is 我的工作台.
type homePage struct {
	page.Frame
	Today     string
	Alarms    []message.Message
	Piles     []Pile
	Deadlines []deadlineRow
	Cases     []caseRow
	May       struct{ Lead, Cases bool }
	Nothing   bool
	Exports   []page.Link // the cases of the list, all of them
}

type deadlineRow struct {
	Chip        page.Deadline
	Case, Title string
	Parties     int
}

type caseRow struct{ Title, Number, State, Href string }

// The first page shows the beginning of each list; the lists themselves are a click away.
const (
	pileMost     = 8
	deadlineMost = 6
	recentMost   = 8
)

// home is what waits for the person today.
func (d *Desk) home(v *seat.Visitor) error {
	p := homePage{Frame: v.Head("我的工作台"), Today: v.Today().String()}
	if err := v.Read(func(tx *db.Tx) (err error) {
		p.Alarms, err = message.Rechecked(tx, v.Actor)
		return err
	}); err != nil {
		return err
	}
	p.May.Lead, p.May.Cases = may(v.Visit, access.CaseLead), may(v.Visit, access.CaseList)
	for _, pile := range []func(*seat.Visitor) (Pile, bool, error){d.submissions, d.reviews, d.publications} {
		found, shown, err := pile(v)
		if err != nil {
			return err
		}
		if shown {
			p.Piles = append(p.Piles, found)
		}
	}
	if p.May.Cases {
		if err := d.homeCases(v, &p); err != nil {
			return err
		}
	}
	return v.Show(http.StatusOK, "home", p)
}

// inbox is the whole list of papers that wait for the person's signature.
func (d *Desk) inbox(v *seat.Visitor) error {
	pile, _, err := d.submissionsUpTo(v, inboxMost)
	if err != nil {
		return err
	}
	pile.Exports = d.waitingList().Exports(v, len(pile.Things))
	return v.Show(http.StatusOK, "home", homePage{Frame: v.Head("待办", page.Link{Text: "待办"}), Today: v.Today().String(), Piles: []Pile{pile}})
}

// waitingList is the papers that wait for the person's signature, as a file.
func (d *Desk) waitingList() seat.Beside[Waiting] {
	column := func(key, title string, width float64, get func(Waiting) string) table.Column[Waiting] {
		return table.Column[Waiting]{Key: key, Title: title, Width: width, Cell: func(x Waiting) table.Cell { return table.Cell{Text: get(x)} }}
	}
	return seat.Beside[Waiting]{Path: "/desk/inbox", Kind: "case", List: table.List[Waiting]{Name: "送签待办", Unit: "件", Columns: []table.Column[Waiting]{
		column("title", "文书", 60, func(x Waiting) string { return x.Title }), column("sub", "送签", 40, func(x Waiting) string { return x.Sub }),
		column("at", "时间", 18, func(x Waiting) string { return x.Text })}},
		Read: func(v *seat.Visitor) ([]Waiting, string, error) {
			pile, _, err := d.submissionsUpTo(v, inboxMost)
			return pile.Things, "", err
		}}
}

func (d *Desk) submissions(v *seat.Visitor) (Pile, bool, error) {
	return d.submissionsUpTo(v, pileMost)
}

// submissionsUpTo lists the papers that wait for one of the person's roles.
func (d *Desk) submissionsUpTo(v *seat.Visitor, most int) (Pile, bool, error) {
	pile := Pile{Title: "送签待办", Empty: "没有等您签批的文书。同事把文书送签到您的岗位后，会列在这里。", All: page.Link{Text: "全部待办", Href: "/desk/inbox"}}
	err := v.Read(func(tx *db.Tx) error {
		list, err := document.Waiting(tx, v.Agency, v.Roles, "", most+1)
		if err != nil {
			return err
		}
		for _, s := range list {
			if s.SentBy == v.Account {
				continue
			}
			if len(pile.Things) == most {
				pile.More = true
				break
			}
			f, err := picture.Find(tx, s.Case)
			if err != nil {
				return err
			}
			pile.Things = append(pile.Things, Waiting{Title: f.Title + "：" + stepTitle(f.Procedure, s.Step), Href: "/desk/submissions/" + s.ID,
				Sub: s.SentName + " 送签，等" + access.RoleTitle(s.Waiting) + "签批", Text: s.SentAt.In(shanghai()).Format("1月2日 15:04")})
		}
		return nil
	})
	return pile, true, err
}

// stepTitle is the Chinese name of a step of a procedure.
func stepTitle(procedure, code string) string {
	m := flow.Ordinary()
	if procedure == book.Simple {
		m = flow.OnTheSpot()
	}
	if s, ok := m.Find(flow.Code(code)); ok {
		return s.Title
	}
	return code
}

// reviews lists the legal reviews that wait, for reviewers.
func (d *Desk) reviews(v *seat.Visitor) (Pile, bool, error) {
	if !v.Has(access.RoleReviewer) {
		return Pile{}, false, nil
	}
	pile := Pile{Title: "待法制审核", Empty: "没有等待审核的案件。承办人送审后，会列在这里。", All: page.Link{Text: "全部审核", Href: "/desk/reviews"}}
	err := v.Read(func(tx *db.Tx) error {
		list, err := review.Desk(tx, v.Agency, "open", "", pileMost+1)
		for i, r := range list {
			if i == pileMost {
				pile.More = true
				break
			}
			w := Waiting{Title: r.CaseTitle, Sub: r.CaseNumber + "　" + r.StateTitle(), Href: "/desk/reviews/" + r.ID}
			if !r.DueOn.IsZero() {
				w.Text, w.Tone = left(r.DueOn.Sub(v.Today()))
			}
			pile.Things = append(pile.Things, w)
		}
		return err
	})
	return pile, true, err
}

// publications lists what must be published or taken down, for publishers and checkers.
func (d *Desk) publications(v *seat.Visitor) (Pile, bool, error) {
	if !slices.ContainsFunc(v.Roles, func(r string) bool { return r == access.RolePublisher || r == access.RoleChecker }) {
		return Pile{}, false, nil
	}
	pile := Pile{Title: "待公示、待撤下", Empty: "没有到期的公示事项。作出决定后，应当公示的会列在这里。", All: page.Link{Text: "全部公示", Href: "/desk/publications"}}
	list, err := d.house.Disclosure.DueList(v.Context(), v.Agency, "", pileMost)
	if err != nil {
		return pile, true, err
	}
	for _, p := range list.Rows {
		w := Waiting{Title: p.Title, Sub: p.Number, Href: "/desk/publications/" + p.ID, Tone: "open", Text: fmt.Sprintf("还剩%d个工作日", p.DaysLeft)}
		switch {
		case p.Overdue:
			w.Tone, w.Text = "late", fmt.Sprintf("已超期%d个工作日", -p.DaysLeft)
		case p.DaysLeft <= 2:
			w.Tone = "soon"
		}
		pile.Things = append(pile.Things, w)
	}
	pile.More = list.Next != ""
	return pile, true, nil
}

// left says how many days there are.
func left(days int) (text, tone string) {
	switch {
	case days < 0:
		return fmt.Sprintf("已超期%d日", -days), "late"
	case days == 0:
		return "今日届满", "soon"
	case days <= 3:
		return fmt.Sprintf("还剩%d日", days), "soon"
	}
	return fmt.Sprintf("还剩%d日", days), "open"
}

// homeCases adds the deadlines and the newest cases within the person's reach.
func (d *Desk) homeCases(v *seat.Visitor, p *homePage) error {
	return v.Read(func(tx *db.Tx) error {
		handler := ""
		if v.Has(access.RoleHandler) {
			handler = v.Identities()[len(v.Identities())-1]
		} else if access.CaseReach(v.Actor, v.Agency) != access.ReachAgency {
			handler = v.Account
		}
		clocks, err := deadline.Coming(tx, v.Agency, handler, "", "", deadlineMost)
		if err != nil {
			return err
		}
		for _, c := range clocks {
			chip, err := d.chip(c, v)
			if err != nil {
				return err
			}
			p.Deadlines = append(p.Deadlines, deadlineRow{Chip: chip, Case: "/desk/cases/" + c.Case, Title: c.CaseTitle, Parties: c.Parties})
		}
		f, ok := reach(v)
		if !ok {
			return nil
		}
		f.Open = true
		whole := "/desk/cases?state=open"
		if handler != "" {
			whole += "&scope=mine"
			f.Handler, f.Unit = handler, ""
		}
		files, err := picture.List(tx, v.Agency, f, "", v.Today(), recentMost)
		for _, c := range files {
			p.Cases = append(p.Cases, caseRow{Title: c.Title, Number: c.Number, State: c.StateTitle(), Href: "/desk/cases/" + c.ID})
		}
		if len(p.Cases) > 0 {
			p.Exports = seat.Exports(v, whole, "case")
		}
		return err
	})
}

// chip is a clock with its working.
func (d *Desk) chip(c deadline.Clock, v *seat.Visitor) (page.Deadline, error) {
	result, err := c.Explain(d.house.Calendar)
	if err != nil {
		return page.Deadline{}, err
	}
	return page.DeadlineOf(c.Label, result, v.Today(), c.MetOn), nil
}

// reach is the filter that keeps a list of cases within what the person may see.
func reach(v *seat.Visitor) (picture.Filter, bool) {
	switch access.CaseReach(v.Actor, v.Agency) {
	case access.ReachAgency:
		return picture.Filter{}, true
	case access.ReachUnit:
		return picture.Filter{Unit: v.Unit}, true
	case access.ReachOwn:
		return picture.Filter{Handler: v.Identities()[len(v.Identities())-1]}, true
	}
	return picture.Filter{}, false
}
