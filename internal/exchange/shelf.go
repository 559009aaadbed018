package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/refusal"
)

// The phases of a file on the shelf.
const (
	Brought = "brought" // its columns are to be named
	Trying  = "trying"  // a dry run waits or runs
	Tried   = "tried"   // the dry run has reported
	Running = "running" // the import waits or runs
	Done    = "done"
	Broken  = "broken" // the file or its columns cannot be used; Fault says why
)

// Parcel is a file that was brought to be imported.
type Parcel struct {
	ID      string    `json:"id"`
	Digest  string    `json:"digest"`
	Name    string    `json:"name"`
	Size    int64     `json:"size"`
	Agency  string    `json:"agency"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Map     Map       `json:"map"`
	Class   string    `json:"class"`
	Phase   string    `json:"phase"`
	Fault   string    `json:"fault"`
	Run     string    `json:"run"`
	Report  *Report   `json:"report"` // of the latest dry run or import
	Waiting Progress  `json:"-"`
}

// Shelf keeps files between being brought and being imported, beside the store. A file is deleted once its rows are in,
// because it holds personal data; what is left says what became of it.
type Shelf struct {
	dir  string
	room *Room
	mu   sync.Mutex
	far  map[string]Progress
}

// NewShelf opens the shelf in a folder.
func NewShelf(dir string, room *Room) (*Shelf, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("exchange: shelf: %w", err)
	}
	return &Shelf{dir: dir, room: room, far: map[string]Progress{}}, nil
}

func (s *Shelf) path(id, ending string) string { return filepath.Join(s.dir, id+ending) }

// Put lays a file on the shelf. The same file of the same agency lies there once.
func (s *Shelf) Put(agency, by, name string, at time.Time, r io.Reader) (Parcel, error) {
	file, err := os.CreateTemp(s.dir, "brought-*")
	if err != nil {
		return Parcel{}, fmt.Errorf("exchange: shelf: %w", err)
	}
	defer os.Remove(file.Name())
	h := sha256.New()
	size, err := io.Copy(io.MultiWriter(file, h), r)
	if err = errors.Join(err, file.Close()); err != nil {
		return Parcel{}, fmt.Errorf("exchange: shelf: %w", err)
	}
	if size == 0 {
		return Parcel{}, refusal.Field("file", "文件是空的，里面没有任何内容。请检查后重新选择。")
	}
	digest := hex.EncodeToString(h.Sum(nil))
	own := sha256.Sum256([]byte(agency + "\n" + digest))
	p := Parcel{ID: hex.EncodeToString(own[:16]), Digest: digest, Name: clip(oneLine(filepath.Base(name)), 120), Size: size, Agency: agency, By: by, At: at.UTC(), Phase: Brought}
	if have, err := s.load(p.ID); err == nil && (have.Phase == Trying || have.Phase == Running) {
		return have, nil
	}
	if err := os.Rename(file.Name(), s.path(p.ID, ".data")); err != nil {
		return Parcel{}, fmt.Errorf("exchange: shelf: %w", err)
	}
	if _, err := Look(s.source(p)); err != nil {
		return Parcel{}, errors.Join(err, os.Remove(s.path(p.ID, ".data")))
	}
	return p, s.keep(p)
}

func (s *Shelf) source(p Parcel) Source { return Source{Path: s.path(p.ID, ".data"), Name: p.Name} }

func (s *Shelf) keep(p Parcel) error {
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("exchange: shelf: %w", err)
	}
	fresh := s.path(p.ID, ".new")
	if err := os.WriteFile(fresh, text, 0o600); err != nil {
		return fmt.Errorf("exchange: shelf: %w", err)
	}
	if err := os.Rename(fresh, s.path(p.ID, ".json")); err != nil {
		return fmt.Errorf("exchange: shelf: %w", err)
	}
	return nil
}

func (s *Shelf) load(id string) (Parcel, error) {
	var p Parcel
	if len(id) != 32 || strings.Trim(id, "0123456789abcdef") != "" {
		return p, refusal.NotFound{What: "待导入的文件"}
	}
	text, err := os.ReadFile(s.path(id, ".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return p, refusal.NotFound{What: "待导入的文件"}
	}
	if err != nil {
		return p, fmt.Errorf("exchange: shelf: %w", err)
	}
	if err := json.Unmarshal(text, &p); err != nil {
		return p, fmt.Errorf("exchange: shelf %s: %w", id, err)
	}
	return p, nil
}

// Get finds a file of an agency, with how far its work has come.
func (s *Shelf) Get(agency, id string) (Parcel, error) {
	p, err := s.load(id)
	if err == nil && p.Agency != agency {
		return Parcel{}, refusal.NotFound{What: "待导入的文件"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p.Waiting = s.far[id]
	return p, err
}

// shelfLimit bounds the files that a page lists.
const shelfLimit = 100

// List lists the files of an agency that are not imported yet, the newest first.
func (s *Shelf) List(agency string) ([]Parcel, error) {
	names, err := filepath.Glob(filepath.Join(s.dir, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("exchange: shelf: %w", err)
	}
	var list []Parcel
	for _, name := range names {
		p, err := s.load(strings.TrimSuffix(filepath.Base(name), ".json"))
		if err == nil && p.Agency == agency && p.Phase != Done {
			list = append(list, p)
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].At.After(list[j].At) })
	return list[:min(len(list), shelfLimit)], nil
}

// Look reads the head of a file on the shelf.
func (s *Shelf) Look(p Parcel) (Preview, error) { return Look(s.source(p)) }

// Begin notes what a person said of the columns, and that work on the file is queued.
func (s *Shelf) Begin(p Parcel, m Map, class string, dry bool) error {
	if p.Phase == Running || p.Phase == Trying {
		return refusal.Invalid{Message: "这个文件正在处理，请等它完成。"}
	}
	head, err := s.Look(p)
	if err != nil {
		return err
	}
	if _, err := bind(m, head.Columns); err != nil {
		return err
	}
	p.Map, p.Class, p.Fault, p.Phase = m, class, "", Running
	if dry {
		p.Phase = Trying
	}
	return s.keep(p)
}

// Work does what Begin noted. It may be cut off and called again.
func (s *Shelf) Work(ctx context.Context, actor access.Actor, agencyName, id string) error {
	p, err := s.Get(actor.Agency, id)
	if err != nil || p.Phase != Trying && p.Phase != Running {
		return err
	}
	of := 0
	if p.Report != nil {
		of = p.Report.Rows
	}
	report, err := s.room.Import(ctx, actor, s.source(p), p.Map, Options{AgencyName: agencyName, Class: p.Class, DryRun: p.Phase == Trying, Resume: true,
		Progress: func(at Progress) { at.Of = max(at.Of, of); s.note(id, at) }})
	s.note(id, Progress{})
	var unusable refusal.Invalid
	switch {
	case errors.As(err, &unusable):
		p.Phase, p.Fault = Broken, faultOf(unusable)
		return s.keep(p)
	case err != nil:
		return err
	}
	p.Report, p.Run = &report, report.Run
	if p.Phase == Trying {
		p.Phase = Tried
		return s.keep(p)
	}
	p.Phase = Done
	if err := s.keep(p); err != nil {
		return err
	}
	if err := os.Remove(s.path(id, ".data")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("exchange: shelf: %w", err)
	}
	return nil
}

// GiveUp marks a file whose work cannot be done any more, and says why on its page.
func (s *Shelf) GiveUp(agency, id, why string) error {
	p, err := s.Get(agency, id)
	if err != nil {
		return err
	}
	p.Phase, p.Fault = Broken, why
	return s.keep(p)
}

func faultOf(i refusal.Invalid) string {
	texts := []string{}
	if i.Message != "" {
		texts = append(texts, i.Message)
	}
	for _, text := range i.Fields {
		texts = append(texts, text)
	}
	sort.Strings(texts)
	return strings.Join(texts, " ")
}

func (s *Shelf) note(id string, at Progress) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at == (Progress{}) {
		delete(s.far, id)
		return
	}
	s.far[id] = at
}

// Remove takes a file off the shelf that is not to be imported.
func (s *Shelf) Remove(agency, id string) error {
	p, err := s.Get(agency, id)
	if err != nil {
		return err
	}
	if p.Phase == Running || p.Phase == Trying {
		return refusal.Invalid{Message: "这个文件正在处理，请等它完成。"}
	}
	for _, ending := range []string{".data", ".json"} {
		if err := os.Remove(s.path(p.ID, ending)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("exchange: shelf: %w", err)
		}
	}
	return nil
}
