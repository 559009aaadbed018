package access

import (
	"fmt"
	"time"

	"mingjing/internal/access/pass"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Five wrong tries lock a login for a minute; each further one doubles the lock up to an hour (GB/T 22239—2019,
// 8.1.4.1: 登录失败处理). A day without tries forgets them.
const (
	freeTries  = 5
	firstLock  = time.Minute
	longLock   = time.Hour
	forgetTime = 24 * time.Hour
)

// lockAfter is how long a login is locked after so many failures.
func lockAfter(failures int64) time.Duration {
	if failures < freeTries {
		return 0
	}
	lock := firstLock
	for range failures - freeTries {
		if lock *= 2; lock >= longLock {
			return longLock
		}
	}
	return lock
}

// reserveAttempt counts a try before it is judged, so that many tries at once cannot run past the lock. It does the same
// work for a name that is nobody's.
func reserveAttempt(tx *db.Tx, login string) (failures int64, err error) {
	key, now := pass.Digest(login), tx.Now()
	var last, lockedUntil string
	err = tx.Row(`SELECT failures, last, locked_until FROM login_attempt WHERE login_hash = $1`, key).Scan(&failures, &last, &lockedUntil)
	if err != nil && !db.IsMissing(err) {
		return 0, fmt.Errorf("access: login: %w", err)
	}
	locked, err := db.Time(lockedUntil)
	if err != nil {
		return 0, fmt.Errorf("access: login: %w", err)
	}
	if locked.After(now) {
		return 0, refusal.Invalid{Message: "登录失败次数过多，请于 " + locked.In(workday.Shanghai()).Format("15:04:05") + " 后再试。",
			Fields: map[string]string{"login": "暂时锁定"}}
	}
	lastAt, err := db.Time(last)
	if err != nil {
		return 0, fmt.Errorf("access: login: %w", err)
	}
	if now.Sub(lastAt) > forgetTime {
		failures = 0
	}
	failures++
	until := ""
	if lock := lockAfter(failures); lock > 0 {
		until = db.Text(now.Add(lock))
	}
	if _, err := tx.Exec(`INSERT INTO login_attempt (login_hash, failures, last, locked_until) VALUES ($1, $2, $3, $4)
		ON CONFLICT (login_hash) DO UPDATE SET failures = excluded.failures, last = excluded.last, locked_until = excluded.locked_until`,
		key, failures, db.Text(now), until); err != nil {
		return 0, fmt.Errorf("access: login: %w", err)
	}
	return failures, nil
}

// forgetAttempts clears the count after a success.
func forgetAttempts(tx *db.Tx, login string) error {
	if _, err := tx.Exec(`DELETE FROM login_attempt WHERE login_hash = $1`, pass.Digest(login)); err != nil {
		return fmt.Errorf("access: login: %w", err)
	}
	return nil
}

// Prune removes what has run out: sessions, setup codes, tries of more than a day ago. It is run by the hour.
func Prune(tx *db.Tx) error {
	now := tx.Now()
	for _, q := range []struct {
		text string
		arg  string
	}{
		{`DELETE FROM session WHERE expires <= $1`, db.Text(now)},
		{`DELETE FROM session WHERE seen <= $1`, db.Text(now.Add(-idleLimit))},
		{`DELETE FROM setup_code WHERE expires <= $1`, db.Text(now)},
		{`DELETE FROM login_attempt WHERE last <= $1`, db.Text(now.Add(-forgetTime))},
	} {
		if _, err := tx.Exec(q.text, q.arg); err != nil {
			return fmt.Errorf("access: prune: %w", err)
		}
	}
	return nil
}

// returnAttempt takes back a try that turned out to be no guess.
func returnAttempt(tx *db.Tx, login string) error {
	if _, err := tx.Exec(`UPDATE login_attempt SET failures = failures - 1, locked_until = '' WHERE login_hash = $1`, pass.Digest(login)); err != nil {
		return fmt.Errorf("access: login: %w", err)
	}
	return nil
}
