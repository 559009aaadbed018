package message

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/standing"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/review"
	"mingjing/internal/workday"
)

// The sorts of messages, in the order in which they are shown.
const (
	Unsound     = "复算告警"
	Alarm       = "存证警示"
	Late        = "已超期"
	Soon        = "即将到期"
	Sign        = "待签批"
	Review      = "待法制审核"
	Publication = "待公示办理"
	Reset       = "待确认"
	Consent     = "待同意代理"
	Leaving     = "待移交案件"
	// Unsafe and Unguarded are for those who answer for the machine: the second copy of the record fails, or there is none.
	Unsafe    = "数据安全告警"
	Unguarded = "数据安全提醒"
)

// Sorts lists them.
func Sorts() []string {
	return []string{Unsound, Alarm, Unsafe, Late, Leaving, Soon, Sign, Review, Publication, Reset, Consent, Unguarded}
}

// Message is one thing that waits. Key changes when what waits changes, so that a message that was read comes back when
// there is something new in it.
type Message struct {
	Key, Sort, Title, Text string
	Kind, Thing            string // case, review, publication, reset, acting, handover, backup, log, recheck: what it opens
	Due                    workday.Day
	Read                   bool
}

// Room derives messages.
type Room struct {
	DB         *db.DB
	Disclosure *disclosure.Room
}

// most bounds what is derived of each sort.
const most = 100

// soonDays is how many calendar days before its last day a clock is told of.
const soonDays = 3

// Waiting lists what waits for the person, the late first.
func (r Room) Waiting(ctx context.Context, actor access.Actor) ([]Message, error) {
	var list []Message
	err := r.DB.Read(ctx, func(tx *db.Tx) error {
		for _, derive := range []func(*db.Tx, access.Actor) ([]Message, error){Rechecked, alarms, clocks, papers, reviews, resets, offers, leavers, backups} {
			more, err := derive(tx, actor)
			if err != nil {
				return err
			}
			list = append(list, more...)
		}
		return nil
	})
	if err == nil {
		var more []Message
		more, err = r.publications(ctx, actor)
		list = append(list, more...)
	}
	if err != nil {
		return nil, fmt.Errorf("message: %w", err)
	}
	order := Sorts()
	sort.SliceStable(list, func(i, j int) bool {
		a, b := slices.Index(order, list[i].Sort), slices.Index(order, list[j].Sort)
		if a != b {
			return a < b
		}
		return list[i].Due.String() < list[j].Due.String()
	})
	return list, r.read(ctx, actor.Account, list)
}

// clocks are the days of the person's own cases that are past or near.
func clocks(tx *db.Tx, actor access.Actor) ([]Message, error) {
	if !actor.Has(access.RoleHandler) {
		return nil, nil
	}
	handler := actor.Account
	if actor.OnBehalf != "" {
		handler = actor.OnBehalf
	}
	today := workday.DayOf(tx.Now())
	list, err := deadline.Coming(tx, actor.Agency, handler, "", "", most)
	var out []Message
	for _, c := range list {
		left := c.Due.Sub(today)
		if c.ForParty || left > soonDays {
			continue
		}
		m := Message{Key: "clock/" + c.ID + "/" + c.Due.String(), Sort: Soon, Title: c.CaseTitle, Text: c.Label + "，" + c.Due.String() + "届满", Kind: "case", Thing: c.Case, Due: c.Due}
		if c.Parties > 1 {
			m.Text += "，" + strconv.Itoa(c.Parties) + "名当事人"
		}
		if left < 0 {
			m.Sort, m.Key = Late, m.Key+"/late"
		}
		out = append(out, m)
	}
	return out, err
}

// papers are the submissions that wait for a hand in one of the person's roles. Legal review has messages of its own.
func papers(tx *db.Tx, actor access.Actor) ([]Message, error) {
	roles := slices.DeleteFunc(slices.Clone(actor.Roles), func(role string) bool { return role == access.RoleReviewer })
	if len(roles) == 0 {
		return nil, nil
	}
	list, err := document.Waiting(tx, actor.Agency, roles, "", most)
	var out []Message
	for _, s := range list {
		if slices.Contains(actor.Identities(), s.SentBy) {
			continue
		}
		out = append(out, Message{Key: "paper/" + s.ID + "/" + s.Waiting, Sort: Sign, Title: s.CaseTitle, Text: stepTitle(s.Step) + "，" + s.SentName + "提交", Kind: "case", Thing: s.Case, Due: workday.DayOf(s.SentAt)})
	}
	return out, err
}

func stepTitle(code string) string {
	for _, m := range flow.Machines() {
		if s, ok := m.Find(flow.Code(code)); ok {
			return s.Title
		}
	}
	return "审批"
}

