package disclosure

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/disclosure/index"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/redact"
	"mingjing/internal/refusal"
)

// Correction is a new public text in the place of a wrong one (更正). The reason is shown to the public.
type Correction struct {
	Title     string            `json:"title"`
	PartyName string            `json:"party_name"`
	Result    string            `json:"result"`
	Basis     string            `json:"basis"`
	Body      string            `json:"body"`
	Reason    string            `json:"reason"`
	Decisions []redact.Decision `json:"decisions"` // for the spans found in the new text
}

// pending is a correction that waits for its second person.
type pending struct {
	Correction
	Source   string `json:"source"`
	Hash     string `json:"hash"`
	Maker    string `json:"maker"`
	MakerFor string `json:"maker_for"`
}

// CorrectionDraft shows what redaction finds in the text of a correction, before it is proposed.
func (r *Room) CorrectionDraft(ctx context.Context, actor access.Actor, id string, in Correction) (Draft, error) {
	var d Draft
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		p, err := load(tx, id)
		if err != nil {
			return err
		}
		if p.Agency != actor.Agency {
			return refusal.NotFound{What: "公示信息"}
		}
		t, err := loadTexts(tx, id)
		if err != nil {
			return err
		}
		t.source, t.blocks, t.decisions = in.source(), "", in.Decisions
		d, err = draft(p, t)
		return err
	})
	return d, err
}

func (c Correction) source() string {
	return content.Source(c.Title, c.PartyName, c.Result, c.Basis, c.Body)
}

func (c Correction) check() error {
	fields := map[string]string{}
	if c.Reason == "" {
		fields["reason"] = "请填写向社会公开的更正理由。"
	}
	if c.Title == "" {
		fields["title"] = "请填写标题。"
	}
	if c.Body == "" {
		fields["body"] = "请填写更正后的正文。"
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "更正内容不完整。", Fields: fields}
	}
	return nil
}

// Correct proposes a correction of what is public. The public text stays until another person has checked the new one.
// It returns the hash of the text to be checked.
func (r *Room) Correct(ctx context.Context, actor access.Actor, id string, in Correction) (string, error) {
	if err := in.check(); err != nil {
		return "", err
	}
	hash := ""
	err := r.d.Write(ctx, actor.Agency, func(tx *db.Tx) error {
		a, err := r.begin(tx, actor, id, "correct")
		if err != nil {
			return err
		}
		if a.p.FallenOn != "" {
			return r.judge(a)
		}
		if err := a.leaks(map[string]string{"reason": in.Reason}); err != nil {
			return err
		}
		t, err := loadTexts(tx, id)
		if err != nil {
			return err
		}
		for i := range in.Decisions {
			in.Decisions[i].By = actor.Account
		}
		w := pending{Correction: in, Source: in.source(), Maker: actor.Account, MakerFor: actor.OnBehalf}
		c, err := content.Render(w.Source, "", in.Decisions)
		if err != nil {
			return refusal.Field("decisions", "脱敏标记与文本不符，请刷新页面后重新确认。")
		}
		t.source = w.Source
		if err := a.confirmed(t, in.Decisions, c); err != nil {
			return err
		}
		w.Hash = c.Hash(a.p.row())
		hash = w.Hash
		text, err := json.Marshal(w)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(`UPDATE publication_text SET correction = $2 WHERE publication = $1`, id, string(text)); err != nil {
			return fmt.Errorf("disclosure: correct %s: %w", id, err)
		}
		a.step.Event = "publication.correction_proposed"
		return a.record(map[string]string{"content_sha256": w.Hash}, nil)
	})
	return hash, err
}

// Proposed is a correction that waits for its second person, with the text as the public would read it.
type Proposed struct {
	Correction
	Hash     string
	Maker    string
	Rendered string
}

// ProposedCorrection shows the correction that waits, or NotFound.
func (r *Room) ProposedCorrection(ctx context.Context, actor access.Actor, id string) (Proposed, error) {
	var out Proposed
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		p, err := load(tx, id)
		if err != nil {
			return err
		}
		if p.Agency != actor.Agency {
			return refusal.NotFound{What: "公示信息"}
		}
		w, c, err := loadPending(tx, id)
		if err != nil {
			return err
		}
		out = Proposed{Correction: w.Correction, Hash: w.Hash, Maker: w.Maker, Rendered: c.Seen()}
		return nil
	})
	return out, err
}

