package zh

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// CitizenID is a 公民身份号码 of 18 characters that passed every check of GB 11643.
// It is personal data: it prints through %v like any string, so callers never log it.
type CitizenID string

// Sex is what digit 17 of a CitizenID says.
type Sex string

// The two values of Sex as documents write them.
const (
	Male   Sex = "男"
	Female Sex = "女"
)

// provincePrefixes are the first two digits in use: GB/T 2260 provinces, and 71, 81,
// 82, 83 as they stand in residence permits of people from 台湾, 香港 and 澳门.
const provincePrefixes = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

// ParseCitizenID accepts an identity number exactly as it is stored: 17 digits and
// a digit or upper-case X, with a known province, a real birth day not after today,
// and a check digit that fits. today is the day the number is judged on.
func ParseCitizenID(text string, today Date) (CitizenID, error) {
	if text == "" {
		return "", fault("请填写公民身份号码（18位）")
	}
	switch n := utf8.RuneCountInString(text); {
	case n == 15 && allDigits(text):
		return "", fault("这是15位旧号码，应换算为18位：%s", NormaliseCitizenID(text))
	case n != 18:
		return "", fault("公民身份号码应为18位，现为%d位", n)
	}
	if at, r := firstOutside(text[:len(text)-1], "0123456789"); at > 0 {
		return "", fault("公民身份号码第%d位“%c”不是数字", at, r)
	}
	if last := text[17]; last == 'x' {
		return "", fault("公民身份号码末位应为大写X")
	} else if last != 'X' && (last < '0' || last > '9') {
		return "", fault("公民身份号码末位应为数字或大写X")
	}
	if !strings.Contains(provincePrefixes, " "+text[:2]+" ") {
		return "", fault("公民身份号码前两位“%s”不是省级行政区划代码", text[:2])
	}
	birth, err := birthOf(text)
	if err != nil {
		return "", err
	}
	if today.Before(birth) {
		return "", fault("公民身份号码中的出生日期晚于%s", FormatDay(today))
	}
	if want := citizenCheck(text[:17]); text[17] != want {
		return "", fault("公民身份号码校验位不符，请逐位核对")
	}
	return CitizenID(text), nil
}

// NormaliseCitizenID makes what a person typed ready for ParseCitizenID: one width,
// no spaces, upper-case X; an old 15-digit number gets its century (always 19: such
// numbers were given out until 1999) and its check digit.
func NormaliseCitizenID(text string) string {
	text = strings.ToUpper(strings.ReplaceAll(compact(text), "-", ""))
	if len(text) == 15 && allDigits(text) {
		body := text[:6] + "19" + text[6:]
		return body + string(citizenCheck(body))
	}
	return text
}

// Birth returns the birth day that the number states.
func (c CitizenID) Birth() Date {
	if len(c) != 18 {
		return Date{}
	}
	d, err := birthOf(string(c))
	if err != nil {
		return Date{}
	}
	return d
}

// Sex returns what digit 17 says: odd is male (GB 11643).
func (c CitizenID) Sex() Sex {
	if len(c) != 18 {
		return ""
	}
	if (c[16]-'0')%2 == 1 {
		return Male
	}
	return Female
}

// Division returns the first six digits, the division in which the number was given.
func (c CitizenID) Division() string {
	if len(c) != 18 {
		return ""
	}
	return string(c[:6])
}

// AgeOn returns the bearer's age in full years (周岁) on a day. 行政处罚法第三十条 asks
// it on the day of the act. A year of age is complete on the day after the birthday
// (最高人民法院 法释〔2006〕1号第二条, the reading that favours a minor).
func (c CitizenID) AgeOn(day Date) int {
	b := c.Birth()
	if b == (Date{}) || day.Before(b) {
		return 0
	}
	age := day.Y - b.Y
	if day.M < b.M || day.M == b.M && day.D <= b.D {
		age--
	}
	return max(age, 0)
}

func birthOf(text string) (Date, error) {
	y, _ := strconv.Atoi(text[6:10])
	m, _ := strconv.Atoi(text[10:12])
	d, _ := strconv.Atoi(text[12:14])
	if y < 1850 {
		return Date{}, fault("公民身份号码中的出生年份%04d不合理", y)
	}
	date, err := NewDate(y, m, d)
	if err != nil {
		return Date{}, fault("公民身份号码中的出生日期%04d年%d月%d日不存在", y, m, d)
	}
	return date, nil
}

// citizenCheck computes the check character (ISO 7064 MOD 11-2) over 17 digits.
func citizenCheck(body string) byte {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(body[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

func allDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
