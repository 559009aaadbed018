package zh

import (
	"strings"
	"unicode/utf8"
)

// CreditCode is a 统一社会信用代码 of 18 characters that passed every check of
// GB 32100-2015. The zero value is no code.
type CreditCode string

// OrgCode is a 组织机构代码 of nine characters without hyphen that passed the check
// of GB 11714; it is also positions 9 to 17 of a CreditCode.
type OrgCode string

// creditSet is the alphabet of GB 32100-2015: I, O, S, V and Z are left out because
// they are mistaken for digits and letters. A character's value is its position.
const creditSet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditDepartments are the first characters that GB 32100-2015 (with the later
// additions of the registering departments) gives out.
const creditDepartments = "123456789ANY"

// ParseCreditCode accepts a code exactly as it is stored: 18 upper-case characters
// whose organisation check and whole check both fit. Lower case is refused here;
// NormaliseCreditCode turns it into upper case first.
func ParseCreditCode(text string) (CreditCode, error) {
	if text == "" {
		return "", fault("请填写统一社会信用代码（18位）")
	}
	if n := utf8.RuneCountInString(text); n != 18 {
		return "", fault("统一社会信用代码应为18位，现为%d位", n)
	}
	if at, r := firstOutside(text, creditSet); at > 0 {
		return "", fault("统一社会信用代码第%d位“%c”不是允许的字符（应为数字或大写字母，不用 I、O、S、V、Z）", at, r)
	}
	if !strings.Contains(creditDepartments, text[:1]) {
		return "", fault("统一社会信用代码第1位“%s”不是登记管理部门代码", text[:1])
	}
	if want := orgCheck(text[8:16]); text[16] != want {
		return "", fault("统一社会信用代码中的组织机构代码校验位（第17位）应为“%c”，现为“%c”，请核对第9至17位", want, text[16])
	}
	if want := creditCheck(text[:17]); text[17] != want {
		return "", fault("统一社会信用代码校验位（第18位）应为“%c”，现为“%c”，请核对各位", want, text[17])
	}
	return CreditCode(text), nil
}

// NormaliseCreditCode makes what a person typed ready for ParseCreditCode: one
// width, upper case, no spaces or hyphens.
func NormaliseCreditCode(text string) string {
	return strings.ToUpper(strings.ReplaceAll(compact(text), "-", ""))
}

// Org returns the organisation code inside the credit code.
func (c CreditCode) Org() OrgCode {
	if len(c) != 18 {
		return ""
	}
	return OrgCode(c[8:17])
}

// Division returns the six-digit division code (GB/T 2260) of the registering body.
func (c CreditCode) Division() string {
	if len(c) != 18 {
		return ""
	}
	return string(c[2:8])
}

// Registrar names the department that registered the bearer, from the first
// character, and is empty where the standard gives no name.
func (c CreditCode) Registrar() string {
	if c == "" {
		return ""
	}
	switch c[0] {
	case '1':
		return "机构编制"
	case '5':
		return "民政"
	case '9':
		return "市场监管"
	case 'N':
		return "农业"
	case 'Y':
		return "其他"
	}
	return ""
}

// Sort names what kind of body bears the code, for the kinds that registration
// departments use most; it is empty for others.
func (c CreditCode) Sort() string {
	if len(c) < 2 {
		return ""
	}
	switch c[:2] {
	case "11":
		return "机关"
	case "12":
		return "事业单位"
	case "13":
		return "群众团体"
	case "51":
		return "社会团体"
	case "52":
		return "民办非企业单位"
	case "53":
		return "基金会"
	case "91":
		return "企业"
	case "92":
		return "个体工商户"
	case "93":
		return "农民专业合作社"
	}
	return ""
}

// ParseOrgCode accepts a nine-character organisation code whose check fits.
func ParseOrgCode(text string) (OrgCode, error) {
	if n := utf8.RuneCountInString(text); n != 9 {
		return "", fault("组织机构代码应为9位（不含连字符），现为%d位", n)
	}
	if at, r := firstOutside(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"); at > 0 {
		return "", fault("组织机构代码第%d位“%c”不是数字或大写字母", at, r)
	}
	if want := orgCheck(text[:8]); text[8] != want {
		return "", fault("组织机构代码校验位（第9位）应为“%c”，现为“%c”", want, text[8])
	}
	return OrgCode(text), nil
}

// NormaliseOrgCode makes what a person typed (such as 01354435-7) ready for
// ParseOrgCode.
func NormaliseOrgCode(text string) string { return NormaliseCreditCode(text) }

// String prints the code as certificates show it, with the hyphen before its check.
func (c OrgCode) String() string {
	if len(c) != 9 {
		return string(c)
	}
	return string(c[:8]) + "-" + string(c[8:])
}

// orgCheck computes the check character of GB 11714 over eight characters.
func orgCheck(body string) byte {
	weights := [8]int{3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		v := int(body[i] - '0')
		if body[i] >= 'A' {
			v = int(body[i]-'A') + 10
		}
		sum += v * w
	}
	switch c := 11 - sum%11; c {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return byte('0' + c)
	}
}

// creditCheck computes the check character of GB 32100-2015 over 17 characters.
func creditCheck(body string) byte {
	sum, weight := 0, 1
	for i := range 17 {
		sum += strings.IndexByte(creditSet, body[i]) * weight
		weight = weight * 3 % 31
	}
	return creditSet[(31-sum%31)%31]
}

// firstOutside returns the one-based place of the first character not in set, and
// the character; zero when all are in the set.
func firstOutside(text, set string) (int, rune) {
	at := 0
	for _, r := range text {
		at++
		if !strings.ContainsRune(set, r) {
			return at, r
		}
	}
	return 0, 0
}
