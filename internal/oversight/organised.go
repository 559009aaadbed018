package oversight

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/pack"
	"mingjing/internal/rulebook"
	"mingjing/internal/workday"
)

// organised measures a duty by the texts that it asks the agency to lay down and by what the agency undertakes for it again and
// again, both as the pack has them (duties 1, 17, 27 to 32).
func organised(duty int) func(*bench) ([]Part, error) {
	return func(b *bench) ([]Part, error) {
		task, ok := b.Pack.Task(duty)
		if _, founded, err := b.founded(); err != nil || !ok || !founded {
			return nil, err
		}
		parts, err := b.texts(task)
		if err != nil {
			return nil, err
		}
		for _, kind := range b.Pack.Undertakings(b.today) {
			if kind.Task != task.Code {
				continue
			}
			more, err := b.undertaken(task, kind)
			if err != nil {
				return nil, err
			}
			parts = append(parts, more...)
		}
		return parts, nil
	}
}

// founded is the day on which the agency was entered; false before that, when it owes nothing yet.
func (b *bench) founded() (workday.Day, bool, error) {
	var created string
	err := b.tx.Row(`SELECT created FROM agency WHERE id = $1`, b.Agency).Scan(&created)
	if db.IsMissing(err) {
		return workday.Day{}, false, nil
	}
	if err != nil {
		return workday.Day{}, false, err
	}
	at, err := db.Time(created)
	return workday.DayOf(at), err == nil, err
}

// texts measures the rules that a duty asks for: what each must lay down, and where it must come from.
func (b *bench) texts(task pack.Task) ([]Part, error) {
	var parts []Part
	for _, d := range b.Pack.Deliverables() {
		if d.Task != task.Code || !d.Kept {
			continue
		}
		t, found, err := rulebook.InForce(b.tx, b.Agency, d.Code, b.today)
		if err != nil {
			return nil, err
		}
		missed := Case{Kind: "records", ID: strconv.Itoa(task.No), Title: d.Title, Why: "没有现行的文本"}
		if found {
			missed.Why = "没有明确：" + strings.Join(t.Lacks(d), "、")
		}
		whole := Part{What: "《" + d.Title + "》明确" + strings.Join(rulebook.Sections(d), "、")}
		whole.add(found && len(t.Lacks(d)) == 0, missed)
		parts = append(parts, whole)
		if !d.Above {
			continue
		}
		above := Part{What: "《" + d.Title + "》使用省级或者国务院部门统一文本"}
		if found {
			missed.Why = "现行文本的来源是：" + t.Source
		}
		above.add(found && t.Source != rulebook.Own, missed)
		parts = append(parts, above)
	}
	return parts, nil
}

// undertaken measures one kind: that it was done, by how many officers, and that what was due was settled in time.
func (b *bench) undertaken(task pack.Task, kind pack.Undertaking) ([]Part, error) {
	var parts []Part
	if kind.Wants != "" {
		want := b.done
		if kind.Share > 0 {
			want = b.attended
		}
		p, err := want(task, kind)
		if err != nil {
			return nil, err
		}
		if !kind.Status.MayBlock() {
			p.Note = strings.TrimPrefix(p.Note+"；"+strings.TrimSuffix(kind.Note, "。"), "；")
		}
		parts = append(parts, p)
	}
	if kind.Due == "" {
		return parts, nil
	}
	kept, err := b.count(measure{what: kind.Kept, kind: "undertaking", from: "undertaking u", key: "'" + strconv.Itoa(task.No) + "/records/' || u.id", title: "u.title", order: "u.due_on, u.id",
		because: `'应于' || u.due_on || '前办结，' || CASE WHEN u.settled_on = '' THEN '尚未办结' ELSE '实于' || u.settled_on || '办结' END`,
		owed:    "u.agency = $1 AND u.kind = $2 AND (u.settled_on <> '' OR u.due_on < $3)", met: "u.settled_on <> '' AND u.settled_on <= u.due_on", args: []any{b.Agency, kind.Code, b.today.String()}})
	return append(parts, kept), err
}

// since is the first day that counts for a kind; empty where all of them do.
func (b *bench) since(kind pack.Undertaking) string {
	if kind.Days == 0 {
		return ""
	}
	return b.today.AddDays(-kind.Days).String()
}

