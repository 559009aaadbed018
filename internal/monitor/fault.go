package monitor

import (
	"fmt"
	"time"
)

// standingFault is something wrong in an entry of the log. The log cannot be mended, so it stands until somebody who has seen it
// says so.
type standingFault struct {
	Finding
	Seen string `json:"seen"` // when it was found first
	Why  string `json:"why,omitempty"`
	By   string `json:"acknowledged,omitempty"` // when it was acknowledged
}

// id names a fault of an entry.
func (f Finding) id() string {
	return digest(string(f.Kind) + "\x00" + f.Subject + "\x00" + f.Text)[:12]
}

// stands remembers what was found in the entries just read, and names it.
func (r *run) stands(found []Finding) {
	for i := range found {
		found[i].ID = found[i].id()
		r.state.Faults = append(r.state.Faults, &standingFault{Finding: found[i], Seen: r.now.UTC().Format(time.RFC3339)})
	}
}

// recall lists again what was found in entries before and nobody has acknowledged.
func (r *run) recall() {
	for _, f := range r.state.Faults {
		if f.By != "" {
			r.report.Acknowledged++
			continue
		}
		r.report.Findings = append(r.report.Findings, f.Finding)
	}
}

// Acknowledge notes that somebody has seen a fault of an entry and what he made of it; it is not listed any more and is kept.
// What is wrong now (a page, a decision overdue) has no number and goes only when it is put right.
func (s *State) Acknowledge(id, why string, at time.Time) error {
	if why == "" {
		return fmt.Errorf("请用 --why 写明如何核实、处理")
	}
	for _, f := range s.Faults {
		if f.ID == id {
			f.Why, f.By = why, at.UTC().Format(time.RFC3339)
			return nil
		}
	}
	return fmt.Errorf("状态文件中没有编号为 %s 的日志问题", id)
}
