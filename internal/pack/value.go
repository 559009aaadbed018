package pack

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"mingjing/internal/zh"
)

// Money is an amount in 分. In a pack file it is written in yuan ("2000", "0.50"), because people read the
// files; it never passes through a floating-point number.
type Money int64

// UnmarshalJSON reads yuan, as a JSON number or string, with at most two decimals.
func (m *Money) UnmarshalJSON(b []byte) error {
	s := strings.Trim(string(b), `"`)
	whole, cents, _ := strings.Cut(s, ".")
	if len(cents) > 2 {
		return fmt.Errorf("amount %s has more than two decimals", s)
	}
	n, err := strconv.ParseUint(whole+cents+strings.Repeat("0", 2-len(cents)), 10, 63)
	if err != nil || whole == "" || zh.Fen(n) > zh.MaxFen {
		return fmt.Errorf("amount %s is not a sum in yuan", s)
	}
	*m = Money(n)
	return nil
}

// MarshalJSON writes yuan.
func (m Money) MarshalJSON() ([]byte, error) {
	if m%100 == 0 {
		return json.Marshal(json.Number(strconv.FormatInt(int64(m/100), 10)))
	}
	return json.Marshal(json.Number(fmt.Sprintf("%d.%02d", m/100, m%100)))
}

// Fen is the amount as the rest of the program counts it.
func (m Money) Fen() zh.Fen { return zh.Fen(m) }

// MoneyRange bounds a sum; both ends belong to it (行政处罚法's 以上 and 以下 include the figure,
// 民法典第一千二百五十九条). Max 0 means that the law names no upper end.
type MoneyRange struct {
	Min Money `json:"min"`
	Max Money `json:"max,omitempty"`
}

// Multiple bounds a fine as a share of a base, in percent: 违法所得三倍以上五倍以下 is {违法所得, 300, 500}.
type Multiple struct {
	Base       string `json:"base"`
	MinPercent int    `json:"min_percent"`
	MaxPercent int    `json:"max_percent"`
}

// Months bounds a duration; 3 to 12 months of 限期停止活动, 12 to 60 months of 禁业.
type Months struct {
	What string `json:"what"`
	Min  int    `json:"min"`
	Max  int    `json:"max,omitempty"`
}
