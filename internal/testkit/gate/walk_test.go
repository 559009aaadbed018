package gate_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/house"
	"mingjing/internal/ledger"
	ledgerorder "mingjing/internal/ledger/order"
	"mingjing/internal/refusal"
	"mingjing/internal/review"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
)

// scene is a store that stands in one state, with the rooms open on it.
type scene struct {
	*world.World
	c      *world.Case
	review *review.Room
	public *disclosure.Room
	path   string
}

// state is one that was reached: the file that stands in it, the day, and the acts that led to it.
type state struct {
	path  string
	at    time.Time
	acts  []string
	shown string // the day of publication, once there is one
}

// deed is one act that anybody may try.
type deed struct {
	name string
	take func(x *scene, who access.Actor) error
}

// walk searches the states that people reach from a start, breadth first.
type walk struct {
	t                                    *testing.T
	house                                *house.House // lends its hooks between the rooms; its store stands still
	caseID                               string
	folder                               string
	seen                                 map[[32]byte]bool
	states, tried, accepted, refused, no int
	known                                map[string]int // how often each deed was accepted
}

// everything is every role of the house: that one of the four may not take an act then rests on the law and not on a role.
var everything = []string{access.RoleHandler, access.RoleUnitHead, access.RoleReviewer, access.RoleApprover, access.RolePublisher, access.RoleChecker}

func (x *scene) people() map[string]access.Actor {
	four := map[string]access.Actor{"handler": x.Handler, "reviewer": x.Reviewer, "approver": x.Approver, "publisher": x.Publisher}
	for name, who := range four {
		who.Roles, who.StepUp = everything, true
		four[name] = who
	}
	return four
}

func (x *scene) one(query string) (text string) {
	x.Read(func(tx *db.Tx) error { return tx.Row(`SELECT COALESCE((` + query + `), '')`).Scan(&text) })
	return text
}

func (x *scene) round() string       { return x.one(`SELECT max(id) FROM review`) }
func (x *scene) publication() string { return x.one(`SELECT max(id) FROM publication`) }
func (x *scene) content() string     { return x.one(`SELECT max(content_hash) FROM publication`) }

func onReview(step flow.Code, own map[string]form.Values) func(*scene, access.Actor) error {
	return func(x *scene, who access.Actor) error {
		return tryReview(x.review, x.World, x.Reviewer, who, x.round(), step, own)
	}
}

func onCase(step flow.Code, own func(x *scene) map[string]form.Values, daysBack int) func(*scene, access.Actor) error {
	return func(x *scene, who access.Actor) error {
		var papers map[string]form.Values
		if own != nil {
			papers = own(x)
		}
		act := x.c.Act(who, step, papers)
		if daysBack > 0 {
			act.Occurred, act.LateReason = x.Today().AddDays(-daysBack), "停电补记。"
		}
		_, err := x.Cases.Take(context.Background(), who, act)
		return err
	}
}

func writes(own form.Values) func(*scene, access.Actor) error {
	return func(x *scene, who access.Actor) error {
		_, err := x.c.TryDraft(who, own, "")
		return err
	}
}

func approval(*scene) map[string]form.Values {
	return map[string]form.Values{"行政处罚决定审批表": {"outcome": "给予行政处罚", "proposal": "同意给予行政处罚。", "head_opinion": "同意。"}}
}

