package lawreview

import (
	"fmt"

	"mingjing/internal/access"
	"mingjing/internal/review"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/table"
)

func column[T any](key, title string, width float64, get func(T) string) table.Column[T] {
	return table.Column[T]{Key: key, Title: title, Width: width, Cell: func(x T) table.Cell { return table.Cell{Text: get(x)} }}
}

// rounds are the reviews of the case, this one among them.
func rounds(d review.View) []roundView {
	var list []roundView
	for _, x := range d.Rounds {
		list = append(list, roundView{Row: x, Href: root + "/" + x.ID, State: x.StateTitle(), Tone: stateTone(x.State), Opinion: x.Verdict, Here: x.ID == d.Row.ID})
	}
	return list
}

// pointList is the points of a review with their answers, as a file.
func (r room) pointList() seat.Beside[pointView] {
	return seat.Beside[pointView]{Path: root + "/{id}/points", Action: access.CaseList, Kind: kind, List: table.List[pointView]{Name: "审核要点", Unit: "项", Columns: []table.Column[pointView]{
		column("no", "序号", 8, func(x pointView) string { return fmt.Sprint(x.No) }), column("title", "要点", 40, func(x pointView) string { return x.Title }),
		column("answer", "结论", 14, func(x pointView) string { return x.Answer }), column("notes", "说明", 60, func(x pointView) string { return x.Notes }),
		column("cite", "依据", 40, func(x pointView) string { return x.Cite })}},
		Read: func(v *seat.Visitor) ([]pointView, string, error) {
			d, err := r.reviews.Get(v.Context(), v.Actor, v.Path("id"))
			if err != nil {
				return nil, "", err
			}
			return points(d, opinionOf(d)), d.Row.CaseTitle, nil
		}}
}

// roundList is the reviews of the case one after another, as a file.
func (r room) roundList() seat.Beside[roundView] {
	return seat.Beside[roundView]{Path: root + "/{id}/rounds", Action: access.CaseList, Kind: kind, List: table.List[roundView]{Name: "历次审核", Unit: "次", Columns: []table.Column[roundView]{
		column("round", "轮次", 8, func(x roundView) string { return fmt.Sprint(x.Row.Round) }), column("state", "状态", 14, func(x roundView) string { return x.State }),
		column("sent", "送审", 14, func(x roundView) string { return x.Row.SubmittedOn.String() }), column("due", "期限", 14, func(x roundView) string { return x.Row.DueOn.String() }),
		column("done", "出具", 14, func(x roundView) string { return x.Row.ConcludedOn.String() }), column("opinion", "意见", 16, func(x roundView) string { return x.Opinion })}},
		Read: func(v *seat.Visitor) ([]roundView, string, error) {
			d, err := r.reviews.Get(v.Context(), v.Actor, v.Path("id"))
			return rounds(d), d.Row.CaseTitle, err
		}}
}
