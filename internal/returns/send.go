package returns

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Return is the annual return of one year as it was sent.
type Return struct {
	ID, Agency string
	Year       int
	Recipient  string
	Sent       workday.Day
	Receipt    string // what the recipient gave back
	Late       string // why it was entered later than it was sent
	Figures    Figures
	Recorded   string
	RecordedBy string
}

// DueDay is the last day on which the return of a year is in time (工作责任分工表第12项).
func DueDay(year int) workday.Day {
	day, _ := workday.ParseDay(fmt.Sprintf("%04d-01-31", year+1)) // every year has one
	return day
}

// InTime tells whether it was.
func (r Return) InTime() bool { return !r.Sent.After(DueDay(r.Year)) }

// lateAfter is how many days after it happened an act may be entered without a reason (DECISIONS 5).
const lateAfter = 3

// Send writes down that the return of a year was sent, with the figures as the decisions have them now. A year that is not over
// has no return, and a return is sent once.
func Send(tx *db.Tx, actor access.Actor, order []law.PenaltyKind, r Return) (Return, error) {
	if err := access.Require(actor, access.ReturnSend, access.Thing{Kind: "return", Agency: actor.Agency}); err != nil {
		return Return{}, err
	}
	r.Agency, r.Recipient, r.Receipt, r.Late = actor.Agency, strings.TrimSpace(r.Recipient), strings.TrimSpace(r.Receipt), strings.TrimSpace(r.Late)
	faults := r.faults(workday.DayOf(tx.Now()))
	var there int
	if err := tx.Row(`SELECT count(*) FROM annual_return WHERE agency = $1 AND year = $2`, r.Agency, r.Year).Scan(&there); err != nil {
		return Return{}, fmt.Errorf("returns: send: %w", err)
	}
	if there > 0 {
		faults["year"] = strconv.Itoa(r.Year) + "年的年报已经登记上报。"
	}
	if len(faults) > 0 {
		return Return{}, refusal.Invalid{Message: "年报没有登记，请核对后重新提交。", Fields: faults}
	}
	paper, amount := r.Figures.Paper, r.Figures.PaperOf
	var err error
	if r.Figures, err = Compute(tx, r.Agency, r.Year, order); err != nil {
		return Return{}, err
	}
	r.Figures.Paper, r.Figures.PaperOf = paper, amount
	return r.write(tx, actor)
}

func (r Return) faults(today workday.Day) map[string]string {
	f := map[string]string{}
	line := func(field, title, text string, needed bool) {
		switch n := utf8.RuneCountInString(text); {
		case n == 0 && needed:
			f[field] = "请填写" + title + "。"
		case n > 100 || !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
			f[field] = title + "最多100个字，不含控制字符。"
		}
	}
	line("recipient", "上报的司法行政部门", r.Recipient, true)
	line("receipt", "签收编号", r.Receipt, true)
	line("late", "补录的理由", r.Late, false)
	if r.Year < 2000 || r.Year >= today.Year() {
		f["year"] = "只能上报已经结束的年度。"
	}
	switch {
	case r.Sent.IsZero():
		f["sent"] = "请填写上报日期。"
	case r.Sent.After(today):
		f["sent"] = "上报日期晚于今天。"
	case r.Sent.Year() <= r.Year:
		f["sent"] = "上报日期早于年度结束。"
	case r.Sent.Before(today.AddDays(-lateAfter)) && r.Late == "":
		f["late"] = fmt.Sprintf("上报%d日以后登记的，请填写补录的理由。", lateAfter)
	}
	if r.Figures.Paper < 0 || r.Figures.PaperOf < 0 {
		f["paper"] = "纸质办理的件数和金额不小于零。"
	}
	return f
}

func (r Return) write(tx *db.Tx, actor access.Actor) (Return, error) {
	body, err := json.Marshal(r.Figures)
	if err != nil {
		return Return{}, fmt.Errorf("returns: send: %w", err)
	}
	r.ID, r.Recorded, r.RecordedBy = tx.NewID(), db.Text(tx.Now()), actor.Account
	if _, err := tx.Exec(`INSERT INTO annual_return (id, agency, year, recipient, sent_on, receipt, late, body, recorded, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		r.ID, r.Agency, r.Year, r.Recipient, r.Sent.String(), r.Receipt, r.Late, string(body), r.Recorded, r.RecordedBy); err != nil {
		return Return{}, fmt.Errorf("returns: send: %w", err)
	}
	role := access.RoleSupervisor
	for _, x := range []string{access.RolePublisher, access.RoleApprover} {
		if actor.Has(x) {
			role = x
		}
	}
	_, err = ledger.Append(tx, ledger.Event{Agency: r.Agency, Kind: "return.sent", SubjectKind: "return", Subject: r.ID, Actor: actor.Ledger(role),
		Ref: map[string]string{"year": strconv.Itoa(r.Year), "sent": r.Sent.String(), "receipt": r.Receipt, "total": strconv.Itoa(r.Figures.Total),
			"amount": strconv.FormatInt(int64(r.Figures.Amount), 10), "paper": strconv.Itoa(r.Figures.Paper)},
		Payload: map[string]any{"title": strconv.Itoa(r.Year) + "年行政执法统计年报", "recipient": r.Recipient, "figures": r.Figures, "late": r.Late}})
	if err != nil {
		return Return{}, fmt.Errorf("returns: send: %w", err)
	}
	return r, nil
}

// yearLimit is more than an agency has years.
const yearLimit = 100

// List lists the returns of an agency, the newest year first.
func List(tx *db.Tx, agency string) ([]Return, error) {
	var list []Return
	err := tx.Each(`SELECT id, agency, year, recipient, sent_on, receipt, late, body, recorded, recorded_by FROM annual_return WHERE agency = $1 ORDER BY year DESC LIMIT $2`,
		[]any{agency, yearLimit}, func(rows *sql.Rows) error {
			var r Return
			var body string
			err := rows.Scan(&r.ID, &r.Agency, &r.Year, &r.Recipient, &r.Sent, &r.Receipt, &r.Late, &body, &r.Recorded, &r.RecordedBy)
			if err == nil {
				err = json.Unmarshal([]byte(body), &r.Figures)
			}
			list = append(list, r)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("returns: list: %w", err)
	}
	return list, nil
}

// Sum is what the year comes to with what was done on paper.
func (f Figures) Sum() (int, zh.Fen) { return f.Total + f.Paper, f.Amount + f.PaperOf }
