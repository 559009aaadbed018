package workday

import "fmt"

// Move is a deadline that another calendar puts on another day.
type Move struct {
	Index    int // its place in the list that was asked about
	Deadline Deadline
	Old, New Result
}

// Moved computes every deadline by both calendars and returns those whose last day or
// provisional mark differs, so that a new calendar can be seen before it is applied.
func Moved(old, next *Calendar, deadlines []Deadline) ([]Move, error) {
	var moves []Move
	for i, d := range deadlines {
		a, err := old.Due(d)
		if err != nil {
			return nil, fmt.Errorf("workday: deadline %d of %d: %w", i+1, len(deadlines), err)
		}
		b, err := next.Due(d)
		if err != nil {
			return nil, fmt.Errorf("workday: deadline %d of %d: %w", i+1, len(deadlines), err)
		}
		if a.Due != b.Due || a.Left != b.Left || a.Provisional != b.Provisional {
			moves = append(moves, Move{Index: i, Deadline: d, Old: a, New: b})
		}
	}
	return moves, nil
}
