package recheck

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"mingjing/internal/recheck/calendar"
)

// publications holds every public version against its event and its own hashes, every publication against its decision,
// and every public row against the publication.
func (r *run) publications() error {
	for _, step := range []func() error{r.versions, r.dues, r.withdrawals, r.commitments} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// contentHash is what anybody can recompute from the public page: a line each for title, number, agency, party, result,
// basis and day of decision, then the body.
func contentHash(fields [][]byte, body []byte) string {
	h := sha256.New()
	for _, f := range fields {
		h.Write([]byte(strings.ReplaceAll(string(f), "\n", " ")))
		h.Write([]byte{'\n'})
	}
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// block is a part of a public text as it is shown.
type block struct {
	Text string   `json:"text"`
	Head []string `json:"head"`
	Rows [][]struct {
		Text string `json:"text"`
	} `json:"rows"`
}

// shown is the plain text of blocks: a row of a table on one line, its cells apart by a wide space.
func shown(blocks []byte) (string, bool) {
	var list []block
	if json.Unmarshal(blocks, &list) != nil {
		return "", false
	}
	var lines []string
	for _, b := range list {
		if b.Rows == nil && b.Head == nil {
			lines = append(lines, b.Text)
			continue
		}
		if len(b.Head) > 0 {
			lines = append(lines, strings.Join(b.Head, "　"))
		}
		for _, cells := range b.Rows {
			var texts []string
			for _, c := range cells {
				if c.Text != "" {
					texts = append(texts, c.Text)
				}
			}
			lines = append(lines, strings.Join(texts, "　"))
		}
	}
	return strings.Join(lines, "\n"), true
}

func (r *run) versions() error {
	numbers := map[string]int64{}
	err := r.stream("公示版本", `SELECT v.publication, COALESCE(p.agency, ''), v.number, v.title, p.number, p.agency_name, v.party_name, v.result, v.basis, p.decided_on, v.body,
			v.blocks, v.content_hash, v.redaction_hash, v.manifest, v.maker, v.checker, v.reason, v.published_on, v.at, COALESCE(p.source, ''), COALESCE(p.version, 0),
			COALESCE(p.published_on, ''), COALESCE(p.content_hash, ''), COALESCE(p.ordinal, 0)
		FROM publication_version v LEFT JOIN publication p ON p.id = v.publication ORDER BY v.publication, v.number`, nil, 25, func(w row) error {
		id, agency, n := w.text(0), w.text(1), w.number(2)
		where := fmt.Sprintf("publication_version %s/%d", id, n)
		numbers[id]++
		r.must(n == numbers[id], "PB-2", agency, where, "版本的编号不连续")
		hash := contentHash([][]byte{w.cell(3), w.cell(4), w.cell(5), w.cell(6), w.cell(7), w.cell(8), w.cell(9)}, w.cell(10))
		r.must(hash == w.text(12), "PB-2", agency, where, "公示的文本与所存的内容哈希不符")
		if len(w.cell(11)) > 0 {
			text, ok := shown(w.cell(11))
			r.must(ok && text == w.text(10), "PB-2", agency, where, "公示的段落与正文不符")
		}
		manifest := sha256.Sum256(w.cell(14))
		r.must(hex.EncodeToString(manifest[:]) == w.text(13), "PB-2", agency, where, "脱敏清单与所存的哈希不符")
		r.must(w.text(15) != w.text(16) && w.text(16) != "", "PB-2", agency, where, "制作人与复核人是同一人")
		r.must(w.text(18) == w.text(22), "PB-2", agency, where, "版本的公示日与公示信息不符")
		if n == w.number(21) {
			r.must(w.text(12) == w.text(23), "PB-2", agency, where, "最新版本不是公示信息所记的文本")
		}
		r.versionFact(w, id, agency, where, n)
		return nil
	})
	if err != nil {
		return err
	}
	return r.stream("公示信息", `SELECT id, agency, version, ordinal, source FROM publication WHERE version > 0`, nil, 5, func(w row) error {
		r.must(numbers[w.text(0)] == w.number(2), "PB-2", w.text(1), "publication "+w.text(0), "公示过的版本不全")
		return nil
	})
}

// versionFact holds a version against the event that made it public.
func (r *run) versionFact(w row, id, agency, where string, n int64) {
	blocks := ""
	if len(w.cell(11)) > 0 {
		sum := sha256.Sum256(w.cell(11))
		blocks = hex.EncodeToString(sum[:])
	}
	if p := r.lives[id]; p != nil {
		told, public := p.hashes(n)
		r.must(!public || told == w.text(12)+w.text(13), "PB-3", agency, where, "与公示公开日志所记的文本不符")
		if v := p.version(n); v != nil {
			same := *v == version{n, w.text(12), w.text(13), w.text(15), w.text(16), w.text(19), v.day, w.text(17), blocks}
			r.must(same, "PB-3", agency, where, "与使其公开的台账事件不符")
			if n == 1 {
				r.must(v.day == w.text(18), "PB-3", agency, where, "公示日"+w.text(18)+"不是台账事件的日期"+v.day)
			}
			return
		}
	}
	b := r.batchOf(agency, w.number(24))
	same := n == 1 && b != nil && w.text(15) == b.maker && w.text(16) == b.checker && w.text(19) == b.recorded && w.text(17) == "" && blocks == "" && w.text(18) == b.day
	r.must(same, "PB-3", agency, where, "没有使其公开的台账事件，或者与事件不符")
}

// dues works the last day for publishing again.
func (r *run) dues() error {
	return r.stream("公示到期日", `SELECT p.id, p.agency, p.kind, p.decided_on, p.due_on, p.number, d.decided_on, d.number, d.major, p.major, d.review_id, p.review,
			COALESCE((SELECT c.length FROM deadline c WHERE c.case_id = p.case_id AND c.party_id = p.party AND c.trigger_on = p.decided_on
				AND c.param IN ('publish_days', 'publish_other_days') ORDER BY c.id DESC LIMIT 1), 0),
			COALESCE((SELECT c.calendar FROM deadline c WHERE c.case_id = p.case_id AND c.party_id = p.party AND c.due_on = p.due_on
				AND c.param IN ('publish_days', 'publish_other_days') ORDER BY c.id LIMIT 1), '')
		FROM publication p LEFT JOIN decision d ON d.id = p.decision WHERE p.source = 'case'`, nil, 14, func(w row) error {
		agency, where := w.text(1), "publication "+w.text(0)
		length := int64(7)
		if w.text(2) == "不予行政处罚决定书" {
			length = 20
		}
		if own := w.number(12); own > 0 && own < length {
			length = own // a pack may only be stricter
		}
		want, err := r.days.Due(calendar.Period{Trigger: w.text(3), Length: int(length), Unit: "wd", Stops: "null"})
		other := w.text(13) != "" && w.text(13) != r.days.Version // another calendar gave another day; the ledger says which
		if r.fails(err == nil && (other || want == w.text(4)), "PB-1") {
			r.wrong("PB-1", agency, where, fmt.Sprintf("%s的公示到期日应为%s，记为%s", w.text(5), want, w.text(4)))
		}
		same := w.text(3) == w.text(6) && w.text(5) == w.text(7)
		if w.text(2) == "行政处罚决定书" {
			same = same && w.truth(8) == w.truth(9) && w.text(10) == w.text(11)
		}
		r.must(same, "PB-1", agency, where, w.text(5)+"与决定的日期、文号或者审核不符")
		return nil
	})
}

// commitments opens every blinded entry, and holds it against its event and what became of the decision.
func (r *run) commitments() error {
	seen := int64(0)
	err := r.stream("盲承诺", `SELECT c.agency, c.year, c.seq, c.class, c.decided_on, c.due_on, c.commitment, c.outcome, c.outcome_on, c.ground, c.publication, c.opened,
			COALESCE(p.id, ''), COALESCE(p.commit_salt, ''), COALESCE(p.decision_hash, ''), COALESCE(p.state, ''), COALESCE(p.published_on, ''), COALESCE(p.withdrawn_on, ''),
			COALESCE(p.ground, ''), COALESCE(d.body_hash, ''), c.extended_to
		FROM publication p JOIN pub_commit c ON c.agency = p.agency AND c.year = p.commit_year AND c.seq = p.commit_seq LEFT JOIN decision d ON d.id = p.decision
		WHERE p.source = 'case'`, nil, 21, func(w row) error {
		seen++
		agency, name := w.text(0), w.text(0)+"/"+w.text(1)+"/"+w.text(2)
		where := "pub_commit " + name
		e := r.open[name]
		r.must(e != nil && e.publication == w.text(12) && e.class == w.text(3) && e.decided == w.text(4) && e.due == w.text(5) && e.commitment == w.text(6), "CM-2", agency, where,
			"与作出决定时的台账事件不符，或者没有事件")
		if e != nil {
			e.seen = true
			r.must(e.extended == w.text(20), "CM-2", agency, where, "与公示公开日志所记的推迟不符")
			r.must(e.told == "" || e.told == w.text(6)+w.text(3)+w.text(4)+w.text(5), "CM-2", agency, where, "与公示公开日志所记的承诺不符")
		}
		r.must(opens(w.text(13), w.cell(14), w.text(6)), "CM-2", agency, where, "承诺不能以所存的盐和决定的哈希打开")
		r.must(w.text(14) == w.text(19), "CM-2", agency, where, "承诺所指的不是决定书的文本")
		r.must(r.cameOut(w), "CM-3", agency, where, "结果与公示信息的状态"+w.text(15)+"不符")
		return nil
	})
	if err != nil {
		return err
	}
	var entries int64
	err = r.tx.Row(`SELECT count(*) FROM pub_commit`).Scan(&entries)
	r.must(entries == seen, "CM-1", "", "pub_commit", fmt.Sprintf("有%d条盲承诺，属于公示信息的有%d条", entries, seen))
	for name, e := range r.open {
		r.must(e.seen, "CM-1", "", "pub_commit "+name, "台账所记的盲承诺不见了")
	}
	return err
}

// cameOut tells whether the outcome of an entry is that of its publication.
func (r *run) cameOut(w row) bool {
	outcome, on, ground, publication, opened := w.text(7), w.text(8), w.text(9), w.text(10), w.text(11)
	l := r.lives[w.text(12)]
	if l == nil {
		l = &life{}
	}
	switch state := w.text(15); state {
	case "due", "prepared", "checked":
		return outcome+on+ground+publication+opened == ""
	case "published", "corrected":
		return outcome == "published" && on == w.text(16) && ground == "" && publication == w.text(12) && opened == ""
	case "withdrawn":
		return outcome == state && on == w.text(17) && ground == w.text(18) && publication == w.text(12) && opened == ""
	case "expired":
		return outcome == state && on == l.ended && ground == "" && publication == w.text(12) && opened == ""
	case "withheld":
		return outcome == state && on == l.withheld && ground == w.text(18) && publication == "" && opened == ""
	}
	return false
}
