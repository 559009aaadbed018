package casework

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"sort"
	"strings"

	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// conflictPage shows two versions of one paper field by field; nothing has been overwritten.
type conflictPage struct {
	page.Frame
	Kind, By, At  string
	Fields        []dossier.Difference
	Hidden        []hidden
	Action        string
	KindCode, For string
	Version       document.Base // of the other's text
}

type hidden struct{ Name, Value string }

// chosen is the name under which the page posts whose version of a field is kept.
const chosen = "act.keep."

// showConflict shows what the other changed beside what was typed here.
func (r room) showConflict(v *seat.Visitor, p posted, c document.Conflict) error {
	if c.Used() {
		d, err := r.draft(v, p.sheet)
		if err != nil {
			return err
		}
		p.base = d.Base()
		return r.showPaper(v, http.StatusConflict, p.sheet, d, p.values, p.invalid, seat.Trouble{Message: usedUp(p.sheet)})
	}
	page := conflictPage{Frame: v.Head("两人同时修改了《"+p.kind.Code+"》", crumb(p.view.File)...), Kind: p.kind.Code, By: c.Theirs.EditorName, At: dossier.Moment(c.Theirs.Saved),
		Action: stepAddress(p.view.File.ID, string(p.step.Code)) + "/merge", KindCode: p.kind.Code, For: p.party, Version: c.Theirs.Base()}
	page.Fields = dossier.Differences(p.kind, c, p.values)
	for name, values := range fieldsOnly(p.typed) {
		for _, value := range values {
			page.Hidden = append(page.Hidden, hidden{name, value})
		}
	}
	// Boxes keep the order in which they were sent; the rest is sorted so that a page is the same each time.
	sort.SliceStable(page.Hidden, func(i, j int) bool { return page.Hidden[i].Name < page.Hidden[j].Name })
	return v.Show(http.StatusConflict, "conflict", page)
}

// usedUp says that the text was finished while a page of it stood open.
func usedUp(s sheet) string {
	return "这份《" + s.kind.Code + "》的草稿已经用于办理，文书已经制作，不能再改；这一次没有保存。您填写的内容还在本页，需要的请另行保留；确需另写一份新的草稿，请再次保存。"
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
