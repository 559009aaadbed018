package gate_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/disclosure"
	"mingjing/internal/ledger"
	ledgerorder "mingjing/internal/ledger/order"
	"mingjing/internal/recheck"
	"mingjing/internal/testkit/world"
)

// trial is a forbidden order as one level meets it: where the case stands, what was forged past everything before, and what
// must be said of it.
type trial struct {
	place string
	lived func(s *stage) // acts by the real commands, before the gates go
	raw   []string       // rows written past every command
	leaf  []edit         // events rewritten, every hash behind them made anew
	act   func(s *stage) error
	want  string
}

// each runs the trials of a level on a stage of their own with the gates of the database off, and holds the level to the
// table: a trial or a reason for every order.
func each(t *testing.T, l level, trials map[string]trial, judge func(t *testing.T, s *stage, c trial)) {
	for _, o := range forbidden {
		c, there := trials[o.name]
		switch {
		case !there && o.blind[l] == "":
			t.Errorf("%s: neither a trial nor a reason: %s", l, o.name)
		case there && o.blind[l] != "":
			t.Errorf("%s: %s is tried and excused (%s)", l, o.name, o.blind[l])
		case !there:
			t.Logf("%s does not see %s: %s", l, o.name, o.blind[l])
		default:
			t.Run(o.name, func(t *testing.T) {
				s := at(t, c.place)
				if c.lived != nil {
					c.lived(s)
				}
				s.untie()
				s.raw(c.raw...)
				judge(t, s, c)
			})
		}
	}
	for name := range trials {
		if !slices.ContainsFunc(forbidden, func(o order) bool { return o.name == name }) {
			t.Errorf("%s tries %q, which is not in the table", l, name)
		}
	}
}

// grants forges an approval of a text by somebody, so that nothing but the order under trial stands in the way.
func grants(approver, hash string) []string {
	return []string{`INSERT INTO approval (id, agency, case_id, party_id, body_hash, approver, approved_on, document_id) VALUES ('zz-forged', {agency}, {case}, {party}, ` +
		hash + `, ` + approver + `, {today}, 'zz-forged')`, `UPDATE party SET track = 'approved' WHERE id = {party}`}
}

// newer forges a later round of review on the same text, which nobody has answered yet.
func newer(hash string) []string {
	return []string{`INSERT INTO review (id, agency, case_id, round, state, verdict, submitted_by, submitted_on, complete_on, reviewer, concluded_on, body, counsel, opinion, draft_kind, due_on)
		SELECT {review} || 'z', {agency}, {case}, 9, 'submitted', '', {handler}, {today}, '', '', '', '{}', '', '', '', ''`,
		`INSERT INTO review_text (review_id, case_id, party_id, body_hash) SELECT id, case_id, {party}, ` + hash + ` FROM review WHERE case_id = {case} AND round = 9`}
}

func decide(s *stage) error {
	_, err := s.c.Try(s.Handler, "decide", nil)
	return err
}

func answered(step, words string) func(s *stage) {
	return func(s *stage) { s.verdict(s.submit(), flowCode(step), words) }
}

