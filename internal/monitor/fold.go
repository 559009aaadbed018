package monitor

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/workday"
)

// fold takes one entry of the log into the state and judges it by itself: the law's days, the numbers, the order.
func (r *run) fold(e entry) {
	s := r.state
	if e.Seq != s.Size || e.Agency != s.Agency+"/public" {
		r.find(Order, strconv.FormatInt(s.Size, 10), "日志第 %d 项的编号或者所属机关不对", s.Size)
	}
	if before, err := time.Parse(time.RFC3339Nano, s.Recorded); err == nil && e.Recorded.Before(before.Add(-2*time.Second)) {
		r.find(Order, strconv.FormatInt(e.Seq, 10), "日志第 %d 项的时间早于前一项", e.Seq)
	}
	s.Recorded = e.Recorded.Format(time.RFC3339Nano)
	if e.Seq == 0 {
		s.Began = workday.DayOf(e.Recorded).String()
	}
	s.Size++
	switch e.Kind {
	case "COMMIT":
		r.commit(e)
	case "PUBLISH", "CORRECT", "UPDATE":
		r.publish(e)
	case "WITHHOLD", "RESTORE":
		r.withhold(e)
	case "EXTEND":
		r.extend(e)
	case "WITHDRAW", "EXPIRE":
		r.end(e)
	case "ROSTER", "STATS":
		switch {
		case e.SubjectKind == "list":
			s.Lists[e.Subject] = e.Ref["content_sha256"]
		case e.Subject == "limits":
			s.limits(e.Ref)
		}
	case "ROOTS":
		r.roots(e)
	case "KEY":
		if key := e.Ref["log"]; key != "" && s.Key != "" && key != s.Key {
			r.find(KeyChanged, s.Agency, "日志声明换用另一把签名公钥 %s，应当向机关核实", key)
		}
	}
}

// days are the working days within which the law wants a decision public (国办发〔2018〕118号（六）).
func days(class string) int {
	if class == "处罚" || class == "许可" {
		return 7
	}
	return 20
}

// The names under which an agency says its own terms in the log.
const (
	quickLimit    = "publish_days"
	otherLimit    = "publish_other_days"
	withdrawLimit = "withdraw_days"
)

// limits takes what the agency says of its own terms. A looser one than the law's is nothing: a pack may only be stricter.
func (s *State) limits(says map[string]string) {
	for name, most := range map[string]int{quickLimit: days("处罚"), otherLimit: days(""), withdrawLimit: withdrawDays} {
		delete(s.Limits, name)
		if n, err := strconv.Atoi(says[name]); err == nil && n > 0 && n < most {
			s.Limits[name] = n
		}
	}
}

// days are those of the law, or the agency's own where they are stricter.
func (s *State) days(class string) int {
	name := otherLimit
	if days(class) == days("处罚") {
		name = quickLimit
	}
	if n := s.Limits[name]; n > 0 {
		return n
	}
	return days(class)
}

func (r *run) commit(e entry) {
	s := r.state
	_, number, _ := strings.Cut(e.Subject, "-")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 1 || s.Decisions[e.Subject] != nil {
		r.find(Gap, e.Subject, "决定编号 %s 重复或者无效", e.Subject)
	}
	d := &decision{Class: e.Ref["class"], DecidedOn: e.Ref["decided_on"], DueOn: e.Ref["due_on"], Days: s.days(e.Ref["class"]), Commits: e.Ref["commitment"]}
	s.Decisions[e.Subject] = d
	decided, err1 := workday.ParseDay(d.DecidedOn)
	due, err2 := workday.ParseDay(d.DueOn)
	if err1 != nil || err2 != nil || len(d.Commits) != 64 {
		r.find(Order, e.Subject, "决定 %s 的登记不完整", e.Subject)
		return
	}
	if last, err := r.calendar.AddWorkdays(decided, d.Days); err == nil && due.After(last) {
		r.find(LatePublish, e.Subject, "决定 %s 的公示期限定为 %s，晚于法定的或者机关自己公布的 %s", e.Subject, due, last)
		d.Last = last.String() // what the agency says is no later than the law
	}
	r.late(e, d.DecidedOn)
	if decided.After(workday.DayOf(e.Recorded)) {
		r.find(Order, e.Subject, "决定 %s 的日期 %s 晚于登记的日期", e.Subject, decided)
	}
}

