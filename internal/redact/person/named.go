package person

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Named tells that a name is one of a natural person rather than of an organisation: two to four characters, none of
// the words that organisations end with, a name in Latin letters, or several such names.
func Named(name string) bool {
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("、，,;；", r) }) {
		part = strings.TrimSpace(part)
		if Latin(part) {
			continue
		}
		n := utf8.RuneCountInString(part)
		han := strings.IndexFunc(part, func(r rune) bool { return !unicode.Is(unicode.Han, r) && r != '·' && r != '*' && r != '×' }) < 0
		if !strings.Contains(part, "·") && (n < 2 || n > 4) || !han || organised(part) {
			return false
		}
	}
	return true
}

// Latin tells that a name is one of a natural person in Latin letters, as LI TONG or Jean-Luc Martin: two to five words, of
// which none says that it is an organisation.
func Latin(name string) bool {
	words := strings.Fields(name)
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	for _, word := range words {
		letters := strings.Trim(word, ".'-’")
		if letters == "" || strings.IndexFunc(letters, func(r rune) bool { return !unicode.Is(unicode.Latin, r) && !strings.ContainsRune(".'-’", r) }) >= 0 ||
			corporate(strings.ToUpper(strings.ReplaceAll(letters, ".", ""))) {
			return false
		}
	}
	return true
}

// corporate are the words, without their points, by which the Latin name of an organisation is known.
func corporate(word string) bool {
	switch word {
	case "LIMITED", "LTD", "INC", "CORP", "CORPORATION", "COMPANY", "CO", "LLC", "LLP", "LP", "PLC", "PTE", "PTY", "GMBH", "AG", "SA", "NV", "BV", "SPA", "AB",
		"FUND", "FUNDS", "VENTURE", "VENTURES", "CAPITAL", "HOLDING", "HOLDINGS", "GROUP", "PARTNERS", "BANK", "TRUST", "INTERNATIONAL", "INVESTMENT", "INVESTMENTS",
		"ASSET", "MANAGEMENT", "SECURITIES", "INSURANCE", "TECHNOLOGY", "ASSOCIATION", "FOUNDATION", "UNIVERSITY", "INSTITUTE", "SOCIETY", "CENTRE", "CENTER", "CHINA",
		"SINGAPORE", "ASIA", "GLOBAL", "AND", "OF", "THE":
		return true
	}
	return false
}

func organised(name string) bool {
	for _, end := range []string{"公司", "银行", "中心", "协会", "学会", "基金会", "商会", "医院", "学校", "幼儿园", "合作社", "联社", "集团", "工厂", "药店", "商店",
		"超市", "酒店", "饭店", "研究院", "研究所", "事务所", "支行", "分行", "门诊部", "养老院", "敬老院", "殡仪馆", "公墓", "经营部", "服务部"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}