func TestTheCommandAloneStopsEveryForbiddenOrder(t *testing.T) {
	good := grants("{approver}", "{hash}")
	unlearned := []string{`UPDATE review SET state = 'under_review', reviewer = {reviewer}, complete_on = {today} WHERE case_id = {case}`,
		`UPDATE reviewer SET qualification = '' WHERE account = {reviewer}`}
	each(t, command, map[string]trial{
		forbidden[0].name:  {place: drafted, raw: good, act: decide, want: "CF-36"},
		forbidden[1].name:  {place: drafted, lived: answered("return_review", "退回补正"), raw: good, act: decide, want: "CF-36"},
		forbidden[2].name:  {place: drafted, lived: answered("refuse_review", "不同意"), raw: good, act: decide, want: "CF-36"},
		forbidden[3].name:  {place: passed, raw: slices.Concat(good, []string{`UPDATE review_text SET body_hash = {other} WHERE case_id = {case}`}), act: decide, want: "CF-36b"},
		forbidden[4].name:  {place: passed, raw: slices.Concat(good, newer("{hash}")), act: decide, want: "CF-36"},
		forbidden[5].name:  {place: passed, raw: slices.Concat(good, []string{`UPDATE review SET reviewer = {handler} WHERE case_id = {case}`}), act: decide, want: "access:reviewer-not-handler"},
		forbidden[6].name:  {place: passed, raw: grants("{reviewer}", "{hash}"), act: decide, want: "SH-05b"},
		forbidden[7].name:  {place: passed, raw: grants("{handler}", "{hash}"), act: decide, want: "access:approver-not-handler"},
		forbidden[8].name:  {place: approved, act: early, want: "SX-17b"},
		forbidden[9].name:  {place: drafted, lived: func(s *stage) { s.submit() }, raw: unlearned, act: learner, want: "CF-39"},
		forbidden[10].name: {place: passed, raw: grants("{approver}", "{other}"), act: decide, want: "CF-37c"},
	}, func(t *testing.T, s *stage, c trial) {
		err := c.act(s)
		if err == nil || !slices.Contains(world.Refusals(err), c.want) && !strings.Contains(world.Why(err), c.want) {
			t.Errorf("got %s, want it refused by %s", world.Why(err), c.want)
		}
	})
}

// learner gives a verdict; that the review was begun by somebody who may, was forged.
func learner(s *stage) error {
	return tryReview(s.house.Review, s.World, s.Reviewer, s.Reviewer, s.review(), "pass_review", opinion("同意"))
}

// early decides on a day before the review, in a late entry.
func early(s *stage) error {
	act := s.c.Act(s.Handler, "decide", nil)
	act.Occurred, act.LateReason = s.Today().AddDays(-6), "停电补记。"
	_, err := s.Cases.Take(context.Background(), s.Handler, act)
	return err
}

// unreviewed are the forgeries of a decision's rows, as the levels behind the database meet them.
var unreviewed = map[string][]string{
	forbidden[0].name:  {`DELETE FROM review_text WHERE case_id = {case}`, `DELETE FROM review WHERE case_id = {case}`, `UPDATE decision SET review_id = '' WHERE case_id = {case}`},
	forbidden[1].name:  {`UPDATE review SET verdict = '退回补正', state = 'returned' WHERE case_id = {case}`},
	forbidden[2].name:  {`UPDATE review SET verdict = '不同意', state = 'refused' WHERE case_id = {case}`},
	forbidden[3].name:  {`UPDATE review_text SET body_hash = {other} WHERE case_id = {case}`},
	forbidden[4].name:  newer(`(SELECT body_hash FROM decision WHERE case_id = {case})`),
	forbidden[5].name:  {`UPDATE review SET reviewer = {handler} WHERE case_id = {case}`},
	forbidden[6].name:  {`UPDATE approval SET approver = {reviewer} WHERE case_id = {case}`, `UPDATE decision SET approver = {reviewer} WHERE case_id = {case}`},
	forbidden[7].name:  {`UPDATE approval SET approver = {handler} WHERE case_id = {case}`, `UPDATE decision SET approver = {handler} WHERE case_id = {case}`},
	forbidden[8].name:  {`UPDATE review SET concluded_on = {today} WHERE case_id = {case}`},
	forbidden[9].name:  {`UPDATE reviewer SET qualification = '', first_review_on = {today} WHERE account = {reviewer}`},
	forbidden[10].name: {`UPDATE approval SET body_hash = {other} WHERE case_id = {case}`},
	forbidden[11].name: {`DELETE FROM delivery WHERE case_id = {case} AND purpose = 'decision'`},
}

func TestPublicationAloneStopsEveryForbiddenOrder(t *testing.T) {
	publish := func(s *stage) error { return s.publish() }
	trials := map[string]trial{
		forbidden[12].name: {place: checked, raw: []string{`UPDATE publication SET checker = maker WHERE case_id = {case}`}, act: publish, want: "XG-05b"},
		forbidden[13].name: {place: published, act: publish, want: "CF-26d"},
		forbidden[14].name: {place: published, act: silent, want: "reason"},
		forbidden[15].name: {place: withdrawn, act: again, want: "CF-26f"},
	}
	for name, raw := range unreviewed {
		trials[name] = trial{place: checked, raw: raw, act: publish, want: "PUB-0"} // which of PUB-01 to PUB-07 depends on the forgery
	}
	each(t, publication, trials, func(t *testing.T, s *stage, c trial) {
		err := c.act(s)
		if err == nil || !slices.Contains(world.Refusals(err), c.want) && !strings.Contains(world.Why(err), c.want) {
			t.Errorf("got %s, want it refused by %s", world.Why(err), c.want)
		}
	})
}

