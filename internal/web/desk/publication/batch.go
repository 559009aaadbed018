package publication

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/batch"
	"mingjing/internal/redact"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// ofCase is where the decisions of a case are made ready, checked and published in one sitting.
const ofCase = "/desk/cases/{id}/publications"

// BatchOf leads to the decisions of a case.
func BatchOf(file string) page.Link {
	return page.Link{Text: "本案全部决定", Href: strings.Replace(ofCase, "{id}", file, 1)}
}

// deed is what is done to many decisions at once: which wait for it, and what is said of it.
type deed struct {
	step, state         string
	action              access.Action
	title, lead, button string
	said                string // with the number
	do                  func(*batch.Room, *seat.Visitor, []batch.Chosen) (batch.Outcome, error)
}

func deeds() []deed {
	return []deed{
		{"prepare", disclosure.StateDue, access.PublicationPrepare, "待制作", "请逐份打开，看清标出的内容。提交后，已经确认过的照原来的确认，其余标出的全部隐去；有遗漏的，在最后填写还要隐去的词；有要保留的，不勾选，打开那一份单独制作。",
			"制作勾选的，提交复核", "已制作%d份公示文本，等待第二人复核。",
			func(r *batch.Room, v *seat.Visitor, c []batch.Chosen) (batch.Outcome, error) {
				if len(page.Lines(v.Request.PostForm.Get("words"))) > 0 {
					return batch.Outcome{}, refusal.Field("words", "还要隐去的词还没有标出。请先按“标出这些词”，看过之后再提交制作；不需要的请清空。")
				}
				return r.Prepare(v.Context(), v.Actor, v.Path("id"), c)
			}},
		{"check", disclosure.StatePrepared, access.PublicationCheck, "待复核", "请逐份打开，核对没有个人信息、商业秘密和国家秘密，当事人、文号、日期、处理结果与决定书一致。标出的是只在这一份里有的文字。有问题的不勾选，由制作人重新制作。",
			"确认勾选的就是这些文本", "已复核%d份。公示只对所看到的文本有效。",
			func(r *batch.Room, v *seat.Visitor, c []batch.Chosen) (batch.Outcome, error) {
				return r.Check(v.Context(), v.Actor, v.Path("id"), c)
			}},
		{"publish", disclosure.StateChecked, access.PublicationPublish, "待发布", "制作和复核两道手续已经完成。发布后公众立即可以查到，公示日期不再改变，只能更正或者撤下。",
			"发布勾选的到公示平台", "已公示%d份。公众现在就能查到；公示日期不再改变。",
			func(r *batch.Room, v *seat.Visitor, c []batch.Chosen) (batch.Outcome, error) {
				return r.Publish(v.Context(), v.Actor, v.Path("id"), c)
			}},
	}
}

// hideWords marks further words in the texts that are to be made ready.
func hideWords() deed {
	return deed{step: "hide", said: "已在%d份中标出。请打开看过后提交制作。",
		do: func(r *batch.Room, v *seat.Visitor, c []batch.Chosen) (batch.Outcome, error) {
			as := redact.Kind(v.Request.PostForm.Get("kind"))
			if !slices.Contains(redact.Kinds(), as) {
				as = redact.Name
			}
			return r.Hide(v.Context(), v.Actor, v.Path("id"), c, page.Lines(v.Request.PostForm.Get("words")), as)
		}}
}

// batchPage is every decision of a case on its way to the public, by what it waits for.
type batchPage struct {
	page.Frame
	Facts   []seat.Fact
	Trouble seat.Trouble
	Some    string // what was done where something else was refused
	Groups  []batchGroup
	Words   string // to be hidden beside what was found
	Kind    string
	Kinds   []redact.Kind
	Here    string
	List    table.View
}

// batchGroup are the decisions that wait for the same.
type batchGroup struct {
	Step, Title, Lead, Button, Action string
	Reason                            string // why this person may do it to none of them
	Shared                            []findingRow
	Rows                              []batchRow
	Open                              bool // for at least one of them
}

// batchRow is one decision: what would be done to it, and its text, folded.
type batchRow struct {
	P       disclosure.Publication
	Href    string
	Pick    string // what ticking it sends; empty where this person may not
	Ticked  bool
	Reason  string
	Own     []findingRow // hidden in this one and not in all
	Shared  int
	Lines   []sourceLine // before redaction
	Result  []ownLine    // as the public will read it
	HasText bool
}

// ownLine is a line of a public text; Own says that not every text of the batch has it.
type ownLine struct {
	resultLine
	Own bool
}

