package gate_test

import (
	"os"
	"strconv"
	"testing"
)

// verb is what people do as one act of the seven (起草、修改、审核、批准、决定、公示、撤下): steps taken one after the other by one
// person or by two. A step that is refused is passed over, so that a verb also goes on where another has stopped halfway.
type verb struct {
	name  string
	steps []step
	pair  bool
}

// step is a deed of a verb; second tells that the other of the two takes it.
type step struct {
	deed   deed
	second bool
}

// singles are the deeds, each a verb of its own.
func singles() (list []verb) {
	for _, d := range deeds() {
		list = append(list, verb{name: d.name, steps: []step{{deed: d}}})
	}
	return list
}

// seven are the verbs of a case from the draft to the withdrawal, with what goes wrong beside them.
func seven() []verb {
	by := map[string]deed{}
	for _, d := range deeds() {
		by[d.name] = d
	}
	one := func(names ...string) verb {
		v := verb{name: names[0]}
		for _, name := range names {
			v.steps = append(v.steps, step{deed: by[name]})
		}
		return v
	}
	two := func(name string, first, then []string) verb {
		v := verb{name: name, pair: true}
		for _, n := range first {
			v.steps = append(v.steps, step{deed: by[n]})
		}
		for _, n := range then {
			v.steps = append(v.steps, step{deed: by[n], second: true})
		}
		return v
	}
	publish := two("publish", []string{"prepare"}, []string{"check"})
	publish.steps = append(publish.steps, step{deed: by["publish"]})
	return []verb{one("draft"), one("edit"), two("review", []string{"submit"}, []string{"accept", "pass"}), one("return"), one("approve"), one("decide", "serve"), one("decide dated back", "serve"), publish,
		two("withdraw", []string{"annul"}, []string{"withdraw"}), one("withdraw in silence")}
}

// hands are who takes a verb: each of the four, or each two of them, one with himself too.
func (v verb) hands(names []string) (list [][2]string) {
	for _, a := range names {
		if !v.pair {
			list = append(list, [2]string{a, a})
			continue
		}
		for _, b := range names {
			list = append(list, [2]string{a, b})
		}
	}
	return list
}

// TestTheSevenVerbsFromTheFirstDraftToTheWithdrawalReachNothingForbidden: one graph, from a case without a draft, on which each of
// draft, edit, review, approve, decide, publish and withdraw comes about by the acts of four people. MINGJING_FULL goes seven
// verbs deep, which is some sixteen deeds; MINGJING_WALK names another depth.
func TestTheSevenVerbsFromTheFirstDraftToTheWithdrawalReachNothingForbidden(t *testing.T) {
	depth := 4
	if os.Getenv("MINGJING_FULL") != "" {
		depth = 7
	}
	if n, err := strconv.Atoi(os.Getenv("MINGJING_WALK")); err == nil {
		depth = n
	}
	w := newWalk(t, noticed, false, seven())
	w.run(w.start, depth)
	w.told(noticed, false, depth)
	reach := []string{"draft", "edit", "whole review", "approve"}
	if depth >= 7 {
		reach = append(reach, "whole decide", "whole publish", "whole withdraw")
	}
	for _, must := range reach {
		if w.known[must] == 0 {
			t.Errorf("nobody could %s: the search goes nowhere", must)
		}
	}
}
