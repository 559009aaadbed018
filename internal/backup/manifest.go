package backup

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/blob"
	"mingjing/internal/ledger"

	"mingjing/internal/backup/envelope"
	"mingjing/internal/backup/place"
)

// Manifest is one backup: what the store was and of which pieces it is made.
type Manifest struct {
	Format   int             `json:"format"`
	Name     string          `json:"name"` // under which it lies
	Time     string          `json:"time"`
	Program  string          `json:"program"`
	Engine   string          `json:"engine"`
	Schema   int64           `json:"schema"`
	Cipher   envelope.Cipher `json:"cipher"`
	Verifier string          `json:"verifier"` // the public key of the deployment
	Ledgers  []ledger.Head   `json:"ledgers"`
	Database []Piece         `json:"database"`
	Bytes    int64           `json:"bytes"` // of the database
	Blobs    []Piece         `json:"blobs"` // the lists of the blobs, see shards
	Files    int64           `json:"files"` // how many blobs
	Keys     []keyFile       `json:"keys"`
	Segment  string          `json:"segment"` // the last segment that was shipped before the copy was made
	Previous string          `json:"previous"`
}

func (m *Manifest) about() (string, string) { return m.Name, m.Verifier }

// format is that of the manifests and segments that this program writes and reads.
const format = 1

// keyFile is a file of the folder of keys.
type keyFile struct {
	Name  string `json:"name"`
	Piece Piece  `json:"piece"`
}

// entry is a blob: its digest, its size and its pieces.
type entry struct {
	Digest blob.Digest `json:"d"`
	Size   int64       `json:"n"`
	Pieces []Piece     `json:"p"`
}

// ErrEmpty says that there is no backup at the place.
var ErrEmpty = errors.New("这个位置没有备份")

// Manifests lists the names of the backups, the oldest first.
func (s *Set) Manifests(ctx context.Context) ([]string, error) { return s.names(ctx, manifests) }

// Newest reads the newest backup's manifest; nil when there is none.
func (s *Set) Newest(ctx context.Context, vkey string) (*Manifest, error) {
	list, err := s.Manifests(ctx)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return s.Manifest(ctx, list[len(list)-1], vkey)
}

// Manifest reads one manifest and checks who signed it; see signed.
func (s *Set) Manifest(ctx context.Context, name, vkey string) (*Manifest, error) {
	if !strings.HasPrefix(name, manifests) {
		name = manifests + name
	}
	var m Manifest
	if err := s.signed(ctx, name, vkey, &m); err != nil {
		return nil, err
	}
	if m.Format != format {
		return nil, &Damaged{Name: name, Cause: fmt.Errorf("是格式 %d，本程序只认识格式 %d", m.Format, format)}
	}
	return &m, nil
}

// shards writes the list of blobs as runs of lines. A run ends behind a digest that ends in two zeros, so that a new blob
// changes one run of some 256 lines and leaves the others as they lie in the set.
func shards(list []entry) ([][]byte, error) {
	slices.SortFunc(list, func(a, b entry) int { return strings.Compare(string(a.Digest), string(b.Digest)) })
	var runs [][]byte
	var run bytes.Buffer
	for _, e := range list {
		line, err := json.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("backup: list of blobs: %w", err)
		}
		run.Write(append(line, '\n'))
		if strings.HasSuffix(string(e.Digest), "00") {
			runs = append(runs, bytes.Clone(run.Bytes()))
			run.Reset()
		}
	}
	if run.Len() > 0 {
		runs = append(runs, run.Bytes())
	}
	return runs, nil
}

// entries reads the list of blobs of a manifest.
func (s *Set) entries(ctx context.Context, m *Manifest) ([]entry, error) {
	var list []entry
	for _, p := range m.Blobs {
		content, err := s.get(ctx, p)
		if err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(bytes.NewReader(content))
		lines.Buffer(nil, place.Limit)
		for lines.Scan() {
			var e entry
			if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
				return nil, &Damaged{Name: p.path(), Cause: envelope.ErrForm}
			}
			list = append(list, e)
		}
		if lines.Err() != nil {
			return nil, &Damaged{Name: p.path(), Cause: envelope.ErrForm}
		}
	}
	if int64(len(list)) != m.Files {
		return nil, &Damaged{Name: m.Name, Cause: envelope.ErrForm}
	}
	return list, nil
}