// late tells whether an entry is of before the log and entered afterwards, as it says. Only what was done before the first entry
// may be: what came later had to be entered in its own time, and one that is not is named.
func (r *run) late(e entry, done string) bool {
	on := e.Ref["backfilled_on"]
	if on == "" {
		return false
	}
	r.state.Backfilled++
	if on != workday.DayOf(e.Recorded).String() || r.state.Began != "" && done > r.state.Began {
		r.find(Backdated, e.Subject, "日志第 %d 项自称补登 %s 的事项，而日志自 %s 起即应当时登记", e.Seq, done, r.state.Began)
	}
	return true
}

// gaps names the numbers below the highest of a year that no entry has. They may still come, entered afterwards.
func (r *run) gaps() {
	years := map[string][]int64{}
	for name := range r.state.Decisions {
		year, number, _ := strings.Cut(name, "-")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			years[year] = append(years[year], n)
		}
	}
	for year, list := range years {
		slices.Sort(list)
		want := int64(1)
		for _, n := range list {
			if n > want {
				r.find(Gap, fmt.Sprint(year, "-", want), "决定编号不连续：%s 年缺第 %d 至 %d 号", year, want, n-1)
			}
			want = n + 1
		}
	}
}

func (r *run) publish(e entry) {
	s := r.state
	p := s.Texts[e.Subject]
	if p == nil {
		if e.Kind != "PUBLISH" {
			r.find(Order, e.Subject, "公示 %s 在首次公示之前就有 %s", e.Subject, e.Kind)
		}
		p = &publication{Commit: e.Ref["commit"]}
		s.Texts[e.Subject] = p
	}
	p.Seq = e.Seq
	if e.Kind == "UPDATE" {
		p.Effective = e.Ref["effective_on"]
		return
	}
	p.Hash, p.State = e.Ref["content_sha256"], shown
	if e.Kind == "CORRECT" {
		p.State = corrected
		return
	}
	on, err := workday.ParseDay(e.Ref["published_on"])
	late := err == nil && r.late(e, e.Ref["published_on"])
	if err != nil || !late && on != workday.DayOf(e.Recorded) {
		r.find(Backdated, e.Subject, "公示 %s 自称公示于 %s，日志记录于 %s", e.Subject, e.Ref["published_on"], workday.DayOf(e.Recorded))
	}
	if !late {
		on = workday.DayOf(e.Recorded)
	}
	if p.Commit == "" {
		return // taken over from before the system: nobody counted it when it was decided
	}
	d := s.Decisions[p.Commit]
	if d == nil || d.Outcome == shown {
		r.find(Order, e.Subject, "公示 %s 所称的决定 %s 没有登记，或者已经公示过", e.Subject, p.Commit)
		return
	}
	d.Outcome = shown
	if salt, hash, found := strings.Cut(e.Ref["opened"], ":"); found && !opens(salt, hash, d.Commits) {
		r.find(Opened, e.Subject, "公示 %s 与决定 %s 登记时的承诺不符", e.Subject, p.Commit)
	}
	if due, err := workday.ParseDay(d.last()); err == nil && on.After(due) {
		r.find(LatePublish, e.Subject, "公示 %s 逾期 %d 日（应于 %s 前）", e.Subject, on.Sub(due), due)
	}
}

// withhold follows a decision that is hidden with a ground, or due again. Both stand under the decision's number until its text
// was public once.
func (r *run) withhold(e entry) {
	name := e.Subject
	if e.SubjectKind == "publication" {
		name = e.Ref["commit"]
	}
	d := r.state.Decisions[name]
	if d == nil {
		if name != "" {
			r.find(Order, e.Subject, "日志第 %d 项所称的决定 %s 没有登记", e.Seq, name)
		}
		return
	}
	d.Outcome = ""
	if e.Kind == "WITHHOLD" {
		d.Outcome = withheld
		if e.Ref["ground"] == "" {
			r.find(NoGround, e.Subject, "决定 %s 不予公示，没有写明理由", name)
		}
	}
}

