package disclosure

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/redact"
	"mingjing/internal/refusal"
)

// Draft shows what the maker works on: the text, the personal data found in it, what was decided, and the result.
func (r *Room) Draft(ctx context.Context, actor access.Actor, id string) (Draft, error) {
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
		r.count(tx, &p)
		d, err = draft(p, t)
		return err
	})
	return d, err
}

func draft(p Publication, t texts) (Draft, error) {
	d := Draft{Publication: p, Source: t.source, Spans: p.policy().Find(t.source, p.known(t)), Decisions: t.decisions}
	d.Open = redact.Unconfirmed(d.Spans, t.decisions)
	c, err := content.Render(t.source, t.blocks, t.decisions)
	if err != nil {
		return d, err
	}
	d.Rendered = c.Seen()
	return d, nil
}

// AcceptAll decides every span that is still open in the same way, in the name of the person who confirms it.
func AcceptAll(open []redact.Span, by string) []redact.Decision {
	var list []redact.Decision
	for _, s := range open {
		list = append(list, redact.Decision{Span: s, Accept: true, By: by})
	}
	return list
}

// Prepared is what the maker hands in.
type Prepared struct {
	Decisions   []redact.Decision // one for each span found, and any that the maker marked by hand
	PeriodUntil string            // last day of display; empty keeps what the decision brought
}

// SaveDecisions keeps what was decided so far, so that nothing is lost while a long text is worked on.
func (r *Room) SaveDecisions(ctx context.Context, actor access.Actor, id string, decisions []redact.Decision) error {
	return r.d.Write(ctx, actor.Agency, func(tx *db.Tx) error {
		a, err := r.begin(tx, actor, id, "prepare")
		if err != nil {
			return err
		}
		t, err := loadTexts(tx, id)
		if err != nil {
			return err
		}
		_, err = a.decide(t, decisions)
		return err
	})
}

// decide stores the decisions in the name of the actor, after a look whether they fit the text.
func (a *act) decide(t texts, decisions []redact.Decision) (content.Copy, error) {
	for i := range decisions {
		decisions[i].By = a.actor.Account
	}
	c, err := content.Render(t.source, t.blocks, decisions)
	if err != nil {
		return c, refusal.Field("decisions", "脱敏标记与文本不符，请刷新页面后重新确认。")
	}
	if _, err := a.tx.Exec(`UPDATE publication_text SET decisions = $2 WHERE publication = $1`, a.p.ID, encode(decisions)); err != nil {
		return c, fmt.Errorf("disclosure: decide %s: %w", a.p.ID, err)
	}
	return c, nil
}

// Prepare fixes the public text. Every span that redaction found must have been accepted or rejected by a person, and a
// last look at the result must find no personal data (行政处罚法第五十条).
func (r *Room) Prepare(ctx context.Context, actor access.Actor, id string, in Prepared) error {
	if in.PeriodUntil != "" && day(in.PeriodUntil).IsZero() {
		return refusal.Field("period_until", "公示期届满日应写成2026-11-24的形式。")
	}
	return r.command(ctx, actor, id, "prepare", nil, func(a *act) error {
		t, err := loadTexts(a.tx, id)
		if err != nil {
			return err
		}
		c, err := a.decide(t, in.Decisions)
		if err != nil {
			return err
		}
		if err := a.confirmed(t, in.Decisions, c); err != nil {
			return err
		}
		p := a.p
		p.State, p.Maker, p.makerFor = StatePrepared, actor.Account, actor.OnBehalf
		p.Checker, p.checkerFor, p.CheckedHash = "", "", ""
		p.Ground, p.Reason, p.Approver = "", "", ""
		if p.FallenOn != "" {
			p.Ground = a.p.Ground
		}
		p.ContentHash, p.RedactionHash = c.Hash(p.row()), c.RedactionHash
		if in.PeriodUntil != "" {
			p.PeriodUntil = in.PeriodUntil
		}
		if err := save(a.tx, p); err != nil {
			return err
		}
		return a.record(map[string]string{"content_sha256": p.ContentHash, "redaction_sha256": p.RedactionHash}, nil)
	})
}

// confirmed refuses a text in which something found was not decided, or in which the last look finds a leak.
func (a *act) confirmed(t texts, decisions []redact.Decision, c content.Copy) error {
	open := redact.Unconfirmed(a.p.policy().Find(t.source, a.p.known(t)), decisions)
	if len(open) > 0 {
		return refuse("CF-32", "公示前应当处理国家秘密、商业秘密和个人隐私", fmt.Sprintf("还有%d处疑似个人信息没有确认，例如%s。", len(open), kindsOf(open)),
			"请逐处选择“隐去”或者“保留”后再提交。")
	}
	known := append(a.p.known(t), redact.Rejected(decisions)...)
	if leaks := a.p.policy().Scan(a.p.seen(c), known...); len(leaks) > 0 {
		return refuse("CF-32", "公示前应当处理国家秘密、商业秘密和个人隐私", fmt.Sprintf("脱敏后的文本中还有%d处个人信息：%s。", len(leaks), kindsOf(leaks)),
			"请把这些内容标记为隐去。")
	}
	return nil
}

func kindsOf(spans []redact.Span) string {
	var kinds []string
	for _, s := range spans {
		if !slices.Contains(kinds, string(s.Kind)) {
			kinds = append(kinds, string(s.Kind))
		}
	}
	return strings.Join(kinds, "、")
}

// Check is the second person's yes to exactly the text with this hash (政府信息公开条例第十七条). The checker looks at the
// rendered result and must not be its maker, nor act for its maker.
func (r *Room) Check(ctx context.Context, actor access.Actor, id, contentHash string) error {
	return r.command(ctx, actor, id, "check", func(a *act) error {
		if contentHash != a.p.ContentHash {
			return changed()
		}
		a.p.Checker, a.p.checkerFor = actor.Account, actor.OnBehalf
		return nil
	}, func(a *act) error {
		a.p.State, a.p.CheckedHash = StateChecked, contentHash
		if err := save(a.tx, a.p); err != nil {
			return err
		}
		return a.record(map[string]string{"content_sha256": contentHash, "maker": a.p.Maker}, nil)
	})
}

func changed() error {
	return refuse("XG-05", "公开前应当进行审查", "公示文本在您打开之后有改动，复核和公示只对所看到的文本有效。", "请刷新页面，重新查看文本。")
}
