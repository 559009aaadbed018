package zh

import (
	"regexp"
	"strconv"
	"strings"
)

// Scheme says by which numbering a document number was given.
type Scheme string

// The numberings that occur in enforcement records.
const (
	// SchemeDocument is the 发文字号 of GB/T 9704-2012, 7.2.5: 代字〔年〕顺序号.
	SchemeDocument Scheme = "发文字号"
	// SchemeCourt is the case number of a court: (2021)粤1302行初91号.
	SchemeCourt Scheme = "法院案号"
	// SchemeRegistry is the registration number of a normative document: YFDR-2017-01002.
	SchemeRegistry Scheme = "规范性文件登记号"
)

// Number is a 文号 taken apart. Two spellings of one number give equal String()s.
// The zero value is no number.
type Number struct {
	Scheme Scheme
	Prefix string // 代字, such as 四民罚决字; empty when the text gives none
	Year   int
	Serial string // 顺序号 without 第 and leading zeros, mostly digits; empty when cut off

	// Truncated says that the text breaks off before 号, so that Serial may be cut.
	Truncated bool
	// Irregular says that the spelling differs from the canonical one (brackets,
	// 第, leading zeros, spaces).
	Irregular bool
}

const (
	openings = `〔\[［【（(﹝`
	closings = `〕\]］】）)﹞`
	serials  = `第?\s*[0-9A-Za-z０-９]+(?:[-－–—.][0-9A-Za-z０-９]+)*(?:之[一二三四五六七八九十0-9]+)?|[A-Za-z]{1,6}第[A-Za-z]*-?[0-9]+(?:-[0-9]+)*`
)

var (
	numberWhole = regexp.MustCompile(`^(.*?)[〔\[【(]\s*(\d{4})\s*[〕\]】)]\s*(.*?)\s*(号?)$`)
	numberCut   = regexp.MustCompile(`^(.*?)[〔\[【(]\s*(\d{4})(\d*)$`)
	numberCourt = regexp.MustCompile(`^[〔\[(](\d{4})[〕\])](\p{Han}{1,6}\d{0,4}\p{Han}{1,8}?)(?:字)?第?(\d+(?:-\d+)?)(号(?:之[一二三四五六七八九十]+)?)?$`)
	numberPaper = regexp.MustCompile(`^([A-Z]{2,8})-(\d{4})-(\d{3,8})$`)
	serialPlain = regexp.MustCompile(`^第?0*(\d+)$`)
	serialOdd   = regexp.MustCompile(`^[0-9A-Za-z第.\-之一二三四五六七八九十]+$`)
	prefixWord  = regexp.MustCompile(`^[\p{Han}A-Za-z()]{1,30}$`)
)

// NewNumber makes the number of a new document from its 代字, year and serial.
func NewNumber(prefix string, year, serial int) (Number, error) {
	prefix = widen(compact(prefix))
	switch {
	case prefix == "" || !prefixWord.MatchString(narrowParens(prefix)):
		return Number{}, fault("文号的机关代字应为1至30个汉字，例如“四民罚决字”")
	case year < 1949 || year > 2999:
		return Number{}, fault("文号的年份%d不合理，应为四位公历年", year)
	case serial < 1 || serial > 999_999:
		return Number{}, fault("文号的顺序号%d不合理，应为1至999999", serial)
	}
	return Number{Scheme: SchemeDocument, Prefix: prefix, Year: year, Serial: strconv.Itoa(serial)}, nil
}

// ParseNumber reads a 文号 in any of the spellings found in real records: every kind
// of bracket, 第 and leading zeros before the serial, spaces, brackets around the
// whole, a missing 代字, a serial with letters (TQ第Q-4008), and numbers of other
// schemes. A number that was cut off (献政字〔201722) is returned with Truncated set
// rather than refused, because the record must not lose it; see Findings.
func ParseNumber(text string) (Number, error) {
	t := compact(text)
	if t == "" {
		return Number{}, fault("请填写文号，例如四民罚决字〔2026〕1号")
	}
	if m := numberPaper.FindStringSubmatch(t); m != nil {
		year, _ := strconv.Atoi(m[2])
		return checkYear(Number{Scheme: SchemeRegistry, Prefix: m[1], Year: year, Serial: m[3]}, t)
	}
	if m := numberCourt.FindStringSubmatch(t); m != nil {
		year, _ := strconv.Atoi(m[1])
		n := Number{Scheme: SchemeCourt, Prefix: m[2], Year: year, Serial: m[3], Truncated: m[4] == ""}
		n.Serial += strings.TrimPrefix(m[4], "号")
		n.Irregular = n.String() != widen(text)
		return checkYear(n, t)
	}
	return parseDocument(text, unwrap(t))
}

