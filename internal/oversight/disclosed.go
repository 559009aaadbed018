package oversight

import (
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"mingjing/internal/catalog"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/roster"
)

// shownLimit is more rows than a published list has.
const shownLimit = 20000

// shownRows reads a published list as the public sees it, by key.
func shownRows[T any](b *bench, kind string) (map[string]T, error) {
	rows := map[string]T{}
	err := b.tx.Each(`SELECT key, json FROM pub_snapshot WHERE agency = $1 AND kind = $2 ORDER BY key LIMIT $3`, []any{b.Agency, kind, shownLimit}, func(r *sql.Rows) error {
		var key, text string
		if err := r.Scan(&key, &text); err != nil {
			return err
		}
		var one T
		err := json.Unmarshal([]byte(text), &one)
		rows[key] = one
		return err
	})
	return rows, err
}

// entries reads the whole list of items in force today.
func (b *bench) entries() ([]catalog.Entry, error) {
	var all []catalog.Entry
	for after := ""; ; {
		page, err := catalog.Items(b.tx, b.Agency, b.today, catalog.Filter{}, after, pageSize)
		if err != nil || len(page) == 0 {
			return all, err
		}
		all = append(all, page...)
		after = page[len(page)-1].Code
	}
}

// people reads everybody in post today, or those who hold a valid certificate.
func (b *bench) people(valid bool) ([]roster.Entry, error) {
	var all []roster.Entry
	for after := ""; ; {
		page, err := roster.Officers(b.tx, b.Agency, b.today, roster.Filter{Valid: valid}, after, pageSize)
		if err != nil || len(page) == 0 {
			return all, err
		}
		all = append(all, page...)
		after = page[len(page)-1].ID
	}
}

// platform: the public finds on the platform who enforces, on what basis, how, with what remedy, and with what result
// (duty 2; 国办发〔2018〕118号（四）（六）).
func platform(b *bench) ([]Part, error) {
	entries, err := b.entries()
	if err != nil {
		return nil, err
	}
	staff, err := officersShown(b)
	if err != nil {
		return nil, err
	}
	shown, err := shownRows[public.Item](b, public.KindItem)
	if err != nil {
		return nil, err
	}
	basis, steps, remedies := Part{What: "事项的执法依据已公开"}, Part{What: "事项的执法程序已公开"}, Part{What: "事项的救济渠道已公开"}
	for _, e := range entries {
		row := shown[e.Code]
		basis.add(len(row.Basis) > 0 && slices.Equal(shownBasis(row), currentBasis(e.Item)), itemCase(e, "公开的依据缺少或者与现在不一致"))
		steps.add(row.Flow != "" || row.More["审批程序"] != "", itemCase(e, "没有公开执法程序"))
		remedies.add(len(row.Remedies) > 0, itemCase(e, "没有公开救济渠道"))
	}
	results, err := b.count(measure{what: "到期的执法结果已公开", kind: "publication", from: "publication", because: `'应于' || ` + lastDay + ` || '前公开，尚未公开'`,
		owed: "agency = $1 AND source = 'case' AND " + lastDay + " < $2", met: "published_on <> '' OR state = 'withheld'",
		key: "id", title: "title", order: "due_on, id", args: []any{b.Agency, b.today.String()}})
	if err != nil {
		return nil, err
	}
	self := Part{What: "执法主体信息已公开"}
	if staff.Of+basis.Of+results.Of > 0 {
		agencies, err := shownRows[public.Agency](b, public.KindAgency)
		if err != nil {
			return nil, err
		}
		self.add(agencies[b.Agency].Name != "", Case{Kind: "platform", Title: "本机关", Why: "没有公开机关信息"})
	}
	return []Part{self, staff, basis, steps, remedies, results}, nil
}

func itemCase(e catalog.Entry, why string) Case {
	return Case{Kind: "item", ID: e.Code, Title: e.Code + "　" + e.Name, Why: why}
}

