package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"mingjing/internal/refusal"
)

// csvTable reads CSV as offices write it: any of three separators, quoted fields with line ends in them, quotation
// marks in the middle of a field, rows of the wrong length. encoding/csv would hold a field of any length in memory
// when a quotation mark is not closed; here a cell is bounded and what is beyond it is passed over.
type csvTable struct {
	in    *bufio.Reader
	file  *os.File
	head  []string
	comma byte
	line  int
	cell  []byte
	over  bool // the cell went beyond the bound
}

func openCSV(in *bufio.Reader, file *os.File) (table, error) {
	t := &csvTable{in: in, file: file, comma: ',', line: 1}
	first, err := in.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, fmt.Errorf("exchange: csv: %w", err)
	}
	t.comma = separator(first)
	for len(t.head) == 0 {
		r, err := t.next()
		if errors.Is(err, io.EOF) {
			return nil, refusal.Field("file", "文件里没有表头。")
		}
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(strings.Join(r.cells, "")) != "" {
			t.head = r.cells
		}
	}
	return t, nil
}

// separator is the one of comma, tab and semicolon that the first line has most of.
func separator(first []byte) byte {
	if i := bytes.IndexByte(first, '\n'); i > 0 {
		first = first[:i]
	}
	best := byte(',')
	for _, c := range []byte{'\t', ';'} {
		if bytes.Count(first, []byte{c}) > bytes.Count(first, []byte{best}) {
			best = c
		}
	}
	return best
}

func (t *csvTable) header() []string { return t.head }
func (t *csvTable) close() error     { return t.file.Close() }

// next reads a row. A blank line is no row.
func (t *csvTable) next() (record, error) {
	for {
		r := record{line: t.line, cells: make([]string, 0, len(t.head))}
		last := false
		for !last {
			var err error
			if last, err = t.field(); err != nil {
				if errors.Is(err, io.EOF) && len(r.cells) == 0 && len(t.cell) == 0 {
					return record{}, io.EOF
				}
				if !errors.Is(err, io.EOF) {
					return record{}, fmt.Errorf("exchange: csv: line %d: %w", t.line, err)
				}
				last = true
			}
			switch {
			case t.over:
				r.fault = fmt.Sprintf("第%d列超过1MiB，可能是引号没有成对", len(r.cells)+1)
			case len(r.cells) >= maxColumns:
				r.fault = fmt.Sprintf("超过%d列", maxColumns)
				continue
			}
			r.cells = append(r.cells, string(t.cell))
		}
		if len(r.cells) > 1 || r.cells[0] != "" {
			return r, nil
		}
	}
}

// field reads one field into t.cell and tells whether it ends its row. io.EOF comes with what stood before the end.
func (t *csvTable) field() (last bool, err error) {
	t.cell, t.over = t.cell[:0], false
	c, err := t.in.ReadByte()
	if err != nil {
		return true, err
	}
	if c == '"' {
		if err := t.quoted(); err != nil {
			return true, err
		}
	} else if err := t.in.UnreadByte(); err != nil {
		return true, err
	}
	for {
		ahead, err := t.in.Peek(max(1, t.in.Buffered()))
		if err != nil && len(ahead) == 0 {
			return true, err
		}
		end := 0
		for end < len(ahead) && ahead[end] != t.comma && ahead[end] != '\n' {
			end++
		}
		t.keep(ahead[:end])
		found := end < len(ahead)
		last := found && ahead[end] == '\n'
		if found {
			end++
		}
		if _, err := t.in.Discard(end); err != nil {
			return true, err
		}
		if last {
			t.line++
			t.cell = bytes.TrimSuffix(t.cell, []byte{'\r'})
		}
		if found {
			return last, nil
		}
	}
}

// quoted reads up to the closing quotation mark; a doubled one stands for itself.
func (t *csvTable) quoted() error {
	for {
		part, err := t.in.ReadSlice('"')
		t.line += bytes.Count(part, []byte{'\n'})
		if errors.Is(err, bufio.ErrBufferFull) {
			t.keep(part)
			continue
		}
		if err != nil {
			t.keep(part)
			return err
		}
		t.keep(part[:len(part)-1])
		next, err := t.in.Peek(1)
		if err != nil || next[0] != '"' {
			return nil
		}
		if _, err := t.in.Discard(1); err != nil {
			return err
		}
		t.keep([]byte{'"'})
	}
}

func (t *csvTable) keep(part []byte) {
	if len(t.cell)+len(part) > maxCell {
		t.over = true
		return
	}
	t.cell = append(t.cell, part...)
}
