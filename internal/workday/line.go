package workday

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/zh"
)

var (
	exprForm = regexp.MustCompile(`^([+-]?)(\d{1,9})(wd|cd|mo|y|h|个工作日|工作日|自然日|个月|月|年|小时)$`)
	lineForm = regexp.MustCompile(`^(\S+?)(?:[ T](\d{1,2}):(\d{2}))? ?([+-]? ?\d+ ?[^ \d]+)$`)
)

// Expr is a length with its unit, as a person types it: +7wd.
type Expr struct {
	N    int // negative counts backwards
	Unit Unit
}

// ParseExpr reads +7wd, -7wd, 30cd, 6mo, 2y, 24h, and the same with Chinese units
// (+7个工作日).
func ParseExpr(text string) (Expr, error) {
	t := strings.ToLower(strings.ReplaceAll(zh.Fold(text), " ", ""))
	m := exprForm.FindStringSubmatch(strings.ReplaceAll(t, "−", "-"))
	if m == nil {
		return Expr{}, flaw("看不懂期限“%s”，应写成+7wd（工作日）、+30cd（自然日）、+6mo（月）、+2y（年）或+24h（小时），向前推算用-7wd", clip(t))
	}
	n, err := strconv.Atoi(m[2])
	if err != nil {
		return Expr{}, flaw("期限“%s”的数字过大", clip(t))
	}
	if m[1] == "-" {
		n = -n
	}
	e := Expr{N: n, Unit: Unit(m[3])}
	switch m[3] {
	case "个工作日", "工作日":
		e.Unit = WorkDay
	case "自然日":
		e.Unit = CalendarDay
	case "个月", "月":
		e.Unit = Month
	case "年":
		e.Unit = Year
	case "小时":
		e.Unit = Hour
	}
	return e, nil
}

// ParseLine reads a day and a length, 2026-02-13 +7wd; a period of hours needs the time of
// day, 2026-02-13 09:30 +24h. The day may be spelt in any way that zh.ParseDay reads.
func ParseLine(line string) (Deadline, error) {
	t := strings.TrimSpace(zh.Fold(line))
	if t == "" {
		return Deadline{}, flaw("空行，应写成“日期 期限”，例如2026-02-13 +7wd")
	}
	m := lineForm.FindStringSubmatch(t)
	if m == nil {
		return Deadline{}, flaw("看不懂“%s”，应写成“日期 期限”，例如2026-02-13 +7wd", clip(t))
	}
	date, err := zh.ParseDay(m[1])
	if err != nil {
		return Deadline{}, err
	}
	day, err := FromDate(date)
	if err != nil {
		return Deadline{}, err
	}
	e, err := ParseExpr(m[4])
	if err != nil {
		return Deadline{}, err
	}
	d := Deadline{Trigger: day, N: e.N, Unit: e.Unit}
	if m[2] == "" {
		return d, nil
	}
	hour, _ := strconv.Atoi(m[2])
	minute, _ := strconv.Atoi(m[3])
	if hour > 23 || minute > 59 {
		return Deadline{}, flaw("时刻%s:%s不存在，应在00:00至23:59之间", m[2], m[3])
	}
	d.At = day.Start().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	return d, nil
}

// Run answers one line: 2026-02-13 +7wd gives 2026-03-02. A provisional day is followed by
// a tab and a remark, so that the first field is always the bare day. Hours give day and
// time.
func (c *Calendar) Run(line string) (string, error) {
	d, err := ParseLine(line)
	if err != nil {
		return "", err
	}
	r, err := c.Due(d)
	if err != nil {
		return "", err
	}
	return r.answer(), nil
}

// RunExplained answers one line as Run does and explains it on the lines below.
func (c *Calendar) RunExplained(line string) (string, error) {
	d, err := ParseLine(line)
	if err != nil {
		return "", err
	}
	r, err := c.Work(d)
	if err != nil {
		return "", err
	}
	return r.answer() + "\n" + r.Explain(), nil
}

// answer prints the day alone, for people who paste it on.
func (r Result) answer() string {
	if r.Unit == Hour {
		return r.At.In(Shanghai()).Format("2006-01-02 15:04")
	}
	if r.Provisional {
		return r.Due.String() + "\t暂定：所涉年份的放假安排尚未载入，仅按周末推算"
	}
	return r.Due.String()
}

// longest is the most of a line that Lines looks at; a longer one is an error line.
const longest = 4096

// Lines answers every line of in with one line on out: the day, or 错误 with the line's
// number and what is wrong; it goes on after an error. The returned error is one of
// reading or writing only.
func (c *Calendar) Lines(in io.Reader, out io.Writer) error {
	r, w := bufio.NewReaderSize(in, longest), bufio.NewWriter(out)
	for number := 1; ; number++ {
		raw, tooLong, err := readLine(r)
		if errors.Is(err, io.EOF) {
			if err := w.Flush(); err != nil {
				return fmt.Errorf("workday: write answers: %w", err)
			}
			return nil
		}
		if err != nil {
			return errors.Join(fmt.Errorf("workday: read lines: %w", err), w.Flush())
		}
		answer, problem := "", error(nil)
		if tooLong {
			problem = flaw("一行过长，应写成“日期 期限”，例如2026-02-13 +7wd")
		} else {
			answer, problem = c.Run(raw)
		}
		if problem != nil {
			answer = fmt.Sprintf("错误：第%d行：%s", number, problem)
		}
		if _, err := w.WriteString(answer + "\n"); err != nil {
			return fmt.Errorf("workday: write answers: %w", err)
		}
		// A person who types lines waits for each answer.
		if r.Buffered() == 0 {
			if err := w.Flush(); err != nil {
				return fmt.Errorf("workday: write answers: %w", err)
			}
		}
	}
}

// readLine reads one line without its end; io.EOF comes only after the last line.
func readLine(r *bufio.Reader) (line string, tooLong bool, err error) {
	part, prefix, err := r.ReadLine()
	if err != nil {
		return "", false, err
	}
	line = string(part)
	for prefix {
		tooLong = true
		if _, prefix, err = r.ReadLine(); err != nil {
			// The end of the input inside a long line ends that line too.
			break
		}
	}
	return line, tooLong, nil
}

// Run answers one line by the calendar that ships with the program.
func Run(line string) (string, error) {
	c, err := National()
	if err != nil {
		return "", err
	}
	return c.Run(line)
}

// Lines answers every line of in by the calendar that ships with the program.
func Lines(in io.Reader, out io.Writer) error {
	c, err := National()
	if err != nil {
		return err
	}
	return c.Lines(in, out)
}

// clip shortens what a message repeats.
func clip(text string) string {
	r := []rune(text)
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return text
}