func shownBasis(row public.Item) []string {
	list := make([]string, len(row.Basis))
	for i, one := range row.Basis {
		list[i] = one.Text
	}
	return list
}

// currentBasis writes the basis of an item as its public page has it.
func currentBasis(i pack.Item) []string {
	list := make([]string, len(i.Basis))
	for n, one := range i.Basis {
		list[n] = "《" + strings.Trim(one.Law, "《》") + "》" + one.Article
	}
	return list
}

// officersShown: everybody who may enforce is public as he or she stands today, and nobody else (准确、及时).
func officersShown(b *bench) (Part, error) {
	p := Part{What: "执法人员已公开"}
	valid, err := b.people(true)
	if err != nil {
		return p, err
	}
	shown, err := shownRows[public.Officer](b, public.KindOfficer)
	if err != nil {
		return p, err
	}
	for _, e := range valid {
		c := e.Certificate
		row, there := shown[c.Number]
		delete(shown, c.Number)
		now := public.Officer{Name: e.Name, Unit: e.UnitName, Certificate: c.Number, Class: c.Class, Area: c.Area, ValidUntil: c.ValidTill.String()}
		why := "公开的信息与现在不一致"
		if !there {
			why = "尚未公开"
		}
		p.add(there && row == now, Case{Kind: "officer", ID: e.ID, Title: e.Name, Why: why})
	}
	for number, row := range shown {
		p.add(false, Case{Kind: "officers", Title: row.Name + "（" + number + "）", Why: "证件已失效或者已离岗，仍在公开"})
	}
	slices.SortFunc(p.Missed, func(x, y Case) int { return strings.Compare(x.Title, y.Title) })
	return p, nil
}

// items: subject, power, basis and remedy of every item are on the list, in force and public, and so are the people who
// enforce (duty 3).
func items(b *bench) ([]Part, error) {
	entries, err := b.entries()
	if err != nil {
		return nil, err
	}
	shown, err := shownRows[public.Item](b, public.KindItem)
	if err != nil {
		return nil, err
	}
	whole, inForce, open := Part{What: "事项的主体、职责、权限、依据、救济渠道齐全"}, Part{What: "事项的依据现行有效"}, Part{What: "事项清单已公开"}
	for _, e := range entries {
		missing := itemMissing(e.Item)
		whole.add(len(missing) == 0, itemCase(e, "缺："+strings.Join(missing, "、")))
		lapsed := slices.ContainsFunc(e.Basis, func(one pack.Basis) bool { return !one.Until.IsZero() && one.Until.Before(b.today) })
		inForce.add(!lapsed, itemCase(e, "依据已失效"))
		open.add(shown[e.Code].Name == e.Name, itemCase(e, "清单没有公开或者名称与现在不一致"))
	}
	staff, err := officersShown(b)
	return []Part{whole, inForce, open, staff}, err
}

// itemMissing names what an item on the list lacks. An item whose text was not read against the gazette has no basis yet.
func itemMissing(i pack.Item) []string {
	var missing []string
	for _, f := range []struct {
		name  string
		empty bool
	}{{"执法主体（责任科室）", i.Owner == ""}, {"职责（事项名称、类别）", i.Name == "" || i.Class == ""}, {"权限（行使层级）", i.Level == ""},
		{"经核对的依据", len(i.Basis) == 0 || i.NoUse}, {"救济渠道", len(i.Remedies) == 0}} {
		if f.empty {
			missing = append(missing, f.name)
		}
	}
	return missing
}

// guides: the six fields of a service guide (duty 6).
func guides(b *bench) ([]Part, error) {
	entries, err := b.entries()
	p := Part{What: "事项指南六要素齐全"}
	for _, e := range entries {
		missing := e.Guide.Missing()
		p.add(len(missing) == 0, itemCase(e, "缺："+strings.Join(missing, "、")))
	}
	return []Part{p}, err
}

