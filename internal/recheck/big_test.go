//go:build unix

package recheck_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/ledger/bound"
	"mingjing/internal/recheck"
	"mingjing/internal/testkit/world"
)

// TestManyDecisionsAreReCheckedWithinAMinute lives one decision through the real commands, copies its rows with other ids,
// numbers and places, binds and hashes them anew, and re-checks the whole. It runs where MINGJING_RECHECK says how many.
func TestManyDecisionsAreReCheckedWithinAMinute(t *testing.T) {
	many, _ := strconv.Atoi(os.Getenv("MINGJING_RECHECK"))
	if many == 0 {
		t.Skip("MINGJING_RECHECK names no number of decisions")
	}
	for _, procedure := range []string{"simple", "ordinary"} {
		t.Run(procedure, func(t *testing.T) {
			if procedure == "ordinary" {
				many /= 10
			}
			address, folder := sqliteAt(t)
			e := live(t, address, folder)
			defer e.house.Close()
			m := newMold(e)
			e.decided(procedure)
			begun := time.Now()
			m.pour(many)
			e.settle()
			t.Logf("%d decisions were made in %s", many, time.Since(begun).Round(time.Second))
			runtime.GC()
			begun = time.Now()
			busy := worked()
			report := e.recheck()
			took := time.Since(begun)
			t.Logf("processor time %s", (worked() - busy).Round(10*time.Millisecond))
			for i, p := range report.Problems {
				if i < 20 {
					t.Errorf("%s %s %s", p.Check, p.Where, p.What)
				}
			}
			t.Logf("%d decisions, %d events, %d rows re-checked in %s", many, report.Events, report.Rows, took.Round(10*time.Millisecond))
			if many >= 100000 && took > time.Minute {
				t.Error("that is more than a minute")
			}
		})
	}
}

// worked is how long the program has kept processors busy: a machine that others share tells little by the clock.
func worked() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// decided lives a decision up to its publication.
func (e *estate) decided(procedure string) {
	e.Days(1)
	m := world.Minor()
	m.Fine = 10000
	var c *world.Case
	if procedure == "simple" {
		c = e.Spot(m).DecideOnSpot()
	} else {
		c = e.Lead(m).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		c.Approve().Decide().Serve()
	}
	e.publish(c.ID)
}

// mold knows which rows were there before.
type mold struct {
	*thief
	before map[string]map[string]bool
	tables []string
}

// moldTables are the tables that a decision writes into, those of the ledger last.
func moldTables() []string {
	var list []string
	for _, t := range bound.Tables() {
		list = append(list, t.Name)
	}
	return append(list, "publication_version", "pub_publication", "pub_body", "pub_commit", "event", "payload")
}

func newMold(e *estate) *mold {
	m := &mold{thief: &thief{estate: e, columns: map[string][]column{}}, before: map[string]map[string]bool{}, tables: moldTables()}
	for _, table := range m.tables {
		m.columns[table] = m.schema(table)
		m.before[table] = map[string]bool{}
		for _, row := range m.all(table) {
			m.before[table][m.key(table, row)] = true
		}
	}
	return m
}

func (m *mold) all(table string) (list [][]any) {
	var names []string
	for _, c := range m.columns[table] {
		names = append(names, c.name)
	}
	m.Read(func(tx *db.Tx) error {
		return tx.Each(`SELECT `+strings.Join(names, ", ")+` FROM `+table, nil, func(rows *sql.Rows) error {
			values, into := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			err := rows.Scan(into...)
			list = append(list, values)
			return err
		})
	})
	return list
}

func (m *mold) key(table string, row []any) string {
	var parts []string
	for i, c := range m.columns[table] {
		if c.key {
			parts = append(parts, fmt.Sprint(row[i]))
		}
	}
	return strings.Join(parts, "\x1f")
}

// at is where a column stands in a row.
func (m *mold) at(table, name string) int {
	return slices.IndexFunc(m.columns[table], func(c column) bool { return c.name == name })
}

