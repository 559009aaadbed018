package facts

import (
	"slices"
	"strings"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/law"
)

// correctionFacts tell which finished paper the act puts right (行政处罚法第四十七条、第五十五条第二款、第七十五条第二款).
func correctionFacts(s *picture.Sheet, f *law.Facts, b book.Books) {
	v, ok := s.Act[book.CorrectionKind]
	if !ok {
		return
	}
	f.CorrectionConfirmed, f.CorrectionTold = strings.TrimSpace(v.Text("confirmed")) != "", strings.TrimSpace(v.Text("served")) != ""
	d, found := s.Corrected(v)
	if !found {
		return
	}
	f.CorrectsKind = d.Kind
	f.CorrectsDecision = strings.HasSuffix(d.Kind, "决定书") && d.Kind != "回避决定书" || d.Kind == "更正通知书"
	f.CorrectsRecord = strings.HasSuffix(d.Kind, "笔录") || d.Kind == "抽样取证凭证"
	for _, served := range s.Served {
		f.CorrectsServed = f.CorrectsServed || slices.ContainsFunc(served, func(x picture.Delivery) bool { return x.Document == d.ID })
	}
}
