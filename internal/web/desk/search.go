package desk

import (
	"net/http"
	"net/url"
	"strings"

	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// searchPage shows what one word finds over the desk.
type searchPage struct {
	page.Frame
	Query   string
	Cases   []caseRow
	Items   []page.Link
	Exports []page.Link // the cases that were found, all of them
	More    string      // the whole list of cases
	Empty   page.Empty
}

// searchMost is how many cases and items one search shows.
const searchMost = 20

// search looks for cases by number, title, party and number of a document, and for items of the agency's list.
func (d *Desk) search(v *seat.Visitor) error {
	q := strings.TrimSpace(v.Value("q"))
	if runes := []rune(q); len(runes) > 100 {
		q = string(runes[:100])
	}
	p := searchPage{Frame: v.Head("检索", page.Link{Text: "检索"}), Query: q}
	if q == "" {
		p.Empty = page.Empty{Title: "请输入要查的内容", Text: "案号、文书文号、当事人名称、案由、执法事项名称都可以，两个字也能查到。"}
		return v.Show(http.StatusOK, "search", p)
	}
	if f, ok := reach(v); ok {
		f.Words = q
		err := v.Read(func(tx *db.Tx) error {
			list, err := picture.List(tx, v.Agency, f, "", v.Today(), searchMost+1)
			for i, c := range list {
				if i == searchMost {
					p.More = "/desk/cases?q=" + url.QueryEscape(q)
					break
				}
				p.Cases = append(p.Cases, caseRow{Title: c.Title, Number: c.Number, State: c.StateTitle(), Href: "/desk/cases/" + c.ID})
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	if len(p.Cases) > 0 {
		p.Exports = seat.Exports(v, "/desk/cases?q="+url.QueryEscape(q), "case")
	}
	for _, item := range d.house.Pack.Items() {
		if len(p.Items) < searchMost && (strings.Contains(item.Name, q) || strings.EqualFold(item.Code, q)) {
			p.Items = append(p.Items, page.Link{Text: item.Code + "　" + item.Name, Href: "/items/" + item.Code})
		}
	}
	if len(p.Cases)+len(p.Items) == 0 {
		p.Empty = page.Empty{Title: "没有查到“" + q + "”", Text: "请核对文字，或者换一个词。只会查到您有权查看的案件。"}
	}
	return v.Show(http.StatusOK, "search", p)
}
