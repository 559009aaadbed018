package monitor

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"
)

// State is what a monitor remembers from one run to the next. Whoever loses it begins anew and no longer notices what was changed
// before; of persons and texts it holds hashes only, but for a few words of each shown text, by which to ask the search for it
// after it was taken down.
type State struct {
	Agency     string                  `json:"agency"`
	Key        string                  `json:"key"` // the log's verifier key
	Size       int64                   `json:"size"`
	Peaks      []tlog.Hash             `json:"peaks"`
	Checkpoint string                  `json:"checkpoint"`
	Recorded   string                  `json:"recorded"`             // of the newest entry
	Began      string                  `json:"began,omitempty"`      // the day of the first entry
	Backfilled int                     `json:"backfilled,omitempty"` // decisions and texts from before the log, entered afterwards
	Decisions  map[string]*decision    `json:"decisions"`
	Texts      map[string]*publication `json:"publications"`
	Lists      map[string]string       `json:"lists"` // the hash that the log said last of each list
	Record     record                  `json:"record"`
	Told       int                     `json:"told,omitempty"` // faults of entries that an older version counted and did not keep
	Faults     []*standingFault        `json:"faults,omitempty"`
	Limits     map[string]int          `json:"limits,omitempty"` // what the agency says of its own terms, where they are stricter
}

// decision is what the log says of one decision, by its number in the agency's year.
type decision struct {
	Class     string `json:"class"`
	DecidedOn string `json:"decided_on"`
	DueOn     string `json:"due_on"`            // as the log says it
	Last      string `json:"last,omitempty"`    // the last day that counts: never later than the law
	Days      int    `json:"days,omitempty"`    // the working days that it is counted by
	Stood     string `json:"stood,omitempty"`   // from/to: while a third party was asked
	Outcome   string `json:"outcome,omitempty"` // published, withheld; empty while it is due
	Commits   string `json:"commitment"`
}

// last is the last day that counts; a state from before it was remembered has only what the log said.
func (d *decision) last() string {
	if d.Last == "" {
		return d.DueOn
	}
	return d.Last
}

// publication is what the log says of one text.
type publication struct {
	State     string            `json:"state"` // published, corrected, withdrawn, expired
	Hash      string            `json:"hash"`
	Commit    string            `json:"commit,omitempty"`
	Says      map[string]string `json:"says,omitempty"` // of the withdrawal
	Seq       int64             `json:"seq"`            // of the newest entry
	Checked   int64             `json:"checked"`        // the entry that the page was last held against, plus one
	At        string            `json:"at,omitempty"`   // when
	Lines     []string          `json:"lines,omitempty"`
	Words     string            `json:"words,omitempty"`
	Effective string            `json:"effective,omitempty"`
}

func (p *publication) shown() bool { return p.State == shown || p.State == corrected }

const (
	shown     = "published"
	corrected = "corrected"
	withdrawn = "withdrawn"
	expired   = "expired"
	withheld  = "withheld"
)

// record is the head of the agency's inner record as the log stated it last.
type record struct {
	Size int64  `json:"size"`
	Root string `json:"root"`
}

// ready gives an empty state its maps.
func (s *State) ready() *State {
	if s.Decisions == nil {
		s.Decisions = map[string]*decision{}
	}
	if s.Texts == nil {
		s.Texts = map[string]*publication{}
	}
	if s.Lists == nil {
		s.Lists = map[string]string{}
	}
	if s.Limits == nil {
		s.Limits = map[string]int{}
	}
	return s
}

// LoadState reads a state; a file that is not there is a beginning.
func LoadState(path string) (*State, error) {
	s := &State{}
	if path == "" {
		return s, nil
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(text, s)
	}
	if err != nil {
		return nil, fmt.Errorf("monitor: state %s: %w", path, err)
	}
	return s, nil
}

// Save writes a state, whole or not at all.
func (s *State) Save(path string) error {
	if path == "" {
		return nil
	}
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("monitor: state: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return fmt.Errorf("monitor: state: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("monitor: state: %w", err)
	}
	return nil
}

// clone copies a state deeply, so that a run that finds the log broken leaves what was known.
func (s *State) clone() (*State, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	other := &State{}
	err = json.Unmarshal(text, other)
	return other.ready(), err
}