// deeds are the acts; each of the four tries each of them in each state.
func deeds() []deed {
	ctx := context.Background()
	return []deed{
		{"draft", writes(nil)},
		{"edit", writes(form.Values{"discretion": "另一种说理。"})},
		{"submit", func(x *scene, who access.Actor) error { _, err := trySubmit(x.review, x.c, who); return err }},
		{"accept", onReview("accept_review", nil)},
		{"pass", onReview("pass_review", opinion("同意"))},
		{"return", onReview("return_review", opinion("退回补正"))},
		{"recall", onReview("recall_review", nil)},
		{"approve", onCase("approve", approval, 0)},
		{"decide", onCase("decide", nil, 0)},
		{"decide dated back", onCase("decide", nil, 2)},
		{"serve", onCase("serve_decision", func(x *scene) map[string]form.Values { return x.c.ServicePapers() }, 0)},
		{"prepare", func(x *scene, who access.Actor) error {
			draft, err := x.public.Draft(ctx, who, x.publication())
			if err != nil {
				return err
			}
			return x.public.Prepare(ctx, who, x.publication(), disclosure.Prepared{Decisions: disclosure.AcceptAll(draft.Spans, "")})
		}},
		{"check", func(x *scene, who access.Actor) error { return x.public.Check(ctx, who, x.publication(), x.content()) }},
		{"publish", func(x *scene, who access.Actor) error {
			return x.public.Publish(ctx, who, x.publication(), x.content())
		}},
		{"correct", func(x *scene, who access.Actor) error {
			in := disclosure.Correction{Title: "更正后的行政处罚决定", PartyName: "某协会", Result: "罚款", Basis: "《社会团体登记管理条例》", Body: "更正后的正文。", Reason: "正文有笔误"}
			draft, err := x.public.CorrectionDraft(ctx, who, x.publication(), in)
			if err != nil {
				return err
			}
			in.Decisions = disclosure.AcceptAll(draft.Spans, "")
			_, err = x.public.Correct(ctx, who, x.publication(), in)
			return err
		}},
		{"confirm", func(x *scene, who access.Actor) error {
			proposed, err := x.public.ProposedCorrection(ctx, who, x.publication())
			if err != nil {
				return err
			}
			return x.public.ConfirmCorrection(ctx, who, x.publication(), proposed.Hash)
		}},
		{"withdraw", func(x *scene, who access.Actor) error {
			return x.public.Withdraw(ctx, who, x.publication(), disclosure.Withdrawal{Ground: disclosure.GroundRevoked, Document: "四政复决字〔2026〕9号", Reason: "行政复议决定撤销。"})
		}},
		{"withdraw in silence", func(x *scene, who access.Actor) error {
			return x.public.Withdraw(ctx, who, x.publication(), disclosure.Withdrawal{Ground: disclosure.GroundRevoked})
		}},
	}
}

// enter opens a copy of a state's file.
func (w *walk) enter(s state) *scene {
	w.t.Helper()
	w.no++
	path := filepath.Join(w.folder, fmt.Sprint(w.no)+".db")
	from, err := os.ReadFile(s.path)
	if err == nil {
		err = os.WriteFile(path, from, 0o600)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	clock := testkit.NewClock(w.t, world.Begins)
	clock.Set(s.at)
	d, err := db.Open(context.Background(), "sqlite:"+path, db.Options{Clock: clock.Now})
	if err != nil {
		w.t.Fatal(err)
	}
	x := &scene{path: path}
	if x.World, err = world.Join(w.t, d, clock); err != nil {
		w.t.Fatal(err)
	}
	hooks := w.house.Cases
	x.Cases = casefile.New(d, x.Books)
	x.Cases.Decided, x.Cases.Served, x.Cases.Annulled, x.review = hooks.Decided, hooks.Served, hooks.Annulled, review.New(d, x.Cases)
	if x.public, err = disclosure.New(d, disclosure.Books{Law: x.Books.Law, Calendar: x.Books.Calendar}); err != nil {
		w.t.Fatal(err)
	}
	x.c = &world.Case{World: x.World, ID: w.caseID, Matter: world.Major()}
	return x
}

func (w *walk) leave(x *scene) {
	if err := x.D.Close(); err != nil {
		w.t.Fatal(err)
	}
}

// forget takes the file of a scene away.
func (w *walk) forget(x *scene) {
	w.leave(x)
	for _, end := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(x.path + end) // the folder goes at the end of the test in any case
	}
}

