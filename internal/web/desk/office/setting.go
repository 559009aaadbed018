package office

import (
	"net/url"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/catalog/setting"
	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// levelOf is who set the value that holds: the law itself, the province, the agency.
func (r room) levelOf(p paramRow) string {
	if p.Source == "" {
		return "国家"
	}
	if strings.HasPrefix(p.Source, setting.Own) {
		return "本机关"
	}
	for _, l := range r.House.Pack.Layers() {
		if strings.HasPrefix(p.Source, l.Name+"/") {
			return map[string]string{"national": "国家", "province": "省级", "city": "市级", "agency": "本机关"}[string(l.Level)]
		}
	}
	return "国家"
}

// sourceOf is the document behind a value, without the name of the file that holds it.
func sourceOf(source string) string {
	if rest, text, ok := strings.Cut(source, "（"); ok && strings.Contains(rest, "#") {
		return strings.TrimSuffix(text, "）")
	}
	return source
}

// strictness says how far an agency may go.
func strictness(p law.Param) string {
	switch {
	case p.Tighter == law.Fixed:
		return "法律固定"
	case p.MayLoosen:
		return "可以另定"
	case p.Tighter == law.TighterLower:
		return "只能更低"
	}
	return "只能更高"
}

// settingRow is a value that the agency set, with the names of who did.
type settingRow struct {
	setting.Setting
	Title, Text, By, Decided string
}

func stateOf(s setting.Setting) (text, tone string) {
	switch s.State {
	case setting.Confirmed:
		return "已确认", "met"
	case setting.Refused:
		return "不同意", "none"
	}
	return "等待另一人确认", "soon"
}

func (r room) settingRows(v *seat.Visitor) ([]settingRow, error) {
	var rows []settingRow
	var accounts []string
	err := v.Read(func(tx *db.Tx) error {
		list, err := setting.List(tx, v.Agency, setting.KindParam)
		for _, s := range list {
			row := settingRow{Setting: s, Title: s.Code, Text: s.Value}
			p, _, ok := r.House.Cases.Books().Law.Param(s.Code, s.From)
			if n, err := strconv.ParseInt(s.Value, 10, 64); ok && err == nil {
				row.Title, row.Text = p.Title, p.Unit.Length(n)
			}
			rows, accounts = append(rows, row), append(accounts, s.ProposedBy, s.DecidedBy)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	names, err := v.Names(accounts...)
	for i := range rows {
		rows[i].By, rows[i].Decided = names[rows[i].ProposedBy], names[rows[i].DecidedBy]
	}
	return rows, err
}

func (r room) settingList() seat.Beside[settingRow] {
	list := table.List[settingRow]{Name: "本机关数值", Unit: "项",
		Empty: page.Empty{Title: "本机关还没有自己设定数值", Text: "听证、法制审核的金额标准等，本机关有文件依据的，提出后由另一人确认，自生效日起用于新的办理。"},
		Columns: []table.Column[settingRow]{
			{Key: "title", Title: "参数", Width: 36, Cell: func(s settingRow) table.Cell { return table.Cell{Text: s.Title, Sub: s.Note} }},
			column("value", "数值", func(s settingRow) string { return s.Text }), column("from", "自", func(s settingRow) string { return s.From.String() }),
			column("basis", "依据", func(s settingRow) string { return s.Basis }),
			{Key: "state", Title: "状态", Cell: func(s settingRow) table.Cell {
				text, tone := stateOf(s.Setting)
				return table.Cell{Text: text, Tone: tone}
			}},
			column("by", "提出", func(s settingRow) string { return s.By + " " + seat.Moment(s.ProposedAt) }),
			column("decided", "确认", func(s settingRow) string {
				if s.Decided == "" {
					return ""
				}
				return s.Decided + " " + seat.Moment(s.DecidedAt)
			})}}
	return seat.Beside[settingRow]{Path: settings + "/values", Action: access.RosterView, Kind: "catalog", List: list,
		Read: func(v *seat.Visitor) ([]settingRow, string, error) {
			rows, err := r.settingRows(v)
			return rows, "本机关数值", err
		}}
}

// settingPage lists what the agency set, takes a proposal and the second signature.
func (r room) settingPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	p := seat.DeedPage{Frame: v.Head("本机关数值"), Tabs: packTabs(settings),
		Lead: "法律、法规留给机关确定的数值，和机关自愿从严的期限，在这里设定。每个数值写明依据文件和生效日期，由另一人确认后自生效日起用于新的办理；已经办理的各步仍按当时的规则版本。"}
	p.Law = []page.Finding{{Message: "行政机关可以依法制定行政处罚裁量基准，并应当向社会公布；听证的较大数额由有权机关规定。", Cite: "《行政处罚法》第三十四条、第六十三条"}}
	rows, err := r.settingRows(v)
	if err != nil {
		return p, nil, err
	}
	p.Parts = []seat.DeedPart{{Title: "设定的数值", Table: r.settingList().View(v, rows)}}
	var deeds []seat.Deed
	var waiting []seat.Option
	for _, s := range rows {
		if s.MayDecide(v.Actor) {
			waiting = append(waiting, seat.Option{Value: s.ID, Text: s.Title + "：" + s.Text, Hint: s.From.String() + "起，依据" + s.Basis + "，" + s.By + "提出"})
		}
	}
	if len(waiting) > 0 {
		deeds = append(deeds, seat.Deed{Name: "decide", Form: seat.Form{Title: "确认别人提出的数值", Submit: "提交", Fields: []seat.Field{
			{Name: "id", Label: "数值", Control: seat.Radio, Options: waiting, Required: true},
			{Name: "answer", Label: "意见", Control: seat.Radio, Options: texts([]string{"同意", "不同意"}), Required: true}}},
			Do: func(t url.Values) (string, string, error) { return r.settle(v, t) }})
	}
	if v.May(access.CatalogActive, access.Thing{Kind: "catalog"}) {
		deeds = append(deeds, seat.Deed{Name: "propose", Form: seat.Form{Title: "提出一个数值", Submit: "提出，等待另一人确认", Fields: []seat.Field{
			{Name: "code", Label: "参数", Control: seat.Select, Options: r.settable(v), Required: true},
			{Name: "value", Label: "数值", Required: true, Hint: "只写数字。金额以元为单位，其他按参数的单位（日、工作日、月、百分比）。"},
			{Name: "from", Label: "生效日期", Control: seat.Date, Required: true, Hint: "今日之后。"},
			{Name: "basis", Label: "依据文件的文号", Required: true, Hint: "例如四民发〔2026〕3号"},
			{Name: "note", Label: "说明", Control: seat.Area, Rows: 2}}},
			Do: func(t url.Values) (string, string, error) { return r.propose(v, t) }})
	}
	return p, deeds, nil
}

// settable are the parameters with what holds today, and how far the agency may go.
func (r room) settable(v *seat.Visitor) []seat.Option {
	set := r.House.Cases.Books().Law
	var list []seat.Option
	for _, p := range setting.Settable() {
		if now, _, ok := set.Param(p.Code, v.Today()); ok {
			list = append(list, seat.Option{Value: p.Code, Text: p.Title + "（现为" + value(now) + "，" + strictness(p) + "）"})
		}
	}
	return list
}

func (r room) propose(v *seat.Visitor, t url.Values) (string, string, error) {
	s := setting.Setting{Code: t.Get("code"), Value: seat.Text(t, "value"), Basis: seat.Text(t, "basis"), Note: seat.Text(t, "note")}
	var err error
	if s.From, err = workday.ParseDay(seat.Text(t, "from")); err != nil {
		return "", "", refusal.Field("from", "请填写生效日期。")
	}
	for _, p := range setting.Settable() {
		if p.Code == s.Code && p.Unit == law.FenUnit {
			fen, err := zh.ParseFen(s.Value)
			if err != nil {
				return "", "", refusal.Field("value", "请填写金额，单位元。")
			}
			s.Value = strconv.FormatInt(int64(fen), 10)
		}
	}
	err = v.Write(func(tx *db.Tx) error { _, err := setting.Propose(tx, v.Actor, r.House.Above(), s); return err })
	return "已提出，等待另一名管理员或者机关负责人确认。", "", err
}

func (r room) settle(v *seat.Visitor, t url.Values) (string, string, error) {
	agree := t.Get("answer") == "同意"
	var s setting.Setting
	err := v.Write(func(tx *db.Tx) (err error) {
		s, err = setting.Decide(tx, v.Actor, r.House.Above(), t.Get("id"), agree)
		return err
	})
	if err != nil || !agree {
		return "已记录：不同意。", "", err
	}
	return "已确认，自" + s.From.String() + "起用于新的办理。", "", r.House.Renew(v.Context())
}
