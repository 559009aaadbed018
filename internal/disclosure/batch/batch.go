package batch

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/standing"
	"mingjing/internal/law"
	"mingjing/internal/redact"
	"mingjing/internal/refusal"
)

// Room holds the commands over the decisions of a case. It keeps no state.
type Room struct {
	d   *db.DB
	one *disclosure.Room
}

// New opens the room on a store, over the commands for one publication.
func New(d *db.DB, one *disclosure.Room) *Room { return &Room{d: d, one: one} }

// most bounds how many decisions of a case are worked on at once; what waits comes first, so that the rest follows.
const most = 500

// Of lists the publications that the decisions of a case owe, what still waits first. A case without any, and one that the actor
// may not see, is not there.
func (r *Room) Of(ctx context.Context, actor access.Actor, file string) ([]disclosure.Publication, error) {
	var list []disclosure.Publication
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		var ids []string
		err := tx.Each(`SELECT id FROM publication WHERE agency = $1 AND case_id = $2
			ORDER BY CASE WHEN state IN ('due', 'prepared', 'checked') THEN 0 ELSE 1 END, id LIMIT $3`, []any{actor.Agency, file, most}, func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil || file == "" {
			return err
		}
		for _, id := range ids {
			p, err := disclosure.See(tx, actor, id)
			if err != nil {
				return err
			}
			if p.Outside, err = standing.Outside(tx, actor.Agency, actor.Unit, p.Unit); err != nil {
				return err
			}
			list = append(list, p)
		}
		return nil
	})
	if err == nil && (len(list) == 0 || file == "") {
		err = refusal.NotFound{What: "本案的公示信息"}
	}
	if err != nil {
		return nil, fmt.Errorf("batch: of %s: %w", file, err)
	}
	return list, nil
}

// Chosen is a publication that a person picked, with what of it was on the page: its Mark while it is made ready, its content hash
// afterwards.
type Chosen struct{ ID, Seen string }

// Outcome is what became of a batch. Left are those that were refused, with the reason said of each by name.
type Outcome struct {
	Done int
	Left []law.Finding
}

// Hidden is a draft as it is made ready in a batch: what a person has decided stays, and everything else that was found is hidden.
func Hidden(d disclosure.Draft) []redact.Decision {
	return append(slices.Clone(d.Decisions), disclosure.AcceptAll(d.Open, "")...)
}

// Mark names where a draft stands, its text and everything that is hidden of it. A batch makes ready only what a person has seen, and
// does not take back by an old page what was made ready or checked since.
func Mark(d disclosure.Draft) string {
	type place struct {
		From, To int
		Hide     bool
		Label    string
	}
	var places []place
	for _, x := range Hidden(d) {
		places = append(places, place{x.Span.Start, x.Span.End, x.Accept, x.Span.Label})
	}
	said, _ := json.Marshal(places) // numbers, texts and booleans always encode
	sum := sha256.Sum256(append([]byte(d.Publication.State+"\x00"+d.Source+"\x00"), said...))
	return hex.EncodeToString(sum[:])
}

// Prepare makes the chosen texts ready, each with what was found in it hidden (行政处罚法第五十条).
func (r *Room) Prepare(ctx context.Context, actor access.Actor, file string, chosen []Chosen) (Outcome, error) {
	return r.each(ctx, actor, file, chosen, func(c Chosen) error {
		d, err := r.one.Draft(ctx, actor, c.ID)
		if err != nil {
			return err
		}
		if Mark(d) != c.Seen {
			return old()
		}
		return r.one.Prepare(ctx, actor, c.ID, disclosure.Prepared{Decisions: Hidden(d)})
	})
}

// old refuses what was asked on a page that does not show any more how things stand.
func old() error {
	return refusal.Refused{Findings: []law.Finding{{Rule: "XG-05", Title: "公开前应当进行审查", Severity: law.Block,
		Cite:    law.Cite{Statute: "《政府信息公开条例》", Article: "第十七条", Version: "2019"},
		Message: "您打开页面之后，这一份的文本或者标记有改动。", Advice: "请刷新页面，重新查看后再提交。"}}}
}

// wordsMost bounds what is marked at once.
const wordsMost = 100

