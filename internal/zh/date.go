package zh

import (
	"strconv"
	"strings"
)

// Date is a civil day as a text states it: year, month 1–12, day 1–31. The zero
// value is no day. Arithmetic on days is the work of package workday, which turns
// a Date into its Day.
type Date struct{ Y, M, D int }

// NewDate makes a Date of the years 1 to 9999 and refuses days that do not exist.
func NewDate(y, m, d int) (Date, error) {
	if y < 1 || y > 9999 {
		return Date{}, fault("年份%d不合理，应在1至9999之间", y)
	}
	if m < 1 || m > 12 {
		return Date{}, fault("月份%d不存在，应在1至12之间", m)
	}
	if d < 1 || d > daysIn(y, m) {
		return Date{}, fault("%d年%d月没有%d日", y, m, d)
	}
	return Date{y, m, d}, nil
}

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d lies before e.
func (d Date) Before(e Date) bool {
	if d.Y != e.Y {
		return d.Y < e.Y
	}
	if d.M != e.M {
		return d.M < e.M
	}
	return d.D < e.D
}

// String prints the day as it is stored, 2026-11-24; the zero value prints nothing.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return pad(d.Y, 4) + "-" + pad(d.M, 2) + "-" + pad(d.D, 2)
}

// FormatDay prints a day as documents write it in figures: 2026年11月24日, month and
// day without leading zero (GB/T 9704-2012, 7.3.5.4).
func FormatDay(d Date) string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Y) + "年" + strconv.Itoa(d.M) + "月" + strconv.Itoa(d.D) + "日"
}

// FormatDayInWords prints a day in Chinese writing: 二〇二六年十一月二十四日.
func FormatDayInWords(d Date) string {
	if d.IsZero() {
		return ""
	}
	var b strings.Builder
	for _, c := range strconv.Itoa(d.Y) {
		b.WriteString(plainDigits[c-'0'])
	}
	return b.String() + "年" + belowHundred(d.M) + "月" + belowHundred(d.D) + "日"
}

var plainDigits = [10]string{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// Numeral writes a count below a hundred as statutes do: 六, 十五, 六十; anything else is written in figures.
func Numeral(n int) string {
	if n < 1 || n > 99 {
		return strconv.Itoa(n)
	}
	return belowHundred(n)
}

func belowHundred(n int) string {
	tens, ones := n/10, n%10
	text := ""
	switch tens {
	case 0:
	case 1:
		text = "十"
	default:
		text = plainDigits[tens] + "十"
	}
	if ones > 0 {
		text += plainDigits[ones]
	}
	return text
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}
