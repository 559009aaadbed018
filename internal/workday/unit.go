package workday

import "strconv"

// Unit is what a deadline is counted in.
type Unit string

// The units. StatuteDay is the bare 日 of a statute, which the deadline's Profile turns
// into working or calendar days.
const (
	WorkDay     Unit = "wd" // 工作日
	CalendarDay Unit = "cd" // 自然日
	Month       Unit = "mo" // 月, by the corresponding day
	Year        Unit = "y"  // 年, by the corresponding day
	Hour        Unit = "h"  // 小时, from an instant
	StatuteDay  Unit = "d"  // 日 as the statute writes it
)

// Valid reports whether u is one of the units.
func (u Unit) Valid() bool {
	switch u {
	case WorkDay, CalendarDay, Month, Year, Hour, StatuteDay:
		return true
	}
	return false
}

// Length prints n units in Chinese: 7个工作日, 15日, 6个月, 2年, 24小时.
func (u Unit) Length(n int) string {
	if n < 0 {
		n = -n
	}
	count := strconv.Itoa(n)
	switch u {
	case WorkDay:
		return count + "个工作日"
	case Month:
		return count + "个月"
	case Year:
		return count + "年"
	case Hour:
		return count + "小时"
	case CalendarDay:
		return count + "日（自然日）"
	}
	return count + "日"
}

// most is the largest count of a unit that Due computes, a little over a century.
func (u Unit) most() int {
	switch u {
	case Month:
		return 1_200
	case Year:
		return 100
	case Hour:
		return 24 * 3_660
	}
	return 36_600
}
