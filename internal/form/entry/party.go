package entry

// The kinds of 当事人. 个体工商户 is named by its licence but answers as a person,
// so it carries both a code and an operator's data.
const (
	PartyOrganisation = "法人或者其他组织"
	PartyTrader       = "个体工商户"
	PartyPerson       = "自然人"
)

// partyField is the 当事人: an organisation, a trader or a person. An
// organisation's seat is public; a person's home, number and telephone are not
// (行政处罚法第五十条，rulebook §8.1).
func partyField() Type {
	organisation := []Condition{"kind!=" + PartyPerson}
	person := []Condition{"kind=" + PartyPerson + "|" + PartyTrader}
	return Type{
		Shape:   Record,
		Filters: []string{"full"},
		Parts: func(f Field) []Field {
			return []Field{
				{Name: "kind", Label: "当事人类型", Type: "choice", Required: f.Required,
					Options: []string{PartyOrganisation, PartyTrader, PartyPerson}},
				{Name: "name", Label: "姓名或者名称", Type: "line", Required: f.Required, Personal: "name", Max: 120},
				{Name: "code", Label: "统一社会信用代码", Type: "line", When: organisation, Checks: []string{"credit-code"}},
				{Name: "legal_rep", Label: "法定代表人（负责人、经营者）", Type: "line", When: organisation, Personal: "name"},
				{Name: "legal_rep_post", Label: "职务", Type: "line", When: organisation},
				{Name: "gender", Label: "性别", Type: "choice", When: person, Options: []string{"男", "女"}, Personal: "gender", Secret: true},
				{Name: "birth", Label: "出生日期", Type: "date", When: person, Personal: "birth", Secret: true},
				{Name: "id", Label: "身份证号", Type: "line", When: person, Personal: "id", Secret: true, Checks: []string{"citizen-id"}},
				{Name: "address", Label: "住所（住址）", Type: "line", Required: f.Required, Personal: "address"},
				{Name: "phone", Label: "联系电话", Type: "line", Personal: "phone", Secret: true, Checks: []string{"phone"}},
			}
		},
		SayRow: sayParty,
		Hidden: func(part Field, row map[string]any) bool {
			return part.Name == "address" && RowText(row, "kind") != PartyOrganisation
		},
	}
}

// sayParty introduces the party in the way the first paragraph of a decision does.
func sayParty(_ Field, row map[string]any, filter string) string {
	name := RowText(row, "name")
	if filter != "full" {
		return name
	}
	said := []string{"当事人：" + name}
	titles := [][2]string{{"code", "统一社会信用代码："}, {"address", "住所："}, {"legal_rep", "法定代表人（负责人）："}}
	if RowText(row, "kind") == PartyPerson {
		titles = [][2]string{{"gender", "性别："}, {"birth", "出生日期："}, {"id", "公民身份号码："}, {"address", "住址："}}
	} else if RowText(row, "kind") == PartyTrader {
		titles = [][2]string{{"code", "统一社会信用代码："}, {"legal_rep", "经营者："}, {"id", "公民身份号码："}, {"address", "经营场所："}}
	}
	for _, title := range append(titles, [2]string{"phone", "联系电话："}) {
		text := RowText(row, title[0])
		if text == "" {
			continue
		}
		if title[0] == "birth" {
			text = SayDay(text)
		}
		said = append(said, title[1]+text)
	}
	return joinFilled(said, "\n")
}
