package oversight

import (
	"database/sql"
	"fmt"
	"slices"

	"mingjing/internal/casefile/facts"
	"mingjing/internal/catalog"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/workday"
)

// reviewed: no major decision without a passed review of exactly this text before it; all of them or not met (duty 19;
// 行政处罚法第五十八条第一款).
func reviewed(b *bench) ([]Part, error) {
	return b.counts(measure{what: "重大决定经法制审核", kind: "case", from: "decision d", key: "d.case_id", title: "d.number", order: "d.id", why: "作出前没有通过法制审核", owed: "d.agency = $1 AND d.major",
		met: `EXISTS (SELECT 1 FROM review r JOIN review_text t ON t.review_id = r.id WHERE r.id = d.review_id AND t.party_id = d.party_id AND t.body_hash = d.body_hash
			AND r.verdict = '同意' AND r.concluded_on <> '' AND r.concluded_on <= d.decided_on)`, args: []any{b.Agency}})
}

// body: reviews are made by people of the unit that is the 法制审核机构, of the agency itself or of the one that entrusted
// it (duty 20).
func body(b *bench) ([]Part, error) {
	return b.counts(measure{what: "由法制审核机构审核", kind: "review", from: "review r JOIN case_file c ON c.id = r.case_id JOIN agency a ON a.id = r.agency", key: "r.id", title: "c.title", order: "r.id", why: "审核人员不属于法制审核机构",
		owed: "r.agency = $1 AND r.verdict <> ''", met: `EXISTS (SELECT 1 FROM reviewer w JOIN unit u ON u.agency = w.agency AND u.code = w.unit
			WHERE w.agency = CASE WHEN a.entrusted_by <> '' THEN a.entrusted_by ELSE a.id END AND w.account = r.reviewer AND u.review)`, args: []any{b.Agency}})
}

// fiveClasses are the classes that duty 23 wants in every catalogue.
func fiveClasses() []string {
	return []string{"重大公共利益", "重大社会影响或社会风险", "重大权益", "经听证", "疑难复杂"}
}

// catalogue: every penalty of the ordinary procedure was held against the catalogue first, none that the catalogue catches
// went by as minor, and the catalogue has its five classes (duty 23). The catalogue alone, without a decision that it was
// applied to, is nothing to measure.
func catalogue(b *bench) ([]Part, error) {
	checked, err := b.count(measure{what: "决定前核对审核目录", kind: "case", from: "decision d", key: "d.case_id", title: "d.number", order: "d.id", why: "决定前没有目录核对表",
		owed: "d.agency = $1 AND d.kind = '行政处罚决定书'", args: []any{b.Agency},
		met: `EXISTS (SELECT 1 FROM document x WHERE x.case_id = d.case_id AND x.kind = '重大执法决定目录核对表' AND x.made_on <= d.decided_on)`})
	if err != nil || checked.Of == 0 {
		return []Part{checked}, err
	}
	caught, err := b.replay()
	if err != nil {
		return nil, err
	}
	five := Part{What: "目录含有五类应当审核的情形"}
	rows, err := catalog.Triggers(b.tx, b.Agency, b.today)
	for _, class := range fiveClasses() {
		there := slices.ContainsFunc(rows, func(t pack.Trigger) bool { return t.Class == class })
		five.add(there, Case{Kind: "triggers", Title: class, Why: "目录中没有这一类"})
	}
	return []Part{checked, caught, five}, err
}

// replay holds the decisions of a year against the catalogue in force on their day, with what their papers say.
func (b *bench) replay() (Part, error) {
	p := Part{What: "符合目录的均按重大决定审核"}
	err := b.pages(`SELECT d.id, d.case_id, d.number, d.decided_on, d.major, q.kind, c.item, c.complex, c.parties, x.body,
			CASE WHEN EXISTS (SELECT 1 FROM document h WHERE h.case_id = d.case_id AND h.kind = '听证笔录') THEN 1 ELSE 0 END
		FROM decision d JOIN party q ON q.id = d.party_id JOIN case_file c ON c.id = d.case_id JOIN document x ON x.id = d.document_id
		WHERE d.id > $1 AND d.agency = $2 AND d.kind = '行政处罚决定书' AND d.decided_on >= $3 ORDER BY d.id`, []any{b.Agency, b.yearAgo().String()}, func(rows *sql.Rows) (string, error) {
		var id, caseID, number, kind, item, text string
		var on workday.Day
		var major, complex bool
		var heard, parties int
		if err := rows.Scan(&id, &caseID, &number, &on, &major, &kind, &item, &complex, &parties, &text, &heard); err != nil {
			return id, err
		}
		values, err := form.ParseValues([]byte(text))
		if err != nil {
			return id, fmt.Errorf("decision %s: %w", id, err)
		}
		env := facts.PenaltyEnv(values, b.Pack.Kinds(on))
		env.Item, env.Parties, env.Complex, env.Heard, env.PartyKind = item, parties, complex, heard == 1, law.Citizen
		if kind != "自然人" {
			env.PartyKind = law.Organisation
		}
		hits, err := b.Pack.Catalogue(on).Evaluate(env)
		hits = slices.DeleteFunc(hits, func(h pack.Hit) bool { return !h.Blocks })
		if len(hits) > 0 {
			p.add(major, Case{"case", caseID, number, "符合目录“" + hits[0].Title + "”，没有作为重大决定"})
		}
		return id, err
	})
	return p, err
}

