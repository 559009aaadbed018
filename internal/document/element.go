package document

import (
	"strings"

	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
)

// Lacks tells which elements that its own form calls for a paper does not hold, each with the fields to fill and the
// article that asks for them. What was read in the text of the law forbids to finish the paper; what is only remembered
// warns (DECISIONS §1).
func Lacks(kind *form.Kind, v form.Values) []law.Finding {
	var findings []law.Finding
	for _, e := range form.Missing(kind, v) {
		fields := strings.Join(form.Unfilled(kind, v, e), "、")
		statute, article := cited(e.Cite)
		f := law.Finding{Rule: kind.Code + "/" + e.Code, Title: "《" + kind.Code + "》应当载明" + e.Title, Severity: law.Block,
			Message: "《" + kind.Code + "》缺少“" + e.Title + "”：没有填写" + fields + "。", Cite: law.Cite{Statute: statute, Article: article},
			Advice: "请在《" + kind.Code + "》中填写" + fields + "，再行办理。已经填写的内容都保留在草稿中。", Tasks: []int{15}}
		if !law.Status(e.Status).MayBlock() {
			f.Severity = law.Warn
			f.Advice = "建议在《" + kind.Code + "》中填写" + fields + "。这一要求的出处尚待核实，不影响办理。"
		}
		findings = append(findings, f)
	}
	return findings
}

// whole refuses to finish a paper that lacks what the law certainly asks of it.
func whole(kind *form.Kind, v form.Values) error {
	if blocking := law.Blocking(Lacks(kind, v)); len(blocking) > 0 {
		return refusal.Refused{Findings: blocking}
	}
	return nil
}

// cited parts 《…》第…条 into the text and the article.
func cited(cite string) (statute, article string) {
	if statute, article, ok := strings.Cut(cite, "》"); ok {
		return statute + "》", article
	}
	return cite, ""
}