// parseDocument reads a 发文字号; text is the original, t its compact form.
func parseDocument(text, t string) (Number, error) {
	n := Number{Scheme: SchemeDocument}
	if m := numberWhole.FindStringSubmatch(t); m != nil {
		n.Prefix, n.Serial, n.Truncated = m[1], m[3], m[4] == ""
		n.Year, _ = strconv.Atoi(m[2])
	} else if m := numberCut.FindStringSubmatch(t); m != nil {
		n.Prefix, n.Serial, n.Truncated = m[1], m[3], true
		n.Year, _ = strconv.Atoi(m[2])
	} else {
		return Number{}, fault("看不懂文号“%s”，应写成机关代字〔年份〕顺序号，例如四民罚决字〔2026〕1号", clip(t, 30))
	}
	if m := serialPlain.FindStringSubmatch(n.Serial); m != nil {
		n.Serial = m[1]
	} else if n.Serial != "" && !serialOdd.MatchString(n.Serial) || n.Serial == "" && !n.Truncated {
		return Number{}, fault("文号“%s”的顺序号应为数字，例如〔%d〕1号", clip(t, 30), n.Year)
	}
	if n.Prefix != "" && !prefixWord.MatchString(n.Prefix) {
		return Number{}, fault("文号“%s”的机关代字应为汉字，不超过30个", clip(t, 30))
	}
	n.Prefix = widen(n.Prefix)
	n.Irregular = n.Truncated || n.String() != strings.TrimSpace(text)
	return checkYear(n, t)
}

func checkYear(n Number, text string) (Number, error) {
	if n.Year < 1949 || n.Year > 2999 {
		return Number{}, fault("文号“%s”的年份%d不合理，应为四位公历年", clip(text, 30), n.Year)
	}
	return n, nil
}

// String prints the canonical form, 四民罚决字〔2026〕1号, by which numbers are stored,
// compared and shown. A truncated number ends in … instead of 号.
func (n Number) String() string {
	if n == (Number{}) {
		return ""
	}
	year, end := strconv.Itoa(n.Year), "号"
	if n.Truncated {
		end = "…"
	}
	switch n.Scheme {
	case SchemeRegistry:
		return n.Prefix + "-" + year + "-" + n.Serial
	case SchemeCourt:
		serial, rest, _ := strings.Cut(n.Serial, "之")
		if rest != "" {
			rest = "之" + rest
		}
		return "（" + year + "）" + n.Prefix + serial + end + rest
	}
	return n.Prefix + "〔" + year + "〕" + n.Serial + end
}

// Findings says in Chinese what is wrong with a number that could be read, for the
// report of an import; none when it is in order.
func (n Number) Findings() []string {
	var list []string
	if n.Truncated {
		list = append(list, "文号不完整：“"+n.String()+"”在“号”之前中断，请补全")
	}
	if n.Scheme == SchemeDocument && n.Prefix == "" {
		list = append(list, "文号缺少机关代字")
	}
	if n.Scheme != SchemeDocument && n.Scheme != "" {
		list = append(list, "这是"+string(n.Scheme)+"，不是行政机关的发文字号")
	}
	if n.Irregular && !n.Truncated {
		list = append(list, "文号写法不规范，规范写法为"+n.String())
	}
	return list
}

// SerialNumber returns the serial as a whole number where it is one.
func (n Number) SerialNumber() (int, bool) {
	v, err := strconv.Atoi(n.Serial)
	return v, err == nil
}

// unwrap removes one pair of brackets around a whole number: （沪〔2015〕3号）.
func unwrap(t string) string {
	if strings.HasPrefix(t, "(") && strings.HasSuffix(t, ")") && strings.Count(t, "(") == strings.Count(t, ")") {
		depth := 0
		for i, r := range t {
			switch r {
			case '(':
				depth++
			case ')':
				depth--
			}
			if depth == 0 && i < len(t)-1 {
				return t
			}
		}
		return t[1 : len(t)-1]
	}
	return t
}

var (
	toWide   = strings.NewReplacer("(", "（", ")", "）")
	toNarrow = strings.NewReplacer("（", "(", "）", ")")
)

// widen writes parentheses full width, as Chinese documents do.
func widen(text string) string { return toWide.Replace(text) }

func narrowParens(text string) string { return toNarrow.Replace(text) }
