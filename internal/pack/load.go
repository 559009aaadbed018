package pack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"mingjing/internal/workday"
)

// Layer is what a pack says about itself in pack.json.
type Layer struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Level   Level  `json:"level"`
	Version string `json:"version"`
	Demo    bool   `json:"demo,omitempty"`
	Source  string `json:"source,omitempty"`
	Note    string `json:"note,omitempty"`
}

// Load reads the named packs from fsys, each a folder, lays them over one another in the order given (national
// first) and checks the result. The error names the file, the row and, for a conflict, both sources.
func Load(fsys fs.FS, names ...string) (*Pack, error) {
	if len(names) == 0 {
		return nil, errors.New("pack: load: no pack is named")
	}
	l := loader{fsys: fsys, rows: map[string][]row{}, keys: map[[2]string]bool{}, digest: newDigest()}
	for i, name := range names {
		if err := l.pack(i, name); err != nil {
			return nil, fmt.Errorf("pack: load %s: %w", name, err)
		}
	}
	p := &Pack{layers: l.layers, hash: l.digest.sum()}
	for _, s := range sections() {
		for _, r := range l.rows[s.name] {
			if err := s.into(p, r); err != nil {
				return nil, fmt.Errorf("pack: load: %s: %w", s.name, err)
			}
		}
	}
	if err := p.settle(); err != nil {
		return nil, fmt.Errorf("pack: load %s: %w", strings.Join(names, "+"), err)
	}
	return p, nil
}

// into takes a row into the pack: as its file has it, or, where packs were laid over one another, as it became.
func (s section) into(p *Pack, r row) error {
	if r.typed != nil {
		s.put(p, r.typed, r.place)
		return nil
	}
	raw, err := json.Marshal(r.fields)
	if err != nil {
		return err
	}
	return s.take(p, raw)
}

type loader struct {
	fsys   fs.FS
	layers []Layer
	rows   map[string][]row
	keys   map[[2]string]bool // section and key of the rows that are there
	digest *digest
}

// pack reads one folder. Every file must belong to a section: a stray one may be a misspelt list that would
// otherwise be lost in silence.
func (l *loader) pack(n int, name string) error {
	if err := l.manifest(name); err != nil {
		return err
	}
	files, err := l.files(name)
	if err != nil {
		return err
	}
	for _, f := range files {
		s, err := sectionFor(f[len(name)+1:])
		if err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
		if err := l.file(n, s, f); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) manifest(name string) error {
	raw, err := l.read(path.Join(name, "pack.json"))
	if err != nil {
		return err
	}
	var m Layer
	if err := strict(raw, &m); err != nil {
		return fmt.Errorf("%s/pack.json: %w", name, err)
	}
	if m.Name != name || m.Title == "" || m.Version == "" || m.Level.rank() == 0 {
		return fmt.Errorf("%s/pack.json: name must be the folder, title, version and a level of national, province, city, agency are needed", name)
	}
	if k := len(l.layers); k > 0 && l.layers[k-1].Level.rank() >= m.Level.rank() {
		return fmt.Errorf("%s (%s) cannot lie on %s (%s): packs go from national down to agency", name, m.Level, l.layers[k-1].Name, l.layers[k-1].Level)
	}
	l.layers = append(l.layers, m)
	return nil
}

// files lists the data files of a pack in a fixed order, so that hash and load do not depend on the file system.
func (l *loader) files(name string) ([]string, error) {
	var files []string
	err := fs.WalkDir(l.fsys, name, func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && path.Base(p) != "README.md" && p != path.Join(name, "pack.json") {
			files = append(files, p)
		}
		return err
	})
	slices.Sort(files)
	return files, err
}

// sectionFor finds the section of items.json or items/charity.json.
func sectionFor(rel string) (section, error) {
	name, _, nested := strings.Cut(rel, "/")
	if !nested {
		name = strings.TrimSuffix(rel, ".json")
	}
	for _, s := range sections() {
		if s.name == name && path.Ext(rel) == ".json" {
			return s, nil
		}
	}
	return section{}, errors.New("belongs to no section of the pack format")
}

func (l *loader) read(file string) ([]byte, error) {
	raw, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		return nil, err
	}
	l.digest.add(file, raw)
	return raw, nil
}

func (l *loader) file(n int, s section, file string) error {
	raw, err := l.read(file)
	if err != nil {
		return err
	}
	if s.single {
		raw = append(append([]byte{'['}, raw...), ']')
	}
	typed, err := s.check(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	var list []map[string]any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&list); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for i, fields := range list {
		if fields == nil {
			return fmt.Errorf("%s: an empty row (null)", file)
		}
		r := row{fields: fields, key: s.keyOf(fields), layer: n, typed: typed, place: i}
		r.origin = file + "#" + r.key
		if s.stacked {
			r.fields["origin"], r.typed = r.origin, nil
		}
		if err := s.usable(r); err != nil {
			return fmt.Errorf("%s: %w", r.origin, err)
		}
		if known := [2]string{s.name, r.key}; !l.keys[known] {
			l.keys[known] = true
			l.rows[s.name] = append(l.rows[s.name], r)
		} else if l.rows[s.name], err = s.merge(l.rows[s.name], r); err != nil {
			return err
		}
	}
	return nil
}

// usable checks what merging relies upon: the key is there and the days are days.
func (s section) usable(r row) error {
	for _, k := range s.key {
		if blank(r.fields[k]) {
			return fmt.Errorf("the row has no %s", k)
		}
	}
	for _, f := range []string{"from", "until"} {
		if _, err := workday.ParseDay(r.text(f)); err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
	}
	if !notAfter(r.text("from"), r.text("until")) {
		return fmt.Errorf("from %s lies after until %s", r.text("from"), r.text("until"))
	}
	return nil
}
