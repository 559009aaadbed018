package zh

import "strings"

// digitOf gives the value of one Chinese digit, in everyday, financial and
// traditional writing. 两 counts as two; 〇 and its look-alikes count as zero.
func digitOf(r rune) (int, bool) {
	switch r {
	case '零', '〇', '○', '◯', 'O', 'o':
		return 0, true
	case '一', '壹', '弌', '幺':
		return 1, true
	case '二', '贰', '貳', '弍', '两', '兩':
		return 2, true
	case '三', '叁', '叄', '參', '弎':
		return 3, true
	case '四', '肆':
		return 4, true
	case '五', '伍':
		return 5, true
	case '六', '陆', '陸':
		return 6, true
	case '七', '柒':
		return 7, true
	case '八', '捌':
		return 8, true
	case '九', '玖':
		return 9, true
	}
	return 0, false
}

// placeOf gives the value of a place word inside a group of four.
func placeOf(r rune) (int64, bool) {
	switch r {
	case '十', '拾':
		return 10, true
	case '百', '佰':
		return 100, true
	case '千', '仟':
		return 1000, true
	}
	return 0, false
}

// parseNumeral reads a whole number in Chinese writing up to 9999万亿. It is strict
// about order: places fall, a digit needs its place, 三万五 (colloquial for 35000)
// is refused because a document must not be read in two ways.
func parseNumeral(text string) (int64, bool) {
	text = strings.NewReplacer("萬", "万", "億", "亿").Replace(text)
	head, tail, found := cutLast(text, "亿")
	if !found {
		return parseMyriads(text, true)
	}
	high, ok := parseMyriads(head, true)
	if !ok || high == 0 || high > 99_999_999 {
		return 0, false
	}
	low, ok := parseMyriads(tail, false)
	if !ok {
		return 0, false
	}
	return high*100_000_000 + low, true
}

// parseMyriads reads a number below 亿. first says that nothing higher precedes it,
// so that it may be zero alone but not empty.
func parseMyriads(text string, first bool) (int64, bool) {
	if text == "" {
		return 0, !first
	}
	head, tail, found := cutLast(text, "万")
	if !found {
		return parseGroup(text)
	}
	high, ok := parseGroup(head)
	if !ok || high == 0 {
		return 0, false
	}
	if tail == "" {
		return high * 10_000, true
	}
	low, ok := parseGroup(tail)
	// A lone digit after 万 is the colloquial 三万五 unless 零 stands before it.
	if !ok || low < 10 && !strings.HasPrefix(tail, "零") && !strings.HasPrefix(tail, "〇") {
		return 0, false
	}
	return high*10_000 + low, true
}

// parseGroup reads a number below ten thousand.
func parseGroup(text string) (int64, bool) {
	var sum int64
	place, digit, zero := int64(10_000), -1, false
	for _, r := range text {
		if d, ok := digitOf(r); ok {
			if digit >= 0 {
				return 0, false
			}
			if d == 0 {
				zero = true
				continue
			}
			digit = d
			continue
		}
		p, ok := placeOf(r)
		if !ok || p >= place {
			return 0, false
		}
		if digit < 0 {
			if p != 10 || sum != 0 {
				return 0, false
			}
			digit = 1
		}
		sum += int64(digit) * p
		place, digit, zero = p, -1, false
	}
	if digit >= 0 {
		// 一百五 means 150 in speech: a unit digit needs 零 or 十 before it.
		if place > 10 && sum > 0 && !zero {
			return 0, false
		}
		sum += int64(digit)
	}
	return sum, text != ""
}

func cutLast(text, sep string) (before, after string, found bool) {
	i := strings.LastIndex(text, sep)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(sep):], true
}
