package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"

	"mingjing/internal/refusal"
)

// lineLimit bounds a line of JSON; scanAhead is how many objects are looked at to learn the columns.
const (
	lineLimit = 8 << 20
	scanAhead = 100
)

// lineTable reads one JSON object a line. The columns are the names of the first hundred objects.
type lineTable struct {
	in    *bufio.Reader
	file  *os.File
	line  int
	names []string
	place map[string]int
	ahead []parsed
	buf   []byte
}

type parsed struct {
	line   int
	object map[string]any
	fault  string
}

func openLines(in *bufio.Reader, file *os.File) (table, error) {
	t := &lineTable{in: in, file: file, place: map[string]int{}}
	names := map[string]bool{}
	for len(t.ahead) < scanAhead {
		p, err := t.parse()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		t.ahead = append(t.ahead, p)
		for name := range p.object {
			names[name] = true
		}
	}
	if len(names) == 0 {
		return nil, refusal.Field("file", "文件里没有JSON对象。JSONL文件每行是一个JSON对象，例如 {\"文号\":\"…\",\"标题\":\"…\"}。")
	}
	for name := range names {
		t.names = append(t.names, name)
	}
	sort.Strings(t.names)
	for i, name := range t.names {
		t.place[name] = i
	}
	return t, nil
}

func (t *lineTable) header() []string { return t.names }
func (t *lineTable) close() error     { return t.file.Close() }

func (t *lineTable) next() (record, error) {
	var p parsed
	var err error
	if len(t.ahead) > 0 {
		p, t.ahead = t.ahead[0], t.ahead[1:]
	} else if p, err = t.parse(); err != nil {
		return record{}, err
	}
	r := record{line: p.line, fault: p.fault, cells: make([]string, len(t.names))}
	for name, value := range p.object {
		i, ok := t.place[name]
		if !ok {
			continue
		}
		if r.cells[i], ok = plain(value); !ok {
			r.fault = "“" + name + "”的值不是文字或者数字"
		}
		if len(r.cells[i]) > maxCell {
			r.fault = "“" + name + "”超过1MiB"
		}
	}
	return r, nil
}

// parse reads the next line that is not blank.
func (t *lineTable) parse() (parsed, error) {
	for {
		text, over, err := t.readLine()
		if err != nil {
			return parsed{}, err
		}
		t.line++
		p := parsed{line: t.line}
		if over {
			p.fault = "该行超过8MiB"
			return p, nil
		}
		if text = bytes.TrimSpace(text); len(text) == 0 {
			continue
		}
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&p.object); err != nil || p.object == nil {
			p.object, p.fault = nil, "该行不是JSON对象"
		} else if _, err := decoder.Token(); err != io.EOF {
			p.object, p.fault = nil, "该行JSON对象之后还有多余的内容"
		}
		return p, nil
	}
}

// readLine reads a line into a buffer of its own, and passes over what is beyond the bound.
func (t *lineTable) readLine() (text []byte, over bool, err error) {
	t.buf = t.buf[:0]
	for {
		part, err := t.in.ReadSlice('\n')
		if len(t.buf)+len(part) > lineLimit {
			over = true
		} else {
			t.buf = append(t.buf, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(t.buf) == 0 && !over:
			return nil, false, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return nil, false, fmt.Errorf("exchange: jsonl: line %d: %w", t.line+1, err)
		}
		return t.buf, over, nil
	}
}

// plain writes a JSON value as a cell; lists of plain values are joined, objects are none.
func plain(value any) (string, bool) {
	switch v := value.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		if v {
			return "是", true
		}
		return "否", true
	case []any:
		var parts []string
		for _, item := range v {
			text, ok := plain(item)
			if _, nested := item.([]any); !ok || nested {
				return "", false
			}
			parts = append(parts, text)
		}
		return strings.Join(parts, "、"), true
	}
	return "", false
}
