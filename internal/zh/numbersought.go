package zh

import "regexp"

// NumberSought reads a 文号 as people type it when they look for one: in any spelling, with or without 代字 and 号. ok is
// false where the text is no number.
func NumberSought(text string) (n Number, ok bool) {
	n, err := ParseNumber(text)
	if err != nil || n.Serial == "" {
		return Number{}, false
	}
	n.Truncated, n.Irregular = false, false
	return n, true
}

// numberTyped is a 文号 among other words. Words that stand before it with a space between are its 代字 only where they end
// in 字.
var numberTyped = regexp.MustCompile(`(?:(?:\p{Han}|\(\p{Han}+\))*字\s+|(?:[\p{Han}A-Za-z]|\(\p{Han}+\))*)[` + openings + `]\s*\d{4}\s*[` + closings + `]\s*(?:` + serials + `)(?:\s*号)?`)

// NumberTyped finds the 文号 in what somebody looks for, with its place.
func NumberTyped(query string) (n Number, start, end int, ok bool) {
	at := numberTyped.FindStringIndex(query)
	if at == nil {
		return Number{}, 0, 0, false
	}
	n, ok = NumberSought(query[at[0]:at[1]])
	return n, at[0], at[1], ok
}
