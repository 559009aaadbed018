package gate_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/document"
	"mingjing/internal/house"
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

// walk searches the states that people reach from a start, breadth first.
type walk struct {
	t                                    *testing.T
	house                                *house.House // lends its hooks between the rooms; its store stands still
	caseID                               string
	folder                               string
	seen                                 map[[32]byte]bool
	whole                                bool                // approver and publisher are always told apart; reached is what seen would be otherwise
	reached                              map[[32]byte]string // the acts that led there first
	verbs                                []verb
	start                                state
	mu                                   sync.Mutex // guards what follows
	states, tried, accepted, refused, no int
	known                                map[string]int // how often each deed and verb was accepted
}

// enter opens a copy of a state's file.
func (w *walk) enter(s state) *scene {
	w.t.Helper()
	w.mu.Lock()
	w.no++
	path := filepath.Join(w.folder, fmt.Sprint(w.no)+".db")
	w.mu.Unlock()
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

// key is what of the rows decides what may follow: texts, hands and states, and neither days nor numbers. Approver and publisher
// hold the same roles here, neither reviews nor handles, and the rows tell them apart by nothing but what they did: a state
// and the one in which they have changed places are one.
func (x *scene) key() [32]byte {
	a, b := x.mirrored()
	if bytes.Compare(b[:], a[:]) < 0 {
		return b
	}
	return a
}

// alike tells that the two have done the same so far, nothing: what the one may do the other may.
func (x *scene) alike() bool {
	a, b := x.mirrored()
	return a == b
}

// mirrored are the rows as they stand and as they would stand if the two had changed places. What a question gives is put in order
// only then: a list of who approved would stand the other way round.
func (x *scene) mirrored() (as, mirrored [32]byte) {
	swap := strings.NewReplacer(x.Approver.Account, x.Publisher.Account, x.Publisher.Account, x.Approver.Account)
	var plain, other []string
	for _, answer := range x.rows() {
		there := slices.Clone(answer)
		for i := range there {
			there[i] = swap.Replace(there[i])
		}
		slices.Sort(answer)
		slices.Sort(there)
		plain, other = append(append(plain, answer...), "\x1e"), append(append(other, there...), "\x1e")
	}
	return sha256.Sum256([]byte(strings.Join(plain, "\x1f"))), sha256.Sum256([]byte(strings.Join(other, "\x1f")))
}

// rows are the answers to each question.
func (x *scene) rows() (answers [][]string) {
	x.Read(func(tx *db.Tx) error {
		for _, query := range []string{
			`SELECT body_hash FROM draft WHERE kind = '行政处罚决定书' AND NOT EXISTS (SELECT 1 FROM decision)`, `SELECT track || major FROM party`,
			`SELECT r.state || r.verdict || r.reviewer || r.submitted_by || t.body_hash FROM review r JOIN review_text t ON t.review_id = r.id ORDER BY r.id DESC LIMIT 1`,
			`SELECT DISTINCT reviewer || verdict FROM review WHERE verdict <> '' ORDER BY 1`, `SELECT DISTINCT submitted_by FROM review ORDER BY 1`,
			`SELECT body_hash || approver FROM approval ORDER BY id DESC LIMIT 1`, `SELECT DISTINCT approver FROM approval ORDER BY 1`,
			`SELECT body_hash || approver || handler || major || (served_on <> '') || state FROM decision`,
			`SELECT state || maker || checker || content_hash || checked_hash || version || (review = (SELECT max(id) FROM review)) FROM publication`, `SELECT correction FROM publication_text`,
			`SELECT state || version FROM pub_publication`, `SELECT body FROM pub_body`,
		} {
			var answer []string
			err := tx.Each(query, nil, func(rows *sql.Rows) error {
				var text string
				err := rows.Scan(&text)
				answer = append(answer, text)
				return err
			})
			if err != nil {
				return err
			}
			answers = append(answers, answer)
		}
		return nil
	})
	return answers
}

// run searches to a depth.
func (w *walk) run(start state, depth int) {
	first := w.enter(start)
	w.first(first, start)
	w.forget(first)
	level := []state{start}
	for step := 1; step <= depth && len(level) > 0; step++ {
		var next []state
		// A command waits for its neighbours more than it works, so several states are gone on from at once.
		var wait sync.WaitGroup
		queue := make(chan state)
		for range 2 * runtime.GOMAXPROCS(0) {
			wait.Go(func() {
				for s := range queue {
					fresh := w.expand(s, step < depth)
					w.mu.Lock()
					next = append(next, fresh...)
					w.mu.Unlock()
				}
			})
		}
		for _, s := range level {
			queue <- s
		}
		close(queue)
		wait.Wait()
		w.states += len(next)
		w.t.Logf("after %d acts: %d new states, %d acts tried, %d accepted, %d refused", step, len(next), w.tried, w.accepted, w.refused)
		level = next
	}
}

// expand lets the four try each verb in a state. What was reached for the first time is handed back, its file kept where it is
// gone on from.
func (w *walk) expand(s state, keep bool) (fresh []state) {
	x := w.enter(s)
	who := slices.Sorted(maps.Keys(x.people()))
	if !w.whole && x.alike() {
		who = slices.DeleteFunc(who, func(name string) bool { return name == "publisher" })
	}
	for _, v := range w.verbs {
		for _, hands := range v.hands(who) {
			to := state{path: x.path, at: s.at.Add(24 * time.Hour), acts: slices.Clone(s.acts), shown: s.shown}
			if !w.take(x, v, hands, &to) {
				continue
			}
			kept := w.first(x, to)
			if kept {
				fresh = append(fresh, to)
			}
			if keep && kept {
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

// first tells that a state was not seen before.
func (w *walk) first(x *scene, s state) bool {
	key, canonical := x.key(), x.key()
	if w.whole {
		key, _ = x.mirrored()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := w.reached[canonical]; !known {
		w.reached[canonical] = strings.Join(s.acts, ", ")
	}
	if w.seen[key] {
		return false
	}
	w.seen[key] = true
	return true
}

// take takes the steps of a verb and looks for a forbidden state after each that is accepted; false where none was.
func (w *walk) take(x *scene, v verb, hands [2]string, to *state) (moved bool) {
	done := 0
	for _, step := range v.steps {
		name := hands[0]
		if step.second {
			name = hands[1]
		}
		err := step.deed.take(x, x.people()[name])
		w.mu.Lock()
		w.tried++
		if err != nil {
			w.refused++
		} else {
			w.accepted++
			w.known[step.deed.name]++
		}
		w.mu.Unlock()
		if err != nil {
			w.answered(*to, step.deed, name, err)
			continue
		}
		done++
		to.acts = append(to.acts, step.deed.name+" by "+name)
		w.holds(x, to)
	}
	if len(v.steps) > 1 && done == len(v.steps) {
		w.mu.Lock()
		w.known["whole "+v.name]++
		w.mu.Unlock()
	}
	return done > 0
}

// answered wants a refusal to be one of the answers that a person may get.
func (w *walk) answered(s state, d deed, name string, err error) {
	w.t.Helper()
	if errors.As(err, new(refusal.Refused)) || errors.As(err, new(refusal.Invalid)) || errors.As(err, new(refusal.NotFound)) || errors.As(err, new(document.Conflict)) {
		return
	}
	w.t.Errorf("%s, then %s by %s: %v is no answer", strings.Join(s.acts, ", "), d.name, name, err)
}

// newWalk makes ready to walk from a place. Without the gates the commands alone must hold.
func newWalk(t *testing.T, place string, gates bool, verbs []verb) *walk {
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
	return &walk{t: t, house: s.house, caseID: s.c.ID, folder: quick(t), seen: map[[32]byte]bool{}, reached: map[[32]byte]string{}, known: map[string]int{}, verbs: verbs, start: state{path: path, at: now}}
}

func (w *walk) told(place string, gates bool, depth int) {
	w.t.Helper()
	w.t.Logf("from %s, gates %t, %d acts deep: %d states, %d acts tried, %d accepted, %d refused; accepted %v", place, gates, depth, w.states+1, w.tried, w.accepted, w.refused, w.known)
	if w.known["withdraw in silence"] > 0 {
		w.t.Error("somebody took a publication down in silence")
	}
}

// search walks from a place, deed by deed.
func search(t *testing.T, place string, gates bool, depth int) {
	t.Helper()
	w := newWalk(t, place, gates, singles())
	w.run(w.start, depth)
	w.told(place, gates, depth)
	reach := map[string][]string{drafted: {"edit", "submit", "accept", "pass"}, decided: {"serve", "prepare", "check"}}[place]
	if depth >= 7 {
		reach = map[string][]string{drafted: {"return", "recall", "approve", "decide", "serve"}, decided: {"publish", "correct", "confirm", "withdraw"}}[place]
	}
	for _, must := range reach {
		if w.known[must] == 0 {
			t.Errorf("nobody could %s: the search goes nowhere", must)
		}
	}
}

// TestNoForbiddenStateIsReachedByFourPeople: every order of draft, edit, review, approval, decision, service, publication,
// correction and withdrawal by four people, each of whom holds every role and tries every act. MINGJING_FULL goes seven acts
// deep, with and without the gates of the database.
func TestNoForbiddenStateIsReachedByFourPeople(t *testing.T) {
	if os.Getenv("MINGJING_FULL") == "" {
		t.Run("from the draft", func(t *testing.T) { search(t, drafted, false, 4) })
		t.Run("from the decision", func(t *testing.T) { search(t, decided, false, 2) })
		return
	}
	for _, gates := range []bool{true, false} {
		for _, place := range []string{drafted, decided} {
			t.Run(fmt.Sprintf("from %s with gates %t", place, gates), func(t *testing.T) { search(t, place, gates, 7) })
		}
	}
}

// quick is a folder in memory where the machine has one: a search copies and syncs thousands of files that nobody keeps.
func quick(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "mingjing-gate-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) }) // nobody asks for it any more
	return folder
}