// key is what of the rows decides what may follow: texts, hands and states, and neither days nor numbers.
func (x *scene) key() [32]byte {
	var parts []string
	x.Read(func(tx *db.Tx) error {
		for _, query := range []string{
			`SELECT body_hash FROM draft WHERE kind = '行政处罚决定书' AND NOT EXISTS (SELECT 1 FROM decision)`, `SELECT track || major FROM party`,
			`SELECT r.state || r.verdict || r.reviewer || r.submitted_by || t.body_hash FROM review r JOIN review_text t ON t.review_id = r.id ORDER BY r.id DESC LIMIT 1`,
			`SELECT DISTINCT reviewer || verdict FROM review WHERE verdict <> '' ORDER BY 1`, `SELECT DISTINCT submitted_by FROM review ORDER BY 1`,
			`SELECT body_hash || approver FROM approval ORDER BY id DESC LIMIT 1`, `SELECT DISTINCT approver FROM approval ORDER BY 1`,
			`SELECT body_hash || approver || handler || major || (served_on <> '') || state FROM decision`,
			`SELECT state || maker || checker || content_hash || checked_hash || version || review FROM publication`, `SELECT correction FROM publication_text`,
			`SELECT state || version FROM pub_publication`, `SELECT body FROM pub_body`,
		} {
			parts = append(parts, query)
			err := tx.Each(query, nil, func(rows *sql.Rows) error {
				var text string
				err := rows.Scan(&text)
				parts = append(parts, text)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
}

// run searches to a depth.
func (w *walk) run(start state, depth int) {
	first := w.enter(start)
	w.seen[first.key()] = true
	w.forget(first)
	level := []state{start}
	for step := 1; step <= depth && len(level) > 0; step++ {
		var next []state
		for _, s := range level {
			next = append(next, w.expand(s, step < depth)...)
		}
		w.states += len(next)
		w.t.Logf("after %d acts: %d new states, %d acts tried, %d accepted, %d refused", step, len(next), w.tried, w.accepted, w.refused)
		level = next
	}
}

// expand lets each of the four try each deed in a state. What was reached for the first time is handed back, its file kept
// where it is gone on from.
func (w *walk) expand(s state, keep bool) (fresh []state) {
	x := w.enter(s)
	for _, d := range deeds() {
		for _, name := range slices.Sorted(maps.Keys(x.people())) {
			w.tried++
			err := d.take(x, x.people()[name])
			if err != nil {
				w.refused++
				w.answered(s, d, name, err)
				continue
			}
			w.accepted++
			w.known[d.name]++
			to := state{path: x.path, at: s.at.Add(24 * time.Hour), acts: append(slices.Clone(s.acts), d.name+" by "+name), shown: s.shown}
			w.holds(x, &to)
			key := x.key()
			if !w.seen[key] {
				w.seen[key], fresh = true, append(fresh, to)
			}
			if keep && len(fresh) > 0 && fresh[len(fresh)-1].path == x.path {
				w.leave(x)
			} else {
				w.forget(x)
			}
			x = w.enter(s)
		}
	}
	w.forget(x)
	return fresh
}

// answered wants a refusal to be one of the answers that a person may get.
func (w *walk) answered(s state, d deed, name string, err error) {
	w.t.Helper()
	if errors.As(err, new(refusal.Refused)) || errors.As(err, new(refusal.Invalid)) || errors.As(err, new(refusal.NotFound)) || errors.As(err, new(document.Conflict)) {
		return
	}
	w.t.Errorf("%s, then %s by %s: %v is no answer", strings.Join(s.acts, ", "), d.name, name, err)
}

// never are the forbidden states: each query counts the rows that are in one.
var never = []struct{ name, query string }{
	{"a major decision without the latest passed review of its text by somebody entitled", `SELECT count(*) FROM decision d JOIN party p ON p.id = d.party_id WHERE (d.major OR p.major) AND NOT EXISTS (
		SELECT 1 FROM review r JOIN review_text t ON t.review_id = r.id JOIN reviewer q ON q.agency = r.agency AND q.account = r.reviewer AND q.qualification <> ''
		WHERE r.id = (SELECT max(l.review_id) FROM review_text l WHERE l.case_id = d.case_id AND l.party_id = d.party_id AND l.review_id < d.id) AND r.verdict = '同意' AND r.state = 'passed'
			AND t.party_id = d.party_id AND t.body_hash = d.body_hash AND r.concluded_on <= d.decided_on AND r.reviewer NOT IN (d.handler, d.approver, r.submitted_by))`},
	{"a decision that is not the text that somebody else approved", `SELECT count(*) FROM decision d WHERE d.handler = d.approver OR NOT EXISTS (SELECT 1 FROM approval a WHERE a.case_id = d.case_id
		AND a.body_hash = d.body_hash AND a.approver = d.approver AND a.approved_on <= d.decided_on AND a.id < d.id)`},
	{"a decision whose paper says something else", `SELECT count(*) FROM decision d WHERE NOT EXISTS (SELECT 1 FROM document x WHERE x.id = d.document_id AND x.body_hash = d.body_hash)`},
	{"two decisions against one party", `SELECT count(*) FROM (SELECT party_id FROM decision WHERE state = 'made' GROUP BY party_id HAVING count(*) > 1) x`},
	{"one person in two parts", `SELECT count(*) FROM review r WHERE r.verdict <> '' AND (r.reviewer IN (SELECT approver FROM approval) OR r.reviewer IN (SELECT account FROM case_officer)
		OR r.reviewer IN (SELECT submitted_by FROM review) OR EXISTS (SELECT 1 FROM approval a JOIN case_officer o ON o.account = a.approver))`},
	{"a publication before service or without a second person", `SELECT count(*) FROM publication p JOIN decision d ON d.id = p.decision WHERE p.published_on <> '' AND (d.effective_on = '' OR d.effective_on > p.published_on
		OR p.maker = '' OR p.checker = '' OR p.maker = p.checker OR p.checked_hash <> p.content_hash)`},
	{"a version that one person made and checked", `SELECT count(*) FROM publication_version WHERE maker = checker OR checker = ''`},
	{"a public row without its publication", `SELECT count(*) FROM pub_publication b LEFT JOIN publication p ON p.id = b.id AND p.published_on = b.published_on AND p.state = b.state WHERE p.id IS NULL`},
	{"a public body that is no version, or of what is down", `SELECT count(*) FROM pub_body b WHERE NOT EXISTS (SELECT 1 FROM publication p JOIN publication_version v ON v.publication = p.id AND v.number = p.version
		WHERE p.ordinal = b.ordinal AND p.state IN ('published', 'corrected') AND v.body = b.body)`},
	{"a withdrawal that does not say why", `SELECT count(*) FROM publication WHERE state = 'withdrawn' AND (ground = '' OR reason = '' OR ground_document = '')`},
	{"what is down and can be found", `SELECT count(*) FROM publication p JOIN pub_search s ON s.rowid = p.ordinal WHERE p.state = 'withdrawn'`},
	{"a decision without its entry in the public count", `SELECT count(*) FROM decision d WHERE NOT EXISTS (SELECT 1 FROM publication p JOIN pub_commit c ON c.agency = p.agency AND c.year = p.commit_year
		AND c.seq = p.commit_seq WHERE p.decision = d.id)`},
	{"a public log without a COMMIT for each decision", `SELECT abs((SELECT count(*) FROM decision) - (SELECT count(*) FROM event WHERE kind = 'COMMIT'))`},
}

// holds looks for a forbidden state in the rows after an accepted act, and asks the ledger too.
func (w *walk) holds(x *scene, to *state) {
	w.t.Helper()
	wrong := func(what string) { w.t.Errorf("%s\n\tafter %s", what, strings.Join(to.acts, ", ")) }
	x.Read(func(tx *db.Tx) error {
		for _, n := range never {
			var rows int
			if err := tx.Row(n.query).Scan(&rows); err != nil {
				return fmt.Errorf("%s: %w", n.name, err)
			}
			if rows > 0 {
				wrong(n.name)
			}
		}
		var day string
		if err := tx.Row(`SELECT COALESCE(max(published_on), '') FROM publication`).Scan(&day); err != nil {
			return err
		}
		if to.shown != "" && day != to.shown {
			wrong("the day of publication moved from " + to.shown + " to " + day)
		}
		to.shown = day
		return ledgerorder.Judge(tx, x.Agency.Code, func(p ledger.Problem) { wrong("the ledger: " + p.What) })
	})
}

// search walks from a place. Without the gates the commands alone must hold.
func search(t *testing.T, place string, gates bool, depth int) {
	t.Helper()
	s := at(t, place)
	if !gates {
		s.untie()
	}
	now := s.Clock.Now().Add(24 * time.Hour)
	path := filepath.Join(s.folder, "house.db")
	if err := s.D.Close(); err != nil {
		t.Fatal(err)
	}
	w := &walk{t: t, house: s.house, caseID: s.c.ID, folder: t.TempDir(), seen: map[[32]byte]bool{}, known: map[string]int{}}
	w.run(state{path: path, at: now}, depth)
	t.Logf("from %s, gates %t, %d acts deep: %d states, %d acts tried, %d accepted, %d refused; accepted %v", place, gates, depth, w.states+1, w.tried, w.accepted, w.refused, w.known)
	reach := map[string][]string{drafted: {"edit", "submit", "accept", "pass"}, decided: {"serve", "prepare", "check"}}[place]
	if depth >= 7 {
		reach = map[string][]string{drafted: {"return", "recall", "approve", "decide", "serve"}, decided: {"publish", "correct", "confirm", "withdraw"}}[place]
	}
	for _, must := range reach {
		if w.known[must] == 0 {
			t.Errorf("nobody could %s: the search goes nowhere", must)
		}
	}
	if w.known["withdraw in silence"] > 0 {
		t.Error("somebody took a publication down in silence")
	}
}

// TestNoForbiddenStateIsReachedByFourPeople: every order of draft, edit, review, approval, decision, service, publication,
// correction and withdrawal by four people, each of whom holds every role and tries every act. MINGJING_FULL goes seven acts
// deep, with and without the gates of the database.
func TestNoForbiddenStateIsReachedByFourPeople(t *testing.T) {
	if os.Getenv("MINGJING_FULL") == "" {
		t.Run("from the draft", func(t *testing.T) { search(t, drafted, false, 4) })
		t.Run("from the decision", func(t *testing.T) { search(t, decided, false, 3) })
		return
	}
	for _, gates := range []bool{true, false} {
		for _, place := range []string{drafted, decided} {
			t.Run(fmt.Sprintf("from %s with gates %t", place, gates), func(t *testing.T) { search(t, place, gates, 7) })
		}
	}
}
