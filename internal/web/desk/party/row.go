package party

import (
	"cmp"
	"fmt"
	"slices"

	"mingjing/internal/casefile"
	"mingjing/internal/flow"
	"mingjing/internal/web/desk/dossier"
)

// Row is a party of the case with where its track stands.
type Row struct {
	Name, Kind, Href, Track string
	Major                   string
	Review, ReviewTone      string
	ReviewHref              string
	Decision, DecisionHref  string
	Owed, History           string
}

// Rows are the parties of a case in its order.
func Rows(view casefile.View) []Row {
	rows := make([]Row, 0, len(view.Parties))
	for _, p := range view.Parties {
		row := Row{Name: p.Party.Name, Kind: p.Party.Kind, Href: dossier.Address(view.File.ID) + "/parties/" + p.Party.ID, Track: p.TrackTitle}
		if row.Track == "" {
			row.Track = view.File.StateTitle()
		}
		switch {
		case p.Party.Major:
			row.Major = "重大执法决定"
		case p.Party.Catalogue:
			row.Major = "不属于重大执法决定"
		}
		row.Review, row.ReviewTone = ReviewText(p)
		if p.Review.ID != "" {
			row.ReviewHref = "/desk/reviews/" + p.Review.ID
		}
		if p.Decision.ID != "" {
			row.Decision, row.DecisionHref = cmp.Or(p.Decision.Number, p.Decision.Kind), dossier.Address(view.File.ID)+"/documents/"+p.Decision.Document
			if rest := p.Owed.Rest(); rest > 0 {
				row.Owed = "尚欠" + rest.String()
			} else if p.Owed.Paid > 0 {
				row.Owed = "已缴" + p.Owed.Paid.String()
			}
		}
		if n := len(p.History); n > 0 {
			row.History = fmt.Sprintf("曾被处罚%d次", n)
		}
		rows = append(rows, row)
	}
	return rows
}

// ReviewText says where the legal review of a party's text stands.
func ReviewText(p casefile.PartyView) (text, tone string) {
	if p.Review.ID == "" {
		return "", ""
	}
	m := flow.Review()
	text = p.Review.State
	if info, ok := m.State(flow.State(p.Review.State)); ok {
		text = info.Title
	}
	switch {
	case p.Review.State == string(flow.Passed) && (p.Review.SameText || p.Decision.ID != ""): // the draft became the decision
		tone = "met"
	case p.Review.State == string(flow.Passed):
		text, tone = "文本已改动，须重新审核", "late"
	case slices.Contains([]string{string(flow.Returned), string(flow.Refused), string(flow.Voided), string(flow.Ended)}, p.Review.State):
		tone = "late"
	default:
		tone = "soon"
	}
	return text, tone
}
