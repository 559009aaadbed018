package demo

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/house"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Year is a simulated year under way.
type Year struct {
	ctx    context.Context
	House  *house.House
	clock  *house.Clock
	Actors map[string]access.Actor
	queue  []planned
	Begin  workday.Day
	End    time.Time
}

// planned is one thing that happens at one instant.
type planned struct {
	at   time.Time
	what string
	run  func() error
}

// plan puts something on the calendar: so many working days after a day, at an hour. What lies past the end does not
// happen, and so leaves cases open as they are in life.
func (y *Year) plan(day workday.Day, hour, minute int, what string, run func() error) {
	at := day.Start().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	y.queue = append(y.queue, planned{at: at, what: what, run: run})
}

// after is the n-th working day after a day.
func (y *Year) after(day workday.Day, n int) workday.Day {
	d, err := y.House.Calendar.AddWorkdays(day, n)
	if err != nil {
		return day.AddDays(n * 7 / 5)
	}
	return d
}

// live runs the plan in the order of time. progress is called now and then.
func (y *Year) live(progress func(done, all int)) error {
	done := 0
	for len(y.queue) > 0 {
		sort.SliceStable(y.queue, func(i, j int) bool { return y.queue[i].at.Before(y.queue[j].at) })
		next := y.queue[0]
		y.queue = y.queue[1:]
		if next.at.After(y.End) {
			break
		}
		y.clock.Stop(next.at)
		if err := next.run(); err != nil {
			return fmt.Errorf("demo: %s on %s: %w%s", next.what, next.at.Format(time.DateOnly), err, details(err))
		}
		done++
		if progress != nil && done%20 == 0 {
			progress(done, done+len(y.queue))
		}
	}
	return nil
}

// details spells out what a refusal or an invalid paper says, so that a fault in the script is found at once.
func details(err error) string {
	var invalid refusal.Invalid
	if errors.As(err, &invalid) {
		return fmt.Sprintf(" %v", invalid.Fields)
	}
	var refused refusal.Refused
	if errors.As(err, &refused) {
		var all []string
		for _, f := range refused.Findings {
			all = append(all, f.Rule+" "+f.Message)
		}
		return " " + strings.Join(all, "; ")
	}
	return ""
}

// today is the day at which the clock stands.
func (y *Year) today() workday.Day { return workday.DayOf(y.clock.Now()) }

// at writes an instant of today as a form wants it.
func (y *Year) at(hour, minute int) string {
	return fmt.Sprintf("%sT%02d:%02d", y.today(), hour, minute)
}

// papers fills the papers of a step: what the case knows, and over it what the script says.
func (y *Year) papers(actor access.Actor, caseID, party string, step flow.Code, over map[string]form.Values) (map[string]form.Values, error) {
	filled := map[string]form.Values{}
	err := y.House.DB.Read(y.ctx, func(tx *db.Tx) error {
		for kind, values := range over {
			d, err := y.House.Cases.Draft(tx, actor, caseID, string(step), kind, party)
			if err != nil {
				return err
			}
			all := form.Values{}
			for name, value := range d.Values {
				all[name] = value
			}
			for name, value := range values {
				all[name] = value
			}
			filled[kind] = all
		}
		return nil
	})
	if contents, archived := filled["案卷目录"]; archived {
		bound(contents, filled["卷内备考表"])
	}
	return filled, err
}

// take takes one step of a case for all parties that it is open for.
func (y *Year) take(who, caseID string, step flow.Code, over map[string]form.Values, options ...func(*casefile.Act)) (casefile.Done, error) {
	actor := y.Actors[who]
	papers, err := y.papers(actor, caseID, "", step, over)
	if err != nil {
		return casefile.Done{}, err
	}
	act := casefile.Act{Case: caseID, Step: step, Papers: papers}
	for _, o := range options {
		o(&act)
	}
	return y.House.Cases.Take(y.ctx, actor, act)
}

func sealed(a *casefile.Act) { a.Sealed = true }

// draft writes the decision of a case as a draft, for all its parties.
func (y *Year) draft(who, caseID string, over form.Values) error {
	actor := y.Actors[who]
	return y.House.DB.Write(y.ctx, actor.Agency, func(tx *db.Tx) error {
		d, err := y.House.Cases.Draft(tx, actor, caseID, "decide", "行政处罚决定书", "")
		if err != nil {
			return err
		}
		for name, value := range over {
			d.Values[name] = value
		}
		_, err = y.House.Cases.SaveDraft(tx, actor, d, d.Base())
		return err
	})
}
