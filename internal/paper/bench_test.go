package paper

import (
	"io"
	"testing"
)

// BenchmarkDossier exports a batch case of thirty decisions and receipts.
func BenchmarkDossier(b *testing.B) {
	set := fonts(b)
	c := Case{Title: "云山市某协会等三十家社会团体未接受年度检查案", Number: "云民案〔2026〕1号", Agency: "云山市民政局"}
	decision, receipt := kindNamed(b, "行政处罚决定书"), kindNamed(b, "送达回证")
	for range 30 {
		c.Documents = append(c.Documents, Doc{Kind: decision, Values: stored(b, "decision"), Meta: whole(), MadeOn: "2026-03-02"},
			Doc{Kind: receipt, Values: stored(b, "receipt"), Meta: whole(), MadeOn: "2026-03-04"})
	}
	for _, o := range []struct {
		name string
		as   Options
	}{{"ZIP", Options{}}, {"PDF", Options{PDF: true}}} {
		b.Run(o.name, func(b *testing.B) {
			for b.Loop() {
				if err := Dossier(io.Discard, set, c, o.as); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