// pour writes so many further decisions like the one that was lived.
func (m *mold) pour(many int) {
	m.T.Helper()
	rows := map[string][][]any{}
	for _, table := range m.tables {
		for _, row := range m.all(table) {
			if !m.before[table][m.key(table, row)] {
				rows[table] = append(rows[table], row)
			}
		}
	}
	m.pool = breakIn(m.estate).pool
	_, err := m.pool.Exec(`PRAGMA cache_size = -32768`)
	m.Must(err)
	p := m.pourer(rows)
	copies := p.copies(int64(many))
	for done := 0; done < many; {
		done += m.some(rows, copies, min(pouredAtOnce, many-done))
	}
	tx, err := m.pool.Begin()
	m.Must(err)
	for _, q := range []string{
		fmt.Sprintf(`UPDATE commit_series SET last = last + %d`, many), `INSERT INTO search_queue (seq, ordinal) SELECT 1000000 + ordinal, ordinal FROM pub_publication WHERE ordinal > ` + strconv.FormatInt(p.ordinal, 10),
		`DELETE FROM pub_count`, `INSERT INTO pub_count (agency, class, item, year, state, agency_name, item_name, n) SELECT agency, class, item, year, state, max(agency_name), max(item_name), count(*)
			FROM pub_publication GROUP BY agency, class, item, year, state`,
	} {
		_, err := tx.Exec(q)
		m.Must(err)
	}
	for prefix, k := range p.perPrefix {
		_, err := tx.Exec(`UPDATE number_series SET last = last + ? WHERE prefix = ?`, k*int64(many), prefix)
		m.Must(err)
	}
	for agency, k := range p.perLog {
		_, err := tx.Exec(`UPDATE ledger_head SET size = size + ? WHERE agency = ?`, k*int64(many), agency)
		m.Must(err)
	}
	m.Must(tx.Commit())
}

// pouredAtOnce is how many copies share a transaction: the log of one for all of them would be as large as the store.
const pouredAtOnce = 2000

// some writes so many copies in one transaction.
func (m *mold) some(rows map[string][][]any, copies <-chan map[string][][]any, many int) int {
	tx, err := m.pool.Begin()
	m.Must(err)
	writers := map[string]*sql.Stmt{}
	for _, table := range m.tables {
		if len(rows[table]) == 0 {
			continue
		}
		places := strings.TrimSuffix(strings.Repeat("?, ", len(m.columns[table])), ", ")
		writers[table], err = tx.Prepare(`INSERT INTO ` + table + ` (` + m.names(table) + `) VALUES (` + places + `)`)
		m.Must(err)
	}
	for range many {
		for table, list := range <-copies {
			for _, row := range list {
				_, err := writers[table].Exec(row...)
				m.Must(err)
			}
		}
	}
	m.Must(tx.Commit())
	_, err = m.pool.Exec(`PRAGMA wal_checkpoint(PASSIVE)`)
	m.Must(err)
	return many
}

// copies makes the copies on as many processors as there are, while others are written.
func (p *pourer) copies(many int64) <-chan map[string][][]any {
	out, next := make(chan map[string][][]any, 64), new(atomic.Int64)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for i := next.Add(1); i <= many; i = next.Add(1) {
				out <- p.copy(i)
			}
		}()
	}
	return out
}

