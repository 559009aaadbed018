package portal

import (
	"net/http"
	"net/url"
	"strconv"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
)

// registerPage lists the blinded entries of a year: outsiders count in it what is not yet public.
type registerPage struct {
	page.Frame
	Year  int
	Years []int
	Rows  []registerRow
	Next  string
}

type registerRow struct {
	public.Commitment
	Tone, Text, Href string
}

// registerShown is how many rows a page of the register has; registerYears how many years it offers.
const (
	registerShown = 100
	registerYears = 5
)

// register shows every decision of a year by its number, with what became of it.
func (p *Portal) register(r *http.Request) (web.Reply, error) {
	today := p.today()
	year, err := strconv.Atoi(r.URL.Query().Get("year"))
	if err != nil || year < 2000 || year > today.Year() {
		year = today.Year()
	}
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	_, agency, err := p.agencies(r)
	if err != nil {
		return web.Reply{}, err
	}
	list, err := p.reader.Commitments(r.Context(), agency.ID, year, after, registerShown)
	if err != nil {
		return web.Reply{}, err
	}
	data := registerPage{Frame: column(p.frame(r, strconv.Itoa(year)+"年公示登记簿", "/publications", page.Link{Text: "公示登记簿"}), "公示登记簿",
		"每件执法决定在作出时的登记", "公示,登记", "政府信息公开"), Year: year}
	for y := today.Year(); y > today.Year()-registerYears; y-- {
		data.Years = append(data.Years, y)
	}
	for _, c := range list {
		data.Rows = append(data.Rows, rowOf(c, today.String()))
	}
	if len(list) == registerShown {
		data.Next = "/register?" + url.Values{"year": {strconv.Itoa(year)}, "after": {strconv.FormatInt(list[len(list)-1].Seq, 10)}}.Encode()
	}
	return p.show("register", data)
}

func rowOf(c public.Commitment, today string) registerRow {
	row := registerRow{Commitment: c}
	if c.Publication != "" {
		row.Href = "/p/" + c.Publication
	}
	switch {
	case c.Outcome == "published" && c.OutcomeOn <= c.DueOn:
		row.Tone, row.Text = "met", "按期公示"
	case c.Outcome == "published":
		row.Tone, row.Text = "soon", "逾期公示"
	case c.Outcome == "withdrawn":
		row.Tone, row.Text = "late", "已撤下"
	case c.Outcome == "withheld":
		row.Tone, row.Text = "none", "依法不予公示"
	case c.Outcome == "expired":
		row.Tone, row.Text = "none", "公示期满"
	case c.DueOn < today:
		row.Tone, row.Text = "late", "逾期未公示"
	default:
		row.Tone, row.Text = "none", "未到期"
	}
	return row
}
