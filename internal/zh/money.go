package zh

import (
	"math"
	"strconv"
	"strings"
)

// Fen is an amount of money in 分 (0.01 元), never negative and at most MaxFen. All
// money in the system is Fen; a floating-point amount never exists.
type Fen int64

// MaxFen is the largest amount that can be written in 大写 with 仟万亿:
// 9,999,999,999,999,999.99 元.
const MaxFen Fen = 999_999_999_999_999_999

// FenOf returns a whole number of 元 as Fen, and refuses negative and immense ones.
func FenOf(yuan int64) (Fen, error) {
	if yuan < 0 {
		return 0, fault("金额不能为负数")
	}
	if yuan > int64(MaxFen)/100 {
		return 0, fault("金额过大，最多为%s", MaxFen)
	}
	return Fen(yuan * 100), nil
}

// Plus adds two amounts and refuses a sum beyond MaxFen.
func (f Fen) Plus(g Fen) (Fen, error) {
	if f < 0 || g < 0 {
		return 0, fault("金额不能为负数")
	}
	if f > MaxFen-g {
		return 0, fault("金额合计过大，最多为%s", MaxFen)
	}
	return f + g, nil
}

// String prints 1,234.56元, always with two decimals.
func (f Fen) String() string {
	plain := f.Plain()
	sign := ""
	if strings.HasPrefix(plain, "-") {
		sign, plain = "-", plain[1:]
	}
	whole, cents, _ := strings.Cut(plain, ".")
	var b strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	return sign + b.String() + "." + cents + "元"
}

// Plain prints 1234.56, the form of form fields and exchange files.
func (f Fen) Plain() string {
	v, sign := uint64(f), ""
	if f < 0 {
		v, sign = uint64(-(f+1))+1, "-"
	}
	cents := strconv.FormatUint(v%100+100, 10)[1:]
	return sign + strconv.FormatUint(v/100, 10) + "." + cents
}

// Wan prints the amount in 万元 with as many decimals as it needs, at most six, as
// the double-publicity feed wants it: 30,000 元 is 3, one 分 is 0.000001.
func (f Fen) Wan() string {
	v, sign := uint64(f), ""
	if f < 0 {
		v, sign = uint64(-(f+1))+1, "-"
	}
	text := strconv.FormatUint(v/1_000_000, 10)
	if rest := v % 1_000_000; rest > 0 {
		text += "." + strings.TrimRight(pad(int(rest), 6), "0")
	}
	return sign + text
}

// Upper prints the 大写 of the amount by the rules for bills (正确填写票据和结算凭证的
// 基本规定, 附件一之第二至四条): one 零 for every gap inside the figure, 零 before 角分
// when the 元 place or the 角 place is zero, 整 after 元 and after 角, none after 分.
// Where the rule allows a 零 to be written or left out it is written as the rule's own
// first example does: ¥107,000.53 is 壹拾万柒仟元零伍角叁分. A negative Fen, which no
// constructor makes, prints nothing.
func (f Fen) Upper() string {
	if f < 0 || f > MaxFen {
		return ""
	}
	yuan, jiao, fen := int64(f)/100, int64(f)/10%10, int64(f)%10
	text := ""
	if yuan > 0 || jiao == 0 && fen == 0 {
		text = upperWhole(yuan) + "元"
	}
	switch {
	case jiao == 0 && fen == 0:
		return text + "整"
	case yuan > 0 && (yuan%10 == 0 || jiao == 0):
		text += "零"
	}
	if jiao > 0 {
		text += upperDigits[jiao] + "角"
	}
	if fen > 0 {
		return text + upperDigits[fen] + "分"
	}
	return text + "整"
}

var (
	upperDigits = [10]string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}
	upperPlaces = [4]string{"", "拾", "佰", "仟"}
)

// upperWhole writes a whole number below 10^16 in financial characters.
func upperWhole(n int64) string {
	if n == 0 {
		return "零"
	}
	high, low := n/100_000_000, n%100_000_000
	if high == 0 {
		return upperMyriads(low)
	}
	text := upperMyriads(high) + "亿"
	if low == 0 {
		return text
	}
	if low < 10_000_000 {
		text += "零"
	}
	return text + upperMyriads(low)
}

func upperMyriads(n int64) string {
	high, low := n/10_000, n%10_000
	if high == 0 {
		return upperGroup(low)
	}
	text := upperGroup(high) + "万"
	if low == 0 {
		return text
	}
	if low < 1_000 {
		text += "零"
	}
	return text + upperGroup(low)
}

// upperGroup writes 1 to 9999.
func upperGroup(n int64) string {
	text, gap := "", false
	for place := 3; place >= 0; place-- {
		d := n / int64(math.Pow10(place)) % 10
		if d == 0 {
			gap = text != ""
			continue
		}
		if gap {
			text += "零"
		}
		gap = false
		text += upperDigits[d] + upperPlaces[place]
	}
	return text
}
