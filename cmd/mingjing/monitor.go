package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"mingjing/internal/monitor"
	"mingjing/internal/witness"
)

// monitorVerb is the outsider's look at an agency: its public log, and the pages held against it. It needs no account and no store.
type monitorVerb struct {
	URL         string        `arg:"" help:"The portal's address."`
	Agency      string        `help:"The agency whose log to follow; the portal's first one when left out."`
	Key         string        `help:"The log's public key, from a trusted channel."`
	Policy      string        `help:"A policy with the log's key, the witnesses and their quorum (C2SP tlog-policy)." type:"existingfile"`
	State       string        `help:"Where to remember what was seen; without it each run begins anew."`
	Once        bool          `help:"Look once and stop."`
	All         bool          `help:"Hold every page against the log, not only what changed and some of the rest."`
	JSON        bool          `name:"json" help:"Print the report as JSON."`
	Every       time.Duration `help:"How long to wait between two looks." default:"10m"`
	Acknowledge []string      `help:"Note in the state that these faults of entries, by their numbers, were seen; they are not listed any more." placeholder:"NUMBER"`
	Why         string        `help:"How an acknowledged fault was looked into."`
	Rate        float64       `help:"Requests each second at most." default:"5"`
}

// exit is an error with its own status: 1 something is wrong, 2 nothing could be checked.
type exit struct {
	status int
	said   string
}

func (e exit) Error() string { return e.said }

func (m *monitorVerb) Run(w *world) error {
	state, err := monitor.LoadState(m.State)
	if err != nil {
		return exit{2, err.Error()}
	}
	if len(m.Acknowledge) > 0 {
		return m.acknowledge(state)
	}
	o := monitor.Options{Base: m.URL, Agency: m.Agency, Key: m.Key, All: m.All, Rate: m.Rate}
	if m.Policy != "" {
		text, err := os.ReadFile(m.Policy)
		if err != nil {
			return exit{2, err.Error()}
		}
		if o.Policy, err = witness.ParsePolicy(string(text)); err != nil {
			return exit{2, err.Error()}
		}
	}
	for {
		o.Now = time.Now()
		report, after, err := monitor.Look(w.ctx, o, state)
		switch {
		case errors.Is(err, monitor.ErrUnchecked) && !m.Once && w.ctx.Err() == nil:
			w.log.Warn("monitor: could not look", "error", err) // the next look may
		case err != nil:
			return exit{2, err.Error()}
		default:
			if err := m.tell(report, state, after); err != nil {
				return err
			}
			state = after
		}
		if m.Once {
			return nil
		}
		select {
		case <-w.ctx.Done():
			return nil
		case <-time.After(m.Every):
		}
	}
}

// acknowledge notes in the state what somebody has seen.
func (m *monitorVerb) acknowledge(state *monitor.State) error {
	for _, id := range m.Acknowledge {
		if err := state.Acknowledge(id, m.Why, time.Now()); err != nil {
			return exit{2, err.Error()}
		}
	}
	if m.State == "" {
		return exit{2, "确认须写入状态文件，请用 --state 指定"}
	}
	if err := state.Save(m.State); err != nil {
		return exit{2, err.Error()}
	}
	fmt.Printf("已确认 %d 个日志问题。\n", len(m.Acknowledge))
	return nil
}

// tell prints a report and keeps the state; what is wrong ends the program with status 1.
func (m *monitorVerb) tell(report monitor.Report, before, after *monitor.State) error {
	if m.JSON {
		out := json.NewEncoder(os.Stdout)
		out.SetEscapeHTML(false)
		if err := out.Encode(report); err != nil {
			return exit{2, err.Error()}
		}
	} else {
		fmt.Print(report.Text())
	}
	if after != before {
		if err := after.Save(m.State); err != nil {
			return exit{2, err.Error()}
		}
	}
	if !report.Sound() {
		record, acts := report.Split()
		return exit{1, fmt.Sprintf("监测发现 %d 个问题：记录和页面 %d 个，机关履职 %d 个", len(report.Findings), len(record), len(acts))}
	}
	return nil
}
