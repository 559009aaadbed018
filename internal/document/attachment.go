package document

import (
	"database/sql"
	"fmt"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Attachment is a file that belongs to a case, a document or a piece of evidence. Its bytes lie in the blob store under
// their digest.
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
	return attachments(tx, `SELECT id, agency, case_id, owner_kind, owner, kind, name, mime, size, digest, added_by, added_at FROM attachment
		WHERE case_id = $1 ORDER BY id LIMIT $2`, caseID, documentLimit)
}

// GetAttachment finds one.
func GetAttachment(tx *db.Tx, id string) (Attachment, error) {
	list, err := attachments(tx, `SELECT id, agency, case_id, owner_kind, owner, kind, name, mime, size, digest, added_by, added_at FROM attachment WHERE id = $1`, id)
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

// SealUse is one row of the 用印 register.
type SealUse struct {
	ID, Agency, Document, Case, Seal string
	UsedOn                           workday.Day
	UsedBy, ApprovedBy               string
	Copies                           int
	Number, Title                    string // of the document, filled on reading
}

// UseSeal records that a seal was put on a document.
func UseSeal(tx *db.Tx, s SealUse) (SealUse, error) {
	if s.Copies < 1 || s.Copies > 1000 {
		return SealUse{}, refusal.Field("copies", "用印份数应在1到1000之间。")
	}
	s.ID = tx.NewID()
	_, err := tx.Exec(`INSERT INTO seal_use (id, agency, document_id, case_id, seal, used_on, used_by, approved_by, copies) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		s.ID, s.Agency, s.Document, s.Case, s.Seal, s.UsedOn.String(), s.UsedBy, s.ApprovedBy, s.Copies)
	if err != nil {
		return SealUse{}, fmt.Errorf("document: use a seal: %w", err)
	}
	return s, nil
}

// SealUses lists the register after an id, newest first when after is empty.
func SealUses(tx *db.Tx, agency, before string, limit int) ([]SealUse, error) {
	var list []SealUse
	err := tx.Each(`SELECT s.id, s.agency, s.document_id, s.case_id, s.seal, s.used_on, s.used_by, s.approved_by, s.copies, d.number, d.title
		FROM seal_use s JOIN document d ON d.id = s.document_id WHERE s.agency = $1 AND ($2 = '' OR s.id < $2) ORDER BY s.id DESC LIMIT $3`,
		[]any{agency, before, limit}, func(rows *sql.Rows) error {
			var s SealUse
			if err := rows.Scan(&s.ID, &s.Agency, &s.Document, &s.Case, &s.Seal, &s.UsedOn, &s.UsedBy, &s.ApprovedBy, &s.Copies, &s.Number, &s.Title); err != nil {
				return err
			}
			list = append(list, s)
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("document: seal uses: %w", err)
	}
	return list, nil
}
