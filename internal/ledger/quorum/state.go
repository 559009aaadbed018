package quorum

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/witness"
)

// The states of a log, or of an entry in it, towards the witnesses.
const (
	Unset        = "unset"        // 未配置见证: no policy asks anybody
	Witnessed    = "witnessed"    // 已见证: the quorum has signed a checkpoint that covers it
	Unwitnessed  = "unwitnessed"  // 未见证: not yet
	Contradicted = "contradicted" // 不一致: a witness says something that does not fit this log
)

// After so long without the quorum the administrators are told, and after so long it is red.
const (
	AlarmAfter = 15 * time.Minute
	RedAfter   = 24 * time.Hour
)

// Witnessing says how far a log, or an entry of it, stands with outsiders. Have of Of witnesses of the policy have signed the
// checkpoint of Size; Need is the least number that makes the quorum.
type Witnessing struct {
	State string
	Size  int64 // of the checkpoint that the signatures are on; 0 where there is none
	Have  int
	Of    int
	Need  int
	By    []witness.Cosignature
	// Since is when the quorum was reached, or since when what is asked about stands without it; Age is how long ago that is.
	Since time.Time
	Age   time.Duration
	// Troubles are the contradictions that stand.
	Troubles []Trouble
	// Stamp is the newest RFC 3161 token over a checkpoint that covers what is asked about; nil where there is none.
	Stamp *Stamp
}

// Trouble is an answer of a witness that does not fit our log.
type Trouble struct {
	Witness string // its name in the policy
	Key     string
	At      time.Time
	Size    int64  // what we laid before it
	Status  int    // its answer
	Said    string // what that means, in words
	Seen    string // the checkpoint that it signed instead, where it showed it
}

// Title is the state in words, for a badge: 已见证 2/3, 未见证 1/3, 未配置见证, 不一致.
func (w Witnessing) Title() string {
	count := " " + strconv.Itoa(w.Have) + "/" + strconv.Itoa(w.Of)
	switch w.State {
	case Witnessed:
		return "已见证" + count
	case Unwitnessed:
		return "未见证" + count
	case Contradicted:
		return "不一致"
	}
	return "未配置见证"
}

// Text is the state in a sentence.
func (w Witnessing) Text() string {
	switch w.State {
	case Witnessed:
		names := make([]string, len(w.By))
		for i, c := range w.By {
			names[i] = c.Name
		}
		return fmt.Sprintf("已由%d家外部见证方签名（共%d家，至少须%d家）：%s。", w.Have, w.Of, w.Need, strings.Join(names, "、"))
	case Unwitnessed:
		return fmt.Sprintf("尚未达到见证门槛：%d家外部见证方中已有%d家签名，至少须%d家，已等待%s。", w.Of, w.Have, w.Need, Ago(w.Age))
	case Contradicted:
		return "外部见证方保存的记录与本日志不一致，已记为事件，正在查处。"
	}
	return "本机关尚未配置外部见证方。"
}

// Level is how loud it is: "" quiet, "alarm" after a quarter of an hour, "red" after a day or where a witness contradicts.
func (w Witnessing) Level() string {
	switch {
	case w.State == Contradicted, w.State == Unwitnessed && w.Age >= RedAfter:
		return "red"
	case w.State == Unwitnessed && w.Age >= AlarmAfter:
		return "alarm"
	}
	return ""
}

// Ago puts an age into words.
func Ago(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "不到1分钟"
	case d < time.Hour:
		return strconv.Itoa(int(d.Minutes())) + "分钟"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d.Hours())) + "小时"
	}
	return strconv.Itoa(int(d.Hours()/24)) + "天"
}

// Of tells how the first size entries of a log stand; 0 asks about all that is recorded.
func Of(tx *db.Tx, log string, size int64) (Witnessing, error) {
	w, err := of(tx, log, size)
	if err != nil {
		return w, fmt.Errorf("quorum: state of %s: %w", log, err)
	}
	return w, nil
}

func of(tx *db.Tx, log string, size int64) (Witnessing, error) {
	var w Witnessing
	rules, err := inForce(tx, log)
	if err != nil {
		return w, err
	}
	if size == 0 {
		if err := tx.Row(`SELECT COALESCE(max(seq) + 1, 0) FROM event WHERE agency = $1`, log).Scan(&size); err != nil {
			return w, err
		}
	}
	if w.Stamp, err = stampOver(tx, log, size); err != nil {
		return w, err
	}
	if rules.policy == nil || rules.policy.Need() == 0 {
		w.State = Unset
		return w, nil
	}
	w.State, w.Of, w.Need = Witnessed, len(rules.policy.Witnesses), rules.policy.Need()
	met, err := w.find(tx, rules.policy, log, size)
	if err == nil && !met && size > 0 {
		w.State = Unwitnessed
		w.Since, err = waiting(tx, rules, log)
	}
	if err != nil {
		return w, err
	}
	if w.Troubles, err = Troubles(tx, log); err != nil {
		return w, err
	}
	if len(w.Troubles) > 0 {
		w.State = Contradicted
	}
	if !w.Since.IsZero() {
		w.Age = max(0, tx.Now().Sub(w.Since))
	}
	return w, nil
}

// enough ends a walk over rows.
var enough = errors.New("enough")

// walkLimit bounds the cosignatures that are looked through; a year of checkpoints signed by one witness of two has fewer.
const walkLimit = 200_000

