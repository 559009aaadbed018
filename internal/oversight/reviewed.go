package oversight

import (
	"database/sql"
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/review"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// reviewed: no major decision without a passed review of exactly this text before it; 100 % or not met (duty 19).
func reviewed(tx *db.Tx, d Desk, _ workday.Day) (Light, error) {
	const passed = `EXISTS (SELECT 1 FROM review r JOIN review_text t ON t.review_id = r.id WHERE r.id = d.review_id AND t.party_id = d.party_id AND t.body_hash = d.body_hash
		AND r.verdict = '同意' AND r.concluded_on <> '' AND r.concluded_on <= d.decided_on)`
	met, of, err := two(tx, `SELECT count(*) FILTER (WHERE `+passed+`), count(*) FROM decision d WHERE d.agency = $1 AND d.major`, d.Agency)
	if err != nil {
		return Light{}, err
	}
	missed, err := sample(tx, "case", `SELECT d.case_id, d.number FROM decision d WHERE d.agency = $1 AND d.major AND NOT `+passed+` ORDER BY d.id`, d.Agency)
	l := share(19, met, of, "重大决定经法制审核", "重大执法决定中，作出前该文本已通过法制审核的比例，应为100%", missed)
	if l.State == Partly {
		l.State = Unmet
	}
	return l, err
}

// body: reviews are made by people of the unit that is the 法制审核机构 (duty 20).
func body(tx *db.Tx, d Desk, _ workday.Day) (Light, error) {
	met, of, err := two(tx, `SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM reviewer w JOIN unit u ON u.agency = w.agency AND u.code = w.unit
			WHERE w.agency = r.agency AND w.account = r.reviewer AND u.review)), count(*) FROM review r WHERE r.agency = $1 AND r.verdict <> ''`, d.Agency)
	return share(20, met, of, "由法制审核机构审核", "已出具意见的审核中，由本机关法制机构人员审核的比例", nil), err
}

// strength: reviewers are at least five per cent of the officers (duty 21).
func strength(tx *db.Tx, d Desk, today workday.Day) (Light, error) {
	s, err := roster.ReviewStrength(tx, d.Agency, today, 5)
	l := Light{Duty: 21, Met: s.Reviewers, Of: s.Needed, State: Unmet, Formula: "法制审核人员数不少于执法人员总数的5%（向上取整，至少1人）",
		Value: fmt.Sprintf("执法人员 %d 人，应配审核人员 %d 人，现有 %d 人", s.Officers, s.Needed, s.Reviewers)}
	if s.Enough() {
		l.State = Met
	}
	return l, err
}

// catalogue: every penalty of the ordinary procedure was held against the catalogue first (duty 23).
func catalogue(tx *db.Tx, d Desk, _ workday.Day) (Light, error) {
	const has = `EXISTS (SELECT 1 FROM document x WHERE x.case_id = d.case_id AND x.kind = '重大执法决定目录核对表')`
	met, of, err := two(tx, `SELECT count(*) FILTER (WHERE `+has+`), count(*) FROM decision d WHERE d.agency = $1 AND d.kind = '行政处罚决定书'`, d.Agency)
	return share(23, met, of, "决定前核对审核目录", "普通程序处罚决定中，已对照重大执法决定法制审核目录核对的比例", nil), err
}

// nine are the fields of the nine points of a review (rulebook §5.3).
func nine() []string {
	return []string{"subject", "personnel", "procedure", "facts_clear", "law_right", "discretion_fit", "within_power", "documents", "crime"}
}

// points: all nine points are answered in each opinion (duty 24).
func points(tx *db.Tx, d Desk, _ workday.Day) (Light, error) {
	met, of := 0, 0
	err := tx.Each(`SELECT body FROM document WHERE agency = $1 AND kind = '法制审核意见书' ORDER BY id LIMIT 100000`, []any{d.Agency}, func(rows *sql.Rows) error {
		var raw string
		if err := rows.Scan(&raw); err != nil {
			return err
		}
		values, err := form.ParseValues([]byte(raw))
		if err != nil {
			return err
		}
		of++
		whole := true
		for _, field := range nine() {
			whole = whole && values.Text(field) != ""
		}
		if whole {
			met++
		}
		return nil
	})
	return share(24, met, of, "审核意见九项内容齐全", "法制审核意见书中九项审核内容逐项填写的比例", nil), err
}

// disputes: a disagreement ends in a written resolution, and reviews keep their time (duty 25).
func disputes(tx *db.Tx, d Desk, today workday.Day) (Light, error) {
	s, err := review.Statistics(tx, d.Agency, today.AddDays(-366), today)
	if err != nil {
		return Light{}, err
	}
	l := share(25, s.Reviews-s.Late, s.Reviews, "按期提出审核意见", "近一年已出具的审核意见中按期的比例；对意见有异议的应有书面处理决定", nil)
	if s.Reviews > 0 {
		l.Value += fmt.Sprintf("，平均 %.1f 日；异议 %d 件，已书面处理 %d 件", s.AverageDays, s.Disputes, s.Resolved)
	}
	if s.Resolved < s.Disputes {
		l.State = Unmet
	}
	return l, nil
}
