package testkit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mingjing/internal/testkit"
)

// source is one Go file of the house that is not a test.
type source struct {
	name string // from the root, with slashes
	file *ast.File
	set  *token.FileSet
}

// house reads the tree once: packages by their folder, as "internal/law".
func house(t *testing.T) map[string][]source {
	t.Helper()
	root := testkit.Root(t)
	packages := map[string][]source{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && name != root || entry.Name() == "node_modules" || entry.Name() == "testdata") {
			return fs.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		packages[path.Dir(relative)] = append(packages[path.Dir(relative)], source{relative, file, set})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(packages["internal/law"]) == 0 {
		t.Fatal("the tree was not read")
	}
	return packages
}

// imports lists what a package imports: of the house as "internal/law", of others as they are written.
func imports(sources []source) []string {
	var list []string
	for _, s := range sources {
		for _, spec := range s.file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err == nil {
				list = append(list, strings.TrimPrefix(name, "mingjing/"))
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// room is the part of the house that a package belongs to: "internal/disclosure/public" belongs to "disclosure".
func room(name string) string {
	inner, ours := strings.CutPrefix(name, "internal/")
	if !ours {
		return ""
	}
	first, _, _ := strings.Cut(inner, "/")
	return first
}

func standard(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return !strings.Contains(first, ".")
}

// kernel says what each pure part may import beside the standard library and golang.org/x/text.
var kernel = map[string][]string{
	"zh":      {"github.com/mozillazg/go-pinyin"},
	"workday": {"zh"},
	"law":     {"zh", "workday"},
	"flow":    {"law"},
	"form":    {"zh", "workday"},
	"redact":  {"zh"},
	"draw":    {"zh"},
	// pack reads files of data and evaluates their conditions; paper prints what form describes.
	"pack":  {"zh", "workday", "law", "github.com/expr-lang/expr"},
	"paper": {"zh", "form", "github.com/rivo/uniseg", "github.com/signintech/gopdf"},
}

// spine says what of the spine each part of it may import; the kernel is open to it.
var spine = map[string][]string{
	"db":      {},
	"refusal": {},
	"blob":    {},
	"ledger":  {"db", "witness"}, // quorum, the agency's side of witnessing
	"job":     {"db"},
	"monitor": {"witness"},
	"witness": {}, // outsiders run it: it shares nothing with what it checks
	"recheck": {"db"},
	"access":  {"db", "ledger", "refusal"},
	"backup":  {"db", "ledger", "blob"},
}

// tier orders the rooms: one may import those of lower tiers (docs/ARCHITECTURE.md).
var tier = map[string]int{
	"roster": 0, "catalog": 0, "rulebook": 0,
	"document": 1, "party": 1, "deadline": 1, "delivery": 1,
	"inspection": 2, "casefile": 2,
	"evidence": 3, "review": 3, "handover": 3,
	"disclosure": 4,
	"archive":    5, "attachment": 5, "returns": 5, "exchange": 5, "oversight": 5, "message": 5,
}

// above are the parts that stand on the rooms.
var above = []string{"house", "demo", "testkit", "web"}

// allowed are the edges that the law forbids and the house has for a reason. One that is no longer there fails.
var allowed = map[[2]string]string{
	{"catalog", "document"}: "numbers are voided and set when an agency starts mid-year, and document owns them",
	{"catalog", "roster"}:   "the activation of a pack creates the agency and its units, which roster owns",
}

func TestThePartsOfTheHouseImportOnlyDownward(t *testing.T) {
	used := map[[2]string]bool{}
	for name, sources := range house(t) {
		from := room(name)
		for _, imported := range imports(sources) {
			to := room(imported)
			if strings.HasPrefix(imported, "cmd/") {
				t.Errorf("%s imports %s: nobody imports cmd", name, imported)
			}
			if from == "" || from == to || imported == "packs" {
				continue
			}
			edge := [2]string{from, to}
			if _, excused := allowed[edge]; excused {
				used[edge] = true
				continue
			}
			if !mayImport(from, to, imported) {
				t.Errorf("%s imports %s, which does not lie below it", name, imported)
			}
		}
	}
	for edge, reason := range allowed {
		if !used[edge] {
			t.Errorf("%s no longer imports %s (%s): take the exception out", edge[0], edge[1], reason)
		}
	}
}

func mayImport(from, to, imported string) bool {
	if may, pure := kernel[from]; pure {
		if strings.HasPrefix(imported, "golang.org/x/text/") {
			return true
		}
		if to == "" {
			return standard(imported) || slices.ContainsFunc(may, func(m string) bool { return imported == m || strings.HasPrefix(imported, m+"/") })
		}
		return slices.Contains(may, to)
	}
	if to == "" {
		return true // what other modules are used, docs/DEPENDENCIES.md says
	}
	if _, pure := kernel[to]; pure {
		return from != "db"
	}
	if may, low := spine[from]; low {
		return slices.Contains(may, to)
	}
	if _, low := spine[to]; low {
		return true
	}
	own, isRoom := tier[from]
	other, toRoom := tier[to]
	switch {
	case isRoom:
		return toRoom && other < own
	case from == "house":
		return toRoom
	case from == "demo" || from == "testkit" || from == "web":
		return toRoom || to == "house" || to == "testkit" && from == "testkit"
	}
	return slices.Contains(above, from) && toRoom
}

// inside orders the packages of a room that was split: each may import those before it.
var inside = map[string][]string{
	"internal/casefile": {"book", "picture", "payment", "facts", "prefill", "draft", "submission"},
}

func TestThePackagesInsideARoomImportOnlyThoseBeforeThem(t *testing.T) {
	packages := house(t)
	for room, order := range inside {
		for name, sources := range packages {
			own, in := strings.CutPrefix(name, room+"/")
			if !in {
				continue
			}
			at := slices.Index(order, own)
			if at < 0 {
				t.Errorf("%s has no place in the order of %s", name, room)
				continue
			}
			for _, imported := range imports(sources) {
				other, in := strings.CutPrefix(imported, room+"/")
				if imported == room || in && !slices.Contains(order[:at], other) {
					t.Errorf("%s imports %s, which does not stand before it", name, imported)
				}
			}
		}
		for _, own := range order {
			if len(packages[room+"/"+own]) == 0 {
				t.Errorf("%s/%s is gone: take it out of the order", room, own)
			}
		}
	}
}

func TestEveryPartOfTheHouseHasItsPlaceInTheLaw(t *testing.T) {
	for name := range house(t) {
		part := room(name)
		_, isKernel := kernel[part]
		_, isSpine := spine[part]
		_, isRoom := tier[part]
		if part != "" && !isKernel && !isSpine && !isRoom && !slices.Contains(above, part) {
			t.Errorf("%s belongs to no part of docs/ARCHITECTURE.md", name)
		}
	}
}

// TestThePortalReachesNothingButWhatIsPublished: the portal cannot show a working paper, because it cannot name one.
func TestThePortalReachesNothingButWhatIsPublished(t *testing.T) {
	packages := house(t)
	core := []string{"internal/web", "internal/web/page", "internal/web/table", "internal/web/static", "internal/refusal"}
	for name, sources := range packages {
		if name != "internal/web/portal" && !strings.HasPrefix(name, "internal/web/portal/") {
			continue
		}
		for _, imported := range imports(sources) {
			_, pure := kernel[room(imported)]
			if !strings.HasPrefix(imported, "internal/") || pure || slices.Contains(core, imported) ||
				imported == "internal/disclosure/public" || strings.HasPrefix(imported, "internal/web/portal/") {
				continue
			}
			t.Errorf("%s imports %s", name, imported)
		}
	}
	// The public log is a tree of the ledger; which trees are public, package journal says.
	below := []string{"internal/db", "internal/ledger", "internal/ledger/gm", "internal/ledger/quorum", "internal/ledger/tile", "internal/disclosure/journal"}
	for _, imported := range imports(packages["internal/disclosure/public"]) {
		_, pure := kernel[room(imported)]
		if strings.HasPrefix(imported, "internal/") && !pure && !slices.Contains(below, imported) {
			t.Errorf("internal/disclosure/public imports %s", imported)
		}
	}
}

// TestTheSecondOpinionSharesNoCodeWithWhatItJudges: an error of the rooms must not repeat itself in what re-checks them.
func TestTheSecondOpinionSharesNoCodeWithWhatItJudges(t *testing.T) {
	packages := house(t)
	if len(packages["internal/recheck"]) == 0 {
		t.Fatal("there is no re-check")
	}
	for name, sources := range packages {
		if room(name) != "recheck" {
			continue
		}
		for _, imported := range imports(sources) {
			own := imported == "internal/db" || strings.HasPrefix(imported, "internal/recheck/")
			if strings.HasPrefix(imported, "internal/") && !own || !strings.HasPrefix(imported, "internal/") && !standard(imported) {
				t.Errorf("%s imports %s", name, imported)
			}
		}
	}
}

func TestTheFacesKnowNothingOfEachOther(t *testing.T) {
	faces := []string{"portal", "desk", "oversight", "api"}
	for name, sources := range house(t) {
		inner, web := strings.CutPrefix(name, "internal/web/")
		if !web {
			if name == "internal/web" {
				inner = ""
			} else {
				continue
			}
		}
		own, _, _ := strings.Cut(inner, "/")
		for _, imported := range imports(sources) {
			other, web := strings.CutPrefix(imported, "internal/web/")
			other, _, _ = strings.Cut(other, "/")
			if web && slices.Contains(faces, other) && other != own {
				t.Errorf("%s imports %s", name, imported)
			}
		}
	}
}

// TestTheFacesHoldNoSQL looks at every text in their code.
func TestTheFacesHoldNoSQL(t *testing.T) {
	for name, sources := range house(t) {
		if room(name) != "web" {
			continue
		}
		for _, s := range sources {
			ast.Inspect(s.file, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				text := strings.TrimLeft(lit.Value, "`\" \n\t")
				for _, verb := range []string{"SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "} {
					if strings.HasPrefix(text, verb) {
						t.Errorf("%s: SQL in a face", s.set.Position(lit.Pos()))
					}
				}
				return true
			})
		}
	}
}

// clockReaders are the places that may ask for the time: the ones that hand it to the others, and those that measure.
var clockReaders = map[string]string{
	"internal/db/db.go":    "the one clock of the store",
	"internal/db/group.go": "how long a group of commands gathers is a matter of the machine, not of the record",
}

func TestNobodyReadsTheClockButThoseWhoHandItOn(t *testing.T) {
	for name, sources := range house(t) {
		for _, s := range sources {
			if strings.HasPrefix(name, "cmd/") || clockReaders[s.name] != "" {
				continue
			}
			ast.Inspect(s.file, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
					t.Errorf("%s reads the clock", s.set.Position(sel.Pos()))
				}
				return true
			})
		}
	}
	for name := range clockReaders {
		if _, err := os.Stat(filepath.Join(testkit.Root(t), name)); err != nil {
			t.Errorf("%s is excused and not there", name)
		}
	}
}
