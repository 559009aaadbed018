package law

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"testing"
)

// TestEveryFactThatABlockingRuleReadsCanAloneChangeItsVerdict reads from the source which
// facts each rule looks at, and shows for each of them that changing it alone, from facts
// that keep or break the rule, turns the verdict (a condition that cannot is dead).
func TestEveryFactThatABlockingRuleReadsCanAloneChangeItsVerdict(t *testing.T) {
	set, reads := national(t), factsRead(t)
	for _, c := range ruleCases() {
		r, _ := set.Rule(c.code)
		if r.Severity != Block {
			continue
		}
		if len(reads[c.code]) == 0 {
			t.Errorf("%s reads no fact", c.code)
		}
		bases := []Facts{with(c.given)}
		for _, b := range c.breaks {
			bases = append(bases, with(c.given, b))
		}
		for _, field := range reads[c.code] {
			if !slices.ContainsFunc(bases, func(f Facts) bool { return turns(set, c.code, field, f) }) {
				t.Errorf("%s: changing %s alone never changes the verdict", c.code, field)
			}
		}
	}
}

func TestEveryFactIsReadByARule(t *testing.T) {
	read := map[string]bool{"Act": true} // Act names the step for whoever shows the findings.
	for _, fields := range factsRead(t) {
		for _, f := range fields {
			read[f] = true
		}
	}
	facts := reflect.TypeFor[Facts]()
	for i := range facts.NumField() {
		if name := facts.Field(i).Name; !read[name] {
			t.Errorf("no rule reads Facts.%s", name)
		}
	}
}

// turns reports whether some other value of the field changes the verdict.
func turns(set *Set, code, field string, base Facts) bool {
	before := breaks(set, code, base)
	now := reflect.ValueOf(base).FieldByName(field)
	for _, value := range candidates(now) {
		f := base
		reflect.ValueOf(&f).Elem().FieldByName(field).Set(value)
		if breaks(set, code, f) != before {
			return true
		}
	}
	return false
}

// candidates lists values by kind of the field.
func candidates(now reflect.Value) []reflect.Value {
	var list []reflect.Value
	add := func(v any) { list = append(list, reflect.ValueOf(v).Convert(now.Type())) }
	switch now.Interface().(type) {
	case Due:
		add(Due{})
		add(Due{Day: on("2020-01-02")})
		add(Due{Day: on("2030-01-02")})
		return list
	case Penalty:
		add(Penalty{})
		add(fine(1))
		add(fine(9000_00))
		add(Penalty{Kinds: []PenaltyKind{RevokeLicence}})
		return list
	case []Officer:
		add([]Officer(nil))
		add([]Officer{{ID: "r1"}, {ID: "a1"}, {ID: "h1"}})
		add([]Officer{{ID: "r1", Recused: true, StateIssued: true}})
		return list
	case map[EvidenceKind]int:
		add(map[EvidenceKind]int(nil))
		add(map[EvidenceKind]int{Physical: 1})
		return list
	case []string:
		add([]string(nil))
		add([]string{"某项"})
		return list
	}
	switch now.Kind() {
	case reflect.Bool:
		add(!now.Bool())
	case reflect.String:
		for _, s := range texts() {
			add(s)
		}
	case reflect.Int, reflect.Int64:
		for _, n := range []int64{0, 1, 5, 13, 15, 30, 1 << 40} {
			add(n)
		}
	default:
		add(on(""))
		add(on("2015-01-05"))
		add(on("2030-01-07"))
	}
	return list
}

// texts are the words and ids that rules compare with.
func texts() []string {
	return []string{"", "某某", "o1", "r1", "a1", "h1", "p1", "aa", string(Citizen), string(Organisation), string(BasisRule), string(BasisOther),
		string(ServedDirect), string(ServedLeft), string(ServedElectric), string(ServedPublic), string(VerdictPass), string(VerdictRefuse),
		string(GroundFirst), string(GroundTrivial), string(OutcomePenalty), ExtendThirdParty, ExtendCalendar}
}

// factsRead parses the rule files and returns for each rule code the Facts fields that
// its functions read, following helpers of this package.
func factsRead(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("rule_*.go")
	if err != nil || len(files) < 8 {
		t.Fatalf("rule files not found: %v %v", files, err)
	}
	fields := map[string]bool{}
	facts := reflect.TypeFor[Facts]()
	for i := range facts.NumField() {
		fields[facts.Field(i).Name] = true
	}
	helpers, rows := map[string]ast.Node{}, map[string]ast.Node{}
	for _, file := range files {
		if filepath.Base(file) == "rule_test.go" {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		collect(tree, helpers, rows)
	}
	reads := map[string][]string{}
	for code, row := range rows {
		seen := map[string]bool{}
		readsOf(row, fields, helpers, seen, map[string]bool{})
		for f := range seen {
			reads[code] = append(reads[code], f)
		}
		sort.Strings(reads[code])
	}
	return reads
}

// collect finds named functions, local closures and rule rows.
func collect(tree *ast.File, helpers, rows map[string]ast.Node) {
	ast.Inspect(tree, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.FuncDecl:
			helpers[x.Name.Name] = x.Body
		case *ast.AssignStmt:
			if id, ok := x.Lhs[0].(*ast.Ident); ok {
				if lit, ok := x.Rhs[0].(*ast.FuncLit); ok {
					helpers[id.Name] = lit.Body
				}
			}
		case *ast.CompositeLit:
			if id, ok := x.Type.(*ast.Ident); ok && id.Name == "Rule" {
				if code := codeOf(x); code != "" {
					rows[code] = x
				}
			}
		}
		return true
	})
}

// codeOf returns the Code column of a row.
func codeOf(row *ast.CompositeLit) string {
	for _, e := range row.Elts {
		kv := e.(*ast.KeyValueExpr)
		if kv.Key.(*ast.Ident).Name != "Code" {
			continue
		}
		if lit, ok := kv.Value.(*ast.BasicLit); ok {
			code, _ := strconv.Unquote(lit.Value)
			return code
		}
	}
	return ""
}

// readsOf adds the Facts fields read below a node.
func readsOf(n ast.Node, fields map[string]bool, helpers map[string]ast.Node, seen, visited map[string]bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := x.X.(*ast.Ident); ok && id.Name == "f" && fields[x.Sel.Name] {
				seen[x.Sel.Name] = true
			}
		case *ast.Ident:
			if body, ok := helpers[x.Name]; ok && !visited[x.Name] {
				visited[x.Name] = true
				readsOf(body, fields, helpers, seen, visited)
			}
		}
		return true
	})
}
