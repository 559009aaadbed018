package exchange

import (
	"context"
	"database/sql"
	"fmt"
	"sort"
	"strings"

	"mingjing/internal/db"
)

// Outcome is what became of a row.
type Outcome string

const (
	Taken     Outcome = "导入"
	Duplicate Outcome = "重复"
	LeftOut   Outcome = "未导入"
)

// RowReport says what became of a row and what there is to look at. Line is the line of the file.
type RowReport struct {
	Line     int
	Number   string
	Title    string
	Outcome  Outcome
	Messages []string
}

// Report is the result of an import, or of a dry run of one.
type Report struct {
	Run        string // id; empty for a dry run
	File       string
	Format     Format
	Encoding   string
	Digest     string // SHA-256 of the file
	DryRun     bool
	Resumed    int // rows that an earlier attempt had written; the other counts include them
	Rows       int
	Imported   int
	Duplicates int
	LeftOut    int
	Published  int
	Held       int
	// Findings are the rows with something to look at, in the order of the file; More counts those beyond the bound.
	Findings []RowReport
	More     int
	// Kinds counts the findings by their wording without particulars.
	Kinds map[string]int
}

// reportLimit bounds the rows that a report names one by one.
const reportLimit = 5000

func (r *Report) add(list []RowReport) {
	imported, duplicates, left := tallied(list)
	r.Rows += len(list)
	r.Imported += imported
	r.Duplicates += duplicates
	r.LeftOut += left
	if r.Kinds == nil {
		r.Kinds = map[string]int{}
	}
	for _, row := range list {
		for _, m := range row.Messages {
			r.Kinds[wording(m)]++
		}
		switch {
		case len(row.Messages) == 0:
		case len(r.Findings) < reportLimit:
			r.Findings = append(r.Findings, row)
		default:
			r.More++
		}
	}
}

// wording cuts the particulars of a message off.
func wording(message string) string {
	if i := strings.IndexAny(message, "：“，"); i > 0 {
		return message[:i]
	}
	return message
}

// ReportText writes a report for people.
func ReportText(r Report) string {
	var b strings.Builder
	what := "导入"
	if r.DryRun {
		what = "试导入（没有写入）"
	}
	fmt.Fprintf(&b, "%s：%s（%s", what, r.File, r.Format)
	if r.Encoding != "" {
		fmt.Fprintf(&b, "，%s", r.Encoding)
	}
	b.WriteString("）\n")
	fmt.Fprintf(&b, "共%d行：导入%d，重复%d，未导入%d\n", r.Rows, r.Imported, r.Duplicates, r.LeftOut)
	if r.Resumed > 0 {
		fmt.Fprintf(&b, "接着上次继续，其中%d行上次已经读过\n", r.Resumed)
	}
	if r.Published+r.Held > 0 {
		fmt.Fprintf(&b, "已核对公示%d条，留待逐条核对%d条\n", r.Published, r.Held)
	} else if r.Imported > 0 && !r.DryRun {
		b.WriteString("导入的决定待第二人核对后公示\n")
	}
	if len(r.Kinds) > 0 {
		b.WriteString("需要核对的情况：\n")
		for _, k := range sortedKinds(r.Kinds) {
			fmt.Fprintf(&b, "  %s：%d处\n", k, r.Kinds[k])
		}
	}
	for _, row := range r.Findings {
		fmt.Fprintf(&b, "第%d行 %s %s：%s\n", row.Line, row.Outcome, row.label(), strings.Join(row.Messages, "；"))
	}
	if r.More > 0 {
		fmt.Fprintf(&b, "另有%d行有需要核对的情况，没有逐行列出\n", r.More)
	}
	return b.String()
}

func (r RowReport) label() string {
	if r.Number != "" {
		return r.Number
	}
	return r.Title
}

func sortedKinds(kinds map[string]int) []string {
	var list []string
	for k := range kinds {
		list = append(list, k)
	}
	sort.Slice(list, func(i, j int) bool {
		if kinds[list[i]] != kinds[list[j]] {
			return kinds[list[i]] > kinds[list[j]]
		}
		return list[i] < list[j]
	})
	return list
}

// Run is one import as the desk lists it.
type Run struct {
	ID         string
	Name       string
	Format     string
	Actor      string
	OnBehalf   string // the account acted for (AB角); "" for the own person
	State      string // running, done, stopped
	Rows       int
	Imported   int
	Duplicates int
	LeftOut    int
	Published  int
	StartedAt  string // instant, UTC
	UpdatedAt  string
}

// Runs lists an agency's imports, newest first.
func (r *Room) Runs(ctx context.Context, agency, after string, limit int) ([]Run, error) {
	if after == "" {
		after = "~" // sorts behind every id
	}
	var list []Run
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT id, name, format, actor, on_behalf, state, rows_read, imported, duplicates, left_out, published, started_at, updated_at
			FROM import_run WHERE agency = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, []any{agency, after, min(max(limit, 1), 200)}, func(rows *sql.Rows) error {
			var x Run
			err := rows.Scan(&x.ID, &x.Name, &x.Format, &x.Actor, &x.OnBehalf, &x.State, &x.Rows, &x.Imported, &x.Duplicates, &x.LeftOut, &x.Published, &x.StartedAt, &x.UpdatedAt)
			list = append(list, x)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("exchange: runs: %w", err)
	}
	return list, nil
}

// NotTaken lists the rows of an import that made no publication, in the order of the file, after a line.
func (r *Room) NotTaken(ctx context.Context, agency, run string, after, limit int) ([]RowReport, error) {
	var list []RowReport
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT l.line, l.outcome, l.message FROM import_left_out l JOIN import_run r ON r.id = l.run
			WHERE l.run = $1 AND r.agency = $2 AND l.line > $3 ORDER BY l.line LIMIT $4`, []any{run, agency, after, min(max(limit, 1), 1000)}, func(rows *sql.Rows) error {
			var x RowReport
			var outcome, message string
			err := rows.Scan(&x.Line, &outcome, &message)
			x.Outcome, x.Messages = Outcome(outcome), []string{message}
			list = append(list, x)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("exchange: rows not taken: %w", err)
	}
	return list, nil
}
