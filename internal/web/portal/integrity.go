package portal

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
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
}

// witnessing is how the log stands with its witnesses.
type witnessing struct {
	Tone, State, Text string
	Rows              []witnessRow
}

type witnessRow struct{ Name, Size, At string }

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
		tone := map[string][2]string{public.CheckSound: {"met", "一致"}, public.CheckBroken: {"late", "有问题"}}[c.State]
		if tone[0] == "" {
			tone = [2]string{"none", "尚未进行"}
		}
		data.Checks = append(data.Checks, checked{c, tone[0], tone[1]})
	}
	if p.options.LogKey != nil && agency.ID != "" {
		data.Key = p.options.LogKey(agency.ID)
	}
	data.Witness = witnessing{Tone: "none", State: "未配置见证", Text: "本机关还没有约定见证方；日志由机关自己签名。"}
	if err := p.heads(r, &data); err != nil {
		return web.Reply{}, err
	}
	reply, err := p.show("integrity", data)
	reply.Passing = true // the log is signed a moment after the act that is shown
	return reply, err
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
