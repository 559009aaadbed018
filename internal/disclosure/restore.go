package disclosure

import (
	"context"

	"mingjing/internal/access"
	"mingjing/internal/deadline"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/refusal"
)

// Restoration is why a withheld decision is due again. To hide it took a head's approval, and so does bringing it back: what
// was a secret yesterday is not one person's to make public (政府信息公开条例第十五条、第十七条).
type Restoration struct {
	Document string // what takes the ground away: the third party's consent, the lifting of the secret; public
	Reason   string // for the file
	Approver string // account of the head who approved it
}

func (in Restoration) check() error {
	fields := map[string]string{}
	if in.Document == "" {
		fields["document"] = "请填写使不予公示的理由不再成立的文书，例如第三方同意公开的书面意见、解密通知的文号。"
	}
	if in.Reason == "" {
		fields["reason"] = "请填写恢复公示的理由。"
	}
	if in.Approver == "" {
		fields["approver"] = "恢复公示应当由办理人以外的机关负责人批准，请选择批准人。"
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "恢复公示的登记不完整。", Fields: fields}
	}
	return nil
}

// Restore brings a withheld decision back to the due list when its ground no longer holds. Its last day does not move. A decision
// that was annulled stays hidden (CF-26e): only a new one can be published; and what was withdrawn never comes back.
func (r *Room) Restore(ctx context.Context, actor access.Actor, id string, in Restoration) error {
	if err := in.check(); err != nil {
		return err
	}
	return r.command(ctx, actor, id, "restore", func(a *act) error {
		in.Document = content.OneLine(in.Document)
		if err := a.leaks(map[string]string{"document": in.Document}); err != nil {
			return err
		}
		return a.approvedBy(in.Approver)
	}, func(a *act) error {
		a.p.State, a.p.Approver, a.p.Reason, a.p.Ground = StateDue, "", "", ""
		if err := save(a.tx, a.p); err != nil {
			return err
		}
		if err := outcome(a.tx, a.p, "", "", "", ""); err != nil {
			return err
		}
		if err := deadline.Reopen(a.tx, a.p.Case, a.p.Party, "publish"); err != nil {
			return err
		}
		if _, err := journal.Tick(a.tx, 0, 0); err != nil {
			return err
		}
		if err := a.record(map[string]string{"commit": a.p.commitName(), "document": in.Document, "approver": in.Approver}, map[string]string{"reason": in.Reason}); err != nil {
			return err
		}
		_, err := tell(a.tx, a.p, journal.Restore, map[string]string{"document": in.Document, "due_on": a.p.LastDay()})
		return err
	})
}
