package monitor_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/disclosure/extension"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/law"
	"mingjing/internal/monitor"
	"mingjing/internal/workday"
)

// append adds an entry of the agency's own to its log, at the time of the last one.
func (s *town) append(kind, subjectKind, subject string, says map[string]any) {
	s.Helper()
	s.forgedLog(func(e [][]byte) [][]byte {
		last := e[len(e)-1]
		return append(e, change(last, func(l line, ref map[string]any) {
			clear(ref)
			maps.Copy(ref, says)
			l["kind"], l["subject_kind"], l["subject"], l["seq"] = kind, subjectKind, subject, len(e)
		}))
	})
}

// asking is an extension of decision 2026-7, made and asked on 25 March 2026: due on 3 April, and with fifteen working days
// for a third party, to 15 April (Qingming is a rest day), on 24 April.
func asking() map[string]any {
	return map[string]any{"ground": "征求第三方意见", "document": "示民征字〔2026〕1号", "asked_on": "2026-03-25", "until_on": "2026-04-16", "due_before": "2026-04-03", "due_on": "2026-04-27"}
}

func TestAnExtendedDecisionIsNotOverdueBeforeItsNewDayAndIsAfterIt(t *testing.T) {
	s := newTown(t)
	s.live()
	s.append("EXTEND", "decision", "2026-7", asking())
	for days, want := range map[int]int{20: 0, 33: 0, 34: 1} { // 14 and 27 April, and the day after
		r, _ := s.look(s.state, func(o *monitor.Options) { o.Now = o.Now.AddDate(0, 0, days) })
		if len(r.Findings) != want || want == 1 && (r.Findings[0].Kind != monitor.Overdue || !strings.Contains(r.Findings[0].Text, "2026-04-27")) {
			t.Errorf("after %d days:\n%s", days, r.Text())
		}
	}
}

func TestAnExtensionThatTheLawDoesNotCarryIsNamed(t *testing.T) {
	s := newTown(t)
	s.live()
	for name, c := range map[string]struct {
		kind monitor.Kind
		edit func(says map[string]any)
	}{
		"no ground":                {monitor.NoGround, func(says map[string]any) { delete(says, "ground") }},
		"a ground of its own":      {monitor.NoGround, func(says map[string]any) { says["ground"] = "工作繁忙" }},
		"no document":              {monitor.NoGround, func(says map[string]any) { delete(says, "document") }},
		"more than fifteen days":   {monitor.Extension, func(says map[string]any) { says["until_on"], says["due_on"] = "2026-04-17", "2026-04-28" }},
		"a day later than the law": {monitor.Extension, func(says map[string]any) { says["due_on"] = "2026-04-28" }},
		"asked before it was made": {monitor.Extension, func(says map[string]any) { says["asked_on"] = "2026-03-24" }},
		"no day of asking":         {monitor.Extension, func(says map[string]any) { delete(says, "asked_on") }},
		"a calendar that is none": {monitor.Extension, func(says map[string]any) {
			says["ground"], says["due_on"] = "工作日安排公布或者调整", "2026-04-07"
		}},
	} {
		says := asking()
		c.edit(says)
		s.append("EXTEND", "decision", "2026-7", says)
		r, _ := s.look(s.state)
		if len(r.Findings) == 0 || slices.ContainsFunc(r.Findings, func(f monitor.Finding) bool { return f.Kind != c.kind || f.Subject != "2026-7" }) {
			t.Errorf("%s:\n%s", name, r.Text())
		}
		if c.kind == monitor.NoGround { // and it is overdue by its old day
			r, _ = s.look(s.state, func(o *monitor.Options) { o.Now = o.Now.AddDate(0, 0, 10) })
			if !slices.ContainsFunc(r.Findings, func(f monitor.Finding) bool { return f.Kind == monitor.Overdue }) {
				t.Errorf("%s puts it off:\n%s", name, r.Text())
			}
		}
	}
	s.append("EXTEND", "decision", "2026-1", asking())
	if r, _ := s.look(s.state); len(r.Findings) != 1 || r.Findings[0].Kind != monitor.Order {
		t.Errorf("a published decision:\n%s", r.Text())
	}
}

func TestAnExtensionAfterTheLastDayIsNamed(t *testing.T) {
	s := newTown(t)
	s.live()
	s.clock.Advance(12 * 24 * 60 * 60 * 1e9)
	s.lists("沈明澈二")
	s.settle()
	s.append("EXTEND", "decision", "2026-7", asking())
	r, _ := s.look(s.state)
	if !slices.ContainsFunc(r.Findings, func(f monitor.Finding) bool { return f.Kind == monitor.Extension }) || !slices.ContainsFunc(r.Findings, func(f monitor.Finding) bool { return f.Kind == monitor.Overdue }) {
		t.Errorf("%s", r.Text())
	}
}

