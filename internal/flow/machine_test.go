package flow

import (
	"regexp"
	"slices"
	"testing"
	"unicode"

	"mingjing/internal/law"
)

// each runs the body for every procedure.
func each(t *testing.T, body func(t *testing.T, m Machine)) {
	t.Helper()
	for _, m := range Machines() {
		t.Run(m.Code, func(t *testing.T) { body(t, m) })
	}
}

func TestEveryStateIsReachable(t *testing.T) {
	each(t, func(t *testing.T, m Machine) {
		reached := m.Reachable()
		for _, s := range m.States {
			if !reached[s.Code] {
				t.Errorf("%s (%s) cannot be reached", s.Code, s.Title)
			}
		}
	})
}

func TestEveryStateThatIsNotFinalHasAnExit(t *testing.T) {
	each(t, func(t *testing.T, m Machine) {
		for _, s := range m.States {
			step := slices.ContainsFunc(m.Steps, func(x Step) bool {
				return x.To != Stay && x.To != s.Code && slices.Contains(x.From, s.Code)
			})
			follow := slices.ContainsFunc(m.Follows, func(f Follow) bool { return f.From == s.Code })
			if !s.Final && !step && !follow {
				t.Errorf("nothing leads out of %s (%s)", s.Code, s.Title)
			}
		}
	})
}

func TestEveryStepNamesStatesOfItsTableAndIsComplete(t *testing.T) {
	event := regexp.MustCompile(`^(case|decision|delivery|evidence|review|publication)\.[a-z_]+$`)
	roles := []law.Role{law.RoleHandler, law.RoleUnitHead, law.RoleReviewer, law.RoleApprover, law.RolePublisher, law.RoleChecker, law.RoleArchivist}
	each(t, func(t *testing.T, m Machine) {
		seen := map[Code]bool{}
		for _, s := range m.Steps {
			if seen[s.Code] {
				t.Errorf("%s is in the table twice", s.Code)
			}
			seen[s.Code] = true
			if !event.MatchString(s.Event) || !slices.Contains(roles, s.Role) || len(s.From) == 0 || !han(s.Title) {
				t.Errorf("%s: event %q, role %q, from %v, title %q", s.Code, s.Event, s.Role, s.From, s.Title)
			}
			for _, state := range append(slices.Clone(s.From), s.To) {
				if info, ok := m.State(state); state != Stay && (!ok || info.Track != s.PerParty) {
					t.Errorf("%s: state %q is unknown or on the wrong level", s.Code, state)
				}
			}
			for _, state := range s.During {
				if info, ok := m.State(state); !ok || info.Track {
					t.Errorf("%s: during %q is no state of the case", s.Code, state)
				}
			}
			if s.PerParty != (len(s.During) > 0) || (s.Shared && !s.PerParty) {
				t.Errorf("%s: during %v, per party %v, shared %v", s.Code, s.During, s.PerParty, s.Shared)
			}
		}
	})
}

// han reports whether the text is Chinese throughout.
func han(text string) bool {
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) && r != '、' && r != '，' {
			return false
		}
	}
	return text != ""
}

