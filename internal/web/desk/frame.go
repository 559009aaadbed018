package desk

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

// who finds the person of a request. A person whose roles need a second factor and who has none yet is led to enrol it
// first.
func (d *Desk) who(r *http.Request) (access.Visit, error) {
	v, err := d.house.Keeper.Resolve(r.Context(), d.token(r))
	if errors.Is(err, access.ErrNoSession) {
		return v, web.SignIn{Location: loginFor(r)}
	}
	if err == nil && v.MustEnrol {
		return v, web.SignIn{Location: "/desk/account/factor"}
	}
	return v, err
}

// loginFor is the sign-in page that comes back to what was asked, where asking again is harmless.
func loginFor(r *http.Request) string {
	back := r.URL.RequestURI()
	if r.Method != http.MethodGet {
		back = web.SafeBack(r.Header.Get("Referer"))
	}
	if back == "/" || back == "/desk/" {
		return "/desk/login"
	}
	return "/desk/login?back=" + url.QueryEscape(back)
}

// frame surrounds a page for the person.
func (d *Desk) frame(r *http.Request, who access.Visit, title string, crumbs ...page.Link) page.Frame {
	f := d.bare(r, title)
	f.Crumbs = crumbs
	f.Person = page.Person{Name: who.Name, ActsFor: who.OnBehalfName, Roles: roleTitles(who.Roles), Unit: d.unitName(who.Unit)}
	f.Rail = rail(who, r.URL.Path)
	f.Inbox = d.waiting(r, who)
	return f
}

// bare is the frame for who has not signed in.
func (d *Desk) bare(r *http.Request, title string) page.Frame {
	f := page.Frame{Title: title, Site: d.options.Site, View: web.ViewOf(r), Path: r.URL.RequestURI(), NoIndex: true}
	f.Site.Name = "明镜 " + d.house.Agency.Name
	if halt, halted := d.house.DB.Halted(); halted {
		f.Alarm = alarm(halt)
	}
	if d.house.Demo {
		f.Clock = workday.DayOf(d.house.DB.Now()).String()
	}
	return f
}

// alarm says over every page what has happened, what to do, and that nothing typed is lost.
func alarm(h db.Halt) string {
	refused := db.HaltError{Halt: h}
	do := "请系统管理员检查磁盘"
	if h.Full {
		do = "请系统管理员清理磁盘空间"
	}
	return refused.Message() + "已经办理的都在，没有丢失；正在填写的内容请留在页面上，提交不成的会原样保留。" + do + "，恢复后系统自动恢复办理。（" +
		h.Since.In(workday.Shanghai()).Format("2006-01-02 15:04") + " 起）"
}

// problemFrame is the frame of an error page: with the rail where the person is known.
func (d *Desk) problemFrame(r *http.Request) page.Frame {
	who, err := d.house.Keeper.Resolve(r.Context(), d.token(r))
	if err != nil || who.MustEnrol {
		return d.bare(r, "")
	}
	return d.frame(r, who, "")
}

func (d *Desk) unitName(code string) string {
	if u, ok := d.house.Pack.Unit(code); ok {
		return u.Name
	}
	return ""
}

func roleTitles(roles []string) string {
	titles := make([]string, 0, len(roles))
	for _, role := range roles {
		titles = append(titles, access.RoleTitle(role))
	}
	return strings.Join(titles, "、")
}

// inboxMost is how many waiting papers are counted; more are shown as that many.
const inboxMost = 99

// waiting counts the papers that wait for the person's signature. A count that cannot be read leaves the badge out: the
// page below it is worth more than its ornament, and says itself when the store is out of reach.
func (d *Desk) waiting(r *http.Request, who access.Visit) int {
	n := 0
	err := d.house.DB.Read(r.Context(), func(tx *db.Tx) error {
		list, err := document.Waiting(tx, who.Agency, who.Roles, "", inboxMost)
		for _, s := range list {
			if s.SentBy != who.Account {
				n++
			}
		}
		return err
	})
	if err != nil {
		return 0
	}
	return n
}

// railEntry is one line of the rail: where it leads, who sees it.
type railEntry struct {
	text, href string
	action     access.Action
}

// railRoom is a group of the rail: its duties and its entries.
type railRoom struct {
	title, duties string
	entries       []railEntry
}

// railRooms are the rooms of the desk by duty.
func railRooms() []railRoom {
	return []railRoom{
		{"办案", "8、15", []railEntry{{"我的工作台", "/desk/", ""}, {"消息", "/desk/messages", ""}, {"案件", "/desk/cases", access.CaseList}, {"登记案源", "/desk/cases/new", access.CaseLead},
			{"当场处罚", "/desk/cases/new/spot", access.CaseLead}, {"期限", "/desk/deadlines", access.CaseList}}},
		{"法制审核", "19–25", []railEntry{{"待办审核", "/desk/reviews", access.CaseList}, {"全部审核", "/desk/reviews/all", access.CaseList}}},
		{"公示", "2、10、11", []railEntry{{"待公示与待撤下", "/desk/publications", access.PublicationList}, {"全部公示信息", "/desk/publications/all", access.PublicationList},
			{"导入历史决定", "/desk/imports", access.PublicationList}}},
		{"台账", "13、18、26", []railEntry{{"任务分工", "/desk/duties", access.BoardView}, {"全过程记录", "/desk/ledger", access.LedgerView}, {"文号登记", "/desk/numbers", access.RosterView},
			{"用印登记", "/desk/seals", access.CaseList}, {"查阅记录", "/desk/looks", access.LookView}}},
		{"机构与人员", "5、7、9", []railEntry{{"执法人员", "/desk/officers", access.RosterView}, {"法制审核人员", "/desk/reviewers", access.RosterView},
			{"法律顾问、公职律师", "/desk/counsels", access.RosterView}, {"代理（AB角）", "/desk/acting", access.RosterView}, {"科室", "/desk/units", access.RosterView}}},
		{"制度与管理", "3、4、16", []railEntry{{"规则", "/desk/rules", access.RosterView}, {"参数", "/desk/parameters", access.RosterView}, {"专案包", "/desk/pack", access.RosterView},
			{"执法事项", "/desk/items", access.RosterView}, {"审核目录", "/desk/triggers", access.RosterView}, {"账号", "/desk/accounts", access.AccountAdmin}, {"重置确认", "/desk/resets", access.AccountConfirm}, {"帮助", "/desk/help", ""}}},
	}
}

// rail lists the rooms that the person may enter.
func rail(who access.Visit, path string) []page.Room {
	var rooms []page.Room
	best := ""
	for _, room := range railRooms() {
		r := page.Room{Title: room.title, Duties: room.duties}
		for _, e := range room.entries {
			if e.action != "" && !may(who, e.action) {
				continue
			}
			if under(path, e.href) && len(e.href) > len(best) {
				best = e.href
			}
			r.Links = append(r.Links, page.Link{Text: e.text, Href: e.href})
		}
		if len(r.Links) > 0 {
			rooms = append(rooms, r)
		}
	}
	for _, r := range rooms {
		if i := slices.IndexFunc(r.Links, func(l page.Link) bool { return l.Href == best }); i >= 0 {
			r.Links[i].Here = true
		}
	}
	return rooms
}

// under tells whether an address lies at or below an entry; the first page has nothing below it.
func under(path, href string) bool {
	return path == href || href != "/desk/" && strings.HasPrefix(path, href+"/")
}
