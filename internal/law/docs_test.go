package law

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite docs/LAW.md from the tables")

func TestTheLawPageIsCurrent(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "LAW.md")
	want := lawPage()
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
		t.Error("docs/LAW.md is not what the tables say; run: go test ./internal/law -update")
	}
}

// lawPage writes all rules and parameters as Markdown.
func lawPage() string {
	var b strings.Builder
	b.WriteString("# 规则与参数\n\n")
	b.WriteString("Generated from `internal/law` by `go test ./internal/law -update`; do not edit.\n\n")
	b.WriteString("A rule **blocks** an act only if its status is `verified` (read in the source) or `adopted` (an agency's published document stands behind it, its number comes from the pack); `memory` and `draft` rules warn. Duties are the numbers of the division table.\n\n")
	b.WriteString("## Rules\n\n| Code | Rule | Citation | In force | Status | Gate | Override | Duties |\n|---|---|---|---|---|---|---|---|\n")
	for _, r := range Rules() {
		override := "—"
		if r.Override != nil {
			override = string(r.Override.Role) + ": " + r.Override.Ground
		}
		duties := make([]string, len(r.Tasks))
		for i, n := range r.Tasks {
			duties[i] = strconv.Itoa(n)
		}
		fmt.Fprintf(&b, "| %s | %s | %s（%s） | %s–%s | %s | %s | %s | %s |\n", r.Code, r.Title, r.Cite, r.Cite.Version,
			r.From, r.Until, r.Status, r.Effective(), override, strings.Join(duties, ", "))
	}
	b.WriteString("\n## Parameters\n\n| Code | Meaning | Value | Citation | In force | Status | Tighter | May loosen |\n|---|---|---|---|---|---|---|---|\n")
	for _, p := range Params() {
		value := p.Unit.Length(p.Value)
		if p.Unit == List {
			value = strings.Join(p.List, " < ")
		}
		loosen := "—"
		if p.MayLoosen {
			loosen = "yes"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s（%s） | %s–%s | %s | %s | %s |\n", p.Code, p.Title, value, p.Cite, p.Cite.Version,
			p.From, p.Until, p.Status, p.Tighter, loosen)
	}
	b.WriteString("\n## Penalty kinds (行政处罚法第九条)\n\n| Code | Kind | Item |\n|---|---|---|\n")
	for _, k := range PenaltyKinds() {
		fmt.Fprintf(&b, "| %s | %s | （%d） |\n", k.Code, k.Kind, k.Item)
	}
	return b.String()
}
