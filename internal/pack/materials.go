package pack

import (
	"fmt"

	"github.com/expr-lang/expr"

	"mingjing/internal/workday"
)

// Materials lists the papers that a submission to review of this decision must or may bring.
func (p *Pack) Materials(env ReviewEnv, day workday.Day) ([]Material, error) {
	vars, err := env.vars()
	if err != nil {
		return nil, fmt.Errorf("pack: materials: %w", err)
	}
	var out []Material
	for _, m := range inForce(p.materials, day, func(m Material) Provenance { return m.Provenance }) {
		if m.ItemClass != "" && m.ItemClass != env.ItemClass {
			continue
		}
		if m.When != "" {
			program, err := compile(m.When) // compiled once at load for its errors; submissions are rare
			if err != nil {
				return nil, fmt.Errorf("pack: materials: %s: %w", m.Code, err)
			}
			if due, err := expr.Run(program, vars); err != nil || due != true {
				if err != nil {
					return nil, fmt.Errorf("pack: materials: %s: %w", m.Code, err)
				}
				continue
			}
		}
		out = append(out, m)
	}
	return out, nil
}