// points: the list of what is reviewed has its nine points, each is answered in every opinion, and no opinion passes over
// a point that it denies (duty 24).
func points(b *bench) ([]Part, error) {
	s, err := b.papers()
	if err != nil || s.nine.Of == 0 {
		return nil, err
	}
	want := b.Law.Values(b.today).Int(law.ChecklistPoints)
	have := len(b.Pack.Checklist(b.today))
	list := Part{What: fmt.Sprintf("审核内容清单列明%d项", want), Met: min(have, want), Of: want}
	if have < want {
		list.Missed = []Case{{Kind: "triggers", Title: "审核内容清单", Why: fmt.Sprintf("现有%d项", have)}}
	}
	return []Part{s.nine, s.firm, list}, nil
}

// procedure: reviews keep their time, begin with whole papers, and a disagreement ends in a written resolution in time
// (duty 25).
func procedure(b *bench) ([]Part, error) {
	const from = "review r JOIN case_file c ON c.id = r.case_id"
	today, since := b.today.String(), b.yearAgo().String()
	inTime := measure{what: "按期提出审核意见", kind: "review", from: from, key: "r.id", title: "c.title", order: "r.id", because: `'应于' || r.due_on || '前提出，' || CASE WHEN r.concluded_on = '' THEN '尚未提出' ELSE '实于' || r.concluded_on || '提出' END`,
		owed: "r.agency = $1 AND ((r.verdict <> '' AND r.concluded_on >= $3) OR (r.state IN ('submitted', 'under_review') AND r.due_on <> '' AND r.due_on < $2))",
		met:  "r.verdict <> '' AND (r.due_on = '' OR r.concluded_on <= r.due_on)", args: []any{b.Agency, today, since}}
	whole := measure{what: "送审材料齐备后审核", kind: "review", from: from, key: "r.id", title: "c.title", order: "r.id", why: "没有材料齐备的记录",
		owed: "r.agency = $1 AND r.verdict <> '' AND r.concluded_on >= $2", met: "r.complete_on <> ''", args: []any{b.Agency, since}}
	settled := measure{what: "审核异议按期书面处理", kind: "case", from: "deadline x JOIN case_file c ON c.id = x.case_id", key: "c.id", title: "c.title", order: "x.due_on, c.id", because: `'应于' || x.due_on || '前处理，' || CASE WHEN x.met_on = '' THEN '尚未处理' ELSE '实于' || x.met_on || '处理' END`,
		owed: "x.agency = $1 AND x.param = '" + law.DisputeDays + "' AND (x.state IN ('met', 'missed') OR (x.state = 'open' AND x.due_on < $2))", met: "x.state = 'met'", args: []any{b.Agency, today}}
	parts, err := b.counts(inTime, whole, settled)
	if err != nil || parts[0].Of == 0 {
		return parts, err
	}
	total, n := 0, 0
	err = b.pages(`SELECT id, submitted_on, concluded_on FROM review WHERE id > $1 AND agency = $2 AND verdict <> '' AND concluded_on >= $3 ORDER BY id`, []any{b.Agency, since}, func(rows *sql.Rows) (string, error) {
		var id string
		var sent, done workday.Day
		err := rows.Scan(&id, &sent, &done)
		total, n = total+done.Sub(sent), n+1
		return id, err
	})
	if n > 0 {
		parts[0].Note = fmt.Sprintf("平均%.1f日", float64(total)/float64(n))
	}
	return parts, err
}
