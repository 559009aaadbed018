package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"mingjing/internal/backup/envelope"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// The two sorts of gaps.
const (
	// Lost: a checkpoint says that these events were recorded, and they are in neither copy nor segments.
	Lost = "lost"
	// Behind: the events were brought back from segments, but what they did to the tables is younger than the copy of the
	// database: a number given out then would be given out again.
	Behind = "behind"
)

// Gap is a range of events of one agency.
type Gap struct {
	Agency string `json:"agency"`
	Sort   string `json:"sort"`
	First  int64  `json:"first"`
	Last   int64  `json:"last"`
	Note   string `json:"note,omitempty"` // the checkpoint that proves a lost range
}

// Message is for the person at the screen.
func (g Gap) Message() string {
	if g.Sort == Behind {
		return fmt.Sprintf("机关 %s 的第 %d 至 %d 号记录已由分段补回，但数据库的业务数据只到第 %d 号：这些动作须对照记录补录", g.Agency, g.First, g.Last, g.First-1)
	}
	return fmt.Sprintf("机关 %s 缺第 %d 至 %d 号记录（共 %d 条）：已签名的检查点覆盖 %d 条", g.Agency, g.First, g.Last, g.Last-g.First+1, g.Last+1)
}

// State is what a restored store lacks. While it lies beside the store, the store is opened read-only.
type State struct {
	At       string `json:"at"`
	Manifest string `json:"manifest"`
	Gaps     []Gap  `json:"gaps"`
}

const stateFile = "restored.json"

// Message names everything that is missing.
func (s State) Message() string {
	list := make([]string, len(s.Gaps))
	for i, g := range s.Gaps {
		list[i] = g.Message()
	}
	return strings.Join(list, "；")
}

func (s State) save(folder string) error {
	if len(s.Gaps) == 0 {
		return nil
	}
	text, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	return ledger.WriteDurably(filepath.Join(folder, stateFile), string(text)+"\n")
}

// Incomplete reads what a restored store lacks; nil when it lacks nothing.
func Incomplete(folder string) (*State, error) {
	text, err := os.ReadFile(filepath.Join(folder, stateFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	var s State
	if err := json.Unmarshal(text, &s); err != nil || len(s.Gaps) == 0 {
		return nil, fmt.Errorf("backup: %s is damaged: %w", stateFile, errors.Join(err, envelope.ErrForm))
	}
	return &s, nil
}

// KindAccepted is the event with which a person accepts that a restored store lacks part of its history.
const KindAccepted = "store.loss_accepted"

// Accept records in the ledger of each agency concerned what is missing, who accepted it and why, and lets the store be
// written again. The lost checkpoint is kept beside the keys for ever: whoever holds a copy of it will see that the
// record was continued from an earlier place, and the event is the agency's answer.
func Accept(ctx context.Context, d *db.DB, folder, name, reason string) (*State, error) {
	s, err := Incomplete(folder)
	if err != nil || s == nil {
		return nil, err
	}
	for _, g := range s.Gaps {
		ref := map[string]string{"sort": g.Sort, "first": strconv.FormatInt(g.First, 10), "last": strconv.FormatInt(g.Last, 10), "backup": s.Manifest}
		if lines := strings.Split(g.Note, "\n"); len(lines) > 2 {
			ref["root"] = lines[2]
		}
		e := ledger.Event{Agency: g.Agency, Kind: KindAccepted, SubjectKind: "store", Subject: g.Agency, Actor: ledger.Actor{Account: "operator"},
			Ref: ref, Payload: map[string]string{"name": name, "reason": reason}}
		if agency, public := strings.CutSuffix(g.Agency, "/public"); public { // the public log names no person (journal.Write)
			e.Actor.Account, e.Payload = agency, nil
		}
		err := d.Write(ctx, g.Agency, func(tx *db.Tx) error {
			_, err := ledger.Append(tx, e)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("backup: accept: %w", err)
		}
	}
	for _, g := range s.Gaps {
		if err := setAside(folder, g); err != nil {
			return nil, fmt.Errorf("backup: accept: %w", err)
		}
	}
	done := filepath.Join(folder, "restored-accepted-"+d.Now().Format("20060102T150405Z")+".json")
	if err := os.Rename(filepath.Join(folder, stateFile), done); err != nil {
		return nil, fmt.Errorf("backup: accept: %w", err)
	}
	return s, nil
}

// setAside keeps the checkpoint that proves the loss, and takes away the one that would stop each start.
func setAside(folder string, g Gap) error {
	if g.Note == "" {
		return nil
	}
	kept := filepath.Join(folder, keyFolder, "lost-checkpoint-"+url.PathEscape(g.Agency)+"-"+strconv.FormatInt(g.Last+1, 10))
	if err := ledger.WriteDurably(kept, g.Note); err != nil {
		return err
	}
	err := os.Remove(ledger.LastCheckpointPath(folder, g.Agency))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
