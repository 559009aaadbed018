package portal

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

type publicationPage struct {
	page.Frame
	P         public.Publication
	Class     string
	State     string
	Index     string // 索引号
	Deadline  page.Deadline
	Proof     page.Proof
	Tombstone page.Tombstone
	Gone      bool
	Remedies  []string
	Item      page.Link
	Imported  bool
}

// publication is one decision as the law wants it public, or its tombstone.
func (p *Portal) publication(r *http.Request) (web.Reply, error) {
	found, err := p.reader.Get(r.Context(), r.PathValue("id"))
	if err != nil {
		return web.Reply{}, missing(err, "这件公示")
	}
	if p.options.Agency != "" && found.Agency != p.options.Agency {
		return web.Reply{}, missing(public.ErrNotFound, "这件公示")
	}
	data := publicationPage{Frame: p.articleFrame(r, found), P: found, Class: className(found.Class), State: public.StateName(found.State),
		Index: p.index(found), Imported: found.Source == "历史导入"}
	passing := false
	if found.State == public.Withdrawn || found.State == public.Expired {
		data.Gone, data.Tombstone = true, tombstoneOf(found)
		data.Tombstone.Index = data.Index
	} else {
		data.Deadline = p.deadline(found)
		if data.Proof, passing, err = p.proof(r, found); err != nil {
			return web.Reply{}, err
		}
		if data.Remedies, err = p.remedies(r, &data); err != nil {
			return web.Reply{}, err
		}
	}
	reply, err := p.show("publication", data)
	if found.NoIndex || data.Gone {
		reply.Robots = "noindex, noarchive"
	}
	reply.Passing = passing
	if data.Proof.Check != "" {
		reply.Link = `</p/` + found.ID + `/proof>; rel="tlog-proof"`
	}
	return reply, err
}

// articleFrame adds what an article says of itself (standards/data/gov-website-meta.csv).
func (p *Portal) articleFrame(r *http.Request, found public.Publication) page.Frame {
	f := column(p.frame(r, found.Title, "/publications", page.Link{Text: "执法结果", Href: "/publications"},
		page.Link{Text: className(found.Class), Href: "/publications?class=" + found.Class}, page.Link{Text: "正文"}),
		"执法结果", "行政执法决定依法公示", "行政执法,"+className(found.Class), "政府信息公开")
	f.NoIndex = found.NoIndex || found.State == public.Withdrawn || found.State == public.Expired
	f.Meta = append(f.Meta, page.Meta{Name: "ArticleTitle", Content: found.Title}, page.Meta{Name: "PubDate", Content: publishedAt(found)},
		page.Meta{Name: "ContentSource", Content: found.AgencyName}, page.Meta{Name: "Url", Content: p.origin(r) + "/p/" + found.ID})
	return f
}

// publishedAt is the day with the time, where the last change was on that day.
func publishedAt(found public.Publication) string {
	if at, err := time.Parse(time.RFC3339Nano, found.UpdatedAt); err == nil && workday.DayOf(at).String() == found.PublishedOn {
		return at.In(workday.Shanghai()).Format("2006-01-02 15:04")
	}
	if found.PublishedOn == "" {
		return ""
	}
	return found.PublishedOn + " 00:00"
}

// index is the 索引号: the site's code, the year, and the place in the order of publication.
func (p *Portal) index(found public.Publication) string {
	number := fmt.Sprintf("%d-%05d", found.Year, found.Ordinal)
	if p.options.Site.IDCode != "" {
		return p.options.Site.IDCode + "/" + number
	}
	return number
}

// deadline shows whether the publication was in time, with the days counted one by one. The last day is the one that was
// fixed with the decision, by the law and the pack of that day, and its length is read off from it. What was taken over
// from before the system has no deadline here.
func (p *Portal) deadline(found public.Publication) page.Deadline {
	decided, err := workday.ParseDay(found.DecidedOn)
	published, err2 := workday.ParseDay(found.PublishedOn)
	due, err3 := workday.ParseDay(found.DueOn)
	if p.options.Calendar == nil || err != nil || err2 != nil || err3 != nil || decided.IsZero() || published.IsZero() || due.IsZero() {
		return page.Deadline{}
	}
	d := page.Deadline{Label: "公示期限", Due: due.String(), Cite: "《行政处罚法》第四十八条；国办发〔2018〕118号（六）", Tone: "met"}
	limit := "最迟" + due.String()
	n := p.options.Calendar.WorkdaysBetween(decided, due)
	if result, err := p.options.Calendar.Work(workday.Deadline{Basis: d.Cite, Trigger: decided, N: n, Unit: workday.WorkDay}); err == nil && result.Due == due {
		d = page.DeadlineOf(d.Label, result, p.today(), published)
		limit = fmt.Sprintf("作出决定之日起%d个工作日内", n)
	}
	d.Text = "按期公示（" + limit + "）"
	if late := published.Sub(due); late > 0 {
		d.Tone, d.Text = "late", fmt.Sprintf("晚于期限%d日公示（应在%s）", late, limit)
	}
	return d
}

