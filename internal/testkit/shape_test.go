package testkit_test

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/testkit"
)

// Bounds within which one person can hold a piece of the house in mind.
const (
	functionLines = 60
	fileLines     = 400
	packageLines  = 2500
)

// large are the pieces beyond the bounds, each with its reason. One that fits again fails.
var large = map[string]string{
	"internal/law": "its rules are rows, one for each provision; the code that judges them is small",
}

func TestFunctionsFilesAndPackagesStayReadable(t *testing.T) {
	used := map[string]bool{}
	over := func(name string, lines, limit int) {
		if lines <= limit {
			return
		}
		used[name] = true
		if large[name] == "" {
			t.Errorf("%s has %d lines, more than %d", name, lines, limit)
		}
	}
	for name, sources := range house(t) {
		total := 0
		for _, s := range sources {
			lines := s.set.File(s.file.FileStart).LineCount()
			total += lines
			over(s.name, lines, fileLines)
			for _, decl := range s.file.Decls {
				f, ok := decl.(*ast.FuncDecl)
				if ok && f.Body != nil {
					over(s.name+" "+f.Name.Name, s.set.Position(f.End()).Line-s.set.Position(f.Pos()).Line+1, functionLines)
				}
			}
		}
		over(name, total, packageLines)
	}
	for name, reason := range large {
		if !used[name] {
			t.Errorf("%s is excused (%s) and needs it no more", name, reason)
		}
	}
}

func TestNothingRegistersItselfInAnInit(t *testing.T) {
	for _, sources := range house(t) {
		for _, s := range sources {
			for _, decl := range s.file.Decls {
				if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
					t.Errorf("%s has an init", s.set.Position(f.Pos()))
				}
			}
		}
	}
}

// silent are the packages whose doc names no duty, and why.
var silent = map[string]string{
	"internal/refusal": "the three answers serve whatever was asked",
}

func TestEveryPackageSaysWhatItIsAndWhichDutiesItServes(t *testing.T) {
	duty := regexp.MustCompile(`(?i)\bdut(y|ies)\b`)
	for name, sources := range house(t) {
		if room(name) == "" {
			if !slices.ContainsFunc(sources, func(s source) bool { return s.file.Doc != nil }) {
				t.Errorf("%s does not say what it is", name)
			}
			continue
		}
		// A package of one file says it there.
		i := slices.IndexFunc(sources, func(s source) bool { return path.Base(s.name) == "doc.go" || len(sources) == 1 })
		switch {
		case i < 0 || sources[i].file.Doc == nil:
			t.Errorf("%s has no doc.go", name)
		case !strings.HasPrefix(sources[i].file.Doc.Text(), "Package "+sources[i].file.Name.Name+" "):
			t.Errorf("%s/doc.go does not begin with the package", name)
		case !duty.MatchString(sources[i].file.Doc.Text()) && silent[name] == "":
			t.Errorf("%s/doc.go names no duty", name)
		}
	}
}

func TestEveryPackageIsAWordOfTheGlossary(t *testing.T) {
	text := document(t, "docs/GLOSSARY.md")
	for name := range house(t) {
		if room(name) == "" {
			continue
		}
		if word := path.Base(name); !strings.Contains(text, "`"+word+"`") {
			t.Errorf("%s: docs/GLOSSARY.md has no `%s`", name, word)
		}
	}
	for _, never := range []string{"util", "utils", "common", "manager", "service", "helper", "helpers", "misc", "core"} {
		for name := range house(t) {
			if path.Base(name) == never {
				t.Errorf("%s names no thing", name)
			}
		}
	}
}

func TestTheGlossaryHasOneLineForEachTerm(t *testing.T) {
	seen := map[string]bool{}
	for _, line := range strings.Split(document(t, "docs/GLOSSARY.md"), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 4 || strings.HasPrefix(cells[1], "---") {
			continue
		}
		term := strings.TrimSpace(cells[1])
		if term != "中文" && seen[term] {
			t.Errorf("%s stands twice", term)
		}
		seen[term] = true
	}
	if len(seen) < 60 {
		t.Errorf("only %d terms were read", len(seen))
	}
}

func TestEveryModuleHasItsReasonAndItsLicence(t *testing.T) {
	lines := regexp.MustCompile(`(?m)^\| +([a-z0-9./-]+/[a-zA-Z0-9./_-]+) +\| +([^|]+?) +\| +([^|]+?) +\|$`).FindAllStringSubmatch(document(t, "docs/DEPENDENCIES.md"), -1)
	written := map[string]bool{}
	for _, line := range lines {
		written[line[1]] = true
		if len([]rune(line[3])) < 20 {
			t.Errorf("docs/DEPENDENCIES.md: the reason for %s is %q", line[1], line[3])
		}
	}
	direct := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(document(t, "go.mod"), -1) {
		direct[m[1]] = true
		if !written[m[1]] {
			t.Errorf("docs/DEPENDENCIES.md has no line for %s", m[1])
		}
	}
	for name := range written {
		if !direct[name] {
			t.Errorf("docs/DEPENDENCIES.md speaks of %s, which go.mod does not require", name)
		}
	}
}

func document(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(testkit.Root(t), name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
