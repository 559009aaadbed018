package casefile

import (
	"maps"
	"slices"

	"mingjing/internal/casefile/book"
	"mingjing/internal/form"
	"mingjing/internal/party"
)

// announced is an announcement with those whom this act serves by it and no others, each paper with its number (民事诉讼法第九十五条):
// it was drafted before anybody chose the parties, and the numbers are given as their papers are finished. A recipient whom
// somebody added by hand and who is no party stays.
func (w *work) announced(v form.Values) form.Values {
	var rows []any
	written := v.Rows("recipients")
	of := func(p *party.Party, row map[string]any) bool {
		code, _ := row["code"].(string)
		return row["name"] == p.Name && (code == "" || p.Code == "" || code == p.Code)
	}
	for _, s := range w.sheets {
		if s.Party == nil {
			return v
		}
		row := map[string]any{"name": s.Party.Name, "code": s.Party.Code, "paper": book.NoticeKind}
		if i := slices.IndexFunc(written, func(row map[string]any) bool { return of(s.Party, row) }); i >= 0 {
			row = maps.Clone(written[i])
		}
		if d, decided := w.Picture.Decided[s.Party.ID]; decided && w.Step.Code == "serve_decision" {
			row["paper"], row["no"] = d.Kind, d.Number
		} else if kind, _ := row["paper"].(string); kind != "" {
			if d := w.made(s, kind); d.Number != "" {
				row["no"] = d.Number
			}
		}
		rows = append(rows, row)
	}
	for _, row := range written {
		if !slices.ContainsFunc(w.Picture.Parties, func(p party.Party) bool { return of(&p, row) }) {
			rows = append(rows, row)
		}
	}
	named := maps.Clone(v)
	named["recipients"] = rows
	return named
}
