package picture

import (
	"slices"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/form"
)

// Draft finds the draft of a step for a party, else the one for all parties.
func (p *Picture) Draft(step, partyID, kind string) (document.Draft, bool) {
	var shared document.Draft
	for _, d := range p.Drafts {
		if d.Step != step || d.Kind != kind {
			continue
		}
		if d.Party == partyID {
			return d, true
		}
		if d.Party == "" {
			shared = d
		}
	}
	return shared, shared.ID != ""
}

func (p *Picture) readSigned(tx *db.Tx) (err error) {
	p.Signed, err = document.Agreed(tx, p.File.ID)
	return err
}

// DocumentByID finds a finished document of the case.
func (p *Picture) DocumentByID(id string) (document.Document, bool) {
	for _, d := range p.Docs {
		if d.ID == id {
			return d, true
		}
	}
	return document.Document{}, false
}

// LastOf is the latest finished document of a kind for a party; a page that was opened before it has grown stale.
func (p *Picture) LastOf(kind, partyID string) string {
	for _, d := range slices.Backward(p.Docs) {
		if d.Kind == kind && (d.Party == partyID || partyID == "") {
			return d.ID
		}
	}
	return ""
}

// Drafted tells whether such a draft stands there already.
func (p *Picture) Drafted(d document.Draft) bool {
	return slices.ContainsFunc(p.Drafts, func(x document.Draft) bool { return x.Step == d.Step && x.Kind == d.Kind && x.Party == d.Party })
}

// Corrected is the finished document that a paper names as the one it puts right: by its number, else by its kind and day, and by
// its hash where that is given. What puts another right is put right by its own further one.
func (p *Picture) Corrected(v form.Values) (document.Document, bool) {
	kind, number, on, hash := v.Text("original_kind"), v.Text("original_number"), DayOf(v, "original_on"), v.Text("original_hash")
	for _, d := range slices.Backward(p.Docs) {
		if d.Kind == kind && d.MadeOn == on && (number == "" && d.Number == "" || number == d.Number) && (hash == "" || strings.HasPrefix(d.BodyHash, hash)) {
			return d, true
		}
	}
	return document.Document{}, false
}