func TestTheDeskPutsADecisionOffAndTheMonitorAgrees(t *testing.T) {
	s := newTown(t)
	id := s.owe(1, "")
	var head access.Account
	calendar, err := workday.National()
	s.must(err)
	s.must(s.d.Write(s.Context(), "a1", func(tx *db.Tx) (err error) {
		if head, err = access.Create(tx, access.Founding("a1"), access.NewAccount{Agency: "a1", Login: "head", Name: "负责人", Unit: "u1", Roles: []string{access.RoleApprover}}); err != nil {
			return err
		}
		_, err = deadline.Start(tx, calendar, deadline.Clock{Agency: "a1", Case: "c1", Param: law.PublishDays, Label: "公示期限", Done: []string{"publish"},
			Trigger: workday.DayOf(s.clock.Now()), Length: 7, Unit: law.WorkDays})
		return err
	}))
	s.must(s.room.Extend(s.Context(), s.maker, id, extension.Request{Ground: law.ExtendThirdParty, Document: "示民征字〔2026〕1号", AskedOn: "2026-03-05", Days: 15,
		Reason: "含有报价。", Approver: head.ID}))
	s.settle()
	s.state = s.sound(s.state)
	p, _, err := s.room.Get(s.Context(), s.maker, id)
	s.must(err)
	last, err := workday.ParseDay(p.LastDay())
	s.must(err)
	s.clock.Advance(24 * 60 * 60 * 1e9 * 31)
	s.out(id)
	if workday.DayOf(s.clock.Now()).After(last) {
		t.Fatalf("the test is late itself: %s", last)
	}
	s.sound(s.state)
}

func TestTheAgencysOwnStricterTermIsFollowedAndALooserOneIsNot(t *testing.T) {
	for days, want := range map[string]int{"5": 1, "30": 0, "0": 0} {
		s := newTown(t)
		s.must(s.d.Write(s.Context(), "a1", func(tx *db.Tx) error {
			_, err := journal.Write(tx, journal.Entry{Agency: "a1", Kind: journal.Stats, SubjectKind: journal.SubjectLog, Subject: "limits", Says: map[string]string{"publish_days": days}})
			return err
		}))
		s.owe(1, "") // says seven working days
		s.settle()
		r, after := s.look(s.state)
		if len(r.Findings) != want {
			t.Errorf("%s days:\n%s", days, r.Text())
		}
		r, _ = s.look(after, func(o *monitor.Options) { o.Now = o.Now.AddDate(0, 0, 8) }) // 13 March: six working days
		overdue := slices.ContainsFunc(r.Findings, func(f monitor.Finding) bool { return f.Kind == monitor.Overdue })
		if overdue != (want == 1) {
			t.Errorf("%s days, after eight:\n%s", days, r.Text())
		}
	}
}

func TestADrillInTheLogIsNoList(t *testing.T) {
	s := newTown(t)
	s.must(s.d.Write(s.Context(), "a1", func(tx *db.Tx) error {
		_, err := journal.Write(tx, journal.Entry{Agency: "a1", Kind: journal.Stats, SubjectKind: journal.SubjectLog, Subject: "backup-drill", Says: map[string]string{"sound": "true"}})
		return err
	}))
	s.settle()
	s.sound(s.state)
}

func TestAFaultOfAnEntryIsListedAtEveryLookUntilSomebodyAcknowledgesIt(t *testing.T) {
	s := newTown(t)
	s.live()
	says := asking()
	delete(says, "ground")
	s.append("EXTEND", "decision", "2026-7", says)
	r, after := s.look(s.state)
	if len(r.Findings) != 1 || r.Findings[0].ID == "" {
		t.Fatalf("%s", r.Text())
	}
	path := filepath.Join(t.TempDir(), "state.json")
	for range 3 {
		s.must(after.Save(path))
		var err error
		after, err = monitor.LoadState(path)
		s.must(err)
		var again monitor.Report
		if again, after = s.look(after); len(again.Findings) != 1 || again.Findings[0] != r.Findings[0] || again.Sound() {
			t.Fatalf("%s", again.Text())
		}
	}
	if err := after.Acknowledge(r.Findings[0].ID, "", s.clock.Now()); err == nil {
		t.Error("it is acknowledged without a word")
	}
	if err := after.Acknowledge("ffffffffffff", "已核实", s.clock.Now()); err == nil {
		t.Error("what is not there is acknowledged")
	}
	s.must(after.Acknowledge(r.Findings[0].ID, "已向机关核实，系录入错误", s.clock.Now()))
	again, _ := s.look(after)
	if !again.Sound() || again.Acknowledged != 1 || !strings.Contains(again.Text(), "已确认的日志问题 1 个") {
		t.Errorf("%s", again.Text())
	}
}
