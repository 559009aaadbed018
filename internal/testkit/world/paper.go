package world

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/form/entry"
	"mingjing/internal/workday"
)

// Paper is a whole document of a kind for a step of a case: what the case knows of itself, what the test says, and for the
// rest of what is required something that passes.
func (w *World) Paper(actor access.Actor, caseID, step, kind, partyID string, own form.Values) form.Values {
	w.T.Helper()
	values := form.Values{}
	if caseID != "" {
		w.Read(func(tx *db.Tx) error {
			d, err := w.Cases.Draft(tx, actor, caseID, step, kind, partyID)
			for name, value := range d.Values {
				values[name] = value
			}
			return err
		})
	}
	for name, value := range own {
		values[name] = value
	}
	return w.Complete(kind, values)
}

// Complete fills what a document still needs.
func (w *World) Complete(kind string, values form.Values) form.Values {
	w.T.Helper()
	k, ok := w.Books.Forms.Kind(kind)
	if !ok {
		w.T.Fatalf("world: no kind %s", kind)
	}
	for range 2 { // a field filled in the first round may open the condition of one before it
		for _, f := range k.Fields {
			if f.Required && entry.Empty(values[f.Name]) && entry.AllHold(f.When, values) {
				values[f.Name] = w.sample(f, values)
			}
			for _, row := range values.Rows(f.Name) { // rows that the case began and that somebody has to complete
				for _, column := range f.Columns {
					if column.Required && entry.Empty(row[column.Name]) {
						row[column.Name] = w.sample(column, row)
					}
				}
			}
		}
	}
	for _, element := range form.Missing(k, values) { // no field need be filled, and yet the law asks for what it says
		for _, path := range element.Fields {
			first, _, _ := strings.Cut(path, "|")
			name, _, _ := strings.Cut(first, ".")
			if f, ok := k.Field(name); ok && entry.Empty(values[name]) {
				values[name] = w.sample(f, values)
			}
		}
	}
	return values
}

// sample is a value that a field accepts.
func (w *World) sample(f form.Field, row map[string]any) any {
	switch f.Type {
	case "choice":
		return f.Options[0]
	case "choices":
		return []any{f.Options[0]}
	case "bool":
		return true
	case "date":
		return w.Today().String()
	case "datetime":
		return w.sampleTime(f, row)
	case "money":
		return int64(100000)
	case "number":
		return int64(1)
	case "person":
		return map[string]any{"name": "柳清禾"}
	case "party":
		return Organisation("云山市晨光书画协会")
	case "officers":
		return rows(w.Officers[:2])
	case "statutes":
		return []any{map[string]any{"law": "社会团体登记管理条例", "article": "第三十条第一款第八项"}}
	case "attachments":
		return []any{map[string]any{"name": f.Label}}
	case "table":
		return w.sampleRows(f)
	}
	if slices.Contains(f.Checks, "url") {
		return "https://fuyi.example.cn/"
	}
	return f.Label + "：经核实，情况属实，记录在案。"
}

// sampleTime keeps an end after its beginning.
func (w *World) sampleTime(f form.Field, row map[string]any) string {
	at := w.Clock.Now().In(workday.Shanghai()).Add(-time.Hour)
	for _, check := range f.Checks {
		if before, found := strings.CutPrefix(check, "after:"); found {
			at = at.Add(30 * time.Minute)
			if earlier, _ := row[before].(string); earlier > at.Format("2006-01-02T15:04") {
				return earlier
			}
		}
	}
	return at.Format("2006-01-02T15:04")
}

func (w *World) sampleRows(f form.Field) []any {
	n := 1
	for _, check := range f.Checks {
		if least, found := strings.CutPrefix(check, "min:"); found {
			n, _ = strconv.Atoi(least)
		}
	}
	var list []any
	for i := range n {
		row := map[string]any{}
		for _, column := range f.Columns {
			if column.Required {
				row[column.Name] = w.sample(column, row)
			}
		}
		if _, named := row["name"]; named && i > 0 {
			row["name"] = row["name"].(string) + strconv.Itoa(i+1)
		}
		list = append(list, row)
	}
	return list
}

// rows is a list of records as a document holds it.
func rows(list []map[string]any) []any {
	out := make([]any, len(list))
	for i, row := range list {
		out[i] = row
	}
	return out
}

// Organisation is an invented 社会团体 as a field of a party holds it.
func Organisation(name string) map[string]any {
	return map[string]any{"kind": "法人或者其他组织", "name": name, "legal_rep": "闻人月", "legal_rep_post": "会长", "address": "云山市文化街1号"}
}

// Person is an invented citizen as a field of a party holds it.
func Person(name string) map[string]any {
	return map[string]any{"kind": "自然人", "name": name, "gender": "女", "birth": "1988-05-06", "address": "云山市清河路12号"}
}

// papersFor writes the documents of a step, all that it must have and those that the test names; own holds what the test
// says, by kind.
func (w *World) papersFor(actor access.Actor, caseID string, step flow.Step, partyID string, own map[string]form.Values) map[string]form.Values {
	w.T.Helper()
	papers := map[string]form.Values{}
	for _, kind := range book.StepForms(step) {
		papers[kind] = w.Paper(actor, caseID, string(step.Code), kind, partyID, own[kind])
	}
	for kind, values := range own {
		if papers[kind] == nil {
			papers[kind] = w.Paper(actor, caseID, string(step.Code), kind, partyID, values)
		}
	}
	return papers
}
