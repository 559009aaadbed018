package oversight

import (
	"fmt"
	"strings"

	"mingjing/internal/law"
	"mingjing/internal/roster"
)

// officers: the five fields of everybody who holds a certificate, certificates that are valid, and none used that was not
// (duty 5; 行政处罚法第四十二条).
func officers(b *bench) ([]Part, error) {
	all, err := b.people(false)
	if err != nil {
		return nil, err
	}
	five, valid := Part{What: "执法人员五项信息齐全"}, Part{What: "执法证件在有效期内"}
	ending := 0
	for _, e := range all {
		if e.Certificate.Number == "" {
			continue // who holds no certificate does not enforce
		}
		five.add(len(e.Missing) == 0, Case{"officer", e.ID, e.Name, "缺：" + strings.Join(e.Missing, "、")})
		valid.add(e.Valid, Case{"officer", e.ID, e.Name, "证件有效期至" + e.Certificate.ValidTill.String() + "或者已收回"})
		if e.Valid && !e.Certificate.ValidTill.After(b.today.AddDays(60)) {
			ending++
		}
	}
	if ending > 0 {
		valid.Note = fmt.Sprintf("%d人的证件60日内到期", ending)
	}
	acted, err := b.count(measure{what: "办案人员办案时证件有效", kind: "case", from: "case_officer x JOIN case_file f ON f.id = x.case_id", key: "f.id", title: "f.title", order: "f.id", why: "办案人员不在数据库或者当日证件无效",
		owed: "f.agency = $1", met: `EXISTS (SELECT 1 FROM certificate c WHERE c.agency = f.agency AND c.number = x.certificate AND c.valid_from <= x.from_on
			AND c.valid_until >= x.from_on AND (c.revoked_on = '' OR c.revoked_on > x.from_on))`, args: []any{b.Agency}})
	return []Part{five, valid, acted}, err
}

// presented: two officers with certificates valid that day act, and show them (duty 7; 行政处罚法第四十二条、第五十五条).
func presented(b *bench) ([]Part, error) {
	s, err := b.papers()
	if err != nil {
		return nil, err
	}
	filed, err := b.count(measure{what: "国务院部门颁发的证件已备案", kind: "officer", from: "certificate c JOIN officer o ON o.id = c.officer", key: "o.id", title: "o.name", order: "o.id", why: "没有向本级司法行政部门备案",
		owed: "c.agency = $1 AND c.state_issued AND c.valid_until >= $2 AND c.revoked_on = '' AND (o.until_on = '' OR o.until_on >= $2)", met: "c.filed", args: []any{b.Agency, b.today.String()}})
	return []Part{s.two, s.certShown, filed}, err
}

// window: what the sign at the counter says of who works there (duty 9). Only what the roster and the pack hold.
func window(b *bench) ([]Part, error) {
	people, err := b.count(measure{what: "窗口人员单位、姓名、职务齐全", kind: "officer", from: "officer o JOIN unit u ON u.agency = o.agency AND u.code = o.unit", key: "o.id", title: "o.name", order: "o.id", why: "缺职务",
		owed: "o.agency = $1 AND u.kind = '窗口' AND o.from_on <= $2 AND (o.until_on = '' OR o.until_on >= $2)", met: "o.name <> '' AND o.position <> ''", args: []any{b.Agency, b.today.String()}})
	if err != nil || people.Of == 0 {
		return []Part{people}, err
	}
	ways := Part{What: "载明咨询服务、投诉举报方式"}
	ways.add(b.Pack.Text("portal.phone") != "", Case{Kind: "platform", Title: "咨询电话", Why: "没有载明"})
	ways.add(b.Pack.Text("portal.report") != "", Case{Kind: "platform", Title: "投诉举报方式", Why: "没有载明"})
	return []Part{people, ways}, nil
}

// strength: reviewers are at least so many per cent of the officers, and who first reviews penalties is qualified
// (duty 21; 行政处罚法第五十八条第二款). An agency without officers has nothing to measure.
func strength(b *bench) ([]Part, error) {
	percent := b.Law.Values(b.today).Int(law.ReviewersPercent)
	s, err := roster.ReviewStrength(b.tx, b.Agency, b.today, percent)
	if err != nil || s.Officers == 0 {
		return nil, err
	}
	enough := Part{What: fmt.Sprintf("法制审核人员达到执法人员的%d%%", percent), Met: min(s.Reviewers, s.Needed), Of: s.Needed,
		Note: fmt.Sprintf("执法人员%d人，应配%d人，现有%d人", s.Officers, s.Needed, s.Reviewers)}
	if s.Reviewers < s.Needed {
		enough.Missed = []Case{{Kind: "reviewers", Title: "法制审核人员", Why: fmt.Sprintf("还差%d人", s.Needed-s.Reviewers)}}
	}
	learned := Part{What: "审核人员具有法律职业资格"}
	for after := ""; ; {
		page, err := roster.Reviewers(b.tx, b.Agency, b.today, after, pageSize)
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			return []Part{enough, learned}, nil
		}
		for _, r := range page {
			after = r.Account
			before := !r.FirstReview.IsZero() && r.FirstReview.Before(law.QualifiedSince())
			learned.add(r.Qualification != "" || before, Case{Kind: "reviewers", Title: r.Name, Why: "初次从事审核，没有登记法律职业资格"})
		}
	}
}

// counsel: the agency has counsel or a public lawyer, and they take part where a case is complex (duty 22).
func counsel(b *bench) ([]Part, error) {
	joined, err := b.count(measure{what: "疑难复杂案件审核有法律顾问或者公职律师参与", kind: "review", from: "review r JOIN case_file c ON c.id = r.case_id", key: "r.id", title: "c.title", order: "r.id", why: "没有法律顾问或者公职律师的意见",
		owed: "r.agency = $1 AND r.verdict <> '' AND c.complex", met: "r.counsel <> ''", args: []any{b.Agency}})
	if err != nil {
		return nil, err
	}
	var reviews int
	if err := b.tx.Row(`SELECT count(*) FROM review WHERE agency = $1`, b.Agency).Scan(&reviews); err != nil {
		return nil, err
	}
	list, err := roster.Counsels(b.tx, b.Agency, b.today, "", 1)
	engaged := Part{What: "在聘的法律顾问或者公职律师不少于一人"}
	if len(list) > 0 || reviews > 0 {
		engaged.add(len(list) > 0, Case{Kind: "counsels", Title: "法律顾问、公职律师", Why: "没有在聘人员"})
	}
	return []Part{engaged, joined}, err
}
