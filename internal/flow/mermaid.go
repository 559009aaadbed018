package flow

import (
	"fmt"
	"strings"
)

// Mermaid draws the machine as a state diagram: states are nodes, steps that move are
// arrows. Steps that stay are in the table of docs/FLOWS.md only.
func (m *Machine) Mermaid() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	m.mermaidStates(&b, "  ", false)
	fmt.Fprintf(&b, "  [*] --> %s\n", m.Start)
	m.mermaidSteps(&b, "  ", false)
	for _, f := range m.Follows {
		label := "任一当事人进入后续环节"
		if len(f.All) > 0 {
			label = "全部当事人办结"
		}
		fmt.Fprintf(&b, "  %s --> %s : %s\n", f.From, f.To, label)
	}
	if m.TrackStart == "" {
		return b.String()
	}
	b.WriteString("  state \"每一当事人\" as track {\n")
	m.mermaidStates(&b, "    ", true)
	fmt.Fprintf(&b, "    [*] --> %s\n", m.TrackStart)
	m.mermaidSteps(&b, "    ", true)
	b.WriteString("  }\n")
	return b.String()
}

// mermaidStates names the states of the case or of the tracks.
func (m *Machine) mermaidStates(b *strings.Builder, indent string, track bool) {
	for _, s := range m.States {
		if s.Track == track {
			fmt.Fprintf(b, "%sstate \"%s\" as %s\n", indent, s.Title, s.Code)
		}
	}
}

// mermaidSteps draws the moving steps and the ends.
func (m *Machine) mermaidSteps(b *strings.Builder, indent string, track bool) {
	for _, s := range m.Steps {
		if s.PerParty != track || s.To == Stay {
			continue
		}
		for _, from := range s.From {
			fmt.Fprintf(b, "%s%s --> %s : %s\n", indent, from, s.To, s.Title)
		}
	}
	for _, s := range m.States {
		if s.Track == track && s.Final {
			fmt.Fprintf(b, "%s%s --> [*]\n", indent, s.Code)
		}
	}
}
