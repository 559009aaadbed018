package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// The rows of backup_state.
const (
	stateConfigured = "configured"
	stateShip       = "ship"
	stateCopy       = "copy"
)

// state keeps what goes on, when it is not what stands there already: a row that is written every few seconds would make
// every copy of the database a new one.
func (s *Shipper) state(ctx context.Context, name, said string, fault error) error {
	text := ""
	if fault != nil {
		text = fault.Error()
	}
	s.mu.Lock()
	old, known := s.said[name]
	s.said[name] = text
	s.mu.Unlock()
	if known && old == text {
		return nil
	}
	return s.src.DB.Write(ctx, "backup", func(tx *db.Tx) error { return keepState(tx, name, said, text) })
}

func keepState(tx *db.Tx, name, said, fault string) error {
	_, err := tx.Exec(`INSERT INTO backup_state (name, since, said, fault) VALUES ($1, $2, $3, $4)
		ON CONFLICT (name) DO UPDATE SET since = excluded.since, said = excluded.said, fault = excluded.fault
		WHERE backup_state.said <> excluded.said OR backup_state.fault <> excluded.fault`, name, db.Text(tx.Now()), said, fault)
	if err != nil {
		return fmt.Errorf("backup: state: %w", err)
	}
	return nil
}

// Unconfigured keeps that the program was started without a second place.
func Unconfigured(ctx context.Context, d *db.DB) error {
	return d.Write(ctx, "backup", func(tx *db.Tx) error {
		_, err := tx.Exec(`DELETE FROM backup_state`)
		return err
	})
}

// Drill is the result of bringing the newest backup back for practice.
type Drill struct {
	ID     string
	At     time.Time
	Backup string // which one; empty when there was none
	Scope  string // what was brought back
	Logs   int64
	Events int64
	Took   time.Duration
	Fault  string // in Chinese where it is for people; empty when all is sound
}

// Sound tells whether the backup would have saved the agency.
func (d Drill) Sound() bool { return d.Fault == "" }

// The scopes of a drill.
const (
	ScopeAll   = "数据库、记录、文件与密钥"
	ScopeFiles = "文件与密钥（数据库由 scripts/pg-drill.sh 另行演练）"
	// ScopeCluster is what a drill of PostgreSQL's own backup brings back: the base backup and the log archived after it.
	ScopeCluster = "PostgreSQL 数据库与记录（基础备份与归档日志）"
)

// drillAge is how old the newest backup may be before a drill calls it a fault.
const drillAge = 48 * time.Hour

// Drill brings the newest backup back into a folder that is thrown away afterwards, verifies it as a restore does, and
// compares the heads that it signed with the record that goes on.
func (s *Set) Drill(ctx context.Context, src Source) (Drill, error) {
	begun := src.DB.Now()
	drill := Drill{At: begun, Scope: ScopeAll}
	dir, err := os.MkdirTemp(src.Folder, ".drill-*")
	if err != nil {
		return drill, fmt.Errorf("backup: drill: %w", err)
	}
	defer os.RemoveAll(dir)
	fresh := &Set{dest: s.dest, seal: s.seal} // nothing that this process believes of the place
	r, err := fresh.Restore(ctx, RestoreOptions{To: filepath.Join(dir, "back"), Verifier: src.Key.Public(), Bare: true})
	if ctx.Err() != nil {
		return drill, ctx.Err()
	}
	if err == nil {
		err = drill.compare(ctx, src, r)
	}
	if err != nil {
		drill.Fault = err.Error()
		var said interface{ Message() string }
		if errors.As(err, &said) {
			drill.Fault = said.Message()
		}
	}
	drill.Took = src.DB.Now().Sub(begun)
	return drill, nil
}

