package witness

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

func fromSeed(t testing.TB, seed, name string) *Cosigner {
	t.Helper()
	raw, err := hex.DecodeString(seed)
	if err != nil {
		t.Fatal(err)
	}
	return &Cosigner{name: name, private: ed25519.NewKeyFromSeed(raw), clock: clock}
}

// keys are the verifier keys of n witnesses.
func keys(t testing.TB, n int) []string {
	t.Helper()
	var list []string
	for i := range n {
		c, err := NewCosigner(fmt.Sprintf("w%d.example.org", i+1), clock)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, c.Verifier())
	}
	return list
}

func TestAPolicyCountsAsTheSpecificationSays(t *testing.T) {
	k := keys(t, 6)
	text := "# 策略\n\n  witness X1 " + k[0] + "\twitness.example\nwitness X2 " + k[1] + "\nwitness X3 " + k[2] + "\ngroup X 2 X1 X2 X3\n" +
		"witness Y1 " + k[3] + "\nwitness Y2 " + k[4] + "\nwitness 公证处 " + k[5] + "\ngroup Y any Y1 Y2 公证处\ngroup X-and-Y all X Y\nquorum X-and-Y\n"
	text = strings.Replace(text, "\twitness.example", " https://witness.example/", 1)
	p, err := ParsePolicy(text)
	if err != nil {
		t.Fatal(err)
	}
	if p.Need() != 3 || len(p.Witnesses) != 6 || p.Witnesses[0].URL != "https://witness.example" {
		t.Errorf("the policy needs %d of %d", p.Need(), len(p.Witnesses))
	}
	for names, want := range map[string]bool{"": false, "X1 X2": false, "X1 X2 Y1": true, "X1 X3 公证处": true, "X1 Y1 Y2 公证处": false, "X1 X2 X3": false} {
		have := map[string]bool{}
		for _, name := range strings.Fields(names) {
			have[name] = true
		}
		if p.Met(have) != want {
			t.Errorf("%q: %t", names, !want)
		}
	}
	if p, err := ParsePolicy("quorum none\n"); err != nil || p.Need() != 0 || !p.Met(nil) {
		t.Errorf("nobody is asked: %v", err)
	}
}

func TestAPolicyThatIsNoneIsRefusedWithItsLine(t *testing.T) {
	k := keys(t, 2)
	b := newBook(t, origin)
	w := "witness a " + k[0] + "\nwitness b " + k[1] + "\n"
	for _, text := range []string{"", w, "quorum a\n", w + "quorum c\n", w + "quorum a\nquorum b\n", "quorum a\n" + w, w + "group g 3 a b\nquorum g\n",
		w + "group g 0 a b\nquorum g\n", w + "group g 01 a b\nquorum g\n", w + "group g any\nquorum g\n", w + "group g any a\ngroup h any a b\nquorum h\n",
		w + "group g any g\nquorum g\n", w + "group a any b\nquorum a\n", w + "group none any b\nquorum none\n", w + "witness c " + k[0] + "\nquorum a\n",
		"witness a " + b.vkey + "\nquorum a\n", "log " + k[0] + "\nquorum none\n", "log " + b.vkey + "\nlog " + b.vkey + "\nquorum none\n",
		w + "quorum a\r\n", w + "quorum a\x00\n", w + "nonsense\nquorum a\n", "witness a " + strings.Replace(k[0], "+", "+0", 1) + "\nquorum a\n",
		w + "group g any none\nquorum g\n"} {
		if _, err := ParsePolicy(text); err == nil {
			t.Errorf("taken:\n%s", text)
		}
	}
}
