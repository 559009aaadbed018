package message_test

import (
	"context"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/backup"
	"mingjing/internal/db"
	"mingjing/internal/message"
)

func TestAnAdministratorIsToldOfAFailedDrillAndOfNoBackupAtAll(t *testing.T) {
	benches(t, func(t *testing.T, b bench) {
		admin := access.Actor{Account: "admin", Agency: b.Agency.Code, Roles: []string{access.RoleAdministrator}}
		if n := b.sorts(admin); n[message.Unguarded] != 1 || n[message.Unsafe] != 0 {
			t.Errorf("without a place: %v", n)
		}
		if n := b.sorts(b.Handler); n[message.Unguarded] != 0 {
			t.Errorf("a handler is told: %v", n)
		}
		keep := func(fault string) {
			t.Helper()
			b.Must(b.D.Write(context.Background(), "x", func(tx *db.Tx) error {
				if _, err := tx.Exec(`INSERT INTO backup_state (name, since, said, fault) VALUES ('configured', $1, '/mnt/second', '') ON CONFLICT DO NOTHING`, db.Text(tx.Now())); err != nil {
					return err
				}
				d := backup.Drill{At: tx.Now(), Fault: fault}
				return d.Keep(tx)
			}))
		}
		keep("备份件 piece/ab 不能使用")
		if n := b.sorts(admin); n[message.Unguarded] != 0 || n[message.Unsafe] != 1 {
			t.Errorf("after a drill that failed: %v", n)
		}
		keep("")
		if n := b.sorts(admin); n[message.Unguarded] != 0 || n[message.Unsafe] != 0 {
			t.Errorf("after one that passed: %v", n)
		}
		b.Must(b.D.Write(context.Background(), "x", func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO backup_state (name, since, said, fault) VALUES ('ship', $1, '', 'no route to host')`, db.Text(tx.Now()))
			return err
		}))
		if n := b.sorts(admin); n[message.Unsafe] != 1 {
			t.Errorf("with a place that is not reached: %v", n)
		}
	})
}
