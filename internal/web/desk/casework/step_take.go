package casework

import (
	"net/url"
	"strings"

	"mingjing/internal/casefile"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
)

// stepTake takes the step with the papers as they are drafted. What is refused is shown on the same page with every
// finding, its article and what to do next; the papers and all that was typed stay.
func (r room) stepTake(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	s, err := r.sheetOf(v, "", "")
	if err != nil {
		return err
	}
	s.kind = nil
	done, err := r.take(v, s, typed)
	if err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.showCheck(v, refusedStatus, s, typed, withoutPapers(t))
	}
	return v.Done(address(s.view.File.ID), saidOf(s, done))
}

func (r room) take(v *seat.Visitor, s sheet, typed url.Values) (casefile.Done, error) {
	act := casefile.Act{Case: s.view.File.ID, Step: s.step.Code, Parties: typed["act.party"], LateReason: strings.TrimSpace(typed.Get("act.late")),
		Sealed: typed.Get("act.sealed") != "", Override: map[string]string{}}
	if s.at != nil && len(s.at.Parties) > 1 && len(act.Parties) == 0 {
		return casefile.Done{}, refusal.Field("party", "请至少选择一名当事人。")
	}
	for name := range typed {
		if rule, ok := strings.CutPrefix(name, "act.override."); ok && strings.TrimSpace(typed.Get(name)) != "" {
			act.Override[rule] = strings.TrimSpace(typed.Get(name))
		}
	}
	var err error
	if act.Occurred, err = dayOf(typed.Get("act.occurred")); err != nil {
		return casefile.Done{}, err
	}
	if s.at != nil && s.at.Room == "review" {
		_, err := r.House.Review.Submit(v.Context(), v.Actor, act)
		return casefile.Done{Case: act.Case}, err
	}
	return r.House.Cases.Take(v.Context(), v.Actor, act)
}

// withoutPapers leaves the faults of papers to the list above the page, which leads to each of them.
func withoutPapers(t seat.Trouble) seat.Trouble {
	rest := map[string]string{}
	for name, message := range t.Fields {
		if !strings.Contains(name, "/") {
			rest[name] = message
		}
	}
	t.Fields = rest
	return t
}

// saidMost bounds the sentence that a redirect carries, in characters.
const saidMost = 180

// saidOf tells what was done: the step, its documents with their numbers, and what the law only warns of.
func saidOf(s sheet, done casefile.Done) string {
	text := "“" + s.step.Title + "”已办理。"
	var made []string
	for i, d := range done.Documents {
		if i == 4 {
			made = append(made, "等")
			break
		}
		made = append(made, "《"+d.Kind+"》"+d.Number)
	}
	if len(made) > 0 {
		text += "制作：" + strings.Join(made, "、") + "。"
	}
	for _, f := range done.Warnings {
		text += "提示：" + f.Message
	}
	if runes := []rune(text); len(runes) > saidMost {
		text = string(runes[:saidMost]) + "…"
	}
	return text
}
