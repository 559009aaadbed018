package picture

import (
	"slices"

	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/party"
	"mingjing/internal/workday"
)

// Sheet is the case as one party's act sees it: the papers of the act before those that are finished.
type Sheet struct {
	*Picture
	Party *party.Party           // nil where the act concerns the case as a whole
	Act   map[string]form.Values // the papers of the act, by kind
	Text  form.Values            // the decision as drafted, with this party put in; nil where nothing is drafted
}

// PartyID is the id of the party, "" for the case as a whole.
func (s *Sheet) PartyID() string {
	if s.Party == nil {
		return ""
	}
	return s.Party.ID
}

// Concerns tells whether a paper of some party concerns this sheet: the party's own, those made for all, and, for an
// act of the whole case, everyone's.
func (s *Sheet) Concerns(partyID string) bool {
	return partyID == "" || s.Party == nil || partyID == s.Party.ID
}

// DraftOf is what is being written of a kind for the party: its own draft, else the one for all.
func (s *Sheet) DraftOf(kind string) (document.Draft, bool) {
	var shared document.Draft
	for _, d := range s.Drafts {
		if d.Kind != kind {
			continue
		}
		if d.Party == s.PartyID() {
			return d, true
		}
		if d.Party == "" {
			shared = d
		}
	}
	return shared, shared.ID != ""
}

// Clock is the newest clock of a parameter that concerns the sheet, as the law sees it.
func (s *Sheet) Clock(param string) law.Due {
	for _, c := range slices.Backward(s.Clocks) {
		if c.Param == param && s.Concerns(c.Party) && c.State != deadline.Dropped {
			return law.Due{Day: c.Due, Provisional: c.Provisional}
		}
	}
	return law.Due{}
}

// DayOf reads a day, or the day of an instant, from a paper; zero where none is written.
func DayOf(v form.Values, path string) workday.Day {
	text := v.Text(path)
	if len(text) >= 10 {
		if d, err := workday.ParseDay(text[:10]); err == nil {
			return d
		}
	}
	return workday.Day{}
}

// Yes tells whether a box of a paper is ticked.
func Yes(v form.Values, path string) bool {
	b, _ := v.At(path).(bool)
	return b
}