func (m *mold) names(table string) string {
	var names []string
	for _, c := range m.columns[table] {
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}

// pourer knows what of the one decision is another in each copy.
type pourer struct {
	*mold
	rows              map[string][][]any
	ids               []string
	numbers           []number
	perPrefix, perLog map[string]int64
	commit, ordinal   int64
	year              string
}

type number struct {
	prefix, text string
	serial       int64
}

func (m *mold) pourer(rows map[string][][]any) *pourer {
	p := &pourer{mold: m, rows: rows, perPrefix: map[string]int64{}, perLog: map[string]int64{}}
	texts := map[string]string{}
	for table, list := range rows {
		if i := m.at(table, "id"); i >= 0 && table != "pub_publication" {
			for _, row := range list {
				p.ids = append(p.ids, row[i].(string))
			}
		}
	}
	sort.Strings(p.ids)
	for _, row := range rows["document"] {
		texts[row[m.at("document", "id")].(string)] = row[m.at("document", "number")].(string)
	}
	for _, row := range rows["number_used"] {
		n := number{row[m.at("number_used", "prefix")].(string), texts[row[m.at("number_used", "document")].(string)], row[m.at("number_used", "serial")].(int64)}
		p.numbers = append(p.numbers, n)
		p.perPrefix[n.prefix]++
	}
	for _, row := range rows["event"] {
		p.perLog[row[m.at("event", "agency")].(string)]++
	}
	commit := rows["pub_commit"][0]
	p.commit, p.year = commit[m.at("pub_commit", "seq")].(int64), fmt.Sprint(commit[m.at("pub_commit", "year")])
	p.ordinal = rows["pub_publication"][0][m.at("pub_publication", "ordinal")].(int64)
	return p
}

// copy makes the i-th copy.
func (p *pourer) copy(i int64) map[string][][]any {
	var pairs []string
	for rank, id := range p.ids {
		pairs = append(pairs, id, fmt.Sprintf("07%09d%05d0000000000", i, rank))
	}
	for _, n := range p.numbers {
		pairs = append(pairs, n.text, strings.Replace(n.text, "〕"+strconv.FormatInt(n.serial, 10)+"号", "〕"+strconv.FormatInt(n.serial+i*p.perPrefix[n.prefix], 10)+"号", 1))
	}
	was, is := strconv.FormatInt(p.commit, 10), strconv.FormatInt(p.commit+i, 10)
	pairs = append(pairs, `"seq":"`+was+`"`, `"seq":"`+is+`"`, `"`+p.year+"-"+was+`"`, `"`+p.year+"-"+is+`"`, fmt.Sprintf(`"ordinal":"%d"`, p.ordinal), fmt.Sprintf(`"ordinal":"%d"`, p.ordinal+i))
	pairs = p.hashes(pairs)
	version := p.rows["publication_version"][0]
	publication := p.rows["publication"][0]
	replacer := strings.NewReplacer(pairs...)
	field := func(name string) string {
		return replacer.Replace(version[p.at("publication_version", name)].(string))
	}
	own := func(name string) string { return replacer.Replace(publication[p.at("publication", name)].(string)) }
	hash := recheck.ContentHash([]string{field("title"), own("number"), own("agency_name"), field("party_name"), field("result"), field("basis"), own("decided_on")}, field("body"))
	replacer = strings.NewReplacer(append(pairs, version[p.at("publication_version", "content_hash")].(string), hash)...)
	made := map[string][][]any{}
	for table, list := range p.rows {
		if table == "event" || table == "payload" {
			continue
		}
		for _, row := range list {
			made[table] = append(made[table], p.shift(table, row, replacer, i))
		}
	}
	p.events(made, replacer, i)
	return made
}

// hashes are those of the documents, whose texts name the numbers of the case, of the commitment and of the blocks.
func (p *pourer) hashes(pairs []string) []string {
	plain, replacer := pairs, strings.NewReplacer(pairs...)
	for range 2 { // the paper of an approval names the hash of the text that it approves
		pairs = plain
		for _, row := range p.rows["document"] {
			text := func(name string) string { return row[p.at("document", name)].(string) }
			pairs = append(pairs, text("body_hash"), recheck.BodyHash(text("kind"), text("version"), replacer.Replace(text("body"))))
		}
		replacer = strings.NewReplacer(pairs...)
	}
	blocks := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	shown := p.rows["publication_version"][0][p.at("publication_version", "blocks")].(string)
	pairs = append(pairs, blocks(shown), blocks(replacer.Replace(shown)))
	publication := p.rows["publication"][0]
	salt, _ := hex.DecodeString(publication[p.at("publication", "commit_salt")].(string))
	mac := hmac.New(sha256.New, salt)
	mac.Write([]byte(strings.NewReplacer(pairs...).Replace(publication[p.at("publication", "decision_hash")].(string))))
	return append(pairs, p.rows["pub_commit"][0][p.at("pub_commit", "commitment")].(string), hex.EncodeToString(mac.Sum(nil)))
}

// shift writes a row with the ids, numbers and places of a copy.
func (p *pourer) shift(table string, row []any, replacer *strings.Replacer, i int64) []any {
	out := slices.Clone(row)
	for at, c := range p.columns[table] {
		switch v := row[at].(type) {
		case string:
			out[at] = replacer.Replace(v)
		case int64:
			switch table + "." + c.name {
			case "publication.ordinal", "pub_publication.ordinal", "pub_body.ordinal", "publication.commit_seq", "pub_commit.seq":
				out[at] = v + i
			case "pub_publication.seq":
				out[at] = v + i*p.perLog[p.Agency.Code+"/public"]
			case "number_used.serial":
				out[at] = v + i*p.perPrefix[row[p.at(table, "prefix")].(string)]
			}
		}
	}
	return out
}

// events writes the events of a copy, the words about its rows among them.
func (p *pourer) events(made map[string][][]any, replacer *strings.Replacer, i int64) {
	digests := map[string][2]string{}
	for _, t := range bound.Tables() {
		for _, row := range made[t.Name] {
			digests[t.Name+"\x1e"+p.keyed(t, row)] = p.digest(t, row)
		}
	}
	commits := map[string]string{}
	for _, row := range p.rows["payload"] {
		out := p.shift("payload", row, replacer, i)
		body, salt := out[p.at("payload", "body")].(string), out[p.at("payload", "salt")].(string)
		var said struct {
			Rows [][4]string `json:"rows"`
		}
		if strings.HasPrefix(body, `{"rows":`) && json.Unmarshal([]byte(body), &said) == nil {
			for n, one := range said.Rows {
				said.Rows[n] = p.word(one, digests, i)
			}
			text, _ := json.Marshal(said)
			body = string(text)
			out[p.at("payload", "body")] = body
		}
		key, _ := hex.DecodeString(salt)
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(body))
		commits[out[p.at("payload", "event")].(string)] = hex.EncodeToString(mac.Sum(nil))
		made["payload"] = append(made["payload"], out)
	}
	for _, row := range p.rows["event"] {
		out := p.shift("event", row, replacer, i)
		seq := row[p.at("event", "seq")].(int64)
		next := seq + i*p.perLog[row[p.at("event", "agency")].(string)]
		leaf := out[p.at("event", "leaf")].(string)
		leaf = strings.Replace(leaf, fmt.Sprintf(`"seq":%d,"subject"`, seq), fmt.Sprintf(`"seq":%d,"subject"`, next), 1)
		at := strings.Index(leaf, `"commit":"`) + len(`"commit":"`)
		leaf = leaf[:at] + commits[out[p.at("event", "id")].(string)] + leaf[at+64:]
		hash := recheck.LeafHash(leaf)
		out[p.at("event", "seq")], out[p.at("event", "leaf")], out[p.at("event", "leaf_hash")] = next, leaf, hash[:]
		if out[p.at("event", "kind")] == "COMMIT" {
			out[p.at("event", "subject")] = p.year + "-" + strconv.FormatInt(p.commit+i, 10)
		}
		made["event"] = append(made["event"], out)
	}
}

