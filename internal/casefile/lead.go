package casefile

import (
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/document"
	"mingjing/internal/refusal"
)

// leadStep names the drafts of a case that has not begun: they belong to who writes them, and to the key of their page.
func leadStep(actor access.Actor, procedure, key string) string {
	return "begin/" + actor.Account + "/" + procedure + "/" + key
}

// mayLead asks whether the person may begin a case at all.
func mayLead(actor access.Actor) error {
	return access.Require(actor, access.CaseLead, access.Thing{Kind: "case", Agency: actor.Agency, Unit: actor.Unit, Relations: []string{access.RelHandler}})
}

// SaveLead keeps what somebody is writing on the page on which a case begins, until the case is there.
func (r *Room) SaveLead(tx *dbTx, actor access.Actor, procedure, key string, d document.Draft, base document.Base) (document.Draft, error) {
	if err := mayLead(actor); err != nil {
		return document.Draft{}, err
	}
	kind, known := r.Books().Forms.Kind(d.Kind)
	if !known || key == "" || len(key) > 64 || strings.Contains(key, "/") {
		return document.Draft{}, refusal.NotFound{What: "草稿"}
	}
	if begun, err := access.Once(tx, actor, key, ""); err != nil || begun.Href != "" {
		if err == nil {
			err = document.Conflict{}
		}
		return document.Draft{}, err
	}
	d.Agency, d.Editor, d.EditorName, d.Step = actor.Agency, actor.Account, actor.Name, leadStep(actor, procedure, key)
	return document.Save(tx, kind, d, base)
}

// Leads lists what a person has begun to write and not yet entered, by the key of its page, the newest first.
func (r *Room) Leads(tx *dbTx, actor access.Actor, procedure string) (keys []string, drafts map[string][]document.Draft, err error) {
	list, err := document.Unbegun(tx, actor.Account)
	if err != nil {
		return nil, nil, err
	}
	drafts = map[string][]document.Draft{}
	for _, d := range list {
		key, own := strings.CutPrefix(d.Step, leadStep(actor, procedure, ""))
		if !own || d.Agency != actor.Agency {
			continue
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
		drafts[key] = append(drafts[key], d)
	}
	return keys, drafts, nil
}

// DropLead removes what was written, because the case is there or because it is not wanted.
func (r *Room) DropLead(tx *dbTx, actor access.Actor, procedure, key string) error {
	return document.UsedUp(tx, "", "", leadStep(actor, procedure, key))
}