// proof is where the text stands in the ledger. passing says that the checkpoint over it is still to be signed.
func (p *Portal) proof(r *http.Request, found public.Publication) (proof page.Proof, passing bool, err error) {
	if found.ContentHash == "" {
		return page.Proof{State: "none", Text: "本件没有存证记录。"}, false, nil
	}
	proof = page.Proof{State: "proved", Hash: found.ContentHash, At: found.UpdatedAt, Text: "本页文本已经留痕存证：任何改动都会使下列校验值不同。"}
	if found.Log == "" {
		return proof, false, nil
	}
	proof.Check, proof.File = "/verify?id="+found.ID, "/p/"+found.ID+"/proof"
	proof.Seq = strconv.FormatInt(found.Seq, 10)
	c, err := p.reader.Covering(r.Context(), found)
	if errors.Is(err, public.ErrNotFound) {
		proof.State, proof.Check, proof.Text = "waiting", "", "本页文本已经留痕，签名的检查点稍后生成，请过几秒刷新。"
		return proof, true, nil
	}
	if err != nil {
		return proof, false, err
	}
	w, err := p.reader.Witnessing(r.Context(), found)
	if err != nil {
		return proof, false, err
	}
	if w.State != public.WitnessUnset {
		proof.Witness, proof.WitnessTone = w.Title(), witnessTone(w)
	}
	proof.Size, proof.Root, proof.Href = strconv.FormatInt(c.Size, 10), c.Root, "/checkpoint/"+strconv.FormatInt(c.Size, 10)
	return proof, w.State == public.Unwitnessed, nil
}

func tombstoneOf(found public.Publication) page.Tombstone {
	t := page.Tombstone{Number: found.Number, Agency: found.AgencyName, DecidedOn: found.DecidedOn, PublishedOn: found.PublishedOn,
		WithdrawnOn: found.WithdrawnOn, Ground: found.Ground, GroundDocument: found.GroundDocument, Reason: found.Reason,
		Expired: found.State == public.Expired}
	if t.Expired && t.WithdrawnOn == "" {
		t.WithdrawnOn = found.PeriodUntil
	}
	switch found.Ground {
	case "变更", "撤销", "确认违法", "确认无效":
		t.Ground = "决定被依法" + found.Ground
	case "重新作出":
		t.Ground = "重新作出决定"
	}
	if found.ReplacedBy != "" {
		t.ReplacedBy = page.Link{Text: "查看", Href: "/p/" + found.ReplacedBy}
	}
	return t
}

// onTheSpot reports whether the paper is a decision made on the spot: against it 复议 comes before a suit, whatever the remedies
// of the item are (行政复议法第二十三条第一款第一项).
func onTheSpot(p public.Publication) bool {
	for _, b := range p.Blocks {
		if b.Style == "title" {
			return b.Text == "当场行政处罚决定书"
		}
	}
	return false
}

// remedies are those of the item; the general ones where the item is not on the list.
func (p *Portal) remedies(r *http.Request, data *publicationPage) ([]string, error) {
	general := []string{"自知道该行政行为之日起六十日内申请行政复议（《行政复议法》第二十条）",
		"自知道或者应当知道作出行政行为之日起六个月内提起行政诉讼（《行政诉讼法》第四十六条）"}
	spot := onTheSpot(data.P)
	if spot {
		general = []string{"对当场作出的行政处罚决定不服的，应当先自知道该行政行为之日起六十日内申请行政复议（《行政复议法》第二十条、第二十三条）",
			"对行政复议决定不服的，自收到行政复议决定书之日起十五日内提起行政诉讼（《行政诉讼法》第四十五条）"}
	}
	if data.P.Item == "" {
		return general, nil
	}
	item, err := p.reader.Item(r.Context(), data.P.Agency, data.P.Item)
	if errors.Is(err, public.ErrNotFound) {
		return general, nil
	}
	if err != nil {
		return nil, err
	}
	data.Item = page.Link{Text: item.Name, Href: itemHref(item)}
	if len(item.Remedies) == 0 || spot {
		return general, nil
	}
	return item.Remedies, nil
}
