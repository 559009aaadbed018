package pack

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"mingjing/internal/law"
)

// row is one row of one file before typing: merging works on fields, because a lower pack may state only some.
type row struct {
	fields map[string]any
	key    string // of the section's identifying fields, which merging never changes
	origin string // pack/file, and the row's key, for messages
	layer  int

	typed any // the rows of the file, decoded, of which this is the one at place; nil once the fields were merged
	place int
}

func (r row) text(field string) string {
	s, _ := r.fields[field].(string)
	return s
}

// overlaps reports whether two rows are in force on a common day.
func (r row) overlaps(o row) bool {
	return notAfter(r.text("from"), o.text("until")) && notAfter(o.text("from"), r.text("until"))
}

// notAfter compares a first day with a last day; an empty one is open.
func notAfter(from, until string) bool { return from == "" || until == "" || from <= until }

// Conflict is what stops a load: two files say different things and the upper one does not let go.
type Conflict struct {
	Section, Key, Field string
	Upper, Lower        string // the two sources
	Reason              string
}

func (c *Conflict) Error() string {
	return fmt.Sprintf("%s %s: field %s: %s contradicts %s: %s", c.Section, c.Key, c.Field, c.Lower, c.Upper, c.Reason)
}

// merge lays lower over the rows already there.
func (s section) merge(rows []row, lower row) ([]row, error) {
	key := lower.key
	out, merged := make([]row, 0, len(rows)+1), false
	for _, upper := range rows {
		if upper.key != key || !upper.overlaps(lower) || s.stacked && upper.layer != lower.layer {
			out = append(out, upper)
			continue
		}
		if upper.layer == lower.layer {
			return nil, &Conflict{s.name, key, "", upper.origin, lower.origin, "one pack states the same row twice for the same days"}
		}
		laid, err := s.lay(key, upper, lower)
		if err != nil {
			return nil, err
		}
		out, merged = append(out, laid...), true
	}
	if !merged {
		out = append(out, lower)
	}
	return out, nil
}

// lay combines one upper and one lower row; where the lower is in force for a part of the upper's days only,
// the upper keeps the rest.
func (s section) lay(key string, upper, lower row) ([]row, error) {
	from, until := lower.text("from"), lower.text("until")
	if from != "" && from < upper.text("from") || until != "" && upper.text("until") != "" && until > upper.text("until") {
		return nil, &Conflict{s.name, key, "from/until", upper.origin, lower.origin, "the lower row reaches beyond the days of the upper one"}
	}
	m := merger{section: s, key: key, upper: upper, lower: lower}
	fields, err := m.object("", upper.fields, lower.fields)
	if err != nil {
		return nil, err
	}
	if err := m.grants(); err != nil {
		return nil, err
	}
	mid := row{fields: fields, key: key, origin: upper.origin + "+" + lower.origin, layer: lower.layer}
	var out []row
	if from != "" && from != upper.text("from") {
		out = append(out, cut(upper, "until", dayBefore(from)))
	}
	out = append(out, mid)
	if until != "" && until != upper.text("until") {
		out = append(out, cut(upper, "from", dayAfter(until)))
	}
	return out, nil
}

func cut(r row, field, day string) row {
	fields := maps.Clone(r.fields)
	fields[field] = day
	return row{fields: fields, key: r.key, origin: r.origin, layer: r.layer}
}

func dayBefore(day string) string { return shift(day, -1) }
func dayAfter(day string) string  { return shift(day, 1) }

// shift moves a day that was checked when its file was decoded.
func shift(day string, n int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, n).Format(time.DateOnly)
}

// merger carries what one combination needs to judge and to explain itself.
type merger struct {
	section      section
	key          string
	upper, lower row
	filled       []string
}

func (m *merger) object(path string, upper, lower map[string]any) (map[string]any, error) {
	out := maps.Clone(upper)
	for _, name := range slices.Sorted(maps.Keys(lower)) {
		v, err := m.field(join(path, name), upper[name], lower[name])
		if err != nil {
			return nil, err
		}
		out[name] = v
	}
	return out, nil
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// field decides one field: fill what is blank, keep what is equal, take what is tighter, refuse the rest.
func (m *merger) field(path string, upper, lower any) (any, error) {
	switch {
	case blank(lower), reflect.DeepEqual(upper, lower):
		return upper, nil
	case path == "from", path == "until":
		return lower, nil // the days were judged in lay
	case path == "may_loosen":
		return lower, nil // judged in grants
	case path == "source", path == "note":
		return joinSources(upper, lower), nil
	case blank(upper):
		m.filled = append(m.filled, path)
		return lower, nil
	}
	if u, ok := upper.(map[string]any); ok {
		if l, ok := lower.(map[string]any); ok {
			return m.object(path, u, l)
		}
	}
	if dir, ok := m.section.direction(path); ok && dir.tighter(upper, lower) || m.mayLoosen(path) {
		if path != "status" && m.weakens() {
			return nil, m.conflict(path, "a row that only warns may not replace one that blocks; state it as a row of its own")
		}
		return lower, nil
	}
	reason := fmt.Sprintf("%v is stated above and %v is not tighter, and the upper row does not list the field under may_loosen", upper, lower)
	return nil, m.conflict(path, reason)
}

// weakens reports whether the lower row, by its own status, would turn a blocking row into a warning.
func (m *merger) weakens() bool {
	s := law.Status(m.lower.text("status"))
	return s != "" && law.Status(m.upper.text("status")).MayBlock() && !s.MayBlock()
}

func (m *merger) mayLoosen(path string) bool {
	list, _ := m.upper.fields["may_loosen"].([]any)
	return slices.ContainsFunc(list, func(v any) bool { return v == path || strings.HasPrefix(path, fmt.Sprint(v)+".") })
}

// grants refuses a lower row that hands further down a freedom which the upper one did not give it.
func (m *merger) grants() error {
	list, _ := m.lower.fields["may_loosen"].([]any)
	for _, v := range list {
		path := fmt.Sprint(v)
		if !m.mayLoosen(path) && !slices.Contains(m.filled, path) {
			return m.conflict("may_loosen", path+" is not the lower pack's to give away")
		}
	}
	return nil
}

func (m *merger) conflict(path, reason string) error {
	return &Conflict{m.section.name, m.key, path, m.upper.origin, m.lower.origin, reason}
}

func joinSources(upper, lower any) any {
	if blank(upper) {
		return lower
	}
	return fmt.Sprintf("%v；%v", upper, lower)
}

// blank reports whether a field was left open. false and 0 are statements, not gaps.
func blank(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}
