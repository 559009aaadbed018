package oversight

import (
	"fmt"

	"mingjing/internal/catalog"
	"mingjing/internal/db"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// platform: what is due to be public is on the platform (duty 2).
func platform(tx *db.Tx, d Desk, today workday.Day) (Light, error) {
	met, of, err := two(tx, `SELECT count(*) FILTER (WHERE published_on <> '' OR state = 'withheld'), count(*) FROM publication
		WHERE agency = $1 AND source = 'case' AND due_on < $2`, d.Agency, today.String())
	if err != nil {
		return Light{}, err
	}
	missed, err := sample(tx, "publication", `SELECT id, title FROM publication WHERE agency = $1 AND source = 'case' AND due_on < $2 AND published_on = '' AND state <> 'withheld'
		ORDER BY due_on, id`, d.Agency, today.String())
	return share(2, met, of, "到期信息已在统一平台公开", "到期应公开的决定中，已在平台公开或者依法不予公开的比例", missed), err
}

// items: subject, power, basis and remedy of every item on the list are there (duty 3).
func items(tx *db.Tx, d Desk, today workday.Day) (Light, error) {
	m, err := catalog.MeasureItems(tx, d.Agency, today)
	if err != nil {
		return Light{}, err
	}
	l := share(3, m.Complete, m.Items, "事项要素齐全", "事项清单中依据、救济渠道、责任科室齐全的比例；依据已失效的另列", nil)
	if m.Lapsed > 0 {
		l.State = Unmet
		l.Value += fmt.Sprintf("，%d 项依据已失效", m.Lapsed)
	}
	return l, nil
}

// guides: the six fields of a service guide (duty 6).
func guides(tx *db.Tx, d Desk, today workday.Day) (Light, error) {
	m, err := catalog.MeasureItems(tx, d.Agency, today)
	return share(6, m.Guided, m.Items, "事项指南六要素齐全", "事项名称、受理机构、受理条件、审批机构、审批程序、办理时限六项齐全的比例", nil), err
}

// officers: the five fields of every officer who holds a certificate (duty 5).
func officers(tx *db.Tx, d Desk, today workday.Day) (Light, error) {
	met, of, err := two(tx, `SELECT count(*) FILTER (WHERE o.name <> '' AND o.unit <> '' AND c.number <> '' AND c.class <> '' AND c.area <> ''), count(*)
		FROM certificate c JOIN officer o ON o.id = c.officer WHERE c.agency = $1 AND (o.until_on = '' OR o.until_on >= $2) AND c.revoked_on = ''`, d.Agency, today.String())
	if err != nil {
		return Light{}, err
	}
	whole, err := roster.Complete(tx, d.Agency, today)
	l := share(5, met, of, "执法人员五项信息齐全", "在岗持证人员中单位、姓名、证件编号、执法类别、执法区域齐全的比例", nil)
	if err == nil && whole.Expiring > 0 {
		l.Value += fmt.Sprintf("，%d 人证件60日内到期", whole.Expiring)
	}
	return l, err
}

// published: penalties and licences within 7 working days, the rest within 20 (duty 10).
func published(tx *db.Tx, d Desk, today workday.Day) (Light, error) {
	met, of, err := two(tx, `SELECT count(*) FILTER (WHERE published_on <> '' AND published_on <= due_on), count(*) FROM publication
		WHERE agency = $1 AND source = 'case' AND state <> 'withheld' AND (published_on <> '' OR due_on < $2)`, d.Agency, today.String())
	if err != nil {
		return Light{}, err
	}
	missed, err := sample(tx, "publication", `SELECT id, title FROM publication WHERE agency = $1 AND source = 'case' AND state <> 'withheld'
		AND ((published_on <> '' AND published_on > due_on) OR (published_on = '' AND due_on < $2)) ORDER BY due_on, id`, d.Agency, today.String())
	return share(10, met, of, "按期公开", "已公开或者已到期的决定中，在7（处罚、许可）或者20（其他）个工作日内公开的比例", missed), err
}

// withdrawn: what fell comes down within three working days (duty 11).
func withdrawn(tx *db.Tx, d Desk, today workday.Day) (Light, error) {
	met, of, err := two(tx, `SELECT count(*) FILTER (WHERE published_on = '' OR (withdrawn_on <> '' AND withdrawn_on <= withdraw_due)), count(*) FROM publication
		WHERE agency = $1 AND fallen_on <> '' AND (withdrawn_on <> '' OR withdraw_due < $2 OR published_on = '')`, d.Agency, today.String())
	if err != nil {
		return Light{}, err
	}
	missed, err := sample(tx, "publication", `SELECT id, title FROM publication WHERE agency = $1 AND fallen_on <> '' AND published_on <> ''
		AND ((withdrawn_on <> '' AND withdrawn_on > withdraw_due) OR (withdrawn_on = '' AND withdraw_due < $2)) ORDER BY id`, d.Agency, today.String())
	return share(11, met, of, "按期撤下", "被撤销、变更、确认违法或者无效的决定中，3个工作日内撤下公示并说明理由的比例", missed), err
}