func loadPending(tx *db.Tx, id string) (pending, content.Copy, error) {
	var w pending
	t, err := loadTexts(tx, id)
	if err != nil {
		return w, content.Copy{}, err
	}
	if t.correction == "" {
		return w, content.Copy{}, refusal.NotFound{What: "待复核的更正"}
	}
	if err := json.Unmarshal([]byte(t.correction), &w); err != nil {
		return w, content.Copy{}, fmt.Errorf("disclosure: correction of %s: %w", id, err)
	}
	c, err := content.Render(w.Source, "", w.Decisions)
	return w, c, err
}

// ConfirmCorrection is the second person's yes to exactly this text; with it the correction is public. The day of
// publication stays, the version before stays on file, the reason is said in public.
func (r *Room) ConfirmCorrection(ctx context.Context, actor access.Actor, id, contentHash string) error {
	asPublisher := actor
	asPublisher.Roles = append([]string{access.RolePublisher}, actor.Roles...)
	var w pending
	var c content.Copy
	return r.command(ctx, asPublisher, id, "correct", func(a *act) error {
		var err error
		if err = access.Require(actor, access.PublicationCheck, a.p.thing()); err != nil {
			return err
		}
		if w, c, err = loadPending(a.tx, id); err != nil {
			return err
		}
		if w.Hash != contentHash || c.Hash(a.p.row()) != contentHash {
			return changed()
		}
		a.p.Maker, a.p.makerFor, a.p.Checker, a.p.checkerFor = w.Maker, w.MakerFor, actor.Account, actor.OnBehalf
		return nil
	}, func(a *act) error {
		a.actor = actor
		a.step.Role = "checker"
		return r.correct(a, w, c)
	})
}

func (r *Room) correct(a *act, w pending, c content.Copy) error {
	at, err := journal.Tick(a.tx, 0, 1)
	if err != nil {
		return err
	}
	before := a.p.State
	p := a.p
	p.State, p.Version, p.Reason = StateCorrected, p.Version+1, w.Reason
	p.Title, p.PartyName, p.Result, p.Basis = c.Title, c.Party, c.Result, c.Basis
	p.ContentHash, p.CheckedHash, p.RedactionHash = w.Hash, w.Hash, c.RedactionHash
	if err := save(a.tx, p); err != nil {
		return err
	}
	if err := keep(a.tx, p, c, w.Reason); err != nil {
		return err
	}
	if _, err := a.tx.Exec(`UPDATE publication_text SET source = $2, blocks = '', decisions = $3, correction = '' WHERE publication = $1`,
		p.ID, w.Source, encode(w.Decisions)); err != nil {
		return fmt.Errorf("disclosure: correct %s: %w", p.ID, err)
	}
	if _, err := a.tx.Exec(`UPDATE pub_publication SET title = $2, party_name = $3, result = $4, basis = $5, state = $6, version = $7,
		corrected_on = $8, correct_reason = $9, content_hash = $10, updated_at = $11 WHERE ordinal = $1`, p.Ordinal, c.Title, c.Party, c.Result, c.Basis,
		p.State, p.Version, a.today.String(), w.Reason, p.ContentHash, db.Text(a.tx.Now())); err != nil {
		return fmt.Errorf("disclosure: correct %s: %w", p.ID, gated(err))
	}
	if _, err := a.tx.Exec(`UPDATE pub_body SET body = $2, blocks = $3 WHERE ordinal = $1`, p.Ordinal, c.Body, c.BlocksJSON()); err != nil {
		return fmt.Errorf("disclosure: correct %s: %w", p.ID, gated(err))
	}
	// The old words must not be found any more, not even until the index has caught up.
	if err := index.Drop(a.tx, p.Ordinal); err != nil {
		return err
	}
	if err := queue(a.tx, at.Queued, p.Ordinal); err != nil {
		return err
	}
	if err := moveCount(a.tx, p, before, p.State); err != nil {
		return err
	}
	if err := a.record(map[string]string{"version": strconv.Itoa(p.Version), "content_sha256": p.ContentHash, "redaction_sha256": p.RedactionHash,
		"maker": p.Maker, "checker": p.Checker, "blocks_sha256": c.BlocksHash()}, map[string]string{"reason": w.Reason}); err != nil {
		return err
	}
	a.p = p
	return a.tellPublic(journal.Correct, map[string]string{"version": strconv.Itoa(p.Version), "reason": w.Reason})
}
