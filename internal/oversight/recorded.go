package oversight

import (
	"database/sql"
	"fmt"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/workday"
)

// told: every penalty of the ordinary procedure has a notice that took effect before it (duty 8).
func told(tx *db.Tx, d Desk, _ workday.Day) (Light, error) {
	const has = `EXISTS (SELECT 1 FROM delivery v WHERE v.party_id = d.party_id AND v.purpose = 'notice' AND v.effective_on <> '' AND v.effective_on <= d.decided_on)`
	met, of, err := two(tx, `SELECT count(*) FILTER (WHERE `+has+`), count(*) FROM decision d WHERE d.agency = $1 AND d.kind = '行政处罚决定书'`, d.Agency)
	if err != nil {
		return Light{}, err
	}
	missed, err := sample(tx, "case", `SELECT d.case_id, d.number FROM decision d WHERE d.agency = $1 AND d.kind = '行政处罚决定书' AND NOT `+has+` ORDER BY d.id`, d.Agency)
	return share(8, met, of, "决定前已告知权利", "普通程序处罚决定中，作出前事先告知书已生效送达的比例", missed), err
}

// phases: a closed case has a record of each phase (duty 13, 行政处罚法第四十七条).
func phases(tx *db.Tx, d Desk, _ workday.Day) (Light, error) {
	has := func(kinds string) string {
		return `EXISTS (SELECT 1 FROM document x WHERE x.case_id = c.id AND x.kind IN (` + kinds + `))`
	}
	whole := strings.Join([]string{has(`'立案审批表', '当场行政处罚决定书'`), has(`'现场检查笔录', '询问笔录', '证据登记'`), has(`'行政处罚决定书', '不予行政处罚决定书', '当场行政处罚决定书'`),
		has(`'送达回证', '当场行政处罚决定书'`)}, " AND ")
	const decided = `EXISTS (SELECT 1 FROM decision d WHERE d.case_id = c.id)`
	met, of, err := two(tx, `SELECT count(*) FILTER (WHERE `+whole+`), count(*) FROM case_file c WHERE c.agency = $1 AND c.closed_on <> '' AND `+decided, d.Agency)
	if err != nil {
		return Light{}, err
	}
	missed, err := sample(tx, "case", `SELECT c.id, c.title FROM case_file c WHERE c.agency = $1 AND c.closed_on <> '' AND `+decided+` AND NOT (`+whole+`) ORDER BY c.id`, d.Agency)
	return share(13, met, of, "结案案件全过程有记录", "作出决定并已结案的案件中，启动、调查取证、决定、送达均有文字记录的比例", missed), err
}

// formats: documents made in a provincial format (duty 15); the elements themselves are held when a document is finished.
func formats(tx *db.Tx, d Desk, _ workday.Day) (Light, error) {
	met, of, open := 0, 0, 0
	err := tx.Each(`SELECT kind, version, count(*) FROM document WHERE agency = $1 GROUP BY kind, version ORDER BY kind LIMIT 1000`, []any{d.Agency}, func(rows *sql.Rows) error {
		var kind, version string
		var n int
		if err := rows.Scan(&kind, &version, &n); err != nil {
			return err
		}
		k, ok := d.Forms.KindAt(kind, version)
		if !ok || k.SourceStatus == form.SourceStatute {
			return nil // the program's own registers follow no provincial format
		}
		of += n
		if k.SourceStatus == form.SourceReplace {
			open++
			return nil
		}
		met += n
		return nil
	})
	l := share(15, met, of, "文书使用省级格式", "已定稿文书中使用省级或者部委格式的比例；法定要素在定稿时逐项校验", nil)
	if open > 0 {
		l.Value += fmt.Sprintf("，%d 种格式待替换", open)
	}
	return l, err
}

// filed: closed cases are archived within thirty days (duty 18).
func filed(tx *db.Tx, d Desk, today workday.Day) (Light, error) {
	old := today.AddDays(-30).String()
	met, of, err := two(tx, `SELECT count(*) FILTER (WHERE state = 'archived'), count(*) FROM case_file WHERE agency = $1 AND closed_on <> '' AND closed_on < $2`, d.Agency, old)
	if err != nil {
		return Light{}, err
	}
	missed, err := sample(tx, "case", `SELECT id, title FROM case_file WHERE agency = $1 AND closed_on <> '' AND closed_on < $2 AND state <> 'archived' ORDER BY closed_on, id`, d.Agency, old)
	return share(18, met, of, "结案三十日以上已归档", "结案满30日的案件中已归档的比例", missed), err
}

// record: every act is in the ledger, and the ledger is signed (duty 26).
func record(tx *db.Tx, d Desk, _ workday.Day) (Light, error) {
	met, of, err := two(tx, `SELECT COALESCE((SELECT max(size) FROM checkpoint WHERE agency = $1), 0), COALESCE((SELECT size FROM ledger_head WHERE agency = $1), 0)`, d.Agency)
	if err != nil {
		return Light{}, err
	}
	l := share(26, met, of, "留痕记录已签名存证", "台账记录中已纳入签名检查点的比例", nil)
	if of > 0 && of-met < 50 {
		l.State = Met // the last second's records wait for the next checkpoint
	}
	return l, nil
}
