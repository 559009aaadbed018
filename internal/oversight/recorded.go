package oversight

import (
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/law"
)

// told: whoever is penalised was told of it before, of the facts, the law and the rights, and the decision says what may
// be done against it (duty 8; 行政处罚法第四十四条、第五十九条).
func told(b *bench) ([]Part, error) {
	s, err := b.papers()
	if err != nil {
		return nil, err
	}
	before, err := b.count(measure{what: "处罚决定前已告知", kind: "case", from: "decision d", key: "d.case_id", title: "d.number", order: "d.id", why: "决定前没有告知书生效送达",
		owed: "d.agency = $1 AND d.kind = '行政处罚决定书'", args: []any{b.Agency},
		met: `EXISTS (SELECT 1 FROM delivery v WHERE v.case_id = d.case_id AND v.party_id = d.party_id AND v.purpose = 'notice' AND v.effective_on <> '' AND v.effective_on <= d.decided_on)`})
	return []Part{before, s.notice, s.spotTold, s.remedy}, err
}

// phases: a closed case has a record of each phase of 行政处罚法第四十七条 (duty 13).
func phases(b *bench) ([]Part, error) {
	has := func(kinds string) string {
		return `CASE WHEN EXISTS (SELECT 1 FROM document x WHERE x.case_id = c.id AND x.kind IN (` + kinds + `)) THEN 1 ELSE 0 END`
	}
	const simple = `c.procedure = 'simple'`
	query := strings.Join([]string{`SELECT c.id, c.title`,
		`CASE WHEN ` + simple + ` OR c.opened_on <> '' THEN 1 ELSE 0 END`,
		has(`'现场检查笔录', '询问笔录', '证据登记'`),
		`CASE WHEN ` + simple + ` OR NOT EXISTS (SELECT 1 FROM decision d WHERE d.case_id = c.id AND d.kind = '行政处罚决定书') THEN 1 ELSE ` + has(`'重大执法决定目录核对表'`) + ` END`,
		has(`'行政处罚决定书', '不予行政处罚决定书', '当场行政处罚决定书'`),
		`CASE WHEN ` + simple + ` THEN 1 ELSE ` + has(`'送达回证'`) + ` END`,
		`CASE WHEN NOT EXISTS (SELECT 1 FROM decision d WHERE d.case_id = c.id AND d.kind <> '不予行政处罚决定书') THEN 1 ELSE ` + has(`'履行确认登记', '终结执行登记', '撤销后办结登记'`) + ` END`},
		", ") + ` FROM case_file c WHERE c.id > $1 AND c.agency = $2 AND c.closed_on <> '' AND EXISTS (SELECT 1 FROM decision d WHERE d.case_id = c.id) ORDER BY c.id`
	names := []string{"启动", "调查取证", "审核", "决定", "送达", "执行"}
	p := Part{What: "结案案件全过程六个阶段有记录"}
	err := b.pages(query, []any{b.Agency}, func(rows *sql.Rows) (string, error) {
		var id, title string
		var there [6]int
		err := rows.Scan(&id, &title, &there[0], &there[1], &there[2], &there[3], &there[4], &there[5])
		var missing []string
		for i, name := range names {
			if there[i] == 0 {
				missing = append(missing, name)
			}
		}
		p.add(len(missing) == 0, Case{"case", id, title, "缺：" + strings.Join(missing, "、")})
		return id, err
	})
	return []Part{p}, err
}

// guidance: the kinds of document in use follow a provincial or ministerial guide (duty 14).
func guidance(b *bench) ([]Part, error) {
	s, err := b.papers()
	if err != nil {
		return nil, err
	}
	return []Part{s.kinds}, nil
}

