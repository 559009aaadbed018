package attachment

import (
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/document"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
)

// Owner is one paper that files belong to; a record has one, an officer one for each certificate.
type Owner struct{ ID, Title string }

// Record is what files stand beside, as a person sees it.
type Record struct {
	Kind, ID, Agency, Title string
	Case                    string // in whose dossier the files lie; empty for those that are in none
	Owners                  []Owner
	Thing                   access.Thing
	Closed                  error // why nothing can be added any more; nil while it can

	event, subjectKind, subject string // of the ledger
	role                        string // in which files are added
}

// Kinds are the records that files can be added to: what the owner of a file is called in the store.
func Kinds() []string {
	return []string{document.OwnerCertificate, document.OwnerPublication, document.OwnerReview, document.OwnerSeal}
}

// record finds a record for somebody who may see its page; what the person may not see is not there. The id of a certificate's
// record is that of its officer.
func (r *Room) record(tx *db.Tx, actor access.Actor, kind, id string) (Record, error) {
	switch kind {
	case document.OwnerCertificate:
		return certificates(tx, actor, id)
	case document.OwnerPublication:
		return r.publication(tx, actor, id)
	case document.OwnerReview:
		return r.reviewed(tx, actor, id)
	case document.OwnerSeal:
		return r.sealed(tx, actor, id)
	}
	return Record{}, refusal.NotFound{What: "这份材料"}
}

func certificates(tx *db.Tx, actor access.Actor, id string) (Record, error) {
	o, err := roster.FindOfficer(tx, id)
	if err != nil {
		return Record{}, err
	}
	rec := Record{Kind: document.OwnerCertificate, ID: id, Agency: o.Agency, Title: o.Name, event: "certificate.attached", subjectKind: "officer", subject: id, role: access.RoleAdministrator,
		Thing: access.Thing{Kind: document.OwnerCertificate, ID: id, Agency: o.Agency}}
	if o.Account != "" && o.Account == actor.Account { // a deputy is not who holds the certificate
		rec.Thing.Relations = []string{access.RelSelf}
	}
	if !access.Can(actor, access.RosterView, access.Thing{Kind: "roster", Agency: o.Agency}).Allowed {
		return Record{}, refusal.NotFound{What: "执法人员"}
	}
	list, err := roster.Certificates(tx, id)
	for _, c := range list {
		rec.Owners = append(rec.Owners, Owner{c.ID, c.Number})
	}
	return rec, err
}

func (r *Room) publication(tx *db.Tx, actor access.Actor, id string) (Record, error) {
	p, err := disclosure.See(tx, actor, id)
	if err != nil {
		return Record{}, err
	}
	rec := Record{Kind: document.OwnerPublication, ID: id, Agency: p.Agency, Title: p.Title, Owners: []Owner{{id, p.Title}}, event: "publication.attached", subjectKind: "publication", subject: id, role: access.RolePublisher,
		Thing: access.Thing{Kind: document.OwnerPublication, ID: id, Agency: p.Agency, Class: p.Class}}
	if rec.Title == "" {
		rec.Title = p.Number
	}
	if p.Case == "" {
		return rec, nil
	}
	// What was done to the publication of a case stands in the story of the case; its files are no part of the dossier, which
	// may be closed long before the publication ends.
	rec.subjectKind, rec.subject = "case", p.Case
	thing, _, err := r.cases.ThingOf(tx, actor, p.Case)
	rec.Thing.Unit, rec.Thing.Relations = thing.Unit, thing.Relations
	return rec, err
}

func (r *Room) reviewed(tx *db.Tx, actor access.Actor, id string) (Record, error) {
	row, thing, file, err := r.reviews.Find(tx, actor, id)
	if err != nil {
		return Record{}, err
	}
	return r.ofCase(Record{Kind: document.OwnerReview, ID: id, Title: row.CaseTitle, role: access.RoleReviewer}, thing, file), nil
}

func (r *Room) sealed(tx *db.Tx, actor access.Actor, id string) (Record, error) {
	s, err := document.FindSealUse(tx, id)
	if err != nil {
		return Record{}, err
	}
	if !access.Can(actor, access.CaseList, access.Thing{Kind: "case", Agency: s.Agency}).Allowed {
		return Record{}, refusal.NotFound{What: "用印登记"}
	}
	thing, file, err := r.cases.ThingOf(tx, actor, s.Case)
	if err != nil {
		return Record{}, err
	}
	return r.ofCase(Record{Kind: document.OwnerSeal, ID: id, Title: "《" + s.Title + "》" + s.Number, role: access.RoleArchivist}, thing, file), nil
}

// ofCase is a record whose files lie in the dossier of its case.
func (r *Room) ofCase(rec Record, thing access.Thing, file picture.File) Record {
	rec.Agency, rec.Case, rec.Owners, rec.Closed = file.Agency, file.ID, []Owner{{rec.ID, rec.Title}}, r.cases.Bound(file)
	rec.event, rec.subjectKind, rec.subject = "document.attached", "case", file.ID
	rec.Thing = thing
	rec.Thing.Kind, rec.Thing.ID = rec.Kind, rec.ID
	return rec
}

// owner finds the paper that a file names; where there is only one, it need not.
func (rec Record) owner(id string) (Owner, bool) {
	if id == "" && len(rec.Owners) == 1 {
		return rec.Owners[0], true
	}
	i := slices.IndexFunc(rec.Owners, func(o Owner) bool { return o.ID == id })
	if i < 0 {
		return Owner{}, false
	}
	return rec.Owners[i], true
}
