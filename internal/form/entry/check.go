package entry

import (
	"regexp"
	"strings"
)

var phoneTyped = regexp.MustCompile(`^(1[3-9]\d{9}|(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?|400-?\d{3}-?\d{4})$`)

// checkText applies one named check to a filled text; "" means it passes.
func Check(named string, f Field, text string) string {
	text = strings.TrimSpace(text)
	switch named {
	case "credit-code":
		return checkCreditCode(f, text)
	case "citizen-id":
		return checkCitizenID(f, text)
	case "phone":
		if !phoneTyped.MatchString(text) {
			return f.Label + "不是有效的电话号码"
		}
	case "true":
		if text != "是" {
			return "请确认" + f.Label
		}
	case "url":
		if !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://") {
			return f.Label + "须以https://或者http://开头"
		}
	case "positive":
		if strings.HasPrefix(text, "-") || strings.Trim(text, "0.,") == "" {
			return f.Label + "须大于零"
		}
	}
	return ""
}

// Checks are the named checks a kind file may use; min: and after: take an argument.
func Checks() []string {
	return []string{"credit-code", "citizen-id", "phone", "true", "url", "positive", "min:", "after:"}
}
