package attachment

import (
	"context"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/review"
)

// Room is where files are put beside records.
type Room struct {
	db      *db.DB
	cases   *casefile.Room
	reviews *review.Room
}

// New opens the room on a store.
func New(d *db.DB, cases *casefile.Room, reviews *review.Room) *Room {
	return &Room{db: d, cases: cases, reviews: reviews}
}

// View is a record with its files, as its page shows them.
type View struct {
	Record
	Files []document.Attachment // none for who may neither open nor add any: the name of a file tells of what is in it
	// Opens and Adds tell what the person may do with them.
	Opens, Adds bool
}

// Of lists the files of a record for somebody who may see its page.
func (r *Room) Of(ctx context.Context, actor access.Actor, kind, id string) (View, error) {
	var v View
	err := r.db.Read(ctx, func(tx *db.Tx) (err error) {
		if v.Record, err = r.record(tx, actor, kind, id); err != nil {
			return err
		}
		v.Opens, v.Adds = access.Can(actor, access.ScanView, v.Thing).Allowed, access.Can(actor, access.ScanAdd, v.Thing).Allowed
		if !v.Opens && !v.Adds {
			return nil
		}
		for _, o := range v.Owners {
			list, err := document.AttachmentsOf(tx, kind, o.ID)
			if err != nil {
				return err
			}
			v.Files = append(v.Files, list...)
		}
		return nil
	})
	return v, err
}

// MayAdd asks whether a file may be added, before a large one is taken in.
func (v View) MayAdd(actor access.Actor) error {
	if err := access.Require(actor, access.ScanAdd, v.Thing); err != nil {
		return err
	}
	return v.Closed
}

// Add puts a file whose bytes are stored already beside a record. The leaf of its event holds the digest, so that the file
// can be held against the ledger ever after (全过程记录); its name, which may tell of a person, lies in the payload.
func (r *Room) Add(ctx context.Context, actor access.Actor, kind, id string, a document.Attachment) (document.Attachment, error) {
	var done document.Attachment
	err := r.db.Write(ctx, actor.Agency, func(tx *db.Tx) error {
		rec, err := r.record(tx, actor, kind, id)
		if err != nil {
			return err
		}
		if err := (View{Record: rec}).MayAdd(actor); err != nil {
			return err
		}
		owner, ok := rec.owner(a.Owner)
		if !ok {
			return refusal.Field("owner", "请选择这份材料所属的证件；还没有登记证件的，先登记证件。")
		}
		a.Agency, a.Case, a.OwnerKind, a.Owner, a.AddedBy = rec.Agency, rec.Case, kind, owner.ID, actor.Account
		if done, err = document.Attach(tx, a); err != nil {
			return err
		}
		_, err = ledger.Append(tx, ledger.Event{Agency: rec.Agency, Kind: rec.event, SubjectKind: rec.subjectKind, Subject: rec.subject, Actor: actor.Ledger(rec.roleOf(actor)),
			Ref:     map[string]string{"attachment": done.ID, "sha256": done.Digest, refName(kind): owner.ID},
			Payload: map[string]any{"title": "添加" + a.Kind, "actor": actor.Title(), "text": a.Name}})
		return err
	})
	return done, err
}

// refName is how an event of the record's own room names it.
func refName(kind string) string {
	if kind == document.OwnerSeal {
		return "seal_use"
	}
	return kind
}

// roleOf is the role in which the actor adds the file: the one that keeps such records, or another one that may.
func (rec Record) roleOf(actor access.Actor) string {
	for _, role := range []string{rec.role, access.RoleHandler, access.RoleUnitHead, access.RolePublisher, access.RoleArchivist, access.RoleReviewer, access.RoleApprover} {
		if actor.Has(role) {
			return role
		}
	}
	return ""
}

// Find reads a file of a record for somebody who may open it, with the record.
func (r *Room) Find(ctx context.Context, actor access.Actor, kind, id, file string) (document.Attachment, Record, error) {
	var a document.Attachment
	var rec Record
	err := r.db.Read(ctx, func(tx *db.Tx) (err error) {
		if rec, err = r.record(tx, actor, kind, id); err != nil {
			return err
		}
		if a, err = document.GetAttachment(tx, file); err != nil {
			return err
		}
		if _, ok := rec.owner(a.Owner); a.OwnerKind != kind || !ok {
			return refusal.NotFound{What: "附件"}
		}
		return access.Require(actor, access.ScanView, rec.Thing)
	})
	return a, rec, err
}
