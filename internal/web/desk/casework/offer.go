package casework

import (
	"net/url"
	"slices"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/workday"
)

// offerMost bounds what a field offers; a longer list helps nobody.
const offerMost = 200

// between parts the code from the name in an offered text; what is chosen so is taken apart again by tidied.
const between = "　"

// offered lists what fields offer by their names.
func (r room) offered(tx *db.Tx, v *seat.Visitor) (map[string][]string, error) {
	today := v.Today()
	entries, err := roster.Officers(tx, v.Agency, today, roster.Filter{Valid: true}, "", offerMost)
	if err != nil {
		return nil, err
	}
	var certificates []string
	for _, e := range entries {
		certificates = append(certificates, e.Certificate.Number+between+e.Name)
	}
	var items, laws, articles []string
	for _, i := range r.House.Pack.Items() {
		if i.Class != "行政处罚" || i.Owner == "" || i.NoUse || len(items) == offerMost {
			continue
		}
		items = append(items, i.Code+between+i.Name)
		for _, b := range i.Basis {
			laws = append(laws, strings.Trim(b.Law, "《》"))
			articles = append(articles, b.Article)
		}
	}
	slices.Sort(laws)
	slices.Sort(articles)
	return map[string][]string{"certificate": certificates, "item": items, "law": slices.Compact(laws), "article": slices.Compact(articles)}, nil
}

// tidied takes the chosen offers of a posted page apart: the code stays in its field, and the name of an officer goes into
// the field beside it where that is empty.
func tidied(typed url.Values) {
	for name, values := range typed {
		if len(values) == 0 {
			continue
		}
		last := name[strings.LastIndexByte(name, '.')+1:]
		if last != "certificate" && last != "item" {
			continue
		}
		code, person, found := strings.Cut(values[len(values)-1], between)
		if !found {
			continue
		}
		typed.Set(name, strings.TrimSpace(code))
		beside := strings.TrimSuffix(name, "certificate") + "name"
		if last == "certificate" && strings.TrimSpace(typed.Get(beside)) == "" {
			typed.Set(beside, strings.TrimSpace(person))
		}
	}
}

// dayOf reads the day of an act as typed; empty is today, which the room fills in.
func dayOf(text string) (workday.Day, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return workday.Day{}, nil
	}
	day, err := workday.ParseDay(text)
	if err != nil {
		return workday.Day{}, refusal.Field("occurred", "办理日期“"+text+"”读不懂，请写成2026-03-02这样的日期。")
	}
	return day, nil
}