// find takes the first checkpoint of at least a size on which the quorum has signed; where there is none, the one with the most
// signatures.
func (w *Witnessing) find(tx *db.Tx, p *witness.Policy, log string, size int64) (met bool, err error) {
	err = eachSigned(tx, log, `size >= $2 ORDER BY size`, size, func(at int64, checkpoint string, got time.Time) error {
		list, enoughSigned := p.Cosignatures(checkpoint)
		if len(list) > w.Have || enoughSigned {
			w.By, w.Have, w.Size = list, len(list), at
		}
		if enoughSigned {
			met, w.Since = true, got
			return enough
		}
		return nil
	})
	return met, err
}

// waiting is since when the oldest entry waits that no checkpoint with the quorum covers, but not from before anybody was asked.
func waiting(tx *db.Tx, r rules, log string) (time.Time, error) {
	covered, _, err := Covered(tx, r.policy, log)
	if err != nil {
		return time.Time{}, err
	}
	var recorded string
	if err := tx.Row(`SELECT recorded FROM event WHERE agency = $1 AND seq = $2`, log, covered).Scan(&recorded); err != nil {
		return time.Time{}, err
	}
	at, err := db.Time(recorded)
	if at.Before(r.since) {
		at = r.since
	}
	return at, err
}

// Covered is the newest checkpoint of a log on which the quorum has signed, with all its signatures; size 0 where there is none.
func Covered(tx *db.Tx, p *witness.Policy, log string) (size int64, checkpoint string, err error) {
	err = eachSigned(tx, log, `size > $2 ORDER BY size DESC`, 0, func(at int64, text string, _ time.Time) error {
		if _, met := p.Cosignatures(text); met {
			size, checkpoint = at, text
			return enough
		}
		return nil
	})
	return size, checkpoint, err
}

// eachSigned shows the checkpoints of a log that have cosignatures, each with them, in an order.
func eachSigned(tx *db.Tx, log, which string, size int64, see func(size int64, checkpoint string, got time.Time) error) error {
	var sizes []int64
	err := tx.Each(`SELECT DISTINCT size FROM cosignature WHERE agency = $1 AND `+which+` LIMIT $3`, []any{log, size, walkLimit}, func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		sizes = append(sizes, n)
		return err
	})
	if err != nil {
		return err
	}
	for _, n := range sizes {
		text, got, err := cosignedNote(tx, log, n)
		if err != nil {
			return err
		}
		if err := see(n, text, got); errors.Is(err, enough) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// Troubles are the contradictions of a log that stand: those whose witness has signed nothing of it since.
func Troubles(tx *db.Tx, log string) ([]Trouble, error) {
	var list []Trouble
	err := tx.Each(`SELECT c.witness, c.name, c.at, c.size, c.status, c.said, c.seen FROM contradiction c WHERE c.agency = $1
		AND NOT EXISTS (SELECT 1 FROM cosignature s WHERE s.agency = c.agency AND s.witness = c.witness AND s.at > c.at) ORDER BY c.at DESC LIMIT 100`,
		[]any{log}, func(rows *sql.Rows) error {
			var t Trouble
			var at string
			if err := rows.Scan(&t.Key, &t.Witness, &at, &t.Size, &t.Status, &t.Said, &t.Seen); err != nil {
				return err
			}
			var err error
			t.At, err = db.Time(at)
			list = append(list, t)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("quorum: contradictions of %s: %w", log, err)
	}
	return list, nil
}

// rules is what is in force for a log.
type rules struct {
	policy *witness.Policy // nil where none was ever set
	text   string
	tsa    string
	place  int64
	since  time.Time
}

func inForce(tx *db.Tx, log string) (rules, error) {
	var r rules
	var at string
	err := tx.Row(`SELECT place, text, tsa, at FROM witness_policy WHERE agency = $1 ORDER BY place DESC LIMIT 1`, log).Scan(&r.place, &r.text, &r.tsa, &at)
	if db.IsMissing(err) {
		return r, nil
	}
	if err == nil {
		r.since, err = db.Time(at)
	}
	if err == nil && r.text != "" {
		r.policy, err = witness.ParsePolicy(r.text)
	}
	return r, err
}

// Policy is the policy in force for a log; nil where none is.
func Policy(tx *db.Tx, log string) (*witness.Policy, error) {
	r, err := inForce(tx, log)
	if err != nil {
		return nil, fmt.Errorf("quorum: policy of %s: %w", log, err)
	}
	return r.policy, nil
}

// KindPolicy is the event that says that the witnesses, their quorum or the time-stamp authority are others than before.
const KindPolicy = "witness.policy_set"

// Configure puts a policy and a time-stamp authority into force for the logs of an agency, and records it where they are others
// than before: whoever takes the witnesses away leaves a trace. The empty text asks nobody.
func Configure(tx *db.Tx, agency string, logs []string, by ledger.Actor, text, tsa string) error {
	need, of := 0, 0
	if text != "" {
		p, err := witness.ParsePolicy(text)
		if err != nil {
			return err
		}
		need, of = p.Need(), len(p.Witnesses)
	}
	changed := false
	for _, log := range logs {
		r, err := inForce(tx, log)
		if err != nil {
			return fmt.Errorf("quorum: configure %s: %w", log, err)
		}
		if r.text == text && r.tsa == tsa {
			continue
		}
		changed = true
		if _, err := tx.Exec(`INSERT INTO witness_policy (agency, place, at, text, tsa) VALUES ($1, $2, $3, $4, $5)`, log, r.place+1, db.Text(tx.Now()), text, tsa); err != nil {
			return fmt.Errorf("quorum: configure %s: %w", log, err)
		}
	}
	if !changed {
		return nil
	}
	_, err := ledger.Append(tx, ledger.Event{Agency: agency, Kind: KindPolicy, SubjectKind: "log", Subject: agency, Actor: by,
		Ref: map[string]string{"need": strconv.Itoa(need), "of": strconv.Itoa(of), "policy_sha256": digest(text), "tsa": tsa}})
	return err
}
