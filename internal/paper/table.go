package paper

import (
	"strings"
	"unicode"

	"mingjing/internal/form"
)

// The inside of a cell, in points.
const (
	cellSide  = 5.0
	cellAbove = 4.0
	hairline  = 0.6
)

// tableLook is how cells are set; label cells and heads are set in the heading font.
func (t setter) tableLook(columns int, label bool) look {
	l := look{fonts: t.fonts.body, size: sizeSmall4, pitch: 18}
	if columns > 6 || t.compact {
		l.size, l.pitch = size5, 16
	}
	if label {
		l.fonts = t.fonts.heading
	}
	return l
}

// table sets a bordered table. A row that fits a page stays whole; the head is
// repeated on each page.
func (t setter) table(table *form.Table) ([]row, error) {
	columns := len(table.Head)
	for _, cells := range table.Rows {
		columns = max(columns, spans(cells))
	}
	if columns == 0 {
		return nil, nil
	}
	widths, err := t.columns(table, columns)
	if err != nil {
		return nil, err
	}
	var out []row
	var head *row
	if len(table.Head) > 0 {
		cells := make([]form.Cell, len(table.Head))
		for i, text := range table.Head {
			cells[i] = form.Cell{Text: text, Label: true, Span: 1}
		}
		set, err := t.cells(cells, widths, true)
		if err != nil {
			return nil, err
		}
		first := set.row()
		first.keep = true
		head = &first
		out = append(out, first)
	}
	for i, cells := range table.Rows {
		set, err := t.cells(cells, widths, len(table.Head) == 0 && i == 0 && allLabels(cells))
		if err != nil {
			return nil, err
		}
		r := set.row()
		if i > 0 {
			r.head = head
		}
		// The last row, most often a date, does not stand alone on a page.
		r.keep = head == nil && i == len(table.Rows)-2
		out = append(out, r)
	}
	return out, nil
}

func spans(cells []form.Cell) int {
	sum := 0
	for _, cell := range cells {
		sum += max(cell.Span, 1)
	}
	return sum
}

func allLabels(cells []form.Cell) bool {
	for _, cell := range cells {
		if !cell.Label {
			return false
		}
	}
	return true
}

// setCell is a cell with its lines set.
type setCell struct {
	x, width float64
	lines    []line
	looks    look
	centred  bool
	top      bool // its text begins at the top
	foot     int  // how many of the last lines stand at the bottom right, to be signed
}

// cellRow is a row of a table.
type cellRow struct {
	cells []setCell
	least float64 // height, for handwriting
}

// cells sets the cells of a row; a row shorter than the table is drawn out to
// its width by its last cell.
func (t setter) cells(cells []form.Cell, widths []float64, heading bool) (cellRow, error) {
	var out cellRow
	at, x := 0, 0.0
	for i, cell := range cells {
		next := min(len(widths), at+max(cell.Span, 1))
		if i == len(cells)-1 {
			next = len(widths)
		}
		wide := 0.0
		for _, w := range widths[at:next] {
			wide += w
		}
		set, err := t.cell(cell, wide, len(widths))
		if err != nil {
			return cellRow{}, err
		}
		set.x, set.centred, set.top = x, cell.Label || heading, cell.Tall
		if cell.Tall {
			out.least = max(out.least, float64(t.tall)*set.looks.pitch+2*cellAbove)
		}
		out.cells = append(out.cells, set)
		at, x = next, x+wide
	}
	return out, nil
}

func (t setter) cell(cell form.Cell, wide float64, columns int) (setCell, error) {
	out := setCell{width: wide, looks: t.tableLook(columns, cell.Label)}
	measure := wide - 2*cellSide
	paragraphs := cell.Lines()
	for i, paragraph := range paragraphs {
		set := fill
		if cell.Label {
			set = label
		}
		lines, err := set(paragraph, out.looks, measure)
		if err != nil {
			return setCell{}, err
		}
		out.lines = append(out.lines, lines...)
		if cell.Tall && i == len(paragraphs)-1 && signed(paragraph) {
			out.foot = len(lines)
		}
	}
	return out, nil
}

// signed tells the line of a cell that waits for a hand and a date.
func signed(text string) bool {
	return strings.HasPrefix(text, "签名") || strings.HasSuffix(text, "年　月　日")
}

func (r cellRow) height() float64 {
	high := r.least
	for _, c := range r.cells {
		high = max(high, float64(max(1, len(c.lines)))*c.looks.pitch+2*cellAbove)
	}
	return high
}

// row draws the cells with their borders.
func (r cellRow) row() row {
	high := r.height()
	out := row{height: high}
	for _, c := range r.cells {
		out.marks = append(out.marks, c.border(high)...)
		out.marks = append(out.marks, c.text(high)...)
	}
	out.cut = func(room float64) (row, row, bool) {
		upper, lower, ok := r.part(room)
		if !ok {
			return row{}, row{}, false
		}
		return upper.row(), lower.row(), true
	}
	return out
}

// part cuts the row between two lines of its text.
func (r cellRow) part(room float64) (upper, lower cellRow, ok bool) {
	rest := false
	for _, c := range r.cells {
		n := int((room - 2*cellAbove) / c.looks.pitch)
		if n < 2 {
			return cellRow{}, cellRow{}, false
		}
		n = min(n, len(c.lines)-c.foot)
		first, second := c, c
		first.lines, first.foot = c.lines[:n], 0
		second.lines = c.lines[n:]
		rest = rest || len(second.lines) > 0
		upper.cells, lower.cells = append(upper.cells, first), append(lower.cells, second)
	}
	lower.least = r.least / 2
	return upper, lower, rest
}

