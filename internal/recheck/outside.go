package recheck

import (
	"fmt"
	"slices"

	"mingjing/internal/db"
)

// outside holds everything that the public reads against what it was made of.
func (r *run) outside() error {
	for _, step := range []func() error{r.pages, r.bodies, r.search, r.counted} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// pages holds every public row against its publication.
func (r *run) pages() error {
	n := int64(0)
	err := r.stream("公开页面", `SELECT q.ordinal, q.id, q.title, q.number, q.agency, q.agency_name, q.class, q.item, q.item_name, q.year, q.party_name, q.party_kind, q.result,
			q.basis, q.decided_on, q.published_on, q.state, q.source, q.announced, q.effective_on, q.period_until, q.version, q.corrected_on, q.correct_reason, q.withdrawn_on,
			q.ground, q.ground_document, q.reason, q.replaced_by, q.content_hash, q.no_index, q.updated_at, q.due_on, q.log, q.seq,
			p.ordinal, p.id, p.title, p.number, CASE WHEN p.office <> '' THEN p.office ELSE p.agency END, p.agency_name, p.class, p.item, p.item_name, p.party_name, p.party_kind,
			p.result, p.basis, p.decided_on, p.published_on, p.state, p.source, p.served_on, p.period_until, p.version, p.withdrawn_on, p.ground, p.ground_document, p.reason,
			p.replaced_by, p.content_hash, p.due_on, p.agency, p.service_mode,
			COALESCE((SELECT v.reason FROM publication_version v WHERE v.publication = p.id AND v.number = p.version), '')
		FROM pub_publication q LEFT JOIN publication p ON p.id = q.id`, nil, 65, func(w row) error {
		n++
		where := "pub_publication " + w.text(0)
		if column := r.unlike(w); column != "" {
			r.must(false, "PB-4", w.text(62), where, "公开页面的“"+column+"”与公示信息不符")
			return nil
		}
		r.did("PB-4", 1)
		return nil
	})
	if err != nil {
		return err
	}
	var public int64
	err = r.tx.Row(`SELECT count(*) FROM publication WHERE published_on <> ''`).Scan(&public)
	r.must(public == n, "PB-4", "", "pub_publication", fmt.Sprintf("公示过的有 %d 条，公开页面有 %d 条", public, n))
	return err
}

// unlike names the first column of a public row that is not what it was made of.
func (r *run) unlike(w row) string {
	p := func(i int) string { return w.text(35 + i) }
	state, shown := p(15), p(15) == "published" || p(15) == "corrected"
	kept := func(text string) string {
		if shown {
			return text
		}
		return ""
	}
	only := func(is bool, text string) string {
		if is {
			return text
		}
		return ""
	}
	yes := func(is bool) string { return map[bool]string{true: "1"}[is] }
	title := p(2)
	if !shown {
		title = headstone(p(6), state)
	}
	year := p(13)
	if year == "" {
		year = p(14)
	}
	gone := state == "withdrawn"
	made := r.madePublic(w.text(1), w.text(62), w.number(35))
	want := []string{p(0), p(1), title, p(3), p(4), p(5), p(6), p(7), p(8), year[:min(4, len(year))], kept(p(9)), p(10), kept(p(11)), kept(p(12)), p(13), p(14), state, p(16),
		yes(shown && made.announced(p(28), p(17))), p(17), p(18), p(19), made.correctedOn, kept(w.text(64)), only(gone, p(20)), only(gone, p(21)), only(gone, p(22)), only(gone, p(23)),
		only(gone, p(24)), p(25), yes(!shown || p(10) == "公民"), made.updated, p(26), made.log, made.seq}
	for i, name := range columnsOfPage {
		have := w.text(i)
		if name == "announced" || name == "no_index" {
			have = yes(w.truth(i))
		}
		if have != want[i] {
			return name
		}
	}
	return ""
}

var columnsOfPage = []string{"ordinal", "id", "title", "number", "agency", "agency_name", "class", "item", "item_name", "year", "party_name", "party_kind", "result", "basis",
	"decided_on", "published_on", "state", "source", "announced", "effective_on", "period_until", "version", "corrected_on", "correct_reason", "withdrawn_on", "ground",
	"ground_document", "reason", "replaced_by", "content_hash", "no_index", "updated_at", "due_on", "log", "seq"}

// headstone is the title that is left of what is no longer shown: it names the sort of decision and nobody.
func headstone(class, state string) string {
	sort := "执法"
	if slices.Contains([]string{"处罚", "许可", "强制", "检查", "征收", "确认", "给付", "裁决", "奖励"}, class) {
		sort = "行政" + class
	}
	return sort + "决定（" + map[string]string{"withdrawn": "已撤下", "expired": "公示期满"}[state] + "）"
}

// making is what the events say of a public row.
type making struct {
	updated, correctedOn string
	log, seq             string // where the entry of the public log stands
	day                  string // on which it was last told whether the announcement still runs
}

// announced tells whether the announcement by which a decision is served still ran when the row was last told of it.
func (m making) announced(mode, served string) bool {
	return mode == "公告送达" && (served == "" || served > m.day)
}

func (r *run) madePublic(id, agency string, ordinal int64) making {
	l := r.lives[id]
	m := making{seq: "-1"}
	b := r.batchOf(agency, ordinal)
	if l == nil || l.published < 0 {
		if b != nil {
			m.updated, m.day = b.recorded, b.day
		}
	} else {
		m.updated, m.day = l.recorded, l.version(1).day
	}
	if l == nil {
		return m
	}
	if l.place >= 0 {
		m.log, m.seq = agency+"/public", fmt.Sprint(l.place)
	}
	if l.recorded != "" {
		m.updated = l.recorded
	}
	if l.corrected >= 0 {
		last := version{}
		for _, v := range l.versions {
			if v.number >= last.number {
				last = v
			}
		}
		m.correctedOn = last.day
	}
	if l.effective != "" {
		m.day = l.effective
	}
	return m
}

// bodies holds every public body against the version that is shown.
func (r *run) bodies() error {
	err := r.stream("公开正文", `SELECT b.ordinal, CASE WHEN p.state IN ('published', 'corrected') AND b.body = v.body AND b.blocks = v.blocks THEN 1 ELSE 0 END, COALESCE(p.agency, ''), COALESCE(p.state, '')
		FROM pub_body b LEFT JOIN pub_publication q ON q.ordinal = b.ordinal LEFT JOIN publication p ON p.id = q.id AND p.ordinal = b.ordinal LEFT JOIN publication_version v ON v.publication = p.id AND v.number = p.version`, nil, 4, func(w row) error {
		r.must(w.number(1) == 1, "PB-5", w.text(2), "pub_body "+w.text(0), "公开正文与版本不符，或者已不应公开（状态"+w.text(3)+"）")
		return nil
	})
	if err != nil {
		return err
	}
	return r.stream("公开正文", `SELECT p.id, p.agency, p.ordinal FROM publication p WHERE p.state IN ('published', 'corrected') AND NOT EXISTS (SELECT 1 FROM pub_body b WHERE b.ordinal = p.ordinal)`,
		nil, 3, func(w row) error {
			r.must(false, "PB-5", w.text(1), "pub_body "+w.text(2), "公示中的正文不见了")
			return nil
		})
}

// search holds the index of the search against what is shown: it may lag by what is queued, and holds nothing withdrawn.
func (r *run) search() error {
	index := `SELECT id AS ordinal FROM pub_search_docsize`
	if r.tx.Engine() == db.Postgres {
		index = `SELECT ordinal FROM pub_search`
	}
	return r.stream("检索", `SELECT i.ordinal, COALESCE(q.state, ''), COALESCE(q.agency, '') FROM (`+index+`) i LEFT JOIN pub_publication q ON q.ordinal = i.ordinal
			WHERE q.state IS NULL OR q.state NOT IN ('published', 'corrected')
		UNION ALL SELECT q.ordinal, 'lost', q.agency FROM pub_publication q WHERE q.state IN ('published', 'corrected') AND NOT EXISTS (SELECT 1 FROM (`+index+`) i WHERE i.ordinal = q.ordinal)
			AND q.ordinal NOT IN (SELECT ordinal FROM search_queue)`, nil, 3, func(w row) error {
		what := "已不公开的仍可检索到"
		if w.text(1) == "lost" {
			what = "公开的检索不到"
		}
		r.must(false, "PB-6", w.text(2), "pub_search "+w.text(0), what)
		return nil
	})
}

// counted counts what is public again.
func (r *run) counted() error {
	have := map[string]int64{}
	key := func(w row) string {
		return w.text(0) + "/" + w.text(1) + "/" + w.text(2) + "/" + w.text(3) + "/" + w.text(4)
	}
	if err := r.stream("计数", `SELECT agency, class, item, year, state, count(*) FROM pub_publication GROUP BY agency, class, item, year, state`, nil, 6, func(w row) error {
		have[key(w)] = w.number(5)
		return nil
	}); err != nil {
		return err
	}
	err := r.stream("计数", `SELECT c.agency, c.class, c.item, c.year, c.state, c.n, CASE WHEN EXISTS (SELECT 1 FROM pub_publication q WHERE q.agency = c.agency AND q.class = c.class AND q.item = c.item
			AND q.year = c.year AND q.agency_name = c.agency_name AND q.item_name = c.item_name) OR c.n = 0 THEN 1 ELSE 0 END FROM pub_count c`, nil, 7, func(w row) error {
		k := key(w)
		r.must(have[k] == w.number(5) && w.number(6) == 1, "PB-7", w.text(0), "pub_count "+k, fmt.Sprintf("计数为%d，实有%d，或者名称不符", w.number(5), have[k]))
		delete(have, k)
		return nil
	})
	for k, n := range have {
		r.must(n == 0, "PB-7", "", "pub_count "+k, "没有计数")
	}
	return err
}
