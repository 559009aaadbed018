package redact

import (
	"strings"
	"testing"
	"time"
)

// TestHostileTextsCostNoMoreThanTheirSize feeds texts made to be slow. The bound is loose for a loaded machine; a pass that
// looked at every pair of places would need minutes.
func TestHostileTextsCostNoMoreThanTheirSize(t *testing.T) {
	for name, unit := range map[string]string{
		"single figures": "1 ", "one long figure": "1", "brackets": "〔2026〔", "title marks": "《", "addresses": "1号2号", "surnames": "张王", "at signs": "a@", "cues": "证人、",
		"stars": "1*", "phones": "13800138000，", "han figures": "一 ", "combining": "e\u0301", "ligatures": "ﷺ", "bad bytes": "\xff"} {
		t.Run(name, func(t *testing.T) {
			text := strings.Repeat(unit, 150_000/len(unit))
			begin := time.Now()
			spans := Find(text, []Known{{Kind: Name, Text: "张王张"}, {Kind: Phone, Text: "13800138000"}})
			Apply(text, acceptAll(spans))
			Unconfirmed(spans, acceptAll(spans))
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("%d bytes took %v", len(text), took)
			} else {
				t.Logf("%v, %d spans", took, len(spans))
			}
		})
	}
}