func (r room) installBatch() {
	r.Handle("GET "+ofCase, access.PublicationList, kind, func(v *seat.Visitor) error {
		return r.showBatch(v, http.StatusOK, batchPage{}, nil)
	})
	batchList(r).Install(r.Room)
	for _, d := range deeds() {
		r.Handle("POST "+ofCase+"/"+d.step, d.action, kind, func(v *seat.Visitor) error { return r.doBatch(v, d) })
	}
	r.Handle("POST "+ofCase+"/hide", access.PublicationPrepare, kind, func(v *seat.Visitor) error { return r.doBatch(v, hideWords()) })
}

// batchList is the list as a file.
func batchList(r room) seat.Beside[disclosure.Publication] {
	return seat.Beside[disclosure.Publication]{Path: ofCase, Action: access.PublicationList, Kind: kind,
		List: table.List[disclosure.Publication]{Name: "本案全部决定的公示", Unit: "份", Row: address, Columns: []table.Column[disclosure.Publication]{titleColumn(), numberColumn(), stateColumn(),
			plain("party", "当事人", 28, func(p disclosure.Publication) string { return p.PartyName }),
			plain("due", "最迟日期", 14, func(p disclosure.Publication) string { return p.LastDay() }),
			plain("served", "送达日期", 14, func(p disclosure.Publication) string { return p.ServedOn }),
			plain("published", "公示日期", 14, func(p disclosure.Publication) string { return p.PublishedOn })}},
		Read: func(v *seat.Visitor) ([]disclosure.Publication, string, error) {
			list, err := r.batch.Of(v.Context(), v.Actor, v.Path("id"))
			return list, "", err
		}}
}

// doBatch does to each ticked decision what its own page would do.
func (r room) doBatch(v *seat.Visitor, d deed) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	picked := typed["pick"]
	var chosen []batch.Chosen
	for _, pick := range picked {
		id, seen, _ := strings.Cut(pick, ":")
		chosen = append(chosen, batch.Chosen{ID: id, Seen: seen})
	}
	if len(chosen) == 0 {
		return r.showBatch(v, http.StatusUnprocessableEntity, batchPage{Words: typed.Get("words"), Kind: typed.Get("kind"), Trouble: seat.Trouble{Message: "没有勾选任何一份决定，请至少勾选一份。"}}, []string{})
	}
	out, err := d.do(r.batch, v, chosen)
	if err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.showBatch(v, http.StatusUnprocessableEntity, batchPage{Words: typed.Get("words"), Kind: typed.Get("kind"), Trouble: t}, picked)
	}
	said := fmt.Sprintf(d.said, out.Done)
	if len(out.Left) == 0 {
		return v.Done(BatchOf(v.Path("id")).Href, said)
	}
	p := batchPage{Words: typed.Get("words"), Kind: typed.Get("kind"), Trouble: seat.Trouble{Findings: page.FindingsOf(out.Left)}}
	if out.Done > 0 {
		p.Some = said + "其余的没有办理，原因如下。"
	}
	return r.showBatch(v, http.StatusUnprocessableEntity, p, picked)
}

// showBatch shows the decisions; picked are the ticks that were sent, nil for a page that was only opened, which ticks all.
func (r room) showBatch(v *seat.Visitor, status int, d batchPage, picked []string) error {
	list, err := r.batch.Of(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	d.Here = BatchOf(v.Path("id")).Href
	waiting := 0
	for _, x := range deeds() {
		g, err := r.group(v, x, list, picked)
		if err != nil {
			return err
		}
		if waiting += len(g.Rows); len(g.Rows) > 0 {
			d.Groups = append(d.Groups, g)
		}
	}
	d.Frame = v.Head("本案全部决定的公示", page.Link{Text: "公示", Href: root})
	d.Facts = []seat.Fact{{Name: "执法事项", Text: list[0].ItemName, Sub: list[0].Class}, {Name: "决定", Text: fmt.Sprintf("%d份", len(list))},
		{Name: "还要办理", Text: fmt.Sprintf("%d份", waiting)}, {Name: "来源", Text: "打开案件", Href: "/desk/cases/" + v.Path("id")}}
	d.List, d.Kinds = batchList(r).View(v, list), redact.Kinds()
	return v.Show(status, "batch", d)
}

// looked records who was shown the texts before redaction; what cannot be recorded is not shown (个人信息保护法第五十一条).
func looked(v *seat.Visitor, drafts []disclosure.Draft) error {
	if len(drafts) == 0 {
		return nil
	}
	return v.Write(func(tx *db.Tx) error {
		for _, d := range drafts {
			if err := access.RecordLook(tx, v.Actor, access.Thing{Kind: kind, ID: d.Publication.ID, Agency: d.Publication.Agency}, "制作公示文本"); err != nil {
				return err
			}
		}
		return nil
	})
}
