package house

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Clock is the clock of a demonstration: it can be stopped at an instant while a past year is lived through, and moved
// forward afterwards. A real agency has the machine's clock.
type Clock struct {
	mu    sync.Mutex
	fixed time.Time
	shift time.Duration
	real  func() time.Time
	path  string
}

// NewClock reads how far the demonstration of a folder has moved its clock; real is the machine's clock.
func NewClock(folder string, real func() time.Time) (*Clock, error) {
	c := &Clock{real: real, path: filepath.Join(folder, "clock.json")}
	raw, err := os.ReadFile(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, fmt.Errorf("house: clock: %w", err)
	}
	if err := json.Unmarshal(raw, &c.shift); err != nil {
		return nil, fmt.Errorf("house: clock %s: %w", c.path, err)
	}
	return c, nil
}

// Now is the demonstration's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.fixed.IsZero() {
		return c.fixed
	}
	return c.real().Add(c.shift)
}

// Stop holds the clock at an instant; Go lets it run with the machine's clock again.
func (c *Clock) Stop(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fixed = at
}

// Go lets a stopped clock run again.
func (c *Clock) Go() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fixed = time.Time{}
}

// mostForward bounds how far a demonstration may be moved, so that a slip does not lose it.
const mostForward = 3 * 366 * 24 * time.Hour

// Forward moves the clock forward and keeps that for the next start. It never goes back: the record does not either.
func (c *Clock) Forward(by time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if by <= 0 || c.shift+by > mostForward {
		return fmt.Errorf("house: the clock can be moved forward by up to three years, not by %s", by)
	}
	raw, err := json.Marshal(c.shift + by)
	if err != nil {
		return fmt.Errorf("house: clock: %w", err)
	}
	if err := os.WriteFile(c.path, raw, 0o600); err != nil {
		return fmt.Errorf("house: clock: %w", err)
	}
	c.shift += by
	return nil
}
