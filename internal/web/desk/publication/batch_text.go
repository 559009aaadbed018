package publication

import (
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/batch"
	"mingjing/internal/web/desk/seat"
)

// group puts together what waits for a deed, with the texts for who may do it.
func (r room) group(v *seat.Visitor, d deed, list []disclosure.Publication, picked []string) (batchGroup, error) {
	g := batchGroup{Step: d.step, Title: d.title, Lead: d.lead, Button: d.button, Action: BatchOf(v.Path("id")).Href + "/" + d.step}
	var drafts []disclosure.Draft
	for _, p := range list {
		if p.State != d.state {
			continue
		}
		row := batchRow{P: p, Href: address(p)}
		c := access.Can(v.Actor, d.action, thing(v, p))
		if !c.Allowed && !c.NeedStepUp {
			row.Reason, g.Reason = c.Reason, c.Reason
			g.Rows = append(g.Rows, row)
			continue
		}
		draft, err := r.House.Disclosure.Draft(v.Context(), v.Actor, p.ID)
		if err != nil {
			return g, err
		}
		g.Open = true
		row.HasText = true
		drafts = append(drafts, draft)
		var seen string
		if d.step == "prepare" {
			seen = batch.Mark(draft)
			draft.Decisions = batch.Hidden(draft)
			row.Own, row.Lines = marksOf(draft)
		} else if seen = hashOf(draft.Publication, draft.Rendered); seen != draft.Publication.ContentHash {
			row.HasText, row.Reason = false, "文本与制作人提交的不一致，请制作人重新提交。"
			g.Rows = append(g.Rows, row)
			continue
		} else {
			row.Result = linesOwn(draft.Rendered)
		}
		row.Pick = p.ID + ":" + seen
		row.Ticked = picked == nil || slices.Contains(picked, row.Pick)
		g.Rows = append(g.Rows, row)
	}
	if d.step == "prepare" {
		g.Shared = shareMarks(g.Rows)
		return g, looked(v, drafts)
	}
	shareLines(g.Rows)
	return g, nil
}

// marksOf are the findings of a draft with their answers, and its text with them.
func marksOf(d disclosure.Draft) ([]findingRow, []sourceLine) {
	rows := rowsOf(d)
	return rows, linesOf(d.Source, rows, spansOf(d))
}

func linesOwn(rendered string) []ownLine {
	var list []ownLine
	for _, l := range resultOf(rendered) {
		list = append(list, ownLine{resultLine: l})
	}
	return list
}

// same is what makes a finding of one text the same as one of another: the words, those around them, and what is done with it.
type same struct{ kind, text, label, before, after, answer string }

func sameOf(f findingRow) same { return same{f.Kind, f.Text, f.Label, f.Before, f.After, f.Answer} }

// shareMarks takes out of each text the findings that all of them have, to be shown once.
func shareMarks(rows []batchRow) []findingRow {
	texts := 0
	found := map[same]int{}
	for _, row := range rows {
		if !row.HasText {
			continue
		}
		texts++
		once := map[same]bool{}
		for _, f := range row.Own {
			if key := sameOf(f); !once[key] {
				once[key] = true
				found[key]++
			}
		}
	}
	if texts < 2 {
		return nil
	}
	var shared []findingRow
	listed := map[same]bool{}
	for i, row := range rows {
		var own []findingRow
		for _, f := range row.Own {
			key := sameOf(f)
			switch {
			case found[key] < texts:
				own = append(own, f)
			case !listed[key]:
				listed[key] = true
				shared = append(shared, f)
			}
		}
		rows[i].Own, rows[i].Shared = own, len(row.Own)-len(own)
	}
	return shared
}

// shareLines marks in each text the lines that not all of them have.
func shareLines(rows []batchRow) {
	texts := 0
	found := map[string]int{}
	for _, row := range rows {
		if !row.HasText {
			continue
		}
		texts++
		once := map[string]bool{}
		for _, l := range row.Result {
			if !once[l.Text] {
				once[l.Text] = true
				found[l.Text]++
			}
		}
	}
	for _, row := range rows {
		for i, l := range row.Result {
			row.Result[i].Own = found[l.Text] < texts
		}
	}
}
