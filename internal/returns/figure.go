package returns

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/zh"
)

// Figures are 表一 行政处罚 of the annual return (rulebook §7), by the day of the decision. A decision that fell later still
// counts (TJ-08); no-penalty decisions are counted apart.
type Figures struct {
	ByKind  map[law.PenaltyKind]int `json:"by_kind"` // each decision once, in its heaviest kind (TJ-02)
	Total   int                     `json:"total"`
	Simple  int                     `json:"simple"` // 简易程序 of the total
	Major   int                     `json:"major"`  // reviewed 重大执法决定 of the total
	None    int                     `json:"none"`   // 不予行政处罚
	Amount  zh.Fen                  `json:"amount"` // 罚没金额 as decided (TJ-05)
	Paper   int                     `json:"paper"`  // decided on paper outside the program
	PaperOf zh.Fen                  `json:"paper_amount"`
}

// noPenalty is the kind of document by which no penalty is imposed.
const noPenalty = "不予行政处罚决定书"

// pageSize is how many decisions are read at a time.
const pageSize = 500

// Compute counts the decisions of a year.
func Compute(tx *db.Tx, agency string, year int, order []law.PenaltyKind) (Figures, error) {
	f := Figures{ByKind: map[law.PenaltyKind]int{}}
	from, until := fmt.Sprintf("%04d-01-01", year), fmt.Sprintf("%04d-12-31", year)
	for after := ""; ; {
		n := 0
		err := tx.Each(`SELECT id, kind, procedure, major, penalties, fine, confiscated FROM decision WHERE agency = $1 AND decided_on >= $2 AND decided_on <= $3 AND id > $4
			ORDER BY id LIMIT $5`, []any{agency, from, until, after, pageSize}, func(rows *sql.Rows) error {
			var d decided
			var penalties string
			if err := rows.Scan(&after, &d.kind, &d.procedure, &d.major, &penalties, &d.fine, &d.confiscated); err != nil {
				return err
			}
			n++
			if err := json.Unmarshal([]byte(penalties), &d.penalties); err != nil {
				return err
			}
			f.add(d, order)
			return nil
		})
		if err != nil {
			return f, fmt.Errorf("returns: compute: %w", err)
		}
		if n < pageSize {
			return f, f.check()
		}
	}
}

type decided struct {
	kind, procedure   string
	major             bool
	penalties         []law.PenaltyKind
	fine, confiscated int64
}

func (f *Figures) add(d decided, order []law.PenaltyKind) {
	if d.kind == noPenalty {
		f.None++
		return
	}
	f.Total++
	f.ByKind[heaviest(order, d.penalties)]++
	f.Amount += zh.Fen(d.fine + d.confiscated)
	if d.procedure == "simple" {
		f.Simple++
	}
	if d.major {
		f.Major++
	}
}

// heaviest is the kind in which a decision of several kinds is counted (TJ-02); a named kind goes before 其他.
func heaviest(order, kinds []law.PenaltyKind) law.PenaltyKind {
	if len(kinds) == 0 {
		return law.OtherPenalty
	}
	return slices.MaxFunc(kinds, func(a, b law.PenaltyKind) int { return place(order, a) - place(order, b) })
}

func place(order []law.PenaltyKind, k law.PenaltyKind) int {
	if k == law.OtherPenalty {
		return -2
	}
	return slices.Index(order, k)
}

// check holds the sums against each other (TJ-04, TJ-10).
func (f Figures) check() error {
	sum := 0
	for _, n := range f.ByKind {
		sum += n
	}
	if sum != f.Total || f.Simple > f.Total || f.Major > f.Total {
		return fmt.Errorf("returns: the kinds sum up to %d of %d", sum, f.Total)
	}
	return nil
}