// silent takes a publication down without saying why.
func silent(s *stage) error {
	return s.house.Disclosure.Withdraw(context.Background(), s.Publisher, s.publication(), disclosure.Withdrawal{Ground: disclosure.GroundRevoked, Document: "四政复决字〔2026〕9号"})
}

// again brings a withdrawn text back by a correction.
func again(s *stage) error {
	in := disclosure.Correction{Title: "行政处罚决定", PartyName: "某协会", Result: "罚款", Basis: "《社会团体登记管理条例》", Body: "正文。", Reason: "恢复"}
	_, err := s.house.Disclosure.Correct(context.Background(), s.Publisher, s.publication(), in)
	return err
}

func TestTheSecondOpinionAloneNamesEveryForbiddenOrder(t *testing.T) {
	codes := []string{"RV-2", "RV-2", "RV-2", "RV-2", "RV-2", "RV-3", "RV-3", "AP-1", "RV-2", "RV-5", "AP-1", "SV-1"}
	trials := map[string]trial{
		forbidden[12].name: {place: published, raw: []string{`UPDATE publication SET checker = maker WHERE case_id = {case}`}, want: "PB-9"},
		forbidden[13].name: {place: published, raw: []string{`UPDATE publication SET published_on = '2026-01-05' WHERE case_id = {case}`}, want: "PB-2"},
		forbidden[14].name: {place: withdrawn, raw: []string{`UPDATE publication SET reason = '' WHERE case_id = {case}`}, want: "PB-10"},
		forbidden[15].name: {place: withdrawn, raw: []string{`INSERT INTO pub_body (ordinal, body, blocks) SELECT p.ordinal, v.body, v.blocks FROM publication p
			JOIN publication_version v ON v.publication = p.id WHERE p.case_id = {case}`}, want: "PB-5"},
	}
	for i, code := range codes {
		trials[forbidden[i].name] = trial{place: published, raw: unreviewed[forbidden[i].name], want: code}
	}
	each(t, second, trials, func(t *testing.T, s *stage, c trial) {
		report, err := recheck.Run(context.Background(), s.D, recheck.Options{})
		s.Must(err)
		var said []string
		for _, p := range report.Problems {
			said = append(said, p.Check)
		}
		if !slices.Contains(said, c.want) {
			t.Errorf("the re-check says %v, want %s", slices.Compact(said), c.want)
		}
	})
}

func TestAnHonestCaseIsStoppedNowhere(t *testing.T) {
	s := at(t, withdrawn)
	s.untie()
	report, err := recheck.Run(context.Background(), s.D, recheck.Options{})
	s.Must(err)
	if !report.Sound() {
		t.Errorf("the re-check finds %+v", report.Problems)
	}
	if found := s.verify(); len(found) > 0 {
		t.Errorf("the verification finds %v", found)
	}
	s = at(t, checked)
	s.untie()
	s.Must(s.publish())
	s = at(t, approved)
	s.untie()
	s.Must(decide(s))
	s = at(t, passed) // a forged approval goes through by itself, so that in the trials it is the order that is stopped
	s.untie()
	s.raw(grants("{approver}", "{hash}")...)
	s.Must(decide(s))
}

// verify gives what the ledger by itself shows to be wrong.
func (s *stage) verify() (said []string) {
	s.T.Helper()
	report, err := ledger.Verify(context.Background(), s.D, s.Agency.Code, s.house.Key.Verifier(s.Agency.Code), ledger.VerifyOptions{Orders: ledgerorder.Judge})
	s.Must(err)
	for _, p := range report.Problems {
		said = append(said, fmt.Sprintf("%d %s", p.Seq, p.What))
	}
	return said
}
