package picture

import (
	"mingjing/internal/flow"
	"mingjing/internal/workday"
)

// Moment is what the person says of the act itself.
type Moment struct {
	Step       flow.Step
	Actor      string // account
	Head       bool   // the actor is a head of the agency
	Today      workday.Day
	Occurred   workday.Day // the legal day of the act, never after Today
	LateReason string      // why it is entered days later
	Sealed     bool        // the seal was put on the paper; on the spot: the decision was handed over
}