// inspections: what a random check looks at names who checks and by what law, and there are people to draw from (duty 4;
// 优化营商环境条例第五十四条). Content, manner and the list of those checked have no records yet.
func inspections(b *bench) ([]Part, error) {
	entries, err := b.entries()
	if err != nil {
		return nil, err
	}
	list, drawn := Part{What: "检查事项明确抽查主体、依据"}, Part{What: "检查人员名录库不少于两名持证人员"}
	for _, e := range entries {
		if e.Class == "行政检查" {
			list.add(e.Owner != "" && len(e.Basis) > 0 && !e.NoUse, itemCase(e, "缺抽查主体或者经核对的依据"))
		}
	}
	valid, err := b.people(true)
	if err == nil && list.Of > 0 {
		drawn.add(len(valid) >= 2, Case{Kind: "officers", Title: "执法人员", Why: "持有效证件的人员不足两人"})
	}
	return []Part{list, drawn}, err
}

// lastDay is the last day for publishing as it stands, where it was lawfully extended too.
const lastDay = `COALESCE((SELECT MAX(e.due_on) FROM publication_extension e WHERE e.publication = publication.id), due_on)`

// published: penalties and licences within 7 working days, the rest within 20, with what the law wants shown (duty 10).
func published(b *bench) ([]Part, error) {
	const due = `agency = $1 AND source = 'case' AND state <> 'withheld' AND (published_on <> '' OR ` + lastDay + ` < $2) AND class `
	day := b.Law.Values(b.today)
	args := []any{b.Agency, b.today.String()}
	m := measure{kind: "publication", from: "publication", met: "published_on <> '' AND published_on <= " + lastDay, key: "id", title: "title", order: "due_on, id", args: args,
		because: `'应于' || ` + lastDay + ` || '前公开，' || CASE WHEN published_on = '' THEN '尚未公开' ELSE '实于' || published_on || '公开' END`}
	quick, other, whole := m, m, m
	quick.what, quick.owed = "处罚、许可决定"+day.Period(law.PublishDays)+"内公开", due+`IN ('处罚', '许可')`
	other.what, other.owed = "其他执法决定"+day.Period(law.PublishOtherDays)+"内公开", due+`NOT IN ('处罚', '许可')`
	whole.what, whole.owed, whole.because, whole.why = "公开了执法机关、对象、类别、结论", "agency = $1 AND source = 'case' AND published_on <> ''", "", "公开的信息不全"
	whole.met, whole.args = "agency_name <> '' AND party_name <> '' AND class <> '' AND result <> ''", args[:1]
	return b.counts(quick, other, whole)
}

// withdrawn: what fell comes down within three working days and says why (duty 11; 行政处罚法第四十八条第二款).
func withdrawn(b *bench) ([]Part, error) {
	down := measure{what: "失效决定按期撤下", kind: "publication", from: "publication p", key: "p.id", title: "p.title", order: "p.id", because: `CASE WHEN p.withdraw_due = '' THEN '没有登记应当撤下的日期，' ELSE '应于' || p.withdraw_due || '前撤下，' END || CASE WHEN p.withdrawn_on = '' THEN '仍在公示' ELSE '实于' || p.withdrawn_on || '撤下' END`,
		owed: `p.agency = $1 AND p.published_on <> '' AND ((p.fallen_on <> '' AND p.withdraw_due <> '' AND (p.withdrawn_on <> '' OR p.withdraw_due < $2))
			OR (p.fallen_on = '' AND EXISTS (SELECT 1 FROM decision d WHERE d.id = p.decision AND d.annulled_on <> '')))`,
		met: `p.withdrawn_on <> '' AND p.withdrawn_on <= p.withdraw_due`, args: []any{b.Agency, b.today.String()}}
	said := measure{what: "撤下时公开说明理由", kind: "publication", from: "publication p", key: "p.id", title: "p.title", order: "p.id", why: "没有说明理由",
		owed: "p.agency = $1 AND p.withdrawn_on <> ''", met: "p.reason <> '' AND p.ground_document <> ''", args: []any{b.Agency}}
	return b.counts(down, said)
}
