package document

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/form/entry"
	"mingjing/internal/refusal"
)

// What a file may stand beside. Files of a case, its documents, its reviews and the seals put on them name the case too and
// lie in its dossier.
const (
	OwnerCase        = "case"
	OwnerDocument    = "document"
	OwnerReview      = "review"
	OwnerSeal        = "seal"
	OwnerPublication = "publication"
	OwnerCertificate = "certificate"
)

// AttachmentKinds are the kinds of files that a record holds.
func AttachmentKinds() []string {
	return []string{"附件", "签名扫描件", "照片", "录音录像"}
}

// Attachment is a file that belongs to a record. Its bytes lie in the blob store under their digest.
type Attachment struct {
	ID, Agency, Case, OwnerKind, Owner string
	// Kind is 附件, 签名扫描件, 照片 or 录音录像.
	Kind, Name, MIME string
	Size             int64
	Digest           string // SHA-256 in hex
	AddedBy          string
	AddedAt          time.Time
}

// Attach writes an attachment whose bytes are stored already.
func Attach(tx *db.Tx, a Attachment) (Attachment, error) {
	if a.Name == "" || len(a.Digest) != 64 {
		return Attachment{}, refusal.Field("file", "没有收到文件，请重新选择。")
	}
	if !slices.Contains(AttachmentKinds(), a.Kind) {
		return Attachment{}, refusal.Field("kind", "请选择附件的类型。")
	}
	if entry.Unprintable(a.Name) || strings.ContainsAny(a.Name, "\r\n\t") {
		return Attachment{}, refusal.Field("file", entry.UnprintableMessage("文件名")+"。")
	}
	a.ID, a.AddedAt = tx.NewID(), tx.Now()
	_, err := tx.Exec(`INSERT INTO attachment (id, agency, case_id, owner_kind, owner, kind, name, mime, size, digest, added_by, added_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, a.ID, a.Agency, a.Case, a.OwnerKind, a.Owner, a.Kind, a.Name, a.MIME, a.Size, a.Digest, a.AddedBy, db.Text(a.AddedAt))
	if err != nil {
		return Attachment{}, fmt.Errorf("document: attach: %w", err)
	}
	return a, nil
}

// Attachments lists the files of a case.
func Attachments(tx *db.Tx, caseID string) ([]Attachment, error) {
	return attachments(tx, attachmentRows+`WHERE case_id = $1 ORDER BY id LIMIT $2`, caseID, documentLimit)
}

// AttachmentsOf lists the files that stand beside one record.
func AttachmentsOf(tx *db.Tx, ownerKind, owner string) ([]Attachment, error) {
	return attachments(tx, attachmentRows+`WHERE owner_kind = $1 AND owner = $2 ORDER BY id LIMIT $3`, ownerKind, owner, documentLimit)
}

const attachmentRows = `SELECT id, agency, case_id, owner_kind, owner, kind, name, mime, size, digest, added_by, added_at FROM attachment `

// GetAttachment finds one.
func GetAttachment(tx *db.Tx, id string) (Attachment, error) {
	list, err := attachments(tx, attachmentRows+`WHERE id = $1`, id)
	if err != nil {
		return Attachment{}, err
	}
	if len(list) == 0 {
		return Attachment{}, refusal.NotFound{What: "附件"}
	}
	return list[0], nil
}

func attachments(tx *db.Tx, query string, args ...any) ([]Attachment, error) {
	var list []Attachment
	err := tx.Each(query, args, func(rows *sql.Rows) error {
		var a Attachment
		var at string
		err := rows.Scan(&a.ID, &a.Agency, &a.Case, &a.OwnerKind, &a.Owner, &a.Kind, &a.Name, &a.MIME, &a.Size, &a.Digest, &a.AddedBy, &at)
		if err != nil {
			return err
		}
		a.AddedAt, err = db.Time(at)
		list = append(list, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("document: attachments: %w", err)
	}
	return list, nil
}
