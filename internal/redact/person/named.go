package person

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Named tells that a name is one of a natural person rather than of an organisation: two to four characters, none of
// the words that organisations end with, or several such names.
func Named(name string) bool {
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("、，,;；", r) }) {
		part = strings.TrimSpace(part)
		n := utf8.RuneCountInString(part)
		han := strings.IndexFunc(part, func(r rune) bool { return !unicode.Is(unicode.Han, r) && r != '·' && r != '*' && r != '×' }) < 0
		if !strings.Contains(part, "·") && (n < 2 || n > 4) || !han || organised(part) {
			return false
		}
	}
	return true
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
