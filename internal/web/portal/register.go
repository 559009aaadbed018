package portal

import (
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
)

// registerShown is the length of one page of the register.
const registerShown = 50

// registerFile is how many rows a file reads at once.
const registerFile = 200

type registerPage struct {
	page.Frame
	Agency   public.Agency
	Agencies []public.Agency
	Year     int
	Years    []page.Link
	Lines    []registerLine
	Stats    public.Stats
	Pager    page.Pager
	Exports  []page.Link
}

// registerLine is one decision as outsiders may count it before it is public.
type registerLine struct {
	public.Commitment
	Class, Outcome, Tone, Href string
}

// register lists every decision from the day on which it was made, blinded until it is published, so that anybody can
// count what is not public yet and what is overdue.
func (p *Portal) register(r *http.Request) (web.Reply, error) {
	agencies, agency, err := p.agencies(r)
	if err != nil {
		return web.Reply{}, err
	}
	today := p.today()
	query := r.URL.Query()
	year := registerYear(query.Get("year"), today)
	after, _ := strconv.ParseInt(query.Get("after"), 10, 64) // What is no number begins at the first.
	list, err := p.reader.Commitments(r.Context(), agency.ID, year, after, registerShown+1)
	if err != nil {
		return web.Reply{}, err
	}
	data := registerPage{Agency: agency, Agencies: p.choosable(agencies), Year: year, Frame: column(p.frame(r, "决定登记簿", "/publications",
		page.Link{Text: "执法结果", Href: "/publications"}, page.Link{Text: "决定登记簿"}), "决定登记簿", "每一件执法决定的公示进度", "行政执法,公示", "政府信息公开")}
	if data.Stats, err = p.reader.Stats(r.Context(), agency.ID, today); err != nil {
		return web.Reply{}, err
	}
	address := func(year int, after int64) string {
		v := url.Values{"agency": {agency.ID}, "year": {strconv.Itoa(year)}}
		if after > 0 {
			v.Set("after", strconv.FormatInt(after, 10))
		}
		return "/register?" + v.Encode()
	}
	data.Exports = exportsOf("/register", url.Values{"agency": {agency.ID}, "year": {strconv.Itoa(year)}})
	if len(list) > registerShown {
		list = list[:registerShown]
		data.Pager.Next = address(year, list[registerShown-1].Seq)
	}
	if after > 0 {
		data.Pager.First = address(year, 0)
	}
	for y := today.Year(); y > today.Year()-3; y-- {
		data.Years = append(data.Years, page.Link{Text: strconv.Itoa(y) + "年", Href: address(y, 0), Here: y == year})
	}
	for _, c := range list {
		data.Lines = append(data.Lines, lineOf(c, today))
	}
	return p.show("register", data)
}

// registerYear is the year that was asked for; what is none asks for the current one.
func registerYear(text string, today workday.Day) int {
	year, err := strconv.Atoi(text)
	if err != nil || year < 1949 || year > today.Year() {
		return today.Year()
	}
	return year
}

// registerList declares the file of the register of one year.
func registerList() table.List[registerLine] {
	column := func(key, title string, width float64, get func(registerLine) string) table.Column[registerLine] {
		return table.Column[registerLine]{Key: key, Title: title, Width: width, Cell: func(l registerLine) table.Cell { return table.Cell{Text: get(l)} }}
	}
	return table.List[registerLine]{Name: "决定登记簿", Unit: "件", Filters: []string{"agency", "year"}, Columns: []table.Column[registerLine]{
		column("number", "登记号", 16, func(l registerLine) string {
			return strconv.Itoa(l.Year) + "年第" + strconv.FormatInt(l.Seq, 10) + "号"
		}),
		column("class", "类别", 14, func(l registerLine) string { return l.Class }),
		column("decided", "决定日期", 14, func(l registerLine) string { return l.DecidedOn }),
		column("due", "公示期限", 14, func(l registerLine) string { return l.LastDay() }),
		column("extended", "推迟公示的理由", 36, func(l registerLine) string { return l.ExtendGround }),
		column("outcome", "进度", 16, func(l registerLine) string { return l.Outcome }),
		column("on", "进度日期", 14, func(l registerLine) string { return l.OutcomeOn }),
		column("ground", "理由", 36, func(l registerLine) string { return l.Ground }),
		column("hash", "校验值", 70, func(l registerLine) string { return l.Commitment.Commitment }),
	}}
}

// registerRows walks through the whole year, page by page.
func (p *Portal) registerRows(r *http.Request, q table.Query) iter.Seq2[registerLine, error] {
	return func(yield func(registerLine, error) bool) {
		_, agency, err := p.agencies(r)
		today, after := p.today(), int64(0)
		for more := err == nil; more; {
			var list []public.Commitment
			if list, err = p.reader.Commitments(r.Context(), agency.ID, registerYear(q.Filters["year"], today), after, registerFile); err != nil {
				break
			}
			for _, c := range list {
				after = c.Seq
				if !yield(lineOf(c, today), nil) {
					return
				}
			}
			more = len(list) == registerFile
		}
		if err != nil {
			yield(registerLine{}, err)
		}
	}
}

func lineOf(c public.Commitment, today workday.Day) registerLine {
	l := registerLine{Commitment: c, Class: className(c.Class)}
	switch c.Outcome {
	case "":
		l.Outcome, l.Tone = "待公示", "none"
		if due, err := workday.ParseDay(c.LastDay()); err == nil && !due.IsZero() && due.Before(today) {
			l.Outcome, l.Tone = "逾期未公示", "late"
		}
	case "withheld":
		l.Outcome, l.Tone = "依法不予公示", "none"
	case public.Published, public.Corrected:
		l.Outcome, l.Tone = "按期公示", "met"
		if c.OutcomeOn > c.LastDay() {
			l.Outcome, l.Tone = "逾期公示", "soon"
		}
	default:
		l.Outcome, l.Tone = public.StateName(c.Outcome), stateTone(c.Outcome)
	}
	if c.Publication != "" {
		l.Href = "/p/" + c.Publication
	}
	return l
}
