package record

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/attachment"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
)

// sealRow is one use of a seal with the names of its people.
type sealRow struct {
	document.SealUse
	User, Approver, Href string
}

func (r room) sealListing() seat.Listing[sealRow] {
	return seat.Listing[sealRow]{Path: "/desk/seals", Action: access.CaseList, Kind: "case",
		List: table.List[sealRow]{Name: "用印登记", Unit: "次", Row: func(x sealRow) string { return x.Href },
			Empty: page.Empty{Title: "还没有用印登记", Text: "办理环节时确认已加盖印章的文书自动登记，一件一行；另行用印的在这里登记。"},
			Columns: []table.Column[sealRow]{
				{Key: "title", Title: "文书", Width: 36, Cell: func(x sealRow) table.Cell { return table.Cell{Text: x.Title, Href: x.Href, Sub: x.Number} }},
				column("case", "案件", func(x sealRow) string { return x.CaseTitle }),
				column("seal", "印章", func(x sealRow) string { return x.Seal }), column("on", "用印日期", func(x sealRow) string { return x.UsedOn.String() }),
				column("again", "再次用印的理由", func(x sealRow) string { return x.Reason }), column("copies", "份数", func(x sealRow) string { return strconv.Itoa(x.Copies) }), column("by", "用印人", func(x sealRow) string { return x.User }),
				column("approved", "批准人", func(x sealRow) string { return x.Approver })}},
		Read: func(v *seat.Visitor, q table.Query, limit int) (seat.Part[sealRow], error) {
			var list []document.SealUse
			err := v.Read(func(tx *db.Tx) (err error) {
				list, err = document.SealUses(tx, v.Agency, q.After, limit+1)
				return err
			})
			if err != nil {
				return seat.Part[sealRow]{}, err
			}
			var ids []string
			for _, s := range list {
				ids = append(ids, s.UsedBy, s.ApprovedBy)
			}
			names, err := v.Names(ids...)
			rows := make([]sealRow, len(list))
			for i, s := range list {
				rows[i] = sealRow{s, names[s.UsedBy], names[s.ApprovedBy], uses + "/" + s.ID}
			}
			return seat.Page(rows, limit, func(x sealRow) string { return x.ID }), err
		},
		Around: func(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			if v.May(access.SealUse, access.Thing{Kind: "seal"}) {
				p.Actions = []page.Link{{Text: "登记用印", Href: "/desk/seals/new"}}
			}
			return nil
		}}
}

// uses is where each use of a seal has its page.
const uses = "/desk/seals/uses"

// usePage is one use of a seal, with the scans of what was approved and sealed.
func (r room) usePage(v *seat.Visitor) error {
	var s document.SealUse
	err := v.Read(func(tx *db.Tx) (err error) {
		s, err = document.FindSealUse(tx, v.Path("id"))
		return err
	})
	if err == nil && s.Agency != v.Agency {
		err = refusal.NotFound{What: "用印登记"}
	}
	if err != nil {
		return err
	}
	names, err := v.Names(s.UsedBy, s.ApprovedBy)
	if err != nil {
		return err
	}
	p := seat.DeedPage{Frame: v.Head("用印登记", page.Link{Text: "台账"}, page.Link{Text: "用印登记", Href: "/desk/seals"}, page.Link{Text: s.Number})}
	paper := seat.Fact{Name: "文书", Text: "《" + s.Title + "》", Sub: s.Number, Wide: true}
	if access.CaseReach(v.Actor, v.Agency) == access.ReachAgency { // others see the register, and only some of the cases
		paper.Href = "/desk/cases/" + s.Case + "/documents/" + s.Document
	}
	p.Facts = []seat.Fact{paper, {Name: "印章", Text: s.Seal}, {Name: "用印日期", Text: s.UsedOn.String()}, {Name: "份数", Text: strconv.Itoa(s.Copies)},
		{Name: "用印人", Text: names[s.UsedBy]}}
	if s.ApprovedBy != "" {
		p.Facts = append(p.Facts, seat.Fact{Name: "批准人", Text: names[s.ApprovedBy]})
	}
	if s.Reason != "" {
		p.Facts = append(p.Facts, seat.Fact{Name: "再次用印的理由", Text: s.Reason, Wide: true})
	}
	if p.Files, err = attachment.Block(v, document.OwnerSeal, s.ID); err != nil {
		return err
	}
	return v.Show(http.StatusOK, "deeds", p)
}

// sealPage is where a seal put on a finished document is registered.
func (r room) sealPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	p := seat.DeedPage{Frame: v.Head("登记用印", page.Link{Text: "台账"}, page.Link{Text: "用印登记", Href: "/desk/seals"})}
	heads, err := heads(v)
	return p, []seat.Deed{{Name: "use", Form: seat.Form{Submit: "登记", Cancel: "/desk/seals", Fields: []seat.Field{
		{Name: "number", Label: "文书的文号", Required: true, Hint: "例如四民罚决字〔2026〕1号。"}, {Name: "seal", Label: "印章", Required: true, Value: r.House.Agency.Name},
		{Name: "on", Label: "用印日期", Control: seat.Date, Required: true, Value: v.Today().String()}, {Name: "copies", Label: "份数", Required: true, Value: "2"},
		{Name: "approver", Label: "批准人", Control: seat.Select, Options: heads, Required: true},
		{Name: "reason", Label: "再次用印的理由", Hint: "同一文书再次加盖同一印章的，须写明理由；第一次用印不填。"}}},
		Do: func(t url.Values) (string, string, error) {
			return "已登记用印。", "/desk/seals", v.Write(func(tx *db.Tx) error { return useSeal(tx, v, t) })
		}}}, err
}

func heads(v *seat.Visitor) ([]seat.Option, error) {
	var options []seat.Option
	err := v.Read(func(tx *db.Tx) error {
		list, err := access.List(tx, v.Agency, access.Filter{Role: access.RoleApprover, State: access.StateActive}, "", 100)
		for _, a := range list {
			if slices.Contains(v.Identities(), a.ID) {
				continue // nobody approves the own use
			}
			options = append(options, seat.Option{Value: a.ID, Text: a.Name})
		}
		return err
	})
	return options, err
}

func useSeal(tx *db.Tx, v *seat.Visitor, t url.Values) error {
	on, _ := workday.ParseDay(t.Get("on"))
	copies, _ := strconv.Atoi(seat.Text(t, "copies"))
	_, err := document.UseSeal(tx, v.Actor, seat.Text(t, "number"), document.SealUse{Seal: seat.Text(t, "seal"), UsedOn: on, Copies: copies,
		ApprovedBy: t.Get("approver"), Reason: seat.Text(t, "reason")})
	return err
}