func (d *Drill) compare(ctx context.Context, src Source, r *Restored) error {
	d.Backup = r.Manifest.Name
	if r.Elsewhere {
		d.Scope = ScopeFiles
	}
	made, err := db.Time(r.Manifest.Time)
	if err != nil {
		return err
	}
	for _, l := range r.Logs {
		d.Logs++
		d.Events += l.Events
		// What was recorded a moment ago may not stand in the live tree yet.
		if err := ledger.Sequence(ctx, src.DB, l.Agency); err != nil {
			return err
		}
		if l.Size == 0 {
			continue
		}
		wrong, err := ledger.Against(ctx, src.DB, l.Agency, ledger.Checkpoint{Origin: ledger.Origin(l.Agency), Size: l.Size, Root: l.Root})
		if err != nil {
			return err
		}
		if wrong != nil {
			return Unsound{"备份与正在使用的记录不一致：" + wrong.Message()}
		}
	}
	for _, g := range r.State.Gaps {
		if g.Sort == Lost {
			return Unsound{g.Message()}
		}
	}
	if age := d.At.Sub(made); age > drillAge {
		return Unsound{fmt.Sprintf("最新的备份是 %d 小时以前的", int(age.Hours()))}
	}
	return nil
}

// Keep writes the result of a drill.
func (d *Drill) Keep(tx *db.Tx) error {
	sound := 0
	if d.Sound() {
		sound = 1
	}
	d.ID = tx.NewID()
	_, err := tx.Exec(`INSERT INTO backup_drill (id, at, backup, scope, logs, events, millis, sound, fault) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		d.ID, db.Text(d.At), d.Backup, d.Scope, d.Logs, d.Events, d.Took.Milliseconds(), sound, d.Fault)
	if err != nil {
		return fmt.Errorf("backup: keep the drill: %w", err)
	}
	return nil
}

// LastDrill is the newest result of the drills of PostgreSQL's own backup, or of all others; nil where there is none.
func LastDrill(tx *db.Tx, cluster bool) (*Drill, error) {
	not := map[bool]string{false: "<>", true: "="}[cluster]
	list, err := drills(tx, `WHERE scope `+not+` $2`, 1, ScopeCluster)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// Drills lists the results, the newest first.
func Drills(tx *db.Tx, limit int) ([]Drill, error) { return drills(tx, "", limit) }

func drills(tx *db.Tx, where string, args ...any) (list []Drill, err error) {
	err = tx.Each(`SELECT id, at, backup, scope, logs, events, millis, fault FROM backup_drill `+where+` ORDER BY at DESC, id DESC LIMIT $1`, args, func(rows *sql.Rows) error {
		var d Drill
		var at string
		var millis int64
		err := rows.Scan(&d.ID, &at, &d.Backup, &d.Scope, &d.Logs, &d.Events, &millis, &d.Fault)
		if err == nil {
			d.Took = time.Duration(millis) * time.Millisecond
			d.At, err = db.Time(at)
		}
		list = append(list, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("backup: drills: %w", err)
	}
	return list, nil
}

// Condition is how the second place fares, for the desk of those who answer for the machine.
type Condition struct {
	Place  string // empty: none is configured
	Faults []Fault
	Drill  *Drill // the last one; of the two kinds that PostgreSQL needs the one that failed
}

// Fault is something that goes on failing.
type Fault struct {
	Name  string // ship, copy
	Since time.Time
	What  string
}

// Inspect reads the condition.
func Inspect(tx *db.Tx) (Condition, error) {
	var c Condition
	err := tx.Each(`SELECT name, since, said, fault FROM backup_state ORDER BY name LIMIT 10`, nil, func(rows *sql.Rows) error {
		var name, since, said, fault string
		if err := rows.Scan(&name, &since, &said, &fault); err != nil {
			return err
		}
		if name == stateConfigured {
			c.Place = said
		}
		if fault == "" {
			return nil
		}
		at, err := db.Time(since)
		c.Faults = append(c.Faults, Fault{Name: name, Since: at, What: fault})
		return err
	})
	if err != nil {
		return c, fmt.Errorf("backup: inspect: %w", err)
	}
	for _, cluster := range []bool{false, true} {
		last, err := LastDrill(tx, cluster)
		if err != nil {
			return c, err
		}
		if last != nil && (c.Drill == nil || c.Drill.Sound() && (!last.Sound() || last.At.After(c.Drill.At))) {
			c.Drill = last
		}
	}
	return c, nil
}