// formats: documents are whole, in a provincial format, and filed whole (duty 15).
func formats(b *bench) ([]Part, error) {
	s, err := b.papers()
	if err != nil {
		return nil, err
	}
	format := s.format
	if len(s.open) > 0 {
		format.Note = strconv.Itoa(len(s.open)) + "种格式待替换"
	}
	bound, err := b.count(measure{what: "案卷有目录和备考表", kind: "case", from: "case_file c", key: "c.id", title: "c.title", order: "c.id", why: "缺案卷目录或者备考表", owed: "c.agency = $1 AND c.state = 'archived'",
		met: `EXISTS (SELECT 1 FROM document x WHERE x.case_id = c.id AND x.kind = '案卷目录') AND EXISTS (SELECT 1 FROM document x WHERE x.case_id = c.id AND x.kind = '卷内备考表')`, args: []any{b.Agency}})
	return []Part{s.elements, format, bound}, err
}

// recordings: what was recorded in sound and picture, or why not (duty 16).
func recordings(b *bench) ([]Part, error) {
	s, err := b.papers()
	if err != nil {
		return nil, err
	}
	return []Part{s.stated, s.witness}, nil
}

// filed: closed cases are archived within the time that the clock of each ran for, by people who are named (duty 18;
// 行政处罚法第四十七条, archive_days).
func filed(b *bench) ([]Part, error) {
	period := b.Law.Values(b.today).Period(law.ArchiveDays)
	s, err := b.papers()
	if err != nil {
		return nil, err
	}
	inTime, err := b.count(measure{what: "结案后" + period + "内归档", kind: "case", from: "deadline x JOIN case_file c ON c.id = x.case_id", key: "c.id", title: "c.title", order: "x.due_on, c.id", because: `'应于' || x.due_on || '前归档，' || CASE WHEN x.met_on = '' THEN '尚未归档' ELSE '实于' || x.met_on || '归档' END`,
		owed: "x.agency = $1 AND x.param = '" + law.ArchiveDays + "' AND (x.state IN ('met', 'missed') OR (x.state = 'open' AND x.due_on < $2))",
		met:  "x.state = 'met'", args: []any{b.Agency, b.today.String()}})
	return []Part{inTime, s.kept}, err
}

// signedWithin is how long an event may wait for the checkpoint that covers it.
const signedWithin = time.Minute

// online: whatever is done in a case is on the signed record, and decisions are made in the system (duty 26).
func online(b *bench) ([]Part, error) {
	settled := db.Text(b.tx.Now().Add(-signedWithin))
	signed, err := b.count(measure{what: "留痕已签名存证的案件", kind: "case", from: "case_file c", key: "c.id", title: "c.title", order: "c.id", why: "有记录没有纳入签名检查点", owed: "c.agency = $1",
		met: `NOT EXISTS (SELECT 1 FROM event e WHERE e.agency = c.agency AND e.subject_kind = 'case' AND e.subject = c.id AND e.recorded < $2
			AND e.seq > COALESCE((SELECT max(k.size) FROM checkpoint k WHERE k.agency = c.agency), 0))`, args: []any{b.Agency, settled}})
	if err != nil {
		return nil, err
	}
	within, err := b.count(measure{what: "启用后的决定在系统内办理", kind: "publication", from: "publication p JOIN agency a ON a.id = p.agency", key: "p.id", title: "p.title", order: "p.id", why: "系统启用后作出，事后导入",
		owed: "p.agency = $1 AND (p.source = 'case' OR p.decided_on >= substr(a.created, 1, 10))", met: "p.source = 'case'", args: []any{b.Agency}})
	return []Part{signed, within}, err
}

// gathered: past decisions that came in by files were taken in whole (duty 27).
func gathered(b *bench) ([]Part, error) {
	p := Part{What: "历史数据汇集成功"}
	err := b.pages(`SELECT id, name, rows_read, imported + duplicates FROM import_run WHERE id > $1 AND agency = $2 AND state <> 'running' ORDER BY id`, []any{b.Agency}, func(rows *sql.Rows) (string, error) {
		var id, name string
		var read, taken int
		err := rows.Scan(&id, &name, &read, &taken)
		p.Of, p.Met = p.Of+read, p.Met+taken
		if taken < read && len(p.Missed) < sampleLimit {
			p.Missed = append(p.Missed, Case{"import", id, name, fmt.Sprintf("%d行没有导入", read-taken)})
		}
		return id, err
	})
	return []Part{p}, err
}
