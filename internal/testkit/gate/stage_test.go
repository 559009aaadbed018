package gate_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/house"
	"mingjing/internal/ledger/bound"
	"mingjing/internal/review"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/packs"
)

// stage is a house with a major case that stands somewhere between its draft and its withdrawal.
type stage struct {
	*world.World
	house  *house.House
	folder string
	c      *world.Case
}

// places are where the case of a stage may stand.
const (
	noticed   = "noticed"   // the party was told and every window has passed; nothing is written of a decision
	drafted   = "drafted"   // the decision is written and every window has passed
	passed    = "passed"    // its text was reviewed and passed, and a panel was held
	approved  = "approved"  // and approved
	decided   = "decided"   // and made
	checked   = "checked"   // served, and its publication prepared and checked
	published = "published" // and public
	withdrawn = "withdrawn" // and down again
)

var along = []string{noticed, drafted, passed, approved, decided, checked, published, withdrawn}

// template is a folder with a house in which the case stands at a place, and the clock at an instant.
type template struct {
	folder, caseID string
	at             time.Time
}

var (
	templates = map[string]template{}
	building  sync.Mutex
	built     *house.House // whose case the templates are; its store is closed
)

func TestMain(m *testing.M) {
	code := m.Run()
	for _, t := range templates {
		_ = os.RemoveAll(t.folder) // the folder is of no use to anybody any more
	}
	os.Exit(code)
}

// at gives a stage of its own whose case stands at a place.
func at(t testing.TB, place string) *stage {
	t.Helper()
	building.Lock()
	defer building.Unlock()
	if templates[place].folder == "" {
		build(t)
	}
	from := templates[place]
	folder := t.TempDir()
	if err := copied(folder, from.folder); err != nil {
		t.Fatal(err)
	}
	s := reopen(t, folder, from.at)
	s.c = &world.Case{World: s.World, ID: from.caseID, Matter: world.Major()}
	return s
}

