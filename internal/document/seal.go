package document

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// SealUse is one row of the 用印 register.
type SealUse struct {
	ID, Agency, Document, Case, Seal string
	UsedOn                           workday.Day
	UsedBy, ApprovedBy               string
	Copies                           int
	Reason                           string // why the same seal is put on the same document again
	Number, Title                    string // of the document, filled on reading
	CaseTitle                        string // of its case, filled on reading
}

// sealMost bounds the copies of one use.
const sealMost = 999

// UseSeal registers that a seal was put on a finished document of the agency (行政处罚法第五十九条第二款). A head approves it,
// who is another person than the one who uses it. The same seal on the same document again is a repeat, with its reason.
func UseSeal(tx *db.Tx, actor access.Actor, number string, s SealUse) (SealUse, error) {
	if err := access.Require(actor, access.SealUse, access.Thing{Kind: "seal", Agency: actor.Agency}); err != nil {
		return SealUse{}, err
	}
	d, err := ByNumber(tx, actor.Agency, number)
	if err != nil {
		return SealUse{}, err
	}
	s.Agency, s.Document, s.Case, s.Number, s.Title = d.Agency, d.ID, d.Case, d.Number, d.Title
	s.UsedBy, s.Seal, s.Reason = actor.Account, strings.Join(strings.Fields(s.Seal), " "), strings.TrimSpace(s.Reason)
	if err := s.check(d, workday.DayOf(tx.Now())); err != nil {
		return SealUse{}, err
	}
	head, err := approves(tx, actor, s.ApprovedBy)
	if err != nil {
		return SealUse{}, err
	}
	repeat, err := s.repeats(tx)
	if err != nil {
		return SealUse{}, err
	}
	if err := s.insert(tx); err != nil {
		return SealUse{}, err
	}
	return s, s.record(tx, actor, head, repeat)
}

