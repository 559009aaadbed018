package message_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/quorum"
	"mingjing/internal/message"
	"mingjing/internal/testkit/world"
	"mingjing/internal/witness"
)

func TestALogWithoutOutsidersAlarmsThoseWhoCanHelp(t *testing.T) {
	benches(t, func(t *testing.T, b bench) {
		agency := b.Handler.Agency
		admin := access.Actor{Account: "admin", Agency: agency, Roles: []string{access.RoleAdministrator}}
		auditor := access.Actor{Account: "auditor", Agency: agency, Roles: []string{access.RoleAuditor}}
		told := func() (list []message.Message) {
			t.Helper()
			all, err := b.room.Waiting(context.Background(), auditor)
			b.Must(err)
			for _, m := range all {
				if m.Sort == message.Alarm {
					list = append(list, m)
				}
			}
			return list
		}
		b.Lead(world.Minor())
		if list := told(); len(list) != 0 {
			t.Errorf("nobody is to sign, and it says %+v", list)
		}
		key, err := witness.NewCosigner("w.example.org", b.D.Now)
		b.Must(err)
		b.Must(b.D.Write(context.Background(), agency, func(tx *db.Tx) error {
			return quorum.Configure(tx, agency, []string{agency, journal.Log(agency)}, ledger.Actor{Account: "system"}, "witness w "+key.Verifier()+"\nquorum w\n", "http://tsa.example.org")
		}))
		if list := told(); len(list) != 0 {
			t.Errorf("at once it says %+v", list)
		}
		b.Clock.Advance(16 * time.Minute)
		if list := told(); len(list) != 1 || !strings.Contains(list[0].Title, "全过程记录未达到见证门槛") || !strings.Contains(list[0].Text, "16分钟") {
			t.Errorf("after a quarter of an hour it says %+v", list)
		}
		b.Clock.Advance(24 * time.Hour)
		if list := told(); len(list) != 1 || !strings.HasPrefix(list[0].Title, "红色警示") {
			t.Errorf("after a day it says %+v", list)
		}
		b.Clock.Advance(48 * time.Hour)
		if n := b.sorts(admin); n[message.Alarm] != 3 {
			t.Errorf("without signatures and time stamps it says %v", n)
		}
		if n := b.sorts(b.Handler); n[message.Alarm] != 0 {
			t.Errorf("a handler is told %v", n)
		}
	})
}
