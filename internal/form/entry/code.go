package entry

import "mingjing/internal/zh"

// checkCreditCode repeats on the server what the script echoes while typing.
func checkCreditCode(f Field, text string) string {
	if _, err := zh.ParseCreditCode(zh.NormaliseCreditCode(text)); err != nil {
		return f.Label + "有误：" + err.Error()
	}
	return ""
}

// checkCitizenID accepts any birth date before the year 2100: this package reads
// no clock, and whether a person is old enough is a rule of law, not of the form.
func checkCitizenID(f Field, text string) string {
	latest, err := zh.NewDate(2100, 1, 1)
	if err != nil {
		return ""
	}
	if _, err := zh.ParseCitizenID(zh.NormaliseCitizenID(text), latest); err != nil {
		return f.Label + "有误：" + err.Error()
	}
	return ""
}