func TestEveryRuleFormAndLimitThatAStepNamesExists(t *testing.T) {
	set, err := law.NewSet(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	steps := map[Code]bool{}
	for _, m := range Machines() {
		for _, s := range m.Steps {
			steps[s.Code] = true
		}
	}
	params := map[string]bool{}
	for _, p := range law.Params() {
		params[p.Code] = true
	}
	each(t, func(t *testing.T, m Machine) {
		for _, s := range m.Steps {
			for i, code := range s.Rules {
				if _, ok := set.Rule(code); !ok || slices.Contains(s.Rules[:i], code) {
					t.Errorf("%s: rule %q is unknown or named twice", s.Code, code)
				}
			}
			for _, f := range slices.Concat(s.Forms, s.MayForms) {
				if !slices.Contains(Forms(), f) {
					t.Errorf("%s: form %q is not listed", s.Code, f)
				}
			}
			for _, d := range s.Deadlines {
				if !params[d.Param] || d.Trigger == "" || !han(d.Label) || len(d.Done) == 0 {
					t.Errorf("%s: deadline %+v", s.Code, d)
				}
				for _, done := range d.Done {
					if !steps[done] {
						t.Errorf("%s: %s is ended by %q, which no table has", s.Code, d.Param, done)
					}
				}
			}
		}
	})
}

func TestEveryRuleAndEveryFormBelongsToAStep(t *testing.T) {
	rules, forms := map[string]bool{}, map[Form]bool{}
	for _, m := range Machines() {
		for _, s := range m.Steps {
			for _, code := range s.Rules {
				rules[code] = true
			}
			for _, f := range slices.Concat(s.Forms, s.MayForms) {
				forms[f] = true
			}
		}
	}
	for _, r := range law.Rules() {
		if !rules[r.Code] {
			t.Errorf("no step is judged by %s (%s)", r.Code, r.Title)
		}
	}
	for _, f := range Forms() {
		if !forms[f] {
			t.Errorf("no step makes %s", f)
		}
	}
}

func TestEveryStepIsJudgedByTheRulesOnTheTruthOfTheRecord(t *testing.T) {
	each(t, func(t *testing.T, m Machine) {
		for _, s := range m.Steps {
			if len(s.Rules) < 3 || !slices.Equal(s.Rules[:3], []string{"SX-17a", "SX-17b", "SX-17c"}) {
				t.Errorf("%s: %v", s.Code, s.Rules)
			}
		}
	})
}

// place is where a case with one party stands.
type place struct{ state, track State }

// places searches every place that the steps can reach, breadth first.
func places(m Machine, without Code) map[place]bool {
	start := place{m.Start, m.TrackStart}
	seen, queue := map[place]bool{start: true}, []place{start}
	for len(queue) > 0 {
		p := queue[0]
		queue = queue[1:]
		for _, s := range m.Steps {
			if s.Code == without || !m.May(s, p.state, p.track) {
				continue
			}
			next := place{s.After(p.state), p.track}
			if s.PerParty {
				next = place{p.state, s.After(p.track)}
			}
			if m.TrackStart != "" {
				next.state = m.CaseState(next.state, []State{next.track})
			}
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return seen
}

// reaches reports whether a case or its party can come to the state.
func reaches(m Machine, without Code, goal State) bool {
	for p := range places(m, without) {
		if p.state == goal || p.track == goal {
			return true
		}
	}
	return false
}

func TestNoWayLeadsRoundAStep(t *testing.T) {
	for _, c := range []struct {
		machine string
		without Code
		goal    State
	}{
		{"ordinary", "record_lead", Opened}, {"ordinary", "open_case", Investigating}, {"ordinary", "assign_officers", Reported},
		{"ordinary", "report_investigation", Handling}, {"ordinary", "report_investigation", Noticed},
		{"ordinary", "serve_notice", Decided}, {"ordinary", "schedule_hearing", HearingScheduled}, {"ordinary", "request_hearing", HearingScheduled},
		{"ordinary", "approve", Decided}, {"ordinary", "decide", Served}, {"ordinary", "serve_decision", Demanded}, {"ordinary", "demand", InCourt},
		{"ordinary", "close", Archived},
		{"simple", "investigate", Decided}, {"simple", "decide_on_spot", Filed}, {"simple", "file_decision", Done}, {"simple", "close", Archived},
		{"review", "submit_review", UnderReview}, {"review", "accept_review", Passed}, {"review", "pass_review", Passed},
		{"publication", "prepare", Checked}, {"publication", "check", Published}, {"publication", "publish", Withdrawn},
	} {
		m, ok := ByCode(c.machine)
		if !ok {
			t.Fatalf("no machine %s", c.machine)
		}
		if !reaches(m, "", c.goal) {
			t.Fatalf("%s: %s is not reachable at all", c.machine, c.goal)
		}
		if reaches(m, c.without, c.goal) {
			t.Errorf("%s: %s is reached without %s", c.machine, c.goal, c.without)
		}
	}
}

func TestACaseWithOnePartyReachesEveryStateAndCanAlwaysEnd(t *testing.T) {
	each(t, func(t *testing.T, m Machine) {
		for _, s := range m.States {
			if !reaches(m, "", s.Code) {
				t.Errorf("%s (%s) is never reached", s.Code, s.Title)
			}
		}
		for p := range places(m, "") {
			from := m
			from.Start, from.TrackStart = p.state, p.track
			ends := false
			for q := range places(from, "") {
				info, _ := from.State(q.state)
				ends = ends || info.Final
			}
			if !ends {
				t.Errorf("a case in %s/%s can never end", p.state, p.track)
			}
		}
	})
}

func TestApprovingAndDecidingAreBothHeldByTheReviewAndByTheHearing(t *testing.T) {
	m := Ordinary()
	for _, code := range []Code{"approve", "decide"} {
		s, ok := m.Find(code)
		if !ok {
			t.Fatalf("no step %s", code)
		}
		for _, rule := range []string{"CF-36", "CF-36a", "CF-36b", "CF-36c", "SH-05", "SH-05b", "SH-06", "CF-28b", "CF-28c", "CF-29", "CF-29a", "CF-29c", "CF-61", "CF-61b", "CF-38", "CF-38b", "CF-12"} {
			if !slices.Contains(s.Rules, rule) {
				t.Errorf("%s is not judged by %s", code, rule)
			}
		}
	}
}

func TestAStepIsAllowedOnlyInItsStates(t *testing.T) {
	m := Ordinary()
	decide, _ := m.Find("decide")
	for _, c := range []struct {
		state, track State
		want         bool
	}{{Handling, Approved, true}, {Handling, Noticed, false}, {Investigating, Approved, false}, {Handling, Decided, false}} {
		if m.May(decide, c.state, c.track) != c.want {
			t.Errorf("decide in %s/%s: %v", c.state, c.track, !c.want)
		}
		listed := slices.ContainsFunc(m.AllowedFor(c.state, c.track), func(s Step) bool { return s.Code == "decide" })
		if listed != c.want {
			t.Errorf("decide listed in %s/%s: %v", c.state, c.track, listed)
		}
	}
	open, _ := m.Find("open_case")
	if !m.May(open, Lead, "") || m.May(open, Opened, "") || len(m.Allowed(Rejected)) != 0 {
		t.Error("a case step ignores the state of the case")
	}
	if open.After(Lead) != Opened {
		t.Error("open_case does not open")
	}
	if change, _ := m.Find("change_officers"); change.After(Handling) != Handling {
		t.Error("a step that stays moves")
	}
	if _, ok := m.Find("nothing"); ok {
		t.Error("an unknown step is found")
	}
	if _, ok := m.State("nothing"); ok {
		t.Error("an unknown state is found")
	}
	if _, ok := ByCode("nothing"); ok {
		t.Error("an unknown machine is found")
	}
}

func TestABatchCaseMovesWhenItsPartiesAllow(t *testing.T) {
	m := Ordinary()
	for name, c := range map[string]struct {
		state  State
		tracks []State
		want   State
	}{
		"nobody is told yet":                      {Reported, []State{Pending, Pending}, Reported},
		"the first party is told":                 {Reported, []State{Noticed, Pending}, Handling},
		"one of three is done":                    {Handling, []State{Done, Served, Decided}, Handling},
		"all are done":                            {Handling, []State{Done, Done}, Settled},
		"the rest was split off":                  {Handling, []State{Done, Split}, Settled},
		"the only party is not punished":          {Reported, []State{Done}, Settled},
		"a decision is annulled after settlement": {Settled, []State{Done, Annulled}, Handling},
		"investigation goes on":                   {Investigating, []State{Done, Noticed}, Investigating},
		"a case without parties stays":            {Handling, nil, Handling},
		"a closed case stays closed":              {Closed, []State{Done}, Closed},
	} {
		if got := m.CaseState(c.state, c.tracks); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
