package main

import (
	"fmt"
	"os"

	"mingjing/internal/workday"
)

// deadlineVerb computes one deadline from its arguments, or one for each line of standard input.
type deadlineVerb struct {
	Start   string `arg:"" help:"The trigger day, as in 2026-02-13, or - to read lines from standard input."`
	Length  string `arg:"" optional:"" help:"The length: +7wd, -7wd, +15cd, +3mo, +2y." passthrough:""`
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