// word gives a word about a row its digests.
func (p *pourer) word(one [4]string, digests map[string][2]string, i int64) [4]string {
	if one[0] == "number_used" || one[0] == "number_series" {
		parts := strings.Split(one[1], "\x1f")
		if one[0] == "number_used" {
			serial, _ := strconv.ParseInt(parts[3], 10, 64)
			parts[3] = strconv.FormatInt(serial+i*p.perPrefix[parts[1]], 10)
			one[1] = strings.Join(parts, "\x1f")
		} else {
			p.series(&one, parts, i)
			return one
		}
	}
	if d, known := digests[one[0]+"\x1e"+one[1]]; known {
		one[2], one[3] = d[0], d[1]
	}
	return one
}

// series words the number series as it stands after the copy.
func (p *pourer) series(one *[4]string, parts []string, i int64) {
	for _, t := range bound.Tables() {
		if t.Name != "number_series" {
			continue
		}
		last := int64(0)
		for _, n := range p.numbers {
			if n.prefix == parts[1] {
				last = max(last, n.serial)
			}
		}
		row := make([]any, len(p.columns["number_series"]))
		for at, c := range p.columns["number_series"] {
			row[at] = map[string]any{"agency": parts[0], "prefix": parts[1], "year": parts[2], "last": strconv.FormatInt(last+i*p.perPrefix[parts[1]], 10)}[c.name]
		}
		d := p.digest(t, row)
		one[2], one[3] = d[0], d[1]
	}
}

func (p *pourer) keyed(t bound.Table, row []any) string {
	parts := make([]string, len(t.Key))
	for n, name := range t.Key {
		parts[n] = fmt.Sprint(row[p.at(t.Name, name)])
	}
	return strings.Join(parts, "\x1f")
}

// digest is what the ledger says of a row.
func (p *pourer) digest(t bound.Table, row []any) [2]string {
	cells := map[string]string{}
	for at, c := range p.columns[t.Name] {
		text := fmt.Sprint(row[at])
		switch v := row[at].(type) {
		case int64:
			if v == 0 {
				text = ""
			}
		case bool:
			text = map[bool]string{true: "1"}[v]
		}
		cells[c.name] = text
	}
	fixed, free := recheck.RowDigest(t.Name, cells, t.Free)
	return [2]string{fixed, free}
}