// reopen opens a copy of the house without reading its packs again: the rooms stand on the new store, and what they tell one
// another goes through the hooks of the house that was built, which look at nothing but the transaction.
func reopen(t testing.TB, folder string, now time.Time) *stage {
	t.Helper()
	clock := testkit.NewClock(t, world.Begins)
	clock.Set(now)
	d, err := db.Open(context.Background(), "sqlite:"+filepath.Join(folder, "house.db"), db.Options{Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	d.Surround((&bound.Binder{}).Around())
	s := &stage{folder: folder}
	if s.World, err = world.Join(t, d, clock); err != nil {
		t.Fatal(err)
	}
	s.Cases = casefile.New(d, s.Books)
	s.Cases.Decided, s.Cases.Served, s.Cases.Annulled = built.Cases.Decided, built.Cases.Served, built.Cases.Annulled
	s.house = &house.House{DB: d, Cases: s.Cases, Review: review.New(d, s.Cases), Key: built.Key, Folder: folder}
	if s.house.Disclosure, err = disclosure.New(d, disclosure.Books{Law: s.Books.Law, Calendar: s.Books.Calendar}); err != nil {
		t.Fatal(err)
	}
	return s
}

func open(t testing.TB, address, folder string, now time.Time) *stage {
	t.Helper()
	clock := testkit.NewClock(t, world.Begins)
	clock.Set(now)
	h, err := house.Open(context.Background(), house.Options{Passwords: testkit.Passwords(), Store: address, Folder: folder,
		Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS, Clock: clock.Now, Demo: true, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{house: h, folder: folder}
	if s.World, err = world.Join(t, h.DB, clock); err != nil {
		s.World = world.New(t, h.DB, clock)
	}
	s.Cases = h.Cases
	return s
}

// begins is the instant at which every stage begins.
func begins(t testing.TB) time.Time {
	t.Helper()
	start, err := time.Parse(time.RFC3339, world.Begins)
	if err != nil {
		t.Fatal(err)
	}
	return start
}

// copied copies a folder for its owner alone: a key that others may read is refused.
func copied(to, from string) error {
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		return err
	}
	return filepath.WalkDir(to, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return os.Chmod(path, 0o600)
	})
}

// build lives through the case once and keeps a copy of the house at each place.
func build(t testing.TB) {
	t.Helper()
	folder := t.TempDir()
	address := "sqlite:" + filepath.Join(folder, "house.db")
	s := open(t, address, folder, begins(t))
	for _, place := range along {
		s.advance(place)
		now := s.Clock.Now()
		if err := s.house.Close(); err != nil {
			t.Fatal(err)
		}
		kept, err := os.MkdirTemp("", "mingjing-gate-")
		if err != nil {
			t.Fatal(err)
		}
		if err := copied(kept, s.folder); err != nil {
			t.Fatal(err)
		}
		templates[place] = template{kept, s.c.ID, now}
		id := s.c.ID
		s = open(t, address, folder, now)
		s.c = &world.Case{World: s.World, ID: id, Matter: world.Major()}
	}
	built = s.house
	if err := built.Close(); err != nil {
		t.Fatal(err)
	}
}

// advance takes the acts that lead from one place to the next.
func (s *stage) advance(place string) {
	s.T.Helper()
	ctx := context.Background()
	switch place {
	case noticed:
		s.c = s.Lead(world.Major()).Open().Investigate().Report().Notice().PastWindows()
	case drafted:
		s.c.Draft(nil, "")
	case passed:
		s.pass(s.submit())
		s.c.Take("hold_panel", nil)
	case approved:
		s.Days(1)
		s.c.Approve()
	case decided:
		s.Days(1)
		s.c.Decide()
	case checked:
		s.c.Serve()
		id := s.publication()
		draft, err := s.house.Disclosure.Draft(ctx, s.Publisher, id)
		s.Must(err)
		s.Must(s.house.Disclosure.Prepare(ctx, s.Publisher, id, disclosure.Prepared{Decisions: disclosure.AcceptAll(draft.Open, "")}))
		s.Must(s.house.Disclosure.Check(ctx, s.Checker, id, s.content()))
	case published:
		s.Days(1)
		s.Must(s.publish())
	case withdrawn:
		s.Days(1)
		s.c.Take("annul_decision", map[string]form.Values{"决定变动登记": {"ground": "撤销", "document": "四政复决字〔2026〕9号", "received_on": s.Today().String()}})
		s.Must(s.house.Disclosure.Withdraw(ctx, s.Publisher, s.publication(), disclosure.Withdrawal{Ground: disclosure.GroundRevoked,
			Document: "四政复决字〔2026〕9号", Reason: "行政复议决定撤销。"}))
	}
}

func (s *stage) publish() error {
	return s.house.Disclosure.Publish(context.Background(), s.Publisher, s.publication(), s.content())
}

// one reads one text.
func (s *stage) one(query string, args ...any) (text string) {
	s.T.Helper()
	s.Read(func(tx *db.Tx) error { return tx.Row(query, args...).Scan(&text) })
	return text
}

func (s *stage) publication() string {
	return s.one(`SELECT id FROM publication WHERE case_id = $1`, s.c.ID)
}
func (s *stage) content() string {
	return s.one(`SELECT content_hash FROM publication WHERE case_id = $1`, s.c.ID)
}
func (s *stage) review() string {
	return s.one(`SELECT max(id) FROM review WHERE case_id = $1`, s.c.ID)
}

// submit sends the drafted decision to review.
func (s *stage) submit() string {
	s.T.Helper()
	id, err := trySubmit(s.house.Review, s.c, s.Handler)
	s.Must(err)
	return id
}

func trySubmit(room *review.Room, c *world.Case, actor access.Actor) (string, error) {
	act := c.Act(actor, "submit_review", map[string]form.Values{"法制审核送审表": {"triggers": []any{"法律、法规规定应当进行法制审核的其他情形"},
		"materials": []any{"案件调查终结报告", "拟作出决定的文书草稿", "证据材料", "集体讨论意见"}}})
	return room.Submit(context.Background(), actor, act)
}

// opinion answers the nine points well, with a verdict.
func opinion(verdict string) map[string]form.Values {
	return map[string]form.Values{"法制审核意见书": {"subject": "是", "personnel": "是", "procedure": "是", "facts_clear": "是", "law_right": "是", "discretion_fit": "是",
		"within_power": "未超越", "documents": "是", "crime": "不涉嫌犯罪", "verdict": verdict, "independent": true, "qualification": "已取得国家统一法律职业资格"}}
}

// tryReview takes a step of a review with its papers whole; writer is who may look at what they say.
func tryReview(room *review.Room, w *world.World, writer, actor access.Actor, id string, step flow.Code, own map[string]form.Values) error {
	machine := flow.Review()
	found, _ := machine.Find(step)
	papers := map[string]form.Values{}
	for _, kind := range book.StepForms(found) {
		values := form.Values{}
		w.Read(func(tx *db.Tx) error {
			if d, err := room.Draft(tx, writer, id, step, kind); err == nil { // who may not write the paper hands it in all the same
				maps.Copy(values, document.Draft(d).Values)
			}
			return nil
		})
		maps.Copy(values, own[kind])
		papers[kind] = w.Complete(kind, values)
	}
	return room.Take(context.Background(), actor, review.Act{Review: id, Step: step, Papers: papers})
}

func (s *stage) verdict(id string, step flow.Code, words string) {
	s.T.Helper()
	s.Must(tryReview(s.house.Review, s.World, s.Reviewer, s.Reviewer, id, "accept_review", nil))
	s.Must(tryReview(s.house.Review, s.World, s.Reviewer, s.Reviewer, id, step, opinion(words)))
}

func (s *stage) pass(id string) { s.verdict(id, "pass_review", "同意") }

// untie switches the second level off: it takes the gates off the database and leaves the notes for the binder.
func (s *stage) untie() {
	s.T.Helper()
	var names []string
	s.Read(func(tx *db.Tx) error {
		return tx.Each(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%gate:%'`, nil, func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			names = append(names, name)
			return err
		})
	})
	if len(names) < 40 {
		s.T.Fatalf("only %d gates were found", len(names))
	}
	s.Must(s.Write(func(tx *db.Tx) error {
		for _, name := range names {
			if _, err := tx.Exec(`DROP TRIGGER ` + name); err != nil {
				return err
			}
		}
		return nil
	}))
}

// raw writes past every command; names in braces stand for what the case has.
func (s *stage) raw(statements ...string) {
	s.T.Helper()
	for _, statement := range statements {
		query := s.fill(statement)
		var n int64
		s.Must(s.Write(func(tx *db.Tx) (err error) {
			n, err = tx.Exec(query)
			return err
		}))
		if n == 0 {
			s.T.Fatalf("nothing was changed by %s", query)
		}
	}
}

func (s *stage) fill(statement string) string {
	party := s.c.Party().ID
	pairs := []string{"{case}", "'" + s.c.ID + "'", "{party}", "'" + party + "'", "{agency}", "'" + s.Agency.Code + "'", "{handler}", "'" + s.Handler.Account + "'",
		"{reviewer}", "'" + s.Reviewer.Account + "'", "{approver}", "'" + s.Approver.Account + "'", "{today}", "'" + s.Today().String() + "'",
		"{other}", "'" + hashOf("行政处罚决定书", s.edition(), "{}") + "'", "{edition}", "'" + s.edition() + "'"}
	for name, query := range map[string]string{"{hash}": `SELECT COALESCE(max(body_hash), '') FROM draft WHERE case_id = $1 AND kind = '行政处罚决定书'`,
		"{text}":   `SELECT COALESCE(max(body), '') FROM draft WHERE case_id = $1 AND kind = '行政处罚决定书'`,
		"{review}": `SELECT COALESCE(max(id), '') FROM review WHERE case_id = $1`} {
		if strings.Contains(statement, name) {
			pairs = append(pairs, name, "'"+s.one(query, s.c.ID)+"'")
		}
	}
	return strings.NewReplacer(pairs...).Replace(statement)
}

// hashOf is the hash of a paper whose values are given as canonical JSON without number, date and seal.
func hashOf(kind, edition, values string) string {
	sum := sha256.Sum256([]byte(`{"kind":"` + kind + `","values":` + values + `,"version":"` + edition + `"}`))
	return hex.EncodeToString(sum[:])
}

// edition is the one of a decision's form.
func (s *stage) edition() string {
	s.T.Helper()
	kind, there := s.Books.Forms.Kind("行政处罚决定书")
	if !there {
		s.T.Fatal("there is no form of a decision")
	}
	return kind.Version
}
