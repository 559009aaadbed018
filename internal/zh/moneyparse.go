package zh

import (
	"regexp"
	"strconv"
	"strings"
)

// The parts of an amount in figures, after folding and removing spaces.
var (
	moneyMarks   = strings.NewReplacer("人民币", "", "(大写)", "", "大写:", "", "(小写)", "", "RMB", "", "rmb", "", "CNY", "", "¥", "", "￥", "", "圆", "元", "萬", "万", "億", "亿", "块", "元")
	moneyFigures = regexp.MustCompile(`^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?(万亿|千万|百万|十万|亿|万|千|百)?元?(?:整|正)?$`)
	moneySplit   = regexp.MustCompile(`^(?:(\d+)亿)?(?:(\d+)万)?(?:(\d+)?元)?(?:(\d)角)?(?:(\d)分)?(?:整|正)?$`)
	moneyWords   = regexp.MustCompile(`^(?:([^元角分整正]+)元)?(?:零?([^元角分整正零])角)?(?:零?([^元角分整正])分)?(?:整|正)?$`)
	moneyInText  = regexp.MustCompile(`(?:人民币)?[¥￥]?\s*[0-9][0-9,，]*(?:\.[0-9]+)?\s*(?:万亿|千万|百万|十万|亿|万|千)?元|[¥￥]\s*[0-9][0-9,，]*(?:\.[0-9]+)?|[零〇一二三四五六七八九十百千万亿壹贰貳叁参肆伍陆柒捌玖拾佰仟两萬億]+[元圆](?:[零一二三四五六七八九壹贰叁肆伍陆柒捌玖]+[角分])*[整正]?`)
)

// ParseFen reads an amount in any usual writing: 30,000.50, ¥30000, 3万元, 54万,
// 1亿2000万元, 12元5角, 贰万元整, 人民币伍拾肆万元整, 三万五千元. A figure without a
// unit is 元. It refuses negative amounts, parts of a 分 (so at most two decimals for
// 元 and six for 万元), amounts beyond MaxFen, and colloquial forms that can be read in
// two ways (三万五).
func ParseFen(text string) (Fen, error) {
	t := strings.TrimLeft(moneyMarks.Replace(compact(text)), ":")
	switch {
	case t == "":
		return 0, fault("请填写金额，例如30000、3万元或叁万元整")
	case strings.HasPrefix(t, "-") || strings.HasPrefix(t, "负") || strings.HasPrefix(t, "−") || strings.HasPrefix(t, "("):
		return 0, fault("金额“%s”不能为负数", clip(t, 30))
	}
	if m := moneyFigures.FindStringSubmatch(t); m != nil {
		return scaled(t, strings.ReplaceAll(m[1], ",", ""), m[2], exponentOf(m[3]))
	}
	if m := moneySplit.FindStringSubmatch(t); m != nil && strings.ContainsAny(t, "0123456789") {
		return joined(t, m[1:])
	}
	if f, ok, err := fenOfWords(t); ok {
		return f, err
	}
	if strings.Contains(t, ",") {
		return 0, fault("看不懂金额“%s”：千分位逗号应每三位一个，例如30,000.50", clip(t, 30))
	}
	return 0, fault("看不懂金额“%s”，应写成30000、30,000.50、3万元或叁万元整", clip(t, 30))
}

// ParseWan reads a figure whose unit is 万元, as a column headed 罚款金额（万元） holds it;
// a unit written in the cell wins over the heading.
func ParseWan(text string) (Fen, error) {
	t := moneyMarks.Replace(compact(text))
	if m := moneyFigures.FindStringSubmatch(t); m != nil && m[3] == "" && !strings.HasSuffix(t, "元") {
		return scaled(t, strings.ReplaceAll(m[1], ",", ""), m[2], 4)
	}
	return ParseFen(text)
}

// FoundFen is an amount found in running text, with the byte range it occupies.
type FoundFen struct {
	Fen        Fen
	Start, End int
}

// FindFens returns every amount of money written in text, in order: figures that
// carry 元 or ¥, and amounts in 大写.
func FindFens(text string) []FoundFen {
	var found []FoundFen
	for _, at := range moneyInText.FindAllStringIndex(text, -1) {
		if f, err := ParseFen(text[at[0]:at[1]]); err == nil {
			found = append(found, FoundFen{f, at[0], at[1]})
		}
	}
	return found
}

// exponentOf says by which power of ten a unit multiplies 元.
func exponentOf(unit string) int {
	switch unit {
	case "百":
		return 2
	case "千":
		return 3
	case "万":
		return 4
	case "十万":
		return 5
	case "百万":
		return 6
	case "千万":
		return 7
	case "亿":
		return 8
	case "万亿":
		return 12
	}
	return 0
}

// scaled computes whole.decimals × 10^exponent 元 exactly, in 分.
func scaled(text, whole, decimals string, exponent int) (Fen, error) {
	exponent += 2
	if len(decimals) > exponent {
		if exponent == 2 {
			return 0, fault("金额“%s”最多两位小数（精确到分）", clip(text, 30))
		}
		return 0, fault("金额“%s”最多%d位小数（精确到分）", clip(text, 30), exponent)
	}
	digits := strings.TrimLeft(whole+decimals+strings.Repeat("0", exponent-len(decimals)), "0")
	if digits == "" {
		return 0, nil
	}
	v, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || Fen(v) > MaxFen {
		return 0, fault("金额“%s”过大，最多为%s", clip(text, 30), MaxFen)
	}
	return Fen(v), nil
}

// joined adds the parts of 1亿2000万3000元5角2分; a part below another must be smaller
// than that one's unit.
func joined(text string, parts []string) (Fen, error) {
	units := [5]Fen{100_000_000_00, 10_000_00, 100, 10, 1}
	limits := [5]int64{99_999_999, 9_999, 9_999_999_999_999, 9, 9}
	if parts[0] == "" {
		limits[1] = 999_999_999_999
	}
	if parts[0] != "" || parts[1] != "" {
		limits[2] = 9_999
	}
	var sum Fen
	for i, p := range parts {
		if p == "" {
			continue
		}
		v, err := strconv.ParseInt(p, 10, 64)
		if err != nil || v > limits[i] {
			return 0, fault("看不懂金额“%s”：各单位前的数字过大", clip(text, 30))
		}
		sum += Fen(v) * units[i]
	}
	if sum > MaxFen {
		return 0, fault("金额“%s”过大，最多为%s", clip(text, 30), MaxFen)
	}
	return sum, nil
}

// fenOfWords reads an amount in Chinese figures. ok is false when the text is not one.
func fenOfWords(text string) (Fen, bool, error) {
	if !strings.ContainsAny(text, "元角分") {
		text = strings.TrimRight(text, "整正") + "元"
	}
	m := moneyWords.FindStringSubmatch(text)
	if m == nil || m[1]+m[2]+m[3] == "" {
		return 0, false, nil
	}
	var yuan int64
	if m[1] != "" {
		n, ok := parseNumeral(m[1])
		if !ok {
			return 0, false, nil
		}
		yuan = n
	}
	cents := 0
	for i, part := range m[2:4] {
		if part == "" {
			continue
		}
		d, ok := digitOf([]rune(part)[0])
		if !ok {
			return 0, false, nil
		}
		cents += d * [2]int{10, 1}[i]
	}
	f, err := FenOf(yuan)
	return f + Fen(cents), true, err
}
