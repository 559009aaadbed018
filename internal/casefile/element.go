package casefile

import (
	"slices"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/document"
	"mingjing/internal/law"
)

// elementRules are the rules that judge the elements of a kind with facts of the case beside them. Where a step is bound to
// one, it names what is missing, and the form does not say it a second time.
var elementRules = map[string]string{book.NoticeKind: "CF-28", book.DecisionKind: "CF-40", book.SpotKind: "CF-52", "履行催告书": "QZ-12", "强制执行申请书": "QZ-22"}

// lacks tells what the papers of an act do not hold of the elements that their own forms call for (行政处罚法第四十七条).
func (w *work) lacks(s *picture.Sheet) []law.Finding {
	var findings []law.Finding
	for _, kind := range append(book.StepForms(w.step), book.MayForms(w.step)...) {
		v, written := s.Act[kind]
		k, known := w.books.Forms.Kind(kind)
		if !written || !known || slices.Contains(w.step.Rules, elementRules[kind]) {
			continue
		}
		findings = append(findings, document.Lacks(k, v)...)
	}
	return findings
}