// withdrawDays is within how many working days a fallen decision must be down (行政处罚法第四十八条第二款).
const withdrawDays = 3

func (r *run) end(e entry) {
	s := r.state
	p := s.Texts[e.Subject]
	if p == nil {
		r.find(Order, e.Subject, "日志第 %d 项撤下的 %s 从未公示", e.Seq, e.Subject)
		return
	}
	p.Seq, p.Says = e.Seq, e.Ref
	if e.Kind == "EXPIRE" {
		p.State = expired
		if until, err := workday.ParseDay(e.Ref["period_until"]); err != nil || !until.Before(workday.DayOf(e.Recorded)) {
			r.find(Order, e.Subject, "公示 %s 在公示期 %s 届满之前被撤下", e.Subject, e.Ref["period_until"])
		}
		return
	}
	p.State = withdrawn
	if e.Ref["ground"] == "" || e.Ref["reason"] == "" {
		r.find(NoGround, e.Subject, "公示 %s 被撤下，没有写明依据和理由", e.Subject)
	}
	fallen, err1 := workday.ParseDay(e.Ref["fallen_on"])
	on, err2 := workday.ParseDay(e.Ref["withdrawn_on"])
	if err1 != nil || err2 != nil || on != workday.DayOf(e.Recorded) && e.Ref["backfilled_on"] == "" {
		r.find(Backdated, e.Subject, "公示 %s 自称撤下于 %s，日志记录于 %s", e.Subject, e.Ref["withdrawn_on"], workday.DayOf(e.Recorded))
		return
	}
	if last, err := r.calendar.AddWorkdays(fallen, cmp.Or(s.Limits[withdrawLimit], withdrawDays)); err == nil && on.After(last) {
		r.find(LateWithdraw, e.Subject, "公示 %s 应于 %s 前撤下，实际撤下于 %s", e.Subject, last, on)
	}
}

// roots holds what the log states of both heads against the tree and against what it stated before.
func (r *run) roots(e entry) {
	s := r.state
	size, err := strconv.ParseInt(e.Ref["log_size"], 10, 64)
	if err != nil || size > e.Seq {
		r.find(Roots, s.Agency, "日志第 %d 项声明的存证根超出日志本身", e.Seq)
	} else {
		r.claims = append(r.claims, claim{e.Seq, size, e.Ref["log_root"]})
	}
	inner := record{Root: e.Ref["record_root"]}
	if inner.Size, err = strconv.ParseInt(e.Ref["record_size"], 10, 64); err != nil || inner.Size < s.Record.Size || inner.Size == s.Record.Size && inner.Root != s.Record.Root {
		r.find(Roots, s.Agency, "日志第 %d 项声明的全过程记录比以前声明的短，或者是另一段历史", e.Seq)
		return
	}
	s.Record = inner
}

// overdue lists the decisions whose last day is over and that are neither public nor withheld with a ground.
func (r *run) overdue() {
	today := workday.DayOf(r.now)
	if newest, err := time.Parse(time.RFC3339Nano, r.state.Recorded); err == nil && workday.DayOf(newest).After(today) {
		today = workday.DayOf(newest) // a demonstration lives ahead of us
	}
	for name, d := range r.state.Decisions {
		due, err := workday.ParseDay(d.last())
		if d.Outcome == "" && err == nil {
			r.report.Waiting++
			if today.After(due) {
				r.find(Overdue, name, "决定 %s（%s，%s 作出）应于 %s 前公示，至今没有公示，已逾期 %d 日", name, d.Class, d.DecidedOn, due, today.Sub(due))
			}
		}
	}
}

// find notes something wrong.
func (r *run) find(kind Kind, subject, format string, args ...any) {
	r.report.Findings = append(r.report.Findings, Finding{Kind: kind, Subject: subject, Text: fmt.Sprintf(format, args...)})
}
