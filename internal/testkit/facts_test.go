package testkit_test

import (
	"go/ast"
	"testing"
)

// A rule that asks for a fact which nobody records can never speak, or never be silent.
func TestEveryFactThatARuleAsksForIsRecordedBySomeRoom(t *testing.T) {
	packages, known := house(t), map[string]bool{}
	for _, s := range packages["internal/law"] {
		ast.Inspect(s.file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok || spec.Name.Name != "Facts" {
				return true
			}
			for _, field := range spec.Type.(*ast.StructType).Fields.List {
				for _, name := range field.Names {
					known[name.Name] = true
				}
			}
			return false
		})
	}
	if len(known) < 100 {
		t.Fatalf("only %d facts were found", len(known))
	}
	asked, written := map[string]bool{}, map[string]bool{}
	for _, s := range packages["internal/law"] {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && known[sel.Sel.Name] {
				if id, ok := sel.X.(*ast.Ident); ok && id.Name == "f" {
					asked[sel.Sel.Name] = true
				}
			}
			return true
		})
	}
	for _, room := range []string{"internal/casefile/facts", "internal/review", "internal/disclosure", "internal/disclosure/standing", "internal/disclosure/extension"} {
		for _, s := range packages[room] {
			ast.Inspect(s.file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.AssignStmt:
					for _, left := range n.Lhs {
						if index, ok := left.(*ast.IndexExpr); ok {
							left = index.X
						}
						if sel, ok := left.(*ast.SelectorExpr); ok {
							written[sel.Sel.Name] = true
						}
					}
				case *ast.IncDecStmt:
					if sel, ok := n.X.(*ast.SelectorExpr); ok {
						written[sel.Sel.Name] = true
					}
				case *ast.KeyValueExpr:
					if id, ok := n.Key.(*ast.Ident); ok {
						written[id.Name] = true
					}
				}
				return true
			})
		}
	}
	for name := range asked {
		if !written[name] {
			t.Errorf("a rule asks for Facts.%s, which no room records", name)
		}
	}
}
