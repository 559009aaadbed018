package zh

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FoundNumber is a 文号 found in running text, with the byte range it occupies.
type FoundNumber struct {
	Number     Number
	Start, End int
}

var (
	// numberTail is what follows the 代字: the year in brackets, the serial, 号.
	numberTail = regexp.MustCompile(`[` + openings + `]\s*[0-9０-９]{4}\s*[` + closings + `]\s*(?:` + serials + `)\s*号`)
	// numberTailCourt is a court's case number, whose year stands in front.
	numberTailCourt = regexp.MustCompile(`[（(〔\[]\s*[0-9]{4}\s*[）)〕\]]\s*\p{Han}{1,6}[0-9]{0,4}\p{Han}{1,8}?第?[0-9]+(?:-[0-9]+)?号(?:之[一二三四五六七八九十]+)?`)
)

// kindWords end the name of a document, not a 代字: in 行政处罚决定书〔2024〕2号 the
// number has no 代字, in 行政处罚决定书沪〔2024〕2号 it is 沪.
var kindWords = [...]string{"决定书", "通知书", "告知书", "意见书", "建议书", "认定书", "裁决书", "复议书", "催告书", "警示函", "关注函", "监管函", "笔录", "决定", "文号", "编号", "字号"}

// breakWords stand between a sentence and the 代字 of a number that it cites.
var breakWords = [...]string{"根据", "依据", "依照", "按照", "参照", "收到", "作出的", "作出", "送达的", "送达", "印发的", "印发", "下达的", "发出", "对", "以", "和", "及", "与", "或", "的", "即", "为", "是", "在"}

// FindNumbers returns every complete 文号 and court case number in text, in order.
// It works on titles (…重庆监管局行政处罚决定书〔2024〕2号) and on bodies, where the
// words before the 代字 are cut off at punctuation, spaces, document names and the
// verbs that introduce a citation. A 代字 longer than 16 characters is taken for a
// body's name that slipped in and is left out.
func FindNumbers(text string) []FoundNumber {
	text = strings.ToValidUTF8(text, "?")
	tails := numberTail.FindAllStringIndex(text, -1)
	courts := numberTailCourt.FindAllStringIndex(text, -1)
	var found []FoundNumber
	end := 0
	for len(tails)+len(courts) > 0 {
		var f FoundNumber
		if len(tails) == 0 || len(courts) > 0 && courts[0][0] < tails[0][0] {
			f = courtAt(text, courts[0])
			courts = courts[1:]
		} else {
			if tails[0][0] >= end {
				f = documentAt(text, end, tails[0])
			}
			tails = tails[1:]
		}
		if f.Number != (Number{}) && f.Start >= end {
			found = append(found, f)
			end = f.End
		}
	}
	return found
}

// courtAt reads the court's number at a place; the zero FoundNumber if it is none.
func courtAt(text string, at []int) FoundNumber {
	n, err := ParseNumber(text[at[0]:at[1]])
	if err != nil {
		return FoundNumber{}
	}
	return FoundNumber{n, at[0], at[1]}
}

// documentAt reads the 文号 whose year and serial stand at a place and whose 代字 begins
// not before from; without a 代字 if the words before are none.
func documentAt(text string, from int, at []int) FoundNumber {
	for _, start := range [2]int{prefixStart(text, from, at[0]), at[0]} {
		if n, err := ParseNumber(text[start:at[1]]); err == nil {
			return FoundNumber{n, start, at[1]}
		}
	}
	return FoundNumber{}
}

// prefixStart walks back from the bracket at to the beginning of the 代字, not before
// from.
func prefixStart(text string, from, at int) int {
	gap := at - len(strings.TrimRight(text[from:at], "  \u3000")) - from
	start, depth := at-gap, 0
	for start > from {
		r, size := utf8.DecodeLastRuneInString(text[from:start])
		switch {
		case r == ')' || r == '）':
			depth++
		case (r == '(' || r == '（') && depth > 0:
			depth--
		case !unicode.Is(unicode.Han, r):
			size = 0
		}
		if size == 0 {
			break
		}
		start -= size
	}
	if depth > 0 { // A bracket that closes but does not open belongs to the sentence.
		if i := strings.LastIndexAny(text[start:at], ")）"); i >= 0 {
			_, size := utf8.DecodeRuneInString(text[start+i:])
			start += i + size
		}
	}
	start = cutWords(text, start, at-gap)
	if utf8.RuneCountInString(text[start:at-gap]) > 16 {
		return at
	}
	if start == at-gap {
		return at
	}
	return start
}

// cutWords moves start behind the last document name or introducing word that stands
// before the 代字.
func cutWords(text string, start, end int) int {
	for _, w := range kindWords {
		if i := strings.LastIndex(text[start:end], w); i >= 0 {
			start += i + len(w)
		}
	}
	for _, w := range breakWords {
		if i := strings.LastIndex(text[start:end], w); i >= 0 {
			start += i + len(w)
		}
	}
	return start
}
