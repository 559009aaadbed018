package casework

import (
	"net/http"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/deadline"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/party"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// casePage is a case seen whole.
type casePage struct {
	page.Frame
	Case        picture.File
	Facts       []seat.Fact
	Gates       []page.Gate
	Steps       panel
	Parties     []party.Row
	Story       []page.Event
	Clocks      []clockRow
	Past        []clockRow
	Documents   []dossier.Group
	Drafts      []draftRow
	Files       int
	Officers    []seat.Fact
	Submissions []submissionRow
	Actions     []page.Link
	PartyFiles  []page.Link // the lists as files
	PaperFiles  []page.Link
	StoryFiles  []page.Link
}

// clockRow is a clock of the case, for so many parties; Party is set where there are several.
type clockRow struct {
	ID      string
	Chip    page.Deadline
	Party   string
	Parties int
}

// draftRow is a paper that is being written.
type draftRow struct {
	Kind, Href, Party, By, At string
}

// submissionRow is a paper on its way through 签批.
type submissionRow struct {
	Title, Href, Text, State, Tone string
}

// caseView shows a case.
func (r room) caseView(v *seat.Visitor) error {
	view, err := r.House.Cases.Open(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	p := casePage{Frame: v.Head(view.File.Title, page.Link{Text: "案件", Href: root}), Case: view.File, Files: len(view.Attachments)}
	if p.Facts, err = r.caseFacts(v, view); err != nil {
		return err
	}
	names := dossier.PartyNames(view)
	p.Parties = party.Rows(view)
	p.Gates = gates(view, v.Today())
	p.Steps = stepPanel(view)
	if p.Story, err = caseStory(v, view); err != nil {
		return err
	}
	if err := r.caseClocks(v, view, &p); err != nil {
		return err
	}
	p.Documents = dossier.Groups(dossier.Rows(r.House, view))
	for _, d := range view.Drafts {
		row := draftRow{Kind: d.Kind, Party: names[d.Party], By: d.EditorName, At: dossier.Moment(d.Saved), Href: paperAddress(view.File.ID, d.Step, d.Kind, d.Party)}
		if step, ofReview := strings.CutPrefix(d.Step, "review/"); ofReview {
			row.Href = "/desk/reviews/" + step
		}
		p.Drafts = append(p.Drafts, row)
	}
	for _, o := range view.Officers {
		f := seat.Fact{Name: o.Name, Text: o.Certificate, Sub: o.From.String() + "起"}
		if !o.Until.IsZero() {
			f.Sub = o.From.String() + "至" + o.Until.String()
		}
		p.Officers = append(p.Officers, f)
	}
	p.PartyFiles, p.PaperFiles, p.StoryFiles = party.Exports(v, view), dossier.PaperExports(v, view), dossier.StoryExports(v, view)
	p.Submissions = submissionRows(view)
	p.Actions = r.caseActions(v, view)
	return v.Show(http.StatusOK, "case", p)
}

// caseStory tells the case with the names of who acted.
func caseStory(v *seat.Visitor, view casefile.View) ([]page.Event, error) {
	ids := make([]string, len(view.Events))
	for i, e := range view.Events {
		ids[i] = e.Actor.Account
	}
	names, err := v.Names(ids...)
	return dossier.Story(view, names), err
}

// caseFacts are the head of the case: what it is and where it stands.
func (r room) caseFacts(v *seat.Visitor, view casefile.View) ([]seat.Fact, error) {
	f := view.File
	names, err := v.Names(f.Handler)
	if err != nil {
		return nil, err
	}
	facts := []seat.Fact{{Name: "案号", Text: f.Number, Sub: map[bool]string{true: "立案后编号"}[f.Number == "" && f.Procedure == book.Ordinary]},
		{Name: "进度", Text: f.StateTitle(), Tone: stateTone(f)}, {Name: "程序", Text: procedureName(f.Procedure)}, {Name: "案由", Text: f.Cause},
		{Name: "承办人", Text: names[f.Handler], Sub: r.unitName(f.Unit)}, {Name: "发现日期", Text: dossier.Day(f.FoundOn)}}
	if !f.OpenedOn.IsZero() {
		facts = append(facts, seat.Fact{Name: "立案日期", Text: dossier.Day(f.OpenedOn)})
	}
	if !f.ClosedOn.IsZero() {
		facts = append(facts, seat.Fact{Name: "结案日期", Text: dossier.Day(f.ClosedOn)})
	}
	if item, ok := r.House.Pack.Item(f.Item, v.Today()); ok && f.Item != "" {
		var basis []string
		for _, b := range item.Basis {
			basis = append(basis, "《"+strings.Trim(b.Law, "《》")+"》"+b.Article)
		}
		facts = append(facts, seat.Fact{Name: "执法事项", Text: f.Item + "　" + item.Name, Href: "/items/" + f.Item, Sub: strings.Join(basis, "、"), Wide: true})
	}
	if f.CrimeOpen {
		facts = append(facts, seat.Fact{Name: "涉嫌犯罪", Text: "已报告，尚未处理完毕", Tone: "late"})
	}
	return facts, nil
}

func stateTone(f picture.File) string {
	switch {
	case f.Over() || string(f.State) == "closed":
		return "met"
	case f.CrimeOpen:
		return "late"
	}
	return "open"
}

// caseClocks parts what still runs from what is over. Clocks of a batch that say the same stand there once.
func (r room) caseClocks(v *seat.Visitor, view casefile.View, p *casePage) error {
	names := dossier.PartyNames(view)
	type said struct{ label, due, text string }
	at := map[said]int{}
	for _, c := range view.Clocks {
		if c.State == deadline.Dropped {
			continue
		}
		result, err := c.Explain(r.House.Calendar)
		if err != nil {
			return err
		}
		row := clockRow{ID: c.ID, Chip: page.DeadlineOf(c.Label, result, v.Today(), c.MetOn), Parties: 1}
		if c.Lapsed(v.Today()) || c.ForParty && row.Chip.Tone == "late" && c.State == deadline.Open {
			row.Chip.Over(c.Due)
		}
		if len(view.Parties) > 1 {
			row.Party = names[c.Party]
		}
		list := &p.Past
		if c.State == deadline.Open && row.Chip.Tone != "none" {
			list = &p.Clocks
		}
		key := said{c.Label + c.State, row.Chip.Due, row.Chip.Text}
		if i, ok := at[key]; ok && c.Party != "" {
			(*list)[i].Parties++
			continue
		}
		at[key] = len(*list)
		*list = append(*list, row)
	}
	return nil
}

// caseActions are what may be done to the case as a whole.
func (r room) caseActions(v *seat.Visitor, view casefile.View) []page.Link {
	at := address(view.File.ID)
	links := []page.Link{{Text: "附件", Href: at + "/files", Count: len(view.Attachments)}, {Text: "当事人", Href: at + "/parties"}, {Text: "打印全部文书", Href: at + "/print"}}
	if v.May(access.CaseExport, view.Thing) && v.Sees(view.Thing) {
		links = append(links, page.Link{Text: "导出案卷", Href: at + "/export"})
	}
	if v.May(access.CaseHandOver, view.Thing) && !view.File.Over() {
		links = append(links, page.Link{Text: "移交承办人", Href: at + "/handover"})
	}
	decided := slices.ContainsFunc(view.Parties, func(p casefile.PartyView) bool { return p.Decision.ID != "" })
	if decided && v.May(access.PublicationList, access.Thing{Kind: "publication"}) {
		links = append(links, page.Link{Text: "全部决定的公示", Href: at + "/publications"})
	}
	return links
}
