package entry

import (
	"math"
	"strconv"
	"strings"

	"mingjing/internal/zh"
)

// moneyField is an amount of 人民币, held in 分 and typed in 元.
func moneyField() Type {
	return Type{
		Control: "input",
		Check:   "money",
		Filters: []string{"upper", "both", "plain"},
		Parse: func(f Field, typed string) (any, string) {
			if strings.TrimSpace(typed) == "" {
				return "", ""
			}
			fen, err := zh.ParseFen(typed)
			if err != nil {
				return nil, f.Label + "不是有效的金额：" + err.Error()
			}
			if fen < 0 {
				return nil, f.Label + "不得为负数"
			}
			return int64(fen), ""
		},
		Show: func(_ Field, value any) string {
			if fen, ok := value.(int64); ok {
				return yuan(fen)
			}
			return Plain(Field{}, value)
		},
		Say: func(_ Field, value any, filter string) string {
			fen, ok := value.(int64)
			if !ok {
				return Plain(Field{}, value)
			}
			upper := zh.Fen(fen).Upper()
			switch filter {
			case "upper":
				return upper
			case "both":
				return yuan(fen) + "元（大写：人民币" + strings.TrimPrefix(upper, "人民币") + "）"
			case "plain":
				return yuan(fen)
			}
			return yuan(fen) + "元"
		},
	}
}

// yuan writes 分 as 元 the way documents do: no grouping, and 角分 only where there are any.
func yuan(fen int64) string {
	sign := ""
	whole, rest := fen/100, fen%100
	if fen < 0 {
		sign, whole, rest = "-", -whole, -rest
	}
	text := sign + strconv.FormatInt(whole, 10)
	if rest == 0 {
		return text
	}
	return text + "." + strconv.FormatInt(100+rest, 10)[1:]
}

// numberField is a count, held as int64 and never below nothing; with Decimals it is a decimal text,
// because a document's values hold no fractions.
func numberField() Type {
	return Type{
		Control: "input",
		Check:   "number",
		Parse: func(f Field, typed string) (any, string) {
			text := strings.ReplaceAll(zh.Fold(typed), ",", "")
			if text == "" {
				return "", ""
			}
			if f.Decimals == 0 {
				n, err := strconv.ParseInt(text, 10, 64)
				if err != nil || n > 1<<53 || n < -1<<53 {
					return nil, f.Label + "须填整数"
				}
				if n < 0 {
					return nil, f.Label + "不得为负数"
				}
				return n, ""
			}
			whole, fraction, _ := strings.Cut(text, ".")
			value, err := strconv.ParseFloat(text, 64)
			if err != nil || math.IsNaN(value) || math.IsInf(value, 0) || strings.ContainsAny(text, "eExXpP_") {
				return nil, f.Label + "须填数字"
			}
			if len(fraction) > f.Decimals || len(whole) > 15 {
				return nil, f.Label + "最多" + strconv.Itoa(f.Decimals) + "位小数"
			}
			return text, ""
		},
		Show: Plain,
		Say:  func(f Field, value any, _ string) string { return Plain(f, value) + f.Unit },
	}
}
