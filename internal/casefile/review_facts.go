package casefile

import "mingjing/internal/flow"

// KindsOf names the documents that a step must have, in the order in which they are made: those of the law, and the
// records for steps that the law gives no document.
func KindsOf(step flow.Step) []string { return stepForms(step) }
