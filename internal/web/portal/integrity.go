package portal

import (
	"errors"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

type integrityPage struct {
	page.Frame
	Stats           public.Stats
	Witness         witnessing
	Checks          []checked
	Size, SealSize  int
	Root, SealRoot  string
	Key             string
	LogHref, Origin string
	Agency          public.Agency
	Exports         []page.Link
}

// witnessing is how the log stands with its witnesses.
type witnessing struct {
	Tone, State, Text string
	Rows              []witnessRow
	Stamp             *stamped
}

type witnessRow struct{ Name, Size, At string }

// stamped is a token of a time-stamping authority over a head of the log.
type stamped struct{ TSA, Size, At, Href string }

// checked is one way in which the record is recomputed.
type checked struct {
	public.Check
	Tone, Word string
}

// integrity shows whether the record is whole today and how anybody can find out for themselves.
func (p *Portal) integrity(r *http.Request) (web.Reply, error) {
	_, agency, err := p.agencies(r)
	if err != nil {
		return web.Reply{}, err
	}
	data := integrityPage{Frame: column(p.frame(r, "存证与核验", "", page.Link{Text: "存证与核验"}), "存证与核验", "记录是否完好，怎样由外人核对", "存证,核验,见证", "网站说明"),
		Agency: agency, LogHref: "/log/" + agency.ID, Origin: p.origin(r)}
	if data.Stats, err = p.reader.Stats(r.Context(), agency.ID, p.today()); err != nil {
		return web.Reply{}, err
	}
	list, err := p.reader.Integrity(r.Context(), agency.ID)
	if err != nil {
		return web.Reply{}, err
	}
	for _, c := range list {
		data.Checks = append(data.Checks, checkedOf(c))
	}
	data.Exports = exportsOf("/integrity", url.Values{"agency": {agency.ID}})
	if p.options.LogKey != nil && agency.ID != "" {
		data.Key = p.options.LogKey(agency.ID)
	}
	if data.Witness, err = p.witnessing(r, agency.ID); err != nil {
		return web.Reply{}, err
	}
	if err := p.heads(r, &data); err != nil {
		return web.Reply{}, err
	}
	reply, err := p.show("integrity", data)
	reply.Passing = true // the log is signed a moment after the act that is shown
	return reply, err
}

func checkedOf(c public.Check) checked {
	switch c.State {
	case public.CheckSound:
		return checked{c, "met", "一致"}
	case public.CheckBroken:
		return checked{c, "late", "有问题"}
	}
	return checked{c, "none", "尚未进行"}
}

// checkList declares the file of what was recomputed.
func checkList() table.List[checked] {
	column := func(key, title string, width float64, get func(checked) string) table.Column[checked] {
		return table.Column[checked]{Key: key, Title: title, Width: width, Cell: func(c checked) table.Cell { return table.Cell{Text: get(c)} }}
	}
	return table.List[checked]{Name: "核验记录", Unit: "项", Filters: []string{"agency"}, Columns: []table.Column[checked]{
		column("title", "核验什么", 30, func(c checked) string { return c.Title }), column("how", "怎样核验", 50, func(c checked) string { return c.How }),
		column("result", "结果", 12, func(c checked) string { return c.Word }), column("text", "说明", 50, func(c checked) string { return c.Text }),
		column("at", "时间（UTC）", 24, func(c checked) string { return c.At }),
	}}
}

func (p *Portal) checkRows(r *http.Request, _ table.Query) iter.Seq2[checked, error] {
	_, agency, err := p.agencies(r)
	if err != nil {
		return listed[checked](nil, err)
	}
	list, err := p.reader.Integrity(r.Context(), agency.ID)
	var rows []checked
	for _, c := range list {
		rows = append(rows, checkedOf(c))
	}
	return listed(rows, err)
}

// witnessing tells how the whole log stands with the outside witnesses, and who signed what.
func (p *Portal) witnessing(r *http.Request, agency string) (witnessing, error) {
	w, err := p.reader.Witnessed(r.Context(), agency, 0)
	if err != nil {
		return witnessing{}, err
	}
	out := witnessing{Tone: witnessTone(w), State: w.Title(), Text: w.Text()}
	for _, c := range w.By {
		out.Rows = append(out.Rows, witnessRow{Name: c.Name, Size: strconv.FormatInt(w.Size, 10), At: c.At.UTC().Format(time.RFC3339)})
	}
	if w.Stamp != nil {
		out.Stamp = &stamped{TSA: w.Stamp.TSA, Size: strconv.FormatInt(w.Stamp.Size, 10), At: w.Stamp.At.UTC().Format(time.RFC3339), Href: "/log/" + agency + "/stamp"}
	}
	return out, nil
}

// witnessTone is the colour of a state.
func witnessTone(w public.Witnessing) string {
	switch {
	case w.State == public.Witnessed:
		return "met"
	case w.State == public.WitnessUnset:
		return "none"
	case w.Level() == "red":
		return "late"
	}
	return "soon"
}

// witnessKeys are the verifier keys of the witnesses in the agency's policy (C2SP tlog-policy: "witness NAME KEY [URL]").
func (p *Portal) witnessKeys(r *http.Request, agency string) ([]string, error) {
	text, err := p.reader.LogPolicy(r.Context(), agency)
	if errors.Is(err, public.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var keys []string
	for line := range strings.Lines(text) {
		if f := strings.Fields(line); len(f) >= 3 && f[0] == "witness" {
			keys = append(keys, f[2])
		}
	}
	return keys, nil
}

// heads reads the signed heads of the public log.
func (p *Portal) heads(r *http.Request, data *integrityPage) error {
	for _, head := range []struct {
		read func() (string, error)
		size *int
		root *string
	}{{func() (string, error) { return p.reader.LogHead(r.Context(), data.Agency.ID) }, &data.Size, &data.Root},
		{func() (string, error) { return p.reader.LogSeal(r.Context(), data.Agency.ID) }, &data.SealSize, &data.SealRoot}} {
		text, err := head.read()
		if errors.Is(err, public.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if lines := strings.SplitN(text, "\n", 4); len(lines) == 4 {
			*head.size, _ = strconv.Atoi(lines[1])
			*head.root = lines[2]
		}
	}
	return nil
}
