package draft

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/form"
	"mingjing/internal/form/entry"
	"mingjing/internal/law"
	"mingjing/internal/workday"
)

// approvalRoot begins the prefill of the fields that say who approved a paper, when and with which words.
const approvalRoot = "approval."

// opinionFields are the fields in which a paper repeats what was said in its 签批, by the role that said it.
var opinionFields = map[string]string{access.RoleUnitHead: "unit_opinion", access.RoleReviewer: "review_opinion", access.RoleApprover: "head_opinion"}

// approvedBefore are the acts by which a head approves what a later paper only repeats.
var approvedBefore = map[string]string{"证据先行登记保存通知书": "case.hold_approved", "涉嫌犯罪案件移送书": "case.transfer_approved"}

// endorse puts into a paper what its approval says and nobody has to type again: the opinions of those who agreed in its
// 签批, and, where the act itself is the approval, its day. What somebody typed stays.
func (w *Papers) endorse(kind, partyID string, v form.Values) form.Values {
	k, ok := w.Books.Forms.Kind(kind)
	if !ok || !slices.ContainsFunc(k.Fields, func(f form.Field) bool { return strings.HasPrefix(f.Prefill, approvalRoot) && entry.Empty(v[f.Name]) }) {
		return v
	}
	said := form.Prefill(k, map[string]any{"approval": w.approval(kind, partyID)})
	filled := maps.Clone(v)
	for _, f := range k.Fields {
		if strings.HasPrefix(f.Prefill, approvalRoot) && entry.Empty(filled[f.Name]) && said[f.Name] != nil {
			filled[f.Name] = said[f.Name]
		}
	}
	return filled
}

// approval is what is known of the approval of a paper.
func (w *Papers) approval(kind, partyID string) map[string]any {
	c := map[string]any{}
	for _, s := range w.Picture.Signed {
		if s.Step != string(w.Step.Code) || len(s.Parties) > 0 && partyID != "" && !slices.Contains(s.Parties, partyID) {
			continue
		}
		if field, ok := opinionFields[s.Role]; ok {
			c[field] = s.Opinion
		}
	}
	if w.Step.Role == law.RoleApprover && !w.Moment.Occurred.IsZero() && w.Actor.Has(access.RoleApprover) {
		c["on"], c["name"] = w.Moment.Occurred.String(), w.Actor.Name
	}
	for _, e := range slices.Backward(w.Picture.Events) {
		if e.Kind != approvedBefore[kind] {
			continue
		}
		var said struct{ Actor string }
		if json.Unmarshal(e.Payload, &said) == nil {
			c["name"], c["at"] = said.Actor, e.Occurred.In(workday.Shanghai()).Format("2006-01-02T15:04")
		}
		break
	}
	return c
}
