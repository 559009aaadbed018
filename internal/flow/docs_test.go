package flow

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/law"
	"mingjing/internal/workday"
)

var update = flag.Bool("update", false, "rewrite docs/FLOWS.md and testdata from the tables")

// golden compares with a file or, with -update, writes it.
func golden(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the tables say; run: go test ./internal/flow -update", path)
	}
}

func TestTheFlowsPageIsCurrent(t *testing.T) {
	golden(t, filepath.Join("..", "..", "docs", "FLOWS.md"), flowsPage())
}

func TestTheMermaidChartsAreThoseReviewed(t *testing.T) {
	each(t, func(t *testing.T, m Machine) { golden(t, filepath.Join("testdata", m.Code+".mmd"), m.Mermaid()) })
}

// values are the parameters of one fixed day.
func values(t *testing.T) law.Values {
	t.Helper()
	set, err := law.NewSet(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	day, err := workday.ParseDay("2026-11-02")
	if err != nil {
		t.Fatal(err)
	}
	return set.Values(day)
}

func TestTheChartIsWellFormedAndHoldsEveryPublicStepAndLimit(t *testing.T) {
	each(t, func(t *testing.T, m Machine) {
		svg := m.SVG(values(t))
		texts := xmlTexts(t, svg)
		for _, s := range m.Steps {
			for _, line := range wrap(s.Title, (spineWidth-2*padding)/titleSize) {
				if s.Public && !slices.Contains(texts, line) {
					t.Errorf("the chart lacks %q of %s", line, s.Code)
				}
			}
			if !s.Public && slices.Contains(texts, s.Title) && !titleIsPublic(m, s.Title) {
				t.Errorf("the chart shows %s, which is not public", s.Code)
			}
		}
		if strings.Contains(svg, "<script") || strings.Contains(svg, "href") {
			t.Error("the chart refers to something outside")
		}
	})
	ordinary := Ordinary()
	if svg := ordinary.SVG(values(t)); !strings.Contains(svg, "公示期限：7个工作日") || !strings.Contains(svg, "办案期限：90日") {
		t.Error("the limits of the day are not on the chart")
	}
}

// titleIsPublic reports whether another step with this title is public.
func titleIsPublic(m Machine, title string) bool {
	return slices.ContainsFunc(m.Steps, func(s Step) bool { return s.Public && s.Title == title })
}

// xmlTexts parses the chart and returns its texts.
func xmlTexts(t *testing.T, svg string) []string {
	t.Helper()
	var texts []string
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return texts
		}
		if err != nil {
			t.Fatalf("the chart is not well-formed: %v", err)
		}
		if text, ok := token.(xml.CharData); ok {
			texts = append(texts, string(text))
		}
	}
}

func TestBoxesOfTheChartDoNotOverlapAndStayInside(t *testing.T) {
	each(t, func(t *testing.T, m Machine) {
		boxes, height := m.layout(values(t))
		for i, a := range boxes {
			if a.y < 0 || a.y+a.h > height || a.x+a.w > chartWidth {
				t.Errorf("%s lies outside", a.step.Code)
			}
			for _, b := range boxes[:i] {
				if a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h {
					t.Errorf("%s overlaps %s", a.step.Code, b.step.Code)
				}
			}
		}
	})
}

// flowsPage writes all tables and charts as Markdown.
func flowsPage() string {
	var b strings.Builder
	b.WriteString("# 程序\n\nGenerated from `internal/flow` by `go test ./internal/flow -update`; do not edit.\n")
	b.WriteString("Every step is also judged by SX-17a, SX-17b and SX-17c. “—” as target leaves the state as it is. Rules are those of [LAW.md](LAW.md).\n")
	for _, m := range Machines() {
		fmt.Fprintf(&b, "\n## %s (`%s`)\n\n", m.Title, m.Code)
		fmt.Fprintf(&b, "```mermaid\n%s```\n\n", m.Mermaid())
		b.WriteString("| State | Meaning | Of | Final |\n|---|---|---|---|\n")
		for _, s := range m.States {
			of, final := "case", ""
			if s.Track {
				of = "party"
			}
			if s.Final {
				final = "yes"
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", s.Code, s.Title, of, final)
		}
		b.WriteString("\n| Step | Title | From → to | Role | Documents | Rules | Limits | Event |\n|---|---|---|---|---|---|---|---|\n")
		for _, s := range m.Steps {
			b.WriteString(stepRow(m, s))
		}
	}
	return b.String()
}

// stepRow writes one step as a table row.
func stepRow(m Machine, s Step) string {
	to := "—"
	if s.To != Stay {
		to = string(s.To)
	}
	from := join(s.From)
	if s.PerParty {
		from = "party: " + from
	}
	forms := join(s.Forms)
	if len(s.MayForms) > 0 {
		forms += "（" + join(s.MayForms) + "）"
	}
	var limits []string
	for _, d := range s.Deadlines {
		limits = append(limits, fmt.Sprintf("%s `%s` from %s", d.Label, d.Param, d.Trigger))
	}
	return fmt.Sprintf("| %s | %s | %s → %s | %s | %s | %s | %s | %s |\n", s.Code, s.Title, from, to, s.Role, forms,
		strings.Join(s.Rules[3:], " "), strings.Join(limits, "; "), s.Event)
}

// join lists codes.
func join[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, x := range list {
		texts[i] = string(x)
	}
	return strings.Join(texts, ", ")
}