// reviews are those that ask for the person's hand: a reviewer's opinion, a head's resolution of a dispute.
func reviews(tx *db.Tx, actor access.Actor) ([]Message, error) {
	if !actor.Has(access.RoleReviewer) && !actor.Has(access.RoleApprover) {
		return nil, nil
	}
	list, err := review.Desk(tx, actor.Agency, "open", "", most)
	today := workday.DayOf(tx.Now())
	var out []Message
	for _, x := range list {
		disputed := x.State == string(flow.Disputed)
		if disputed && !actor.Has(access.RoleApprover) || !disputed && !actor.Has(access.RoleReviewer) || slices.Contains(actor.Identities(), x.SubmittedBy) {
			continue
		}
		m := Message{Key: "review/" + x.ID + "/" + x.State, Sort: Review, Title: x.CaseTitle, Text: x.StateTitle() + "，第" + strconv.Itoa(x.Round) + "次", Kind: "review", Thing: x.ID, Due: x.DueOn}
		if !x.DueOn.IsZero() && today.After(x.DueOn) {
			m.Sort, m.Key = Late, m.Key+"/late"
		}
		out = append(out, m)
	}
	return out, err
}

func resets(tx *db.Tx, actor access.Actor) ([]Message, error) {
	if !actor.Has(access.RoleAdministrator) && !actor.Has(access.RoleAuditor) {
		return nil, nil
	}
	list, err := access.Resets(tx, actor.Agency, access.ResetWaiting, "", most)
	var out []Message
	for _, x := range list {
		if !slices.Contains(actor.Identities(), x.RequestedBy) && !slices.Contains(actor.Identities(), x.Account) {
			out = append(out, Message{Key: "reset/" + x.ID, Sort: Reset, Title: "重置第二因素", Text: x.Reason, Kind: "reset", Thing: x.ID, Due: workday.DayOf(x.Requested)})
		}
	}
	return out, err
}

// offers are the colleagues who ask the person to stand in for them.
func offers(tx *db.Tx, actor access.Actor) ([]Message, error) {
	if actor.OnBehalf != "" {
		return nil, nil
	}
	list, err := access.ActingOffered(tx, actor.Account)
	var out []Message
	for _, a := range list {
		out = append(out, Message{Key: "acting/" + a.ID, Sort: Consent, Title: a.PrincipalName + "请您代理", Text: a.From.String() + "至" + a.Until.String() + "，" + a.Reason,
			Kind: "acting", Thing: a.ID, Due: a.From})
	}
	return out, err
}

// publications are those that the person makes, publishes, takes down or checks.
func (r Room) publications(ctx context.Context, actor access.Actor) ([]Message, error) {
	makes, checks := actor.Has(access.RolePublisher), actor.Has(access.RoleChecker)
	if !makes && !checks {
		return nil, nil
	}
	found, err := r.Disclosure.DueList(ctx, actor.Agency, "", most)
	if err == nil {
		err = r.outside(ctx, actor, found.Rows)
	}
	var out []Message
	for _, p := range found.Rows {
		what, mine := act(p, makes && !p.Outside, checks, actor.Identities())
		if !mine {
			continue
		}
		due := p.LastDay()
		if p.WithdrawDue != "" {
			due = p.WithdrawDue
		}
		day, _ := workday.ParseDay(due)
		m := Message{Key: "publication/" + p.ID + "/" + p.State + "/" + due, Sort: Publication, Title: p.Title, Text: what + "，最迟" + due, Kind: "publication", Thing: p.ID, Due: day}
		if p.Overdue {
			m.Sort, m.Key = Late, m.Key+"/late"
		}
		out = append(out, m)
	}
	return out, err
}

// outside marks what another unit publishes.
func (r Room) outside(ctx context.Context, actor access.Actor, list []disclosure.Publication) error {
	return r.DB.Read(ctx, func(tx *db.Tx) error {
		for i := range list {
			var err error
			if list[i].Outside, err = standing.Outside(tx, actor.Agency, actor.Unit, list[i].Unit); err != nil {
				return fmt.Errorf("message: %w", err)
			}
		}
		return nil
	})
}

// act says what is to be done with a publication, and whether this person does it.
func act(p disclosure.Publication, makes, checks bool, mine []string) (string, bool) {
	switch p.State {
	case disclosure.StateDue:
		if p.ServedOn == "" && p.ServiceMode != string(law.ServedPublic) {
			return "等待送达后公示", false
		}
		return "待制作公示文本", makes
	case disclosure.StatePrepared:
		return "待复核公示文本", checks && !slices.Contains(mine, p.Maker)
	case disclosure.StateChecked:
		return "待发布", makes
	case disclosure.StatePublished, disclosure.StateCorrected:
		return "待撤下", makes
	}
	return "", false
}

// read marks which messages the person has seen.
func (r Room) read(ctx context.Context, account string, list []Message) error {
	seen := map[string]bool{}
	err := r.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT key FROM message_read WHERE account = $1 ORDER BY at DESC LIMIT 5000`, []any{account}, func(rows *sql.Rows) error {
			var key string
			err := rows.Scan(&key)
			seen[key] = true
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("message: read: %w", err)
	}
	for i := range list {
		list[i].Read = seen[list[i].Key]
	}
	return nil
}

// MarkRead keeps that the person has seen messages; keys that are no messages of theirs do no harm, because messages are
// derived.
func MarkRead(tx *db.Tx, account string, keys []string) error {
	for _, key := range keys[:min(len(keys), 5*most)] {
		if key = strings.TrimSpace(key); key == "" || len(key) > 200 {
			continue
		}
		if _, err := tx.Exec(`INSERT INTO message_read (account, key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, account, key, db.Text(tx.Now())); err != nil {
			return fmt.Errorf("message: mark read: %w", err)
		}
	}
	return nil
}
