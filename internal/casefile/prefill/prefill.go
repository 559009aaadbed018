package prefill

import (
	"maps"
	"slices"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/form"
	"mingjing/internal/workday"
)

// Blank is a new document of a kind for a step, filled with what the case knows.
func Blank(p *picture.Picture, b book.Books, step, kind, partyID, actorName string, today workday.Day) (form.Values, bool) {
	k, ok := b.Forms.Kind(kind)
	if !ok {
		return nil, false
	}
	ctx := Context(p, b, partyID, actorName)
	ctx["announcement"] = map[string]any{"recipients": recipients(p, step)}
	return form.Prefill(k, ctx), true
}

// Computed is a paper with the values that the program works out as they are now.
func Computed(p *picture.Picture, b book.Books, k *form.Kind, partyID string, v form.Values) form.Values {
	if !slices.ContainsFunc(k.Fields, form.Field.Computed) {
		return v
	}
	now, fresh := form.Prefill(k, Context(p, b, partyID, "")), maps.Clone(v)
	for _, f := range k.Fields {
		if f.Computed() {
			fresh[f.Name] = now[f.Name]
		}
	}
	return fresh
}

// Stale are the computed fields of a paper that no longer say what the program works out: the text that it speaks of has
// changed since, or somebody wrote into it. A paper about an earlier text must not stand for a later one (行政处罚法第五十八条).
func Stale(k *form.Kind, v form.Values, now ...form.Values) map[string]string {
	fields := map[string]string{}
	for _, f := range k.Fields {
		says := func(n form.Values) bool { return n.Text(f.Name) == v.Text(f.Name) }
		if f.Computed() && !slices.ContainsFunc(now, says) {
			fields[f.Name] = f.Label + "由系统计算，与现在的决定文本不一致。请重新打开本页，核对文本后再办理。"
		}
	}
	return fields
}