// Hide marks further words in each of the chosen drafts that has them, so that a name which was not found comes out of all at once.
// A word that none of them has is sent back, with nothing written.
func (r *Room) Hide(ctx context.Context, actor access.Actor, file string, chosen []Chosen, words []string, as redact.Kind) (Outcome, error) {
	if len(words) == 0 || len(words) > wordsMost {
		return Outcome{}, refusal.Field("words", fmt.Sprintf("请填写要隐去的词，一行一个，一次最多%d个。", wordsMost))
	}
	var missing []string
	seen := ""
	for _, c := range chosen {
		d, err := r.one.Draft(ctx, actor, c.ID)
		if err != nil {
			return Outcome{}, err
		}
		seen += d.Source + "\n"
	}
	for _, w := range words {
		if !strings.Contains(seen, w) {
			missing = append(missing, w)
		}
	}
	if missing != nil {
		return Outcome{}, refusal.Field("words", "勾选的各份文本中都没有“"+strings.Join(missing, "”、“")+"”，请照原文填写。")
	}
	return r.each(ctx, actor, file, chosen, func(c Chosen) error {
		d, err := r.one.Draft(ctx, actor, c.ID)
		if err != nil {
			return err
		}
		if d.Publication.State != disclosure.StateDue {
			return old()
		}
		more, err := marked(d, words, as)
		if err != nil {
			return err
		}
		return r.one.SaveDecisions(ctx, actor, c.ID, append(slices.Clone(d.Decisions), more...))
	})
}

// marked are every place of the words in a draft that is not hidden yet.
func marked(d disclosure.Draft, words []string, as redact.Kind) ([]redact.Decision, error) {
	var list []redact.Decision
	for _, w := range words {
		for at := 0; ; {
			i := strings.Index(d.Source[at:], w)
			if i < 0 {
				break
			}
			start := at + i
			at = start + len(w)
			if slices.ContainsFunc(slices.Concat(d.Decisions, list), func(x redact.Decision) bool { return x.Accept && x.Span.Start <= start && x.Span.End >= at }) {
				continue
			}
			s, err := redact.Mark(d.Source, start, at, as)
			if err != nil {
				return nil, refusal.Field("words", err.Error())
			}
			list = append(list, redact.Decision{Span: s, Accept: true})
		}
	}
	return list, nil
}

// Check is the second person's yes to each of the chosen texts (政府信息公开条例第十七条).
func (r *Room) Check(ctx context.Context, actor access.Actor, file string, chosen []Chosen) (Outcome, error) {
	return r.each(ctx, actor, file, chosen, func(c Chosen) error { return r.one.Check(ctx, actor, c.ID, c.Seen) })
}

// Publish makes public each of the chosen texts that was checked (行政处罚法第四十八条).
func (r *Room) Publish(ctx context.Context, actor access.Actor, file string, chosen []Chosen) (Outcome, error) {
	return r.each(ctx, actor, file, chosen, func(c Chosen) error { return r.one.Publish(ctx, actor, c.ID, c.Seen) })
}

// each does the command for one after another, in the order of the page: a command of somebody else waits for one decision only.
func (r *Room) each(ctx context.Context, actor access.Actor, file string, chosen []Chosen, do func(Chosen) error) (Outcome, error) {
	var out Outcome
	list, err := r.Of(ctx, actor, file)
	if err != nil {
		return out, err
	}
	ours := map[string]disclosure.Publication{}
	for _, p := range list {
		ours[p.ID] = p
	}
	for _, c := range chosen {
		if _, is := ours[c.ID]; !is {
			return out, refusal.NotFound{What: "本案的公示信息"}
		}
	}
	for _, c := range chosen {
		err := do(c)
		left, refused := reasons(err, ours[c.ID])
		switch {
		case refused:
			out.Left = append(out.Left, left...)
		case err != nil:
			return out, fmt.Errorf("batch: %s of %s: %w", c.ID, file, err)
		default:
			out.Done++
		}
	}
	return out, nil
}

// reasons says of a publication by name why it was refused; ok is false for what is no answer to a person.
func reasons(err error, p disclosure.Publication) (list []law.Finding, ok bool) {
	name := p.PartyName + "（" + p.Number + "）"
	var refused refusal.Refused
	var invalid refusal.Invalid
	switch {
	case errors.As(err, &refused):
		for _, f := range refused.Findings {
			list = append(list, f.Of(name))
		}
	case errors.As(err, &invalid):
		list = append(list, law.Finding{Rule: "batch", Title: "不能办理", Severity: law.Block, Message: invalid.Message, Advice: "请打开这一份单独办理。"}.Of(name))
	default:
		return nil, false
	}
	return list, true
}
