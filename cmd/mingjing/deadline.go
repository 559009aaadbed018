package main

import (
	"fmt"
	"os"
	"regexp"

	"mingjing/internal/workday"
)

// deadlineVerb computes one deadline from its arguments, or one for each line of standard input.
type deadlineVerb struct {
	Start   string `arg:"" help:"The trigger day, as in 2026-02-13, or - to read lines from standard input."`
	Length  string `arg:"" optional:"" help:"The length: +7wd, -7wd, +15cd, +3mo, +2y."`
	Explain bool   `help:"Show each counted, skipped and made-up day."`
}

func (d *deadlineVerb) Run(*world) error {
	if d.Start == "-" {
		return workday.Lines(os.Stdin, os.Stdout)
	}
	line := d.Start + " " + d.Length
	if !d.Explain {
		text, err := workday.Run(line)
		if err == nil {
			fmt.Println(text)
		}
		return err
	}
	calendar, err := workday.National()
	if err != nil {
		return err
	}
	text, err := calendar.RunExplained(line)
	if err == nil {
		fmt.Println(text)
	}
	return err
}

// countedBack is a length such as -7wd, which a parser of flags would take for one.
var countedBack = regexp.MustCompile(`^-[0-9]`)

// backwards puts lengths that count backwards behind "--", so that they are read as what they are.
func backwards(args []string) []string {
	if len(args) == 0 || args[0] != "deadline" {
		return args
	}
	var front, back []string
	for _, a := range args {
		if countedBack.MatchString(a) {
			back = append(back, a)
		} else {
			front = append(front, a)
		}
	}
	if len(back) == 0 {
		return front
	}
	return append(append(front, "--"), back...)
}
