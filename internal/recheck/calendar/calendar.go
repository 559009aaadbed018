package calendar

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// holidays is the table of the State Council's yearly notices; a test holds it against the one that the house counts by.
//
//go:embed data/holidays.csv
var holidays string

// Calendar knows which days are worked, as days since 1970-01-01.
type Calendar struct {
	off, worked map[int64]bool
	known       map[int]bool
	Version     string            // which table it is
	answers     map[Period]string // what was worked already: the deadlines of a day are alike
}

// Announced reads the table.
func Announced() (*Calendar, error) {
	c := &Calendar{off: map[int64]bool{}, worked: map[int64]bool{}, known: map[int]bool{}, answers: map[Period]string{}}
	lines := strings.Split(strings.TrimSpace(holidays), "\n")[1:]
	slices.Sort(lines) // the day comes first
	h, first, last := sha256.New(), 9999, 0
	for _, line := range lines {
		f := strings.Split(strings.TrimSpace(line), ",")
		if len(f) != 4 {
			return nil, errors.New("the table of holidays has a line that is none")
		}
		day, ok := Day(f[0])
		notice, err := strconv.Atoi(f[3])
		if !ok || err != nil {
			return nil, errors.New("the table of holidays has a day that is none")
		}
		off := f[2] == "1"
		if off {
			c.off[day] = true
		} else {
			c.worked[day] = true
		}
		c.known[notice] = true
		first, last = min(first, notice), max(last, notice)
		fmt.Fprintf(h, "%s %s %t %d\n", f[0], f[1], off, notice)
	}
	c.Version = fmt.Sprintf("%d-%d-%s", first, last, hex.EncodeToString(h.Sum(nil))[:8])
	return c, nil
}

const dayLength = 24 * 60 * 60

// Day is a day as days since 1970-01-01; false where the text is none.
func Day(text string) (int64, bool) {
	t, err := time.Parse(time.DateOnly, text)
	return t.Unix() / dayLength, err == nil && len(text) == len(time.DateOnly)
}

func textOf(day int64) string { return time.Unix(day*dayLength, 0).UTC().Format(time.DateOnly) }

// isWorked tells whether a day is worked: what the notices say goes before the week.
func (c *Calendar) isWorked(day int64) bool {
	if c.off[day] || c.worked[day] {
		return c.worked[day]
	}
	week := ((day+4)%7 + 7) % 7 // 1970-01-01 was a Thursday; Sunday is 0
	return week != 0 && week != 6
}

// stop is a span in which a clock stands still, both days included; an empty To says that it still does.
type stop struct {
	From, To string
	Reason   string
}

// Period is a deadline as its row has it.
type Period struct {
	Trigger  string
	Length   int
	Unit     string
	ForParty bool
	Stops    string // JSON
}

// answersKept bounds the periods whose last day is kept.
const answersKept = 100000

// Due is the last day of a period.
func (c *Calendar) Due(p Period) (string, error) {
	if due, known := c.answers[p]; known {
		return due, nil
	}
	due, err := c.work(p)
	if err != nil {
		return "", err
	}
	if len(c.answers) == answersKept {
		clear(c.answers)
	}
	c.answers[p] = due
	return due, nil
}

// work works a period day by day: the day of the event is not counted (民法典第二百零一条), days on which the clock stands are
// passed over, and a last day of a party's that is not worked moves on (第二百零三条). "" while the clock stands.
func (c *Calendar) work(p Period) (string, error) {
	day, ok := Day(p.Trigger)
	if !ok {
		return "", errors.New("起算日不是日期")
	}
	var stops []stop
	if err := json.Unmarshal([]byte(p.Stops), &stops); err != nil {
		return "", errors.New("中止的记载不能读取")
	}
	standing := func(day int64) (in, forever bool) {
		if len(stops) == 0 {
			return false, false
		}
		text := textOf(day)
		for _, s := range stops {
			if text >= s.From && (s.To == "" || text <= s.To) {
				in, forever = true, forever || s.To == ""
			}
		}
		return in, forever
	}
	n := p.Length
	switch p.Unit {
	case "h": // hours count as the calendar days that they reach into
		n = (p.Length + 23) / 24
	case "mo", "y":
		months := p.Length
		if p.Unit == "y" {
			months *= 12
		}
		return c.byMonth(day, months, p.ForParty, standing)
	case "wd", "cd":
	default:
		return "", errors.New("期限的单位不存在：" + p.Unit)
	}
	for n > 0 {
		day++
		in, forever := standing(day)
		if forever {
			return "", nil
		}
		if !in && (p.Unit != "wd" || c.isWorked(day)) {
			n--
		}
	}
	return c.rolled(day, p.ForParty), nil
}

// byMonth ends on the day of the same number, or on the last day of a month that has none (民法典第二百零二条), and then goes
// on by as many days as the clock stood.
func (c *Calendar) byMonth(trigger int64, months int, forParty bool, standing func(int64) (bool, bool)) (string, error) {
	from := time.Unix(trigger*dayLength, 0).UTC()
	first := time.Date(from.Year(), from.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	end := first.AddDate(0, 1, -1).Day()
	due := first.Unix()/dayLength + int64(min(from.Day(), end)) - 1
	for day := trigger + 1; day <= due; day++ {
		in, forever := standing(day)
		if forever {
			return "", nil
		}
		if in {
			due++
		}
	}
	return c.rolled(due, forParty), nil
}

func (c *Calendar) rolled(day int64, forParty bool) string {
	for forParty && !c.isWorked(day) {
		day++
	}
	return textOf(day)
}
