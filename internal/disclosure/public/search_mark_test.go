package public

import (
	"strings"
	"testing"
)

func TestTwoPlacesBesideEachOtherAreMarkedApartAndOneOverPunctuationWhole(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"罚款", "处罚款。罚款数额", "处[罚款]。[罚款]数额"},
		{"罚款", "罚款罚款", "[罚款罚款]"},
		{"罚款 数额", "罚款数额，数额", "[罚款数额]，[数额]"},
		{"〔2026〕5号", "民罚决字〔2026〕5号。", "民罚决字〔[2026〕5号]。"},
		{"ＡＢc", "甲ａBＣ乙", "甲[ａBＣ]乙"},
		{"骗取", "未见此词", "未见此词"},
	} {
		var got strings.Builder
		for _, p := range marker(parse(c.query)).whole(c.text) {
			if p.Hit {
				got.WriteString("[" + p.Text + "]")
			} else {
				got.WriteString(p.Text)
			}
		}
		if got.String() != c.want {
			t.Errorf("%s in %s: %s, want %s", c.query, c.text, got.String(), c.want)
		}
	}
}
