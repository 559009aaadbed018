package desk

import (
	"net/http"
	"net/url"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/party"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// searchPage shows what one word finds over the desk.
type searchPage struct {
	page.Frame
	Query        string
	Cases        []caseRow
	Publications []caseRow
	Items        []page.Link
	Exports      []page.Link // the cases that were found by words, all of them
	ExportPublic []page.Link // the publications, likewise
	More         string      // the whole list of cases
	MorePublic   string      // the whole list of publications
	Empty        page.Empty
}

// searchMost is how many cases, publications and items one search shows.
const searchMost = 20

// search looks for cases by number, title, party, the party's code and number of a document, for publications, and for items
// of the agency's list.
func (d *Desk) search(v *seat.Visitor) error {
	q := strings.TrimSpace(v.Value("q"))
	if runes := []rune(q); len(runes) > 100 {
		q = string(runes[:100])
	}
	p := searchPage{Frame: v.Head("检索", page.Link{Text: "检索"}), Query: q}
	if q == "" {
		p.Empty = page.Empty{Title: "请输入要查的内容", Text: "案号、文书文号、当事人名称、统一社会信用代码或者组织机构代码、案由、执法事项名称都可以，两个字也能查到；文号用哪种括号、写不写“第”都一样。"}
		return v.Show(http.StatusOK, "search", p)
	}
	for _, find := range []func(*seat.Visitor) error{p.coded, p.cases, p.publications} {
		if err := find(v); err != nil {
			return err
		}
	}
	for _, item := range d.house.Pack.Items() {
		if len(p.Items) < searchMost && (strings.Contains(item.Name, q) || strings.EqualFold(item.Code, q)) {
			p.Items = append(p.Items, page.Link{Text: item.Code + "　" + item.Name, Href: "/items/" + item.Code})
		}
	}
	if len(p.Cases)+len(p.Publications)+len(p.Items) == 0 {
		p.Empty = page.Empty{Title: "没有查到“" + q + "”", Text: "请核对文字，或者换一个词。只会查到您有权查看的案件。"}
	}
	return v.Show(http.StatusOK, "search", p)
}

// cases finds by number, title and name. What reads like a 文号 is looked for as records spell it, and as it was typed where
// that finds nothing.
func (p *searchPage) cases(v *seat.Visitor) error {
	f, ok := reach(v)
	if !ok {
		return nil
	}
	words := []string{p.Query}
	if n := seat.Sought(p.Query); n != p.Query {
		words = []string{n, p.Query}
	}
	return v.Read(func(tx *db.Tx) error {
		for _, f.Words = range words {
			list, err := picture.List(tx, v.Agency, f, "", v.Today(), searchMost+1)
			if err != nil {
				return err
			}
			for i, c := range list {
				if i == searchMost {
					p.More = "/desk/cases?q=" + url.QueryEscape(p.Query)
					break
				}
				p.Cases = append(p.Cases, rowOf(c))
			}
			if len(list) > 0 {
				p.Exports = seat.Exports(v, "/desk/cases?q="+url.QueryEscape(f.Words), "case")
				break
			}
		}
		return nil
	})
}

func rowOf(c picture.File) caseRow {
	return caseRow{Title: c.Title, Number: c.Number, State: c.StateTitle(), Href: "/desk/cases/" + c.ID}
}

// coded finds the cases of a party by its code. The code of a trader is personal data: it leads only who may read that in clear
// to the case, and the look is recorded before anything is shown (个人信息保护法第五十一条、第五十四条).
func (p *searchPage) coded(v *seat.Visitor) error {
	code, ok := party.Coded(p.Query)
	if !ok {
		return nil
	}
	var found []picture.File
	var looks []access.Thing
	err := v.Read(func(tx *db.Tx) error {
		list, err := party.WithCode(tx, v.Agency, code, 10*searchMost)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, m := range list {
			if seen[m.Case] || len(found) == searchMost {
				continue
			}
			thing, file, err := v.Seat.House.Cases.ThingOf(tx, v.Actor, m.Case)
			if err != nil {
				return err
			}
			if !v.May(access.CaseView, thing) || m.Personal() && !v.Sees(thing) {
				continue
			}
			if m.Personal() {
				looks = append(looks, thing)
			}
			seen[m.Case] = true
			found = append(found, file)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, thing := range looks {
		if err := v.Looked(thing, "按统一社会信用代码检索当事人"); err != nil {
			return err
		}
	}
	for _, c := range found {
		p.Cases = append(p.Cases, rowOf(c))
	}
	return nil
}

// publications finds what is public or is to be, what was taken down among it.
func (p *searchPage) publications(v *seat.Visitor) error {
	if !v.May(access.PublicationList, access.Thing{Kind: "publication"}) {
		return nil
	}
	list, err := v.Seat.House.Disclosure.Find(v.Context(), v.Agency, disclosure.Find{Words: seat.Sought(p.Query)}, "", searchMost)
	for _, x := range list.Rows {
		p.Publications = append(p.Publications, caseRow{Title: x.Title, Number: x.Number, State: disclosure.StateTitle(x.State, x.Source), Href: "/desk/publications/" + x.ID})
	}
	if len(p.Publications) > 0 {
		p.ExportPublic = seat.Exports(v, "/desk/publications/all?q="+url.QueryEscape(p.Query), "publication")
	}
	if list.Next != "" {
		p.MorePublic = "/desk/publications/all?q=" + url.QueryEscape(p.Query)
	}
	return err
}
