package casework

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"sort"
	"strconv"
	"strings"

	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/form/entry"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// conflictPage shows two versions of one paper field by field; nothing has been overwritten.
type conflictPage struct {
	page.Frame
	Kind, By, At  string
	Fields        []differing
	Hidden        []hidden
	Action        string
	KindCode, For string
	Version       int64 // of the other's text
}

// differing is one field in which two versions differ.
type differing struct {
	Name, Label  string
	Theirs, Mine []string
}

type hidden struct{ Name, Value string }

// chosen is the name under which the page posts whose version of a field is kept.
const chosen = "act.keep."

// showConflict shows what the other changed beside what was typed here.
func (r room) showConflict(v *seat.Visitor, p posted, c document.Conflict) error {
	page := conflictPage{Frame: v.Head("两人同时修改了《"+p.kind.Code+"》", crumb(p.view.File)...), Kind: p.kind.Code, By: c.Theirs.EditorName, At: dossier.Moment(c.Theirs.Saved),
		Action: stepAddress(p.view.File.ID, string(p.step.Code)) + "/merge", KindCode: p.kind.Code, For: p.party, Version: c.Theirs.Version}
	for _, name := range c.Fields {
		f, ok := p.kind.Field(name)
		if !ok {
			continue
		}
		page.Fields = append(page.Fields, differing{Name: name, Label: f.Label, Theirs: said(f, c.Theirs.Values[name]), Mine: said(f, p.values[name])})
	}
	for name, values := range fieldsOnly(p.typed) {
		for _, value := range values {
			page.Hidden = append(page.Hidden, hidden{name, value})
		}
	}
	// Boxes keep the order in which they were sent; the rest is sorted so that a page is the same each time.
	sort.SliceStable(page.Hidden, func(i, j int) bool { return page.Hidden[i].Name < page.Hidden[j].Name })
	return v.Show(http.StatusConflict, "conflict", page)
}

// said is a value as lines of text.
func said(f form.Field, value any) []string {
	t := entry.Of(f)
	switch t.Shape {
	case entry.Record:
		row, _ := value.(map[string]any)
		return saidRow(t.Parts(f), row)
	case entry.List:
		var lines []string
		rows, _ := value.([]any)
		for i, item := range rows {
			if row, ok := item.(map[string]any); ok {
				lines = append(lines, strconv.Itoa(i+1)+". "+strings.Join(saidRow(t.Parts(f), row), "，"))
			}
		}
		return lines
	case entry.Many:
		return []string{strings.Join(entry.Texts(value), "、")}
	}
	text := t.Show(f, value)
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func saidRow(parts []form.Field, row map[string]any) []string {
	var lines []string
	for _, part := range parts {
		if text := strings.Join(said(part, row[part.Name]), "、"); text != "" {
			lines = append(lines, part.Label+"："+text)
		}
	}
	return lines
}

// paperMerge saves what the person chose of the two versions, field by field.
func (r room) paperMerge(v *seat.Visitor) error {
	p, err := r.posted(v, true)
	if err != nil {
		return err
	}
	theirs, err := r.draft(v, p.sheet)
	if err != nil {
		return err
	}
	merged := form.Values{}
	for name, value := range p.values {
		merged[name] = value
	}
	var kept []string
	for name := range p.typed {
		field, ok := strings.CutPrefix(name, chosen)
		if ok && p.typed.Get(name) == "theirs" {
			kept = append(kept, field)
		}
	}
	for _, field := range kept {
		delete(merged, field)
		if value, ok := theirs.Values[field]; ok {
			merged[field] = value
		}
		for name := range p.typed { // what was typed here for the field is given up by choice
			if name == field || strings.HasPrefix(name, field+".") {
				p.typed.Del(name)
			}
		}
	}
	for _, name := range slices.Collect(maps.Keys(p.typed)) {
		if strings.HasPrefix(name, chosen) {
			p.typed.Del(name)
		}
	}
	p.values = merged
	_, err = r.save(v, p, merged, p.base)
	var again document.Conflict
	if errors.As(err, &again) {
		return r.showConflict(v, p, again)
	}
	if err != nil {
		return err
	}
	return v.Done(paperAddress(p.view.File.ID, string(p.step.Code), p.kind.Code, p.party), "已按您的选择合并保存。")
}