func (c setCell) border(high float64) []mark {
	right := c.x + c.width
	return []mark{
		{x: c.x, y: 0, x2: right, y2: 0, weight: hairline},
		{x: c.x, y: high, x2: right, y2: high, weight: hairline},
		{x: c.x, y: 0, x2: c.x, y2: high, weight: hairline},
		{x: right, y: 0, x2: right, y2: high, weight: hairline},
	}
}

func (c setCell) text(high float64) []mark {
	var out []mark
	n := len(c.lines) - c.foot
	y := cellAbove
	if !c.top && c.foot == 0 {
		y = (high - float64(n)*c.looks.pitch) / 2
	}
	for i, set := range c.lines {
		wide := width(trimmed(set.chars))
		x := c.x + cellSide
		if c.centred {
			x = c.x + (c.width-wide)/2
		}
		if i == n {
			y = high - cellAbove - float64(c.foot)*c.looks.pitch
		}
		if i >= n {
			x = c.x + c.width - cellSide - wide
		}
		if len(set.chars) > 0 {
			out = append(out, set.at(x, y, c.looks))
		}
		y += c.looks.pitch
	}
	return out
}

// columns shares the core's width. A form has narrow columns of labels and
// shares the rest evenly; a list gives each column what its texts need.
func (t setter) columns(table *form.Table, n int) ([]float64, error) {
	labels := make([]float64, n) // characters of the longest label
	narrow := 0
	for _, cells := range table.Rows {
		at := 0
		for _, cell := range cells {
			if cell.Label && cell.Span <= 1 && at < n {
				if labels[at] == 0 {
					narrow++
				}
				labels[at] = max(labels[at], 1, count(cell.Text))
			}
			at += max(cell.Span, 1)
		}
	}
	if len(table.Head) > 0 || narrow == 0 || narrow == n {
		return t.shared(table, n)
	}
	left := coreWidth
	for _, longest := range labels {
		if longest > 0 {
			left -= labelWidth(longest)
		}
	}
	out := make([]float64, n)
	for i, longest := range labels {
		out[i] = left / float64(n-narrow)
		if longest > 0 {
			out[i] = labelWidth(longest)
		}
	}
	return out, nil
}

// labelWidth is the width of a column of labels of up to so many characters; it
// has room for six, the longest that stand in one line.
func labelWidth(longest float64) float64 {
	return min(6, max(4, longest))*sizeSmall4 + 2*cellSide + slack
}

// shared gives each column of a list at least its longest word, and of what is
// left in proportion to its longest text.
func (t setter) shared(table *form.Table, n int) ([]float64, error) {
	least, wanted := make([]float64, n), make([]float64, n)
	weigh := func(at int, text string, label bool) error {
		l := t.tableLook(n, label)
		for _, paragraph := range strings.Split(text, "\n") {
			chars, err := spell(paragraph, l)
			if err != nil {
				return err
			}
			wanted[at] = max(wanted[at], min(width(chars), 26*l.size)+2*cellSide+slack)
			for _, part := range segments(paragraph) {
				least[at] = max(least[at], min(width(chars[:part]), 11*l.size)+2*cellSide+slack)
				chars = chars[part:]
			}
			if label {
				least[at] = max(least[at], min(4, count(paragraph))*l.size+2*cellSide+slack)
			}
		}
		return nil
	}
	for i, text := range table.Head {
		if err := weigh(i, text, true); err != nil {
			return nil, err
		}
	}
	for _, cells := range table.Rows {
		at := 0
		for _, cell := range cells {
			if cell.Span <= 1 && at < n {
				if err := weigh(at, cell.Text, cell.Label); err != nil {
					return nil, err
				}
			}
			at += max(cell.Span, 1)
		}
	}
	return share(least, wanted, coreWidth), nil
}

func count(text string) float64 {
	n := 0.0
	for _, r := range text {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// share divides the whole among columns: those that want less than their part
// get what they want, the others share what is left.
func share(least, wanted []float64, whole float64) []float64 {
	sumLeast, sumWanted := 0.0, 0.0
	for i := range least {
		wanted[i] = max(wanted[i], least[i])
		sumLeast += least[i]
		sumWanted += wanted[i]
	}
	out := make([]float64, len(least))
	if sumWanted <= whole || sumLeast >= whole { // room to spare, or words must part
		from, sum := wanted, sumWanted
		if sumLeast >= whole {
			from, sum = least, sumLeast
		}
		for i := range out {
			out[i] = from[i] * whole / sum
		}
		return out
	}
	left, open := whole, len(out)
	for settled := true; settled; {
		settled = false
		for i := range out {
			part := left / float64(max(open, 1))
			switch {
			case out[i] > 0:
				continue
			case wanted[i] <= part:
				out[i] = wanted[i]
			case least[i] >= part:
				out[i] = least[i]
			default:
				continue
			}
			left, open, settled = left-out[i], open-1, true
		}
	}
	for i := range out {
		if out[i] == 0 {
			out[i] = left / float64(open)
		}
	}
	return out
}
