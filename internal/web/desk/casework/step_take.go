package casework

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"mingjing/internal/casefile"
	"mingjing/internal/casefile/draft"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
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
	done, made, err := r.take(v, s, typed)
	if err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		renew(err, typed)
		return r.showCheck(v, refusedStatus, s, typed, t)
	}
	if made != "" {
		return v.Done(made, "“"+s.step.Title+"”已经办理过，没有重复办理。")
	}
	return v.Done(address(s.view.File.ID), saidOf(s, done))
}

// take takes the step once: a page that was sent twice, even at the same moment, is led to what the first one made.
func (r room) take(v *seat.Visitor, s sheet, typed url.Values) (done casefile.Done, made string, err error) {
	act, err := actOf(s, typed)
	if err != nil {
		return done, "", err
	}
	err = v.Write(func(tx *db.Tx) error {
		if made, err = sent(tx, v, typed); err != nil || made != "" {
			return err
		}
		if s.at != nil && s.at.Room == "review" {
			done.Case = act.Case
			_, err = r.House.Review.SubmitIn(tx, v.Actor, act)
		} else {
			done, err = r.House.Cases.TakeIn(tx, v.Actor, act)
		}
		if err != nil {
			return err
		}
		href := address(act.Case)
		if len(done.Documents) > 0 {
			href += "/documents/" + done.Documents[0].ID
		}
		return did(tx, v, typed, href)
	})
	return done, made, casefile.Gated(err)
}

// actOf is the act that the page asks for.
func actOf(s sheet, typed url.Values) (casefile.Act, error) {
	act := casefile.Act{Case: s.view.File.ID, Step: s.step.Code, Parties: typed["act.party"], LateReason: strings.TrimSpace(typed.Get("act.late")),
		Sealed: typed.Get("act.sealed") != "", Override: map[string]string{}}
	if s.at != nil && len(s.at.Parties) > 1 && len(act.Parties) == 0 {
		return act, refusal.Field("party", "请至少选择一名当事人。")
	}
	for name := range typed {
		if rule, ok := strings.CutPrefix(name, "act.override."); ok && strings.TrimSpace(typed.Get(name)) != "" {
			act.Override[rule] = strings.TrimSpace(typed.Get(name))
		}
	}
	var err error
	act.Occurred, err = dayOf(typed.Get("act.occurred"))
	return act, err
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

// faultsShown bounds the list of what papers lack.
const faultsShown = 30

// paperFaults leads to each fault of a paper: which paper, whose in a batch, and what is wrong.
func paperFaults(s sheet, fields map[string]string) []page.Link {
	names, lines := dossier.PartyNames(s.view), []page.Link{}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		place, partyID, _ := strings.Cut(name, draft.PlaceParty)
		kind, _, inPaper := strings.Cut(place, "/")
		if !inPaper {
			continue
		}
		text := "《" + kind + "》"
		if partyID != "" {
			text += "（" + names[partyID] + "）"
		}
		lines = append(lines, page.Link{Text: text + "：" + fields[name], Href: paperAddress(s.view.File.ID, string(s.step.Code), kind, partyID) + "&check=1"})
	}
	if rest := len(lines) - faultsShown; rest > 0 {
		lines = append(lines[:faultsShown], page.Link{Text: "另有" + page.Count(rest) + "处没有列出。"})
	}
	return lines
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
