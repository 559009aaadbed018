package casefile

import (
	"context"

	"mingjing/internal/access"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
)

// Attach adds a file whose bytes are stored already to a case, or to one of its documents. The leaf of its event
// holds the digest, so that the file can be held against the ledger ever after (全过程记录).
func (r *Room) Attach(ctx context.Context, actor access.Actor, a document.Attachment) (document.Attachment, error) {
	var done document.Attachment
	err := r.DB.Write(ctx, actor.Agency, func(tx *dbTx) error {
		pic, err := picture.Load(tx, a.Case)
		if err != nil {
			return err
		}
		if pic.File.Agency != actor.Agency {
			return refusal.NotFound{What: "案件"}
		}
		if err := access.Require(actor, access.AttachmentAdd, picture.Thing(pic, actor)); err != nil {
			return err
		}
		if err := r.Bound(pic.File); err != nil {
			return err
		}
		a.Agency, a.AddedBy = pic.File.Agency, actor.Account
		ref := map[string]string{}
		if a.OwnerKind == document.OwnerDocument { // the signed paper stands beside the document that it is the paper of
			if _, ok := pic.DocumentByID(a.Owner); !ok {
				return refusal.Field("document", "本案没有这份文书，请重新选择。")
			}
			ref["document"] = a.Owner
		} else {
			a.OwnerKind, a.Owner = document.OwnerCase, a.Case
		}
		if done, err = document.Attach(tx, a); err != nil {
			return err
		}
		ref["attachment"], ref["sha256"] = done.ID, done.Digest
		_, err = ledger.Append(tx, ledger.Event{Agency: pic.File.Agency, Kind: "document.attached", SubjectKind: "case", Subject: a.Case,
			Actor: actor.Ledger(access.RoleHandler), Ref: ref,
			Payload: map[string]any{"title": "添加" + a.Kind, "actor": actor.Title(), "text": a.Name}})
		return err
	})
	return done, err
}

// Bound says that a dossier in the archive takes nothing more: its list of contents counts what it holds (档案法, 118号（九）).
// It is nil while the case is not archived.
func (r *Room) Bound(f picture.File) error {
	if f.State != flow.Archived {
		return nil
	}
	rule, _ := r.Books().Law.Rule("SX-23")
	return refusal.Refused{Findings: []law.Finding{{Rule: rule.Code, Title: "案卷归档后不再增减材料", Severity: law.Block, Cite: rule.Cite, Tasks: rule.Tasks,
		Message: "本案已经归档，案卷目录和备考表已经定稿，不能再添加附件。", Advice: "确需补充材料的，由负责人办理“重新启动办理”，补充后重新结案、归档。"}}}
}

// FindAttachment reads an attachment for somebody who may see its case.
func (r *Room) FindAttachment(ctx context.Context, actor access.Actor, id string) (document.Attachment, error) {
	var a document.Attachment
	err := r.DB.Read(ctx, func(tx *dbTx) (err error) {
		if a, err = document.GetAttachment(tx, id); err != nil {
			return err
		}
		pic, err := picture.Load(tx, a.Case)
		if err != nil {
			return err
		}
		if !access.Can(actor, access.CaseView, picture.Thing(pic, actor)).Allowed {
			return refusal.NotFound{What: "附件"}
		}
		return nil
	})
	return a, err
}
