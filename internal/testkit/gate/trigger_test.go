package gate_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/hash"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

// client is somebody who writes past the program.
type client struct {
	name string
	pool *sql.DB
}

// clients are who may come to the store beside the program. On SQLite that is whoever holds the file, and his connection asks
// for neither recursive triggers nor foreign keys; that he has the digests of the program makes his tries reach the gates. On PostgreSQL it is the owner of the tables in the role of a replica, for
// whom ordinary triggers do not fire, and the role of an application that owns nothing.
func clients(t *testing.T, s *stage, address string) []client {
	t.Helper()
	openPool := func(name string, pool *sql.DB, err error) client {
		if err != nil {
			t.Fatal(err)
		}
		pool.SetMaxOpenConns(1)
		t.Cleanup(func() { pool.Close() })
		return client{name, pool}
	}
	if path, file := strings.CutPrefix(address, "sqlite:"); file {
		pool, err := driver.Open("file:"+path+"?_pragma=busy_timeout(10000)&_pragma=foreign_keys(off)&_pragma=recursive_triggers(off)", hash.Register)
		return []client{openPool("a client with the file", pool, err)}
	}
	var random [6]byte
	_, _ = rand.Read(random[:])
	role := "mingjing_app_" + hex.EncodeToString(random[:])
	replica, err := sql.Open("pgx", address+"&session_replication_role=replica")
	owner := openPool("the owner as a replica", replica, err)
	for _, statement := range []string{`CREATE ROLE ` + role + ` LOGIN`, `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ` + role,
		`GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ` + role} {
		if _, err := owner.pool.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { // cleanups run last first: the owner is still there
		for _, statement := range []string{`DROP OWNED BY ` + role, `DROP ROLE ` + role} {
			if _, err := owner.pool.Exec(statement); err != nil {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.User(role)
	app, err := sql.Open("pgx", u.String())
	return []client{owner, openPool("the role of an application", app, err)}
}

// attempt runs statements on a client and undoes them. It tells which gate stopped the last one; "" where none did.
func (c client) attempt(t *testing.T, s *stage, statements []string) string {
	t.Helper()
	tx, err := c.pool.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }() // what was tried is never kept
	for i, statement := range statements {
		_, err := tx.Exec(s.fill(statement))
		if err == nil {
			continue
		}
		gate, refused := db.Gate(err)
		if !refused || i < len(statements)-1 {
			t.Errorf("%s: %s: %v", c.name, statement, err)
		}
		return gate
	}
	return ""
}

const paper = `INSERT INTO document (id, agency, case_id, party_id, step, kind, version, title, number, made_on, made_at, made_by, body, body_hash, corrects) VALUES (`

// round forges a round of review on a text that ends with a verdict; hands are whose verdict it is.
func round(id, hash, hands, state, words string) []string {
	return []string{`INSERT INTO review (id, agency, case_id, round, state, verdict, submitted_by, submitted_on, complete_on, reviewer, concluded_on, body, counsel, opinion, draft_kind, due_on)
			VALUES ('` + id + `', {agency}, {case}, 9, 'submitted', '', {handler}, {today}, '', '', '', '{}', '', '', '', '')`,
		`INSERT INTO review_text (review_id, case_id, party_id, body_hash) VALUES ('` + id + `', {case}, {party}, ` + hash + `)`,
		`UPDATE review SET state = 'under_review' WHERE id = '` + id + `'`,
		paper + `'opinion-` + id + `', {agency}, {case}, '', 'pass_review', '法制审核意见书', '1', '', '', {today}, '', ` + hands + `, '{}', '` + hashOf("法制审核意见书", "1", "{}") + `', '')`,
		`UPDATE review SET state = '` + state + `', verdict = '` + words + `', reviewer = ` + hands + `, concluded_on = {today}, opinion = 'opinion-` + id + `' WHERE id = '` + id + `'`}
}

// papers forges the paper of a decision, its text under a hash.
func papers(text, hash string) string {
	return paper + `'zz-paper', {agency}, {case}, '', 'decide', '行政处罚决定书', {edition}, '', '', {today}, '', '', ` + text + `, ` + hash + `, '')`
}

// granted forges an approval.
func granted(approver, hash string) []string { return grants(approver, hash)[:1] }

// made forges a decision of the text of the draft, or of another text, with its paper.
func made(hash, major, approver, on string) []string {
	text := "{text}"
	if hash == "{other}" {
		text = "'{}'"
	}
	return []string{papers(text, hash),
		`INSERT INTO decision (id, agency, case_id, party_id, document_id, kind, procedure, number, body_hash, review_id, handler, approver, major, decided_on, served_on, effective_on, annulled_on,
			penalties, service_mode, state, rank, fine, confiscated) VALUES ('zz', {agency}, {case}, {party}, 'zz-paper', '行政处罚决定书', 'ordinary', '', ` + hash + `, '', {handler}, ` + approver + `, ` + major +
			`, ` + on + `, '', '', '', '[]', '', 'made', 2, 0, 0)`}
}

// try is a way round the gates: where the case stands, on which engine, and what is written; the last statement must be stopped.
type try struct {
	order, place, engine string
	statements           []string
}

func tries() []try {
	all := func(parts ...[]string) []string { return slices.Concat(parts...) }
	yes := func(hands string) []string { return round("zy", "{hash}", hands, "passed", "同意") }
	plain := all(granted("{approver}", "{hash}"), made("{hash}", "TRUE", "{approver}", "{today}"))
	list := []try{
		{forbidden[0].name, drafted, "", plain},
		{forbidden[0].name, drafted, "", all(granted("{approver}", "{hash}"), made("{hash}", "FALSE", "{approver}", "{today}"))},
		{forbidden[0].name, drafted, "", []string{`INSERT INTO review (id, agency, case_id, round, state, verdict, submitted_by, submitted_on, complete_on, reviewer, concluded_on, body, counsel, opinion, draft_kind, due_on)
			VALUES ('zz', {agency}, {case}, 1, 'passed', '同意', {handler}, {today}, '', {reviewer}, {today}, '', '', '', '', '')`}},
		{forbidden[0].name, drafted, "postgres", all([]string{`CREATE TEMP TABLE review AS SELECT * FROM public.review`, `CREATE TEMP TABLE review_text AS SELECT * FROM public.review_text`,
			`INSERT INTO pg_temp.review SELECT 'zy', {agency}, {case}, 1, 'passed', '同意', {handler}, {today}, '', {reviewer}, {today}, '{}', '', '', '', ''`,
			`INSERT INTO pg_temp.review_text VALUES ('zy', {case}, {party}, {hash})`}, plain)},
		{forbidden[1].name, drafted, "", all(round("zy", "{hash}", "{reviewer}", "returned", "退回补正"), plain)},
		{forbidden[1].name, drafted, "", all(round("zy", "{hash}", "{reviewer}", "returned", "退回补正"), []string{`UPDATE review SET state = 'passed' WHERE id = 'zy'`})},
		{forbidden[2].name, drafted, "", all(round("zy", "{hash}", "{reviewer}", "refused", "不同意"), plain)},
		{forbidden[2].name, drafted, "", all(round("zy", "{hash}", "{reviewer}", "refused", "不同意"), []string{`UPDATE review SET verdict = '同意' WHERE id = 'zy'`})},
		{forbidden[2].name, drafted, "", all(round("zy", "{hash}", "{reviewer}", "refused", "不同意"), []string{`DELETE FROM review_text WHERE review_id = 'zy'`})},
		{forbidden[2].name, drafted, "sqlite", all(round("zy", "{hash}", "{reviewer}", "refused", "不同意"), round("zz", "{other}", "{reviewer}", "passed", "同意")[:1],
			[]string{`UPDATE OR REPLACE review SET id = 'zy' WHERE id = 'zz'`})},
		{forbidden[3].name, drafted, "", all(yes("{reviewer}"), granted("{approver}", "{other}"), made("{other}", "TRUE", "{approver}", "{today}"))},
		{forbidden[3].name, drafted, "", all(yes("{reviewer}"), []string{`UPDATE review_text SET body_hash = {other} WHERE review_id = 'zy'`})},
		{forbidden[3].name, drafted, "", all(yes("{reviewer}"), []string{`INSERT INTO review_text (review_id, case_id, party_id, body_hash) VALUES ('zy', {case}, 'x', {other})`})},
		{forbidden[3].name, drafted, "", all(yes("{reviewer}"), []string{`INSERT INTO review_text (review_id, case_id, party_id, body_hash) VALUES ('zy', {case}, {party}, {other})
			ON CONFLICT (review_id, party_id) DO UPDATE SET body_hash = {other}`})},
		{forbidden[4].name, drafted, "", all(yes("{reviewer}"), round("zz", "{hash}", "{reviewer}", "passed", "同意")[:2], plain)},
		{forbidden[4].name, drafted, "", all(yes("{reviewer}"), round("zz", "{hash}", "{reviewer}", "passed", "同意")[:2], []string{`DELETE FROM review WHERE id = 'zz'`})},
		{forbidden[5].name, drafted, "", yes("{handler}")},
		{forbidden[5].name, passed, "", []string{`UPDATE review SET reviewer = {handler} WHERE case_id = {case}`}},
		{forbidden[5].name, passed, "", []string{`INSERT INTO case_officer (case_id, certificate, name, account, from_on, until_on) VALUES ({case}, 'x', 'x', {reviewer}, {today}, '')`}},
		{forbidden[6].name, drafted, "", all(yes("{reviewer}"), granted("{reviewer}", "{hash}"))},
		{forbidden[6].name, drafted, "", all(granted("{reviewer}", "{hash}"), yes("{reviewer}"))},
		{forbidden[7].name, drafted, "", granted("{handler}", "{hash}")},
		{forbidden[7].name, drafted, "", all(yes("{reviewer}"), granted("{approver}", "{hash}"), made("{hash}", "TRUE", "{handler}", "{today}"))},
		{forbidden[7].name, drafted, "", []string{`DELETE FROM case_officer WHERE case_id = {case}`}},
		{forbidden[7].name, drafted, "", []string{`UPDATE case_officer SET account = '' WHERE case_id = {case}`}},
		{forbidden[8].name, drafted, "", all(yes("{reviewer}"), granted("{approver}", "{hash}"), made("{hash}", "TRUE", "{approver}", "'2026-01-05'"))},
		{forbidden[8].name, passed, "", []string{`UPDATE review SET concluded_on = '2026-01-05' WHERE case_id = {case}`}},
		{forbidden[9].name, drafted, "", yes("(SELECT account FROM reviewer WHERE qualification = '')")},
		{forbidden[9].name, drafted, "", yes("'nobody'")},
		{forbidden[10].name, drafted, "", all(round("zy", "{other}", "{reviewer}", "passed", "同意"), granted("{approver}", "{hash}"), made("{other}", "TRUE", "{approver}", "{today}"))},
		{forbidden[10].name, drafted, "", []string{papers("'{}'", "{hash}")}},
		{forbidden[10].name, drafted, "", []string{papers("{text}", "{other}")}},
		{forbidden[10].name, drafted, "", []string{papers("{text}", "''")}},
		{forbidden[10].name, approved, "", made("{other}", "TRUE", "{approver}", "{today}")},
		{forbidden[10].name, approved, "", []string{`UPDATE approval SET body_hash = {other} WHERE case_id = {case}`}},
		{forbidden[10].name, decided, "", []string{`UPDATE decision SET body_hash = {other} WHERE case_id = {case}`}},
		{forbidden[10].name, decided, "", []string{`UPDATE document SET body = '{}' WHERE case_id = {case} AND kind = '行政处罚决定书'`}},
	}
	return append(list, publicTries()...)
}

// version forges the next public version of the case's text, with one part of it another.
func version(part, as string) string {
	columns := []string{"publication", "number", "title", "party_name", "result", "basis", "body", "blocks", "content_hash", "redaction_hash", "manifest", "maker", "checker", "reason", "published_on", "at"}
	values := slices.Clone(columns)
	values[1] = "number + 1"
	values[slices.Index(columns, part)] = as
	return `INSERT INTO publication_version (` + strings.Join(columns, ", ") + `) SELECT ` + strings.Join(values, ", ") +
		` FROM publication_version v WHERE publication IN (SELECT id FROM publication WHERE case_id = {case})`
}

func publicTries() []try {
	out := `UPDATE publication SET state = 'published', published_on = {today}, published_at = 'x', ordinal = 99, maker = 'm', checker = 'c', content_hash = 'h', checked_hash = 'h' WHERE case_id = {case}`
	list := []try{
		{forbidden[11].name, decided, "", []string{out}},
		{forbidden[11].name, decided, "", []string{`INSERT INTO pub_publication (ordinal, id, published_on, state) SELECT 99, id, {today}, 'published' FROM publication WHERE case_id = {case}`}},
		{forbidden[12].name, checked, "", []string{`UPDATE publication SET checker = maker WHERE case_id = {case}`}},
		{forbidden[12].name, decided, "", []string{`UPDATE publication SET state = 'checked', maker = 'm', checker = 'm' WHERE case_id = {case}`}},
		{forbidden[13].name, published, "", []string{`UPDATE publication SET published_on = '2026-01-05' WHERE case_id = {case}`}},
		{forbidden[13].name, published, "", []string{`UPDATE pub_publication SET published_on = '2026-01-05'`}},
		{forbidden[13].name, published, "", []string{`INSERT INTO publication SELECT * FROM publication WHERE case_id = {case} ON CONFLICT (id) DO UPDATE SET published_on = '2026-01-05'`}},
		{"a public text under the hash of another", published, "", []string{version("body", "body || '。'")}},
		{"a public text under the hash of another", published, "", []string{version("title", "'另一标题'")}},
		{"a public text under the hash of another", published, "", []string{version("content_hash", "redaction_hash")}},
		{"a public text under the hash of another", published, "", []string{version("manifest", "'{}'")}},
		{"a public row that is not its version", published, "", []string{version("reason", "'笔误'"), `UPDATE pub_publication SET title = '另一标题', version = version + 1`}},
		{"a public row that is not its version", published, "", []string{`UPDATE pub_publication SET agency_name = '另一机关'`}},
		{"a public row that is not its version", published, "", []string{`UPDATE pub_publication SET version = version + 1`}},
		{forbidden[14].name, published, "", []string{`UPDATE publication SET state = 'withdrawn', withdrawn_on = {today}, reason = '' WHERE case_id = {case}`}},
		{forbidden[14].name, published, "", []string{`UPDATE pub_publication SET state = 'withdrawn'`}},
		{forbidden[14].name, withdrawn, "", []string{`UPDATE publication SET reason = '' WHERE case_id = {case}`}},
		{forbidden[15].name, withdrawn, "", []string{`INSERT INTO pub_body (ordinal, body, blocks) SELECT p.ordinal, v.body, v.blocks FROM publication p JOIN publication_version v ON v.publication = p.id WHERE p.case_id = {case}`}},
		{forbidden[15].name, withdrawn, "", []string{`UPDATE publication SET state = 'published' WHERE case_id = {case}`}},
	}
	if all := published; all != "" { // whatever is finished stays as it is, by every way of writing
		for _, table := range []string{"decision", "document", "review", "review_text", "approval", "delivery", "publication", "publication_version", "pub_publication", "pub_commit", "party", "number_used",
			"case_file", "event", "payload"} {
			list = append(list, try{table + " replaced", published, "sqlite", []string{`INSERT OR REPLACE INTO ` + table + ` SELECT * FROM ` + table}},
				try{table + " deleted", published, "", []string{`DELETE FROM ` + table}}, try{table + " emptied", published, "postgres", []string{`TRUNCATE ` + table + ` CASCADE`}})
		}
		list = append(list, try{"case_officer deleted", published, "", []string{`DELETE FROM case_officer`}}, try{"case_officer emptied", published, "postgres", []string{`TRUNCATE case_officer`}},
			try{"the case made minor", published, "", []string{`UPDATE party SET major = FALSE`}},
			try{"the case made minor by a new row", published, "sqlite", []string{`INSERT OR REPLACE INTO party SELECT id, agency, case_id, ordinal, kind, name, code, citizen_id, birth, details, name_key, track,
				item, catalogue, FALSE, notice_on, window_until, waived, hearing_open, notified_rank, notified_amount FROM party`}},
			try{"the decision made minor", published, "", []string{`INSERT INTO decision SELECT * FROM decision WHERE TRUE ON CONFLICT (id) DO UPDATE SET major = FALSE`}})
	}
	return list
}

func TestTheTriggersAloneStopEveryForbiddenOrderOfWhoeverWrites(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		s := open(t, address, t.TempDir(), begins(t))
		defer s.house.Close()
		engine, stopped := string(s.D.Engine()), map[string]int{}
		var others []client
		for _, place := range along {
			s.advance(place)
			if others == nil {
				others = clients(t, s, address)
			}
			for _, c := range others {
				if place == drafted { // the same rows without a fault go in, so that it is the fault that is stopped
					honest := slices.Concat(round("zy", "{hash}", "{reviewer}", "passed", "同意"), granted("{approver}", "{hash}"), made("{hash}", "TRUE", "{approver}", "{today}"))
					if gate := c.attempt(t, s, honest); gate != "" {
						t.Fatalf("%s: the rows without a fault are stopped by %s", c.name, gate)
					}
				}
				for _, a := range tries() {
					if a.place != place || a.engine != "" && a.engine != engine {
						continue
					}
					if strings.HasPrefix(a.statements[0], "TRUNCATE") && c.name != others[0].name {
						continue // who is no owner may not empty a table at all
					}
					if gate := c.attempt(t, s, a.statements); gate == "" {
						t.Errorf("%s: %s: %s went in", c.name, a.order, a.statements[len(a.statements)-1])
					}
					stopped[a.order]++
				}
			}
		}
		for _, o := range forbidden {
			if stopped[o.name] == 0 && o.blind[triggers] == "" {
				t.Errorf("no try of %s", o.name)
			}
		}
		if len(others) > 1 {
			others[1].ownsNothing(t)
			looksAtHome(t, s)
		}
	})
}

// looksAtHome: no trigger function finds a temporary table of its writer before the real one (db.Migrate).
func looksAtHome(t *testing.T, s *stage) {
	t.Helper()
	abroad := s.one(`SELECT COALESCE(string_agg(proname, ' '), '') FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
		AND NOT COALESCE(proconfig::text LIKE '%search_path=pg_catalog%pg_temp%', FALSE)`)
	if abroad != "" {
		t.Errorf("these look where their writer says: %s", abroad)
	}
}

// ownsNothing: the role of an application can switch no gate off.
func (c client) ownsNothing(t *testing.T) {
	t.Helper()
	for _, statement := range []string{`ALTER TABLE decision DISABLE TRIGGER ALL`, `DROP TRIGGER decision_gate ON decision`, `TRUNCATE decision CASCADE`, `SET session_replication_role = replica`,
		`CREATE OR REPLACE FUNCTION decision_gate() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`, `ALTER TABLE decision RENAME TO other`, `DROP TABLE decision CASCADE`} {
		if _, err := c.pool.Exec(statement); err == nil {
			t.Errorf("%s: %s was allowed", c.name, statement)
		}
	}
}

// TestAClientWithoutTheDigestsCannotWriteATextAtAll: the shell of SQLite has no such function, and the statement fails whole.
func TestAClientWithoutTheDigestsCannotWriteATextAtAll(t *testing.T) {
	s := at(t, drafted)
	pool, err := driver.Open("file:" + filepath.Join(s.folder, "house.db"))
	s.Must(err)
	defer pool.Close()
	before := s.one(`SELECT CAST(count(*) AS TEXT) FROM document`)
	if _, err := pool.Exec(s.fill(papers("{text}", "{hash}"))); err == nil || !strings.Contains(err.Error(), "no such function: sha256") {
		t.Errorf("a text with its own hash, by a client that cannot hash: %v", err)
	}
	if after := s.one(`SELECT CAST(count(*) AS TEXT) FROM document`); after != before {
		t.Errorf("there are %s documents where there were %s", after, before)
	}
}
