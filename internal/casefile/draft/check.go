package draft

import (
	"slices"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/casefile/prefill"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
)

// UpToDate refuses papers that speak of another text than the one that stands now.
func (w *Papers) UpToDate(sheets []*picture.Sheet) error {
	fields := map[string]string{}
	for _, s := range sheets {
		for _, kind := range book.StepForms(w.Step) {
			k, _ := w.Books.Forms.Kind(kind)
			now := []form.Values{prefill.Computed(w.Picture, w.Books, k, s.PartyID(), s.Act[kind])}
			if w.Step.Shared { // one paper for all parties may speak of the text that was written for all
				now = append(now, prefill.Computed(w.Picture, w.Books, k, "", s.Act[kind]))
			}
			for name, message := range prefill.Stale(k, s.Act[kind], now...) {
				fields[kind+"/"+name] = message
			}
		}
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "决定文本在这份文书写好以后有变化。", Fields: fields}
	}
	return nil
}

// Complete tells which papers of the step are missing or not whole, by field.
func (w *Papers) Complete(sheets []*picture.Sheet) error {
	fields := map[string]string{}
	for _, s := range sheets {
		for _, kind := range book.StepForms(w.Step) {
			v, ok := s.Act[kind]
			if !ok {
				fields[kind] = "请填写《" + kind + "》。"
				continue
			}
			k, known := w.Books.Forms.Kind(kind)
			if !known {
				fields[kind] = "没有《" + kind + "》的格式。"
				continue
			}
			for name, message := range form.Check(k, v).Fields {
				if f, _ := k.Field(name); f.Computed() {
					message = "还没有拟写决定文本。请先拟写《" + book.DecisionKind + "》，" + f.Label + "随后由系统填入。"
				}
				fields[w.place(s, kind, name)] = message
			}
		}
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "“" + w.Step.Title + "”所需的文书还没有填写完整。", Fields: fields}
	}
	return nil
}

// elementRules are the rules that judge the elements of a kind with facts of the case beside them. Where a step is bound to
// one, it names what is missing, and the form does not say it a second time.
var elementRules = map[string]string{book.NoticeKind: "CF-28", book.DecisionKind: "CF-40", book.SpotKind: "CF-52", "履行催告书": "QZ-12", "强制执行申请书": "QZ-22"}

// Lacks tells what the papers of an act do not hold of the elements that their own forms call for (行政处罚法第四十七条).
func (w *Papers) Lacks(s *picture.Sheet) []law.Finding {
	var findings []law.Finding
	for _, kind := range append(book.StepForms(w.Step), book.MayForms(w.Step)...) {
		v, written := s.Act[kind]
		k, known := w.Books.Forms.Kind(kind)
		if !written || !known || slices.Contains(w.Step.Rules, elementRules[kind]) {
			continue
		}
		findings = append(findings, document.Lacks(k, v)...)
	}
	return findings
}
