package workday

// lastDay is 9999-12-31 in days since 0000-12-31.
const lastDay = 3_652_059

// The conversions below are the usual ones of the proleptic Gregorian calendar with years
// that begin in March, so that the leap day is the last of its year.

// fromCivil converts a valid year, month and day.
func fromCivil(y, m, d int) Day {
	if m <= 2 {
		y--
		m += 12
	}
	n := 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 1
	// 0000-03-01 is counted as 0 above and lies 305 days before 0000-12-31.
	return Day{int32(n - 305)}
}

// civilOf is the inverse of fromCivil.
func civilOf(n int32) (y, m, d int) {
	z := int(n) + 305
	era := z / 146_097
	doe := z - era*146_097
	yoe := (doe - doe/1_460 + doe/36_524 - doe/146_096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d = doy - (153*mp+2)/5 + 1
	m = mp + 3
	y = yoe + era*400
	if m > 12 {
		m -= 12
		y++
	}
	return y, m, d
}

func monthLength(y, m int) int {
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