// done: something of the kind is there, of each choice where the kind asks for each. What must be approved counts when it was.
func (b *bench) done(task pack.Task, kind pack.Undertaking) (Part, error) {
	options := []string{""}
	if f, ok := kind.Field(kind.Each); ok {
		options = f.Options
	}
	there, entered := map[string]bool{}, map[string]bool{}
	err := b.pages(`SELECT id, settled_on, body FROM undertaking WHERE id > $1 AND agency = $2 AND kind = $3 AND on_day >= $4 ORDER BY id`, []any{b.Agency, kind.Code, b.since(kind)}, func(rows *sql.Rows) (string, error) {
		var id, settled, body string
		values := map[string]string{}
		err := rows.Scan(&id, &settled, &body)
		if err == nil {
			err = json.Unmarshal([]byte(body), &values)
		}
		choice := values[kind.Each]
		entered[choice] = true
		there[choice] = there[choice] || settled != "" || kind.Settle == "" || kind.Due != ""
		return id, err
	})
	p := Part{What: kind.Wants}
	for _, option := range options {
		c := Case{Kind: "records", ID: strconv.Itoa(task.No), Title: kind.Title, Why: "没有登记"}
		if option != "" {
			c.Title = option
		}
		if entered[option] {
			c.Why = "没有" + strings.TrimPrefix(kind.Settle, "登记")
		}
		p.add(there[option], c)
	}
	return p, err
}

// attended: so many per cent of those who hold a valid certificate took part.
func (b *bench) attended(_ pack.Task, kind pack.Undertaking) (Part, error) {
	p := Part{What: kind.Wants}
	people, err := b.people(true)
	if err != nil || len(people) == 0 {
		return p, err
	}
	took := map[string]bool{}
	err = b.pages(`SELECT DISTINCT o.officer FROM undertaking_officer o JOIN undertaking u ON u.id = o.undertaking WHERE o.officer > $1 AND u.agency = $2 AND u.kind = $3 AND u.on_day >= $4 ORDER BY o.officer`,
		[]any{b.Agency, kind.Code, b.since(kind)}, func(rows *sql.Rows) (string, error) {
			var officer string
			err := rows.Scan(&officer)
			took[officer] = true
			return officer, err
		})
	n := 0
	for _, e := range people {
		if took[e.ID] {
			n++
		} else if len(p.Missed) < sampleLimit {
			p.Missed = append(p.Missed, Case{"officer", e.ID, e.Name, "没有参加"})
		}
	}
	p.Of = (len(people)*kind.Share + 99) / 100
	if p.Met = min(n, p.Of); p.Met == p.Of {
		p.Missed = nil
	}
	p.Note = fmt.Sprintf("持有效证件%d人，参加%d人，应达到%d%%", len(people), n, kind.Share)
	return p, err
}

// reported: the return of each year went to 司法行政部门 by 31 January (duty 12). A year is owed once it was sent, or when its
// last day is past and the agency was there on it.
func reported(b *bench) ([]Part, error) {
	founded, ok, err := b.founded()
	if err != nil || !ok {
		return nil, err
	}
	p := Part{What: "统计年报次年1月31日前上报"}
	sent := map[int]bool{}
	err = b.tx.Each(`SELECT year, sent_on FROM annual_return WHERE agency = $1 ORDER BY year LIMIT 100`, []any{b.Agency}, func(rows *sql.Rows) error {
		var year int
		var on string
		err := rows.Scan(&year, &on)
		sent[year] = true
		p.add(on <= dueReturn(year), Case{"records", "12", strconv.Itoa(year) + "年统计年报", "实于" + on + "上报"})
		return err
	})
	for year := founded.Year() - 1; err == nil && year < b.today.Year(); year++ {
		if due := dueReturn(year); !sent[year] && founded.String() <= due && b.today.String() > due {
			p.add(false, Case{"records", "12", strconv.Itoa(year) + "年统计年报", "应于" + due + "前上报，尚未上报"})
		}
	}
	return []Part{p}, err
}

func dueReturn(year int) string { return fmt.Sprintf("%04d-01-31", year+1) }

// shared: past decisions came in whole, and what goes out to others is laid down and goes out (duty 27).
func shared(b *bench) ([]Part, error) {
	parts, err := gathered(b)
	if err != nil {
		return nil, err
	}
	more, err := organised(27)(b)
	return append(parts, more...), err
}