func (s *SealUse) insert(tx *db.Tx) error {
	s.ID = tx.NewID()
	_, err := tx.Exec(`INSERT INTO seal_use (id, agency, document_id, case_id, seal, used_on, used_by, approved_by, copies, reason)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, s.ID, s.Agency, s.Document, s.Case, s.Seal, s.UsedOn.String(), s.UsedBy, s.ApprovedBy, s.Copies, s.Reason)
	if err != nil {
		return fmt.Errorf("document: use a seal: %w", err)
	}
	return nil
}

// SealMade registers the seal on the papers that one act finished, one row for each and one event for all. common is what they
// share; each use names its document and the head who let it be sealed. The room judged the act.
func SealMade(tx *db.Tx, actor access.Actor, common SealUse, uses []SealUse) error {
	var papers []string
	ref := map[string]string{"documents": strconv.Itoa(len(uses)), "used_on": common.UsedOn.String()}
	for _, s := range uses {
		s.Agency, s.Case, s.Seal, s.UsedOn, s.UsedBy, s.Copies = common.Agency, common.Case, common.Seal, common.UsedOn, actor.Account, common.Copies
		if err := s.insert(tx); err != nil {
			return err
		}
		papers = append(papers, "《"+s.Title+"》"+s.Number)
		if len(uses) == 1 {
			ref = map[string]string{"seal_use": s.ID, "document": s.Document, "approver": s.ApprovedBy, "copies": strconv.Itoa(s.Copies), "used_on": s.UsedOn.String()}
		}
	}
	if ref["approver"] == "" {
		delete(ref, "approver")
	}
	text := strings.Join(papers, "、") + "，" + common.Seal
	_, err := ledger.Append(tx, ledger.Event{Agency: common.Agency, Kind: "document.sealed", SubjectKind: "case", Subject: common.Case, Occurred: usedAt(tx, common.UsedOn),
		Actor: actor.Ledger(access.RoleHandler), Ref: ref, Payload: map[string]any{"title": "登记用印", "actor": actor.Title(), "text": text}})
	return err
}

// usedAt is the legal time of a use: now when it is registered on its day, else the beginning of that day.
func usedAt(tx *db.Tx, on workday.Day) time.Time {
	if on == workday.DayOf(tx.Now()) {
		return time.Time{}
	}
	return on.Start()
}

func (s SealUse) check(d Document, today workday.Day) error {
	fields := map[string]string{}
	if s.Seal == "" {
		fields["seal"] = "请填写印章的名称。"
	}
	switch {
	case s.UsedOn.IsZero() || s.UsedOn.After(today):
		fields["on"] = "请填写不晚于今天的用印日期。"
	case s.UsedOn.Before(d.MadeOn):
		fields["on"] = "该文书" + d.MadeOn.String() + "才制作，用印日期不能早于这一天。"
	}
	if s.Copies < 1 || s.Copies > sealMost {
		fields["copies"] = "份数应在1到" + strconv.Itoa(sealMost) + "之间。"
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "用印登记不完整。", Fields: fields}
	}
	return nil
}

// approves finds the head who approved the use: an active account of the agency with the role, and none of those in whose
// name it is registered.
func approves(tx *db.Tx, actor access.Actor, id string) (access.Account, error) {
	if id == "" {
		return access.Account{}, refusal.Field("approver", "请选择批准人。")
	}
	head, err := access.Get(tx, id)
	var missing refusal.NotFound
	switch {
	case err != nil && !errors.As(err, &missing):
		return head, err
	case err != nil || head.Agency != actor.Agency || !head.Active() || !slices.Contains(head.Roles, access.RoleApprover):
		return head, refusal.Field("approver", "批准人须为本机关在岗的负责人，请从名单中选择。")
	case slices.Contains(actor.Identities(), id):
		return head, refusal.Field("approver", "用印由他人批准，登记人不能批准自己的用印。")
	}
	return head, nil
}

// repeats tells whether the same seal was put on the same document before, and asks for the reason then.
func (s SealUse) repeats(tx *db.Tx) (bool, error) {
	var times int
	if err := tx.Row(`SELECT count(*) FROM seal_use WHERE document_id = $1 AND seal = $2`, s.Document, s.Seal).Scan(&times); err != nil {
		return false, fmt.Errorf("document: use a seal: %w", err)
	}
	if times > 0 && s.Reason == "" {
		return true, refusal.Field("reason", "这份文书已经登记过"+strconv.Itoa(times)+"次加盖该印章。确实再次用印的，请写明理由。")
	}
	return times > 0, nil
}

// record appends the use to the story of the case.
func (s SealUse) record(tx *db.Tx, actor access.Actor, head access.Account, repeat bool) error {
	role := ""
	for _, r := range []string{access.RoleHandler, access.RolePublisher, access.RoleArchivist} {
		if role == "" && actor.Has(r) {
			role = r
		}
	}
	ref := map[string]string{"seal_use": s.ID, "document": s.Document, "approver": s.ApprovedBy, "copies": strconv.Itoa(s.Copies), "used_on": s.UsedOn.String()}
	text := "《" + s.Title + "》" + s.Number + "，" + s.Seal + "，" + strconv.Itoa(s.Copies) + "份，批准人" + head.Name
	if repeat {
		ref["repeat"], text = "yes", text+"。再次用印："+s.Reason
	}
	_, err := ledger.Append(tx, ledger.Event{Agency: s.Agency, Kind: "document.sealed", SubjectKind: "case", Subject: s.Case, Occurred: usedAt(tx, s.UsedOn),
		Actor: actor.Ledger(role), Ref: ref, Payload: map[string]any{"title": "登记用印", "actor": actor.Title(), "text": text}})
	return err
}

// FindSealUse reads one use.
func FindSealUse(tx *db.Tx, id string) (SealUse, error) {
	list, err := sealUses(tx, `WHERE s.id = $1`, id)
	if err == nil && len(list) == 0 {
		err = refusal.NotFound{What: "用印登记"}
	}
	if err != nil {
		return SealUse{}, err
	}
	return list[0], nil
}

// SealUses lists the register after an id, newest first when after is empty.
func SealUses(tx *db.Tx, agency, before string, limit int) ([]SealUse, error) {
	return sealUses(tx, `WHERE s.agency = $1 AND ($2 = '' OR s.id < $2) ORDER BY s.id DESC LIMIT $3`, agency, before, limit)
}

func sealUses(tx *db.Tx, where string, args ...any) ([]SealUse, error) {
	var list []SealUse
	err := tx.Each(`SELECT s.id, s.agency, s.document_id, s.case_id, s.seal, s.used_on, s.used_by, s.approved_by, s.copies, s.reason, d.number, d.title, COALESCE(c.title, '')
		FROM seal_use s JOIN document d ON d.id = s.document_id LEFT JOIN case_file c ON c.id = s.case_id `+where, args, func(rows *sql.Rows) error {
		var s SealUse
		err := rows.Scan(&s.ID, &s.Agency, &s.Document, &s.Case, &s.Seal, &s.UsedOn, &s.UsedBy, &s.ApprovedBy, &s.Copies, &s.Reason, &s.Number, &s.Title, &s.CaseTitle)
		list = append(list, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("document: seal uses: %w", err)
	}
	return list, nil
}
