package document_test

import (
	"errors"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit/world"
	"mingjing/internal/workday"
)

// sealed is a case with a numbered document, and the register of its seals.
type sealed struct {
	*world.Case
	t      *testing.T
	number string
}

func (s sealed) use(actor access.Actor, change func(*document.SealUse)) error {
	u := document.SealUse{Seal: "云山市民政局", UsedOn: s.Today(), Copies: 2, ApprovedBy: s.Approver.Account}
	if change != nil {
		change(&u)
	}
	return s.Write(func(tx *db.Tx) error { _, err := document.UseSeal(tx, actor, s.number, u); return err })
}

func (s sealed) wantField(what string, err error, field string) {
	s.t.Helper()
	var invalid refusal.Invalid
	if !errors.As(err, &invalid) || invalid.Fields[field] == "" {
		s.t.Errorf("%s: got %v, want a message at %s", what, world.Why(err), field)
	}
}

// register is the rows and the events of the seals of the case.
func (s sealed) register() (rows []document.SealUse, events []ledger.Record) {
	s.Read(func(tx *db.Tx) error {
		var err error
		if rows, err = document.SealUses(tx, s.Agency.Code, "", 100); err != nil {
			return err
		}
		all, err := ledger.Stream(tx, "case", s.ID)
		for _, e := range all {
			if e.Kind == "document.sealed" {
				events = append(events, e)
			}
		}
		return err
	})
	return rows, events
}

func seals(t *testing.T, body func(s sealed)) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor())
		body(sealed{c, t, c.View(w.Handler).Documents[0].Number})
	})
}

func TestASealIsApprovedByAHeadWhoIsNotTheOneWhoUsesIt(t *testing.T) {
	seals(t, func(s sealed) {
		var both, gone access.Account
		s.Must(s.Write(func(tx *db.Tx) (err error) {
			founder := access.Founding(s.Agency.Code)
			if both, err = access.Create(tx, founder, access.NewAccount{Agency: s.Agency.Code, Login: "jianren", Name: "某兼", Roles: []string{access.RoleApprover, access.RoleArchivist}}); err != nil {
				return err
			}
			if gone, err = access.Create(tx, founder, access.NewAccount{Agency: s.Agency.Code, Login: "tiaoli", Name: "某调", Roles: []string{access.RoleApprover}}); err != nil {
				return err
			}
			return access.Disable(tx, founder, gone.ID, "调离")
		}))
		own := access.Actor{Account: both.ID, Name: both.Name, Agency: s.Agency.Code, Roles: both.Roles, StepUp: true}
		deputy := s.Publisher
		deputy.OnBehalf = s.Approver.Account
		for what, c := range map[string]struct {
			actor    access.Actor
			approver string
		}{"nobody": {s.Archivist, ""}, "an invented person": {s.Archivist, "某领导"}, "a person without the power": {s.Archivist, s.UnitHead.Account},
			"the one who uses it": {own, both.ID}, "a head who left": {s.Archivist, gone.ID}, "the one acted for": {deputy, s.Approver.Account}} {
			s.wantField(what, s.use(c.actor, func(u *document.SealUse) { u.ApprovedBy = c.approver }), "approver")
		}
		if got := world.Refusals(s.use(s.Handler, nil)); len(got) == 0 {
			s.t.Error("somebody without the power registered a seal")
		}
		if rows, events := s.register(); len(rows)+len(events) != 0 {
			s.t.Fatalf("refused uses left %d rows and %d events", len(rows), len(events))
		}
		s.Must(s.use(s.Archivist, nil))
	})
}

func TestTheSameSealOnTheSameDocumentIsARepeatWithItsReason(t *testing.T) {
	seals(t, func(s sealed) {
		s.Must(s.use(s.Archivist, nil))
		s.wantField("the same again", s.use(s.Archivist, nil), "reason")
		s.wantField("the same with blanks", s.use(s.Publisher, func(u *document.SealUse) { u.Seal = "　云山市民政局 " }), "reason")
		s.wantField("another number of copies", s.use(s.Archivist, func(u *document.SealUse) { u.Copies = 9 }), "reason")
		s.Must(s.use(s.Archivist, func(u *document.SealUse) { u.Seal = "云山市民政局行政处罚专用章" }))
		s.Must(s.use(s.Archivist, func(u *document.SealUse) { u.Reason = "送达时原件污损，重新打印。" }))
		rows, events := s.register()
		if len(rows) != 3 || len(events) != 3 || rows[0].Reason != "送达时原件污损，重新打印。" {
			s.t.Fatalf("%d rows and %d events; the last row is %+v", len(rows), len(events), rows[0])
		}
		last := events[2]
		if last.Ref["repeat"] != "yes" || events[0].Ref["repeat"] != "" || last.Ref["document"] != rows[0].Document || last.Ref["approver"] != s.Approver.Account {
			s.t.Errorf("the ledger says %+v", last.Ref)
		}
		if last.Actor.Account != s.Archivist.Account || last.Actor.Role != access.RoleArchivist || !strings.Contains(string(last.Payload), "污损") {
			s.t.Errorf("the ledger names %+v: %s", last.Actor, last.Payload)
		}
	})
}

func TestASealIsPutOnADocumentThatIsThere(t *testing.T) {
	seals(t, func(s sealed) {
		s.wantField("tomorrow", s.use(s.Archivist, func(u *document.SealUse) { u.UsedOn = s.Today().AddDays(1) }), "on")
		s.wantField("before it was made", s.use(s.Archivist, func(u *document.SealUse) { u.UsedOn = s.Today().AddDays(-1) }), "on")
		s.wantField("no day", s.use(s.Archivist, func(u *document.SealUse) { u.UsedOn = workday.Day{} }), "on")
		s.wantField("no seal", s.use(s.Archivist, func(u *document.SealUse) { u.Seal = " " }), "seal")
		s.wantField("no copies", s.use(s.Archivist, func(u *document.SealUse) { u.Copies = 0 }), "copies")
		s.number = "云民〔2099〕1号"
		s.wantField("no document", s.use(s.Archivist, nil), "number")
	})
}
