package redact

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
)

func csrcBodies(tb testing.TB) (bodies, index []string) {
	tb.Helper()
	f, err := os.Open(sharedFile(tb, "real/cn_enforcement/csrc_penalty_decisions.csv"))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	for _, r := range rows[1:] {
		index, bodies = append(index, r[2]), append(bodies, r[6])
	}
	return bodies, index
}

// TestRealDecisionsAreReadInTimeAndTheirPartiesFound reads 204 published decisions without knowing their parties. Seconds
// are a loose bound for a loaded machine; the benchmark tells the real speed.
func TestRealDecisionsAreReadInTimeAndTheirPartiesFound(t *testing.T) {
	bodies, index := csrcBodies(t)
	if len(bodies) != 204 {
		t.Fatalf("%d decisions, want 204", len(bodies))
	}
	at := map[string]int{}
	for i, id := range index {
		at[id] = i
	}
	spans := make([][]Span, len(bodies))
	begin, size := time.Now(), 0
	p := DefaultPolicy()
	p.LegalRepresentativePublic = false // Some parties are their company's representative as well.
	for i, b := range bodies {
		spans[i], size = p.Find(b, nil), size+len(b)
	}
	took := time.Since(begin)
	t.Logf("%d bytes in %v", size, took)
	if took > 20*time.Second {
		t.Errorf("204 decisions took %v", took)
	}
	f, err := os.ReadFile(sharedFile(t, "real/oracles/csrc_party_extraction.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(f))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	people, found := 0, 0
	for _, r := range rows[1:] {
		names, kinds := strings.Split(r[2], ";"), strings.Split(r[3], ";")
		for k, name := range names {
			if k >= len(kinds) || kinds[k] != "natural" || strings.Contains(name, "某") || !strings.Contains(bodies[at[r[0]]], name) {
				continue
			}
			people++
			hit := false
			for _, s := range spans[at[r[0]]] {
				hit = hit || s.Kind == Name && s.Text == name
			}
			if hit {
				found++
			} else {
				t.Logf("party not found: %s", name)
			}
		}
	}
	t.Logf("natural-person parties found without knowing them: %d of %d", found, people)
	if people == 0 || found*100 < people*95 {
		t.Errorf("found %d of %d parties, want 95%%", found, people)
	}
}

// TestKnownPartiesNeverSurviveInRealDecisions accepts everything and looks whether a party's name is left.
func TestKnownPartiesNeverSurviveInRealDecisions(t *testing.T) {
	bodies, _ := csrcBodies(t)
	for i, b := range bodies {
		spans := Find(b, nil)
		out, m := Apply(b, acceptAll(spans))
		if m.Misfits != 0 {
			t.Fatalf("decision %d: %d misfits", i, m.Misfits)
		}
		for _, s := range spans {
			if strings.Contains(out, s.Text) {
				t.Errorf("decision %d: %s %q is left", i, s.Kind, s.Text)
			}
		}
	}
}

func BenchmarkFindInRealDecisions(b *testing.B) {
	bodies, _ := csrcBodies(b)
	size := 0
	for _, t := range bodies {
		size += len(t)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range bodies {
			Find(t, nil)
		}
	}
}

// TestNamesInForeignCorporaAreMeasured prints how many names of public corpora, written by others for other purposes, the
// guess finds. It fails only where the guess gets clearly worse than it was when this was written.
func TestNamesInForeignCorporaAreMeasured(t *testing.T) {
	for _, c := range []struct {
		file, label       string
		recall, precision float64
	}{{"resume_train.jsonl", "NAME", 0.94, 0.95}, {"peoples_daily_dev.jsonl", "PER", 0.15, 0.75}} {
		raw, err := os.ReadFile(sharedFile(t, "real/ner/"+c.file))
		if err != nil {
			t.Fatal(err)
		}
		var gold, hit, marked, right int
		for _, line := range strings.Split(string(raw), "\n") {
			var row struct {
				Text  string
				Spans [][]any
			}
			if json.Unmarshal([]byte(line), &row) != nil {
				continue
			}
			r := []rune(row.Text)
			names := map[[2]int]bool{}
			for _, s := range row.Spans {
				if s[2].(string) == c.label {
					a, b := int(s[0].(float64)), int(s[1].(float64))
					names[[2]int{len(string(r[:a])), len(string(r[:b]))}] = true
				}
			}
			gold += len(names)
			for _, s := range only(Find(row.Text, nil), Name) {
				marked++
				good := false
				for n := range names {
					good = good || s.Start < n[1] && n[0] < s.End
					if s.Start <= n[0] && n[1] <= s.End {
						hit++
						delete(names, n)
					}
				}
				if good {
					right++
				}
			}
		}
		recall, precision := float64(hit)/float64(gold), float64(right)/float64(marked)
		t.Logf("%s: %d names, recall %.3f, precision %.3f", c.file, gold, recall, precision)
		if recall < c.recall || precision < c.precision {
			t.Errorf("%s: recall %.3f, precision %.3f", c.file, recall, precision)
		}
	}
}
