package paper

import (
	"fmt"
	"math"
	"strings"

	"mingjing/internal/form"
	block "mingjing/internal/form/paper"
)

// setter turns the blocks of a sheet into rows.
type setter struct {
	fonts  *FontSet
	sheet  Sheet
	record bool // a transcript (笔录), set in 4号 because it is long
	form   bool // a form table (审批表, 送达回证), which agencies keep on one sheet
	tall   int  // lines of room in a cell for handwriting
	// compact sets the cells of a form in 5号.
	compact bool
}

// look is how a block of a style is set.
func (t setter) look(style string) look {
	l := look{fonts: t.fonts.body, size: size3, pitch: pitch, spacing: grid, justify: true}
	if t.record {
		l.size, l.pitch, l.spacing = size4, 26, 0
	}
	if t.form {
		l.size, l.pitch, l.spacing = size4, 24, 0
	}
	switch style {
	case block.StyleHead:
		return look{fonts: t.fonts.title, size: 36, pitch: 46, colour: red()}
	case block.StyleTitle:
		return look{fonts: t.fonts.title, size: size2, pitch: 36}
	case block.StyleNumber, block.StyleSignature, block.StyleIssuer, block.StyleDate:
		l.justify = false
	case block.StyleSub:
		l.fonts, l.indent, l.justify = t.fonts.heading, 2*(l.size+l.spacing), false
	case block.StylePara:
		l.indent = 2 * (l.size + l.spacing)
	case block.StyleNote:
		l.size, l.pitch, l.spacing, l.indent = size4, 24, 0, 2*size4
		if t.form {
			l.size, l.pitch, l.indent = size5, 15, 2*size5
		}
	}
	return l
}

func (t setter) rows(blocks []form.Block) ([]row, error) {
	var out []row
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		var rows []row
		var err error
		switch {
		case b.Table != nil:
			rows, err = t.table(b.Table)
		case b.Style == block.StyleHead:
			rows, err = t.head(b.Text)
		case b.Style == block.StyleTitle:
			rows, err = t.title(b.Text)
		case b.Style == block.StyleIssuer && i+1 < len(blocks) && blocks[i+1].Style == block.StyleDate:
			rows, err = t.issuer(b.Text, blocks[i+1].Text)
			i++
		case b.Style == block.StyleSignature:
			rows, err = t.signature(b.Text)
		default:
			rows, err = t.paragraph(b)
		}
		if err != nil {
			return nil, err
		}
		if i+1 < len(blocks) {
			t.join(rows, b, blocks[i+1])
		}
		out = append(out, rows...)
	}
	bind(out)
	return out, nil
}

// join keeps the last row of a block with what it introduces or what ends it.
func (t setter) join(rows []row, b, next form.Block) {
	if len(rows) == 0 {
		return
	}
	last := &rows[len(rows)-1]
	introduces := strings.HasSuffix(b.Text, "：") || next.Table != nil && b.Table == nil
	heading := b.Style == block.StyleSub || b.Style == block.StyleTitle || b.Style == block.StyleNumber
	signs := last.close && (next.Style == block.StyleSignature || next.Style == block.StyleNote || next.Style == block.StyleIssuer)
	if introduces || heading || signs {
		last.keep = true
	}
	if b.Style == block.StyleNumber && next.Table == nil {
		last.height += pitch
	}
	if b.Table != nil {
		last.height += 6
	}
}

// paragraph sets running text. Neither its first nor its last line stands alone
// on a page.
func (t setter) paragraph(b form.Block) ([]row, error) {
	l := t.look(b.Style)
	lines, err := fill(b.Text, l, coreWidth)
	if err != nil {
		return nil, err
	}
	var out []row
	for i, set := range lines {
		x := set.indent
		if b.Style == block.StyleNumber {
			x = (coreWidth - width(set.chars)) / 2
		}
		r := row{height: l.pitch, marks: []mark{set.at(x, 0, l)}}
		r.keep = len(lines) > 1 && (i == 0 || i == len(lines)-2)
		if b.Style == block.StyleNote && i == 0 {
			r.lead = l.pitch / 3
		}
		out = append(out, r)
	}
	return out, nil
}

// at is the mark of a line whose strip begins at y.
func (set line) at(x, y float64, l look) mark {
	return mark{
		x: x, y: y + baseline(l), chars: set.chars, size: l.size, colour: l.colour,
		extra: set.extra, gap: l.spacing + set.extra,
	}
}

// baseline is where characters stand within a strip of the look's pitch; Chinese
// glyphs reach 0.12 em below it.
func baseline(l look) float64 { return (l.pitch-l.size)/2 + 0.88*l.size }

// head is the issuer's name in red, 35 mm below the edge of the core, as large as
// one line allows, over a red rule at 4 mm (GB/T 9704-2012 7.2.4, 7.2.7).
func (t setter) head(text string) ([]row, error) {
	l := t.look(block.StyleHead)
	chars, err := spell(text, l)
	if err != nil {
		return nil, err
	}
	if w := width(chars); w > coreWidth {
		l.size = max(size2, math.Floor(l.size*coreWidth/w))
		l.pitch = l.size * 1.28
	}
	lines, err := fill(text, l, coreWidth)
	if err != nil {
		return nil, err
	}
	out := row{height: 35 * mm, keep: true}
	for _, set := range lines {
		out.marks = append(out.marks, set.at((coreWidth-width(trimmed(set.chars)))/2, out.height, l))
		out.height += l.pitch
	}
	out.height += 4 * mm
	out.marks = append(out.marks, mark{y: out.height, x2: coreWidth, y2: out.height, weight: 1.6, colour: red()})
	out.height = math.Ceil((out.height+pitch/2)/pitch) * pitch
	return []row{out}, nil
}

// title is centred; several lines are balanced, as the standard wants a trapezoid
// or a diamond rather than a full line over a single word (GB/T 9704-2012 7.3.1).
func (t setter) title(text string) ([]row, error) {
	l := t.look(block.StyleTitle)
	lines, err := balance(text, l, coreWidth)
	if err != nil {
		return nil, err
	}
	out := row{keep: true}
	for _, set := range lines {
		out.marks = append(out.marks, set.at((coreWidth-width(trimmed(set.chars)))/2, out.height, l))
		out.height += l.pitch
	}
	out.height = math.Ceil((out.height+4)/pitch) * pitch
	return []row{out}, nil
}

// signature is a line to sign: more room above, and on one line, for which the
// white space in it gives way.
func (t setter) signature(text string) ([]row, error) {
	l := t.look(block.StyleSignature)
	lines, err := t.oneLine(text, l)
	if err != nil {
		return nil, err
	}
	if len(lines) == 1 {
		lines[0].dateRight()
	}
	var out []row
	for i, set := range lines {
		r := row{height: l.pitch, marks: []mark{set.at(0, 0, l)}, close: true, keep: i+1 < len(lines)}
		if i == 0 {
			r.lead = l.pitch / 3
		}
		out = append(out, r)
	}
	return out, nil
}

// oneLine narrows the white space of a text so that it fits the core; a text that
// is too long even so takes several lines.
func (t setter) oneLine(text string, l look) ([]line, error) {
	chars, err := spell(text, l)
	if err != nil {
		return nil, err
	}
	over := width(chars) - coreWidth
	white := 0.0
	for _, c := range chars {
		if c.r == '　' {
			white += c.advance
		}
	}
	if over <= slack {
		return []line{{chars: chars}}, nil
	}
	if white == 0 || over > white*0.7 {
		return fill(text, l, coreWidth)
	}
	for i := range chars {
		if chars[i].r == '　' {
			chars[i].advance *= 1 - over/white
			chars[i].odd = true
		}
	}
	return []line{{chars: chars}}, nil
}

// dateRight moves the day that ends a line to be signed (年　月　日) to the right
// margin, so that the days of several signatures stand under one another.
func (set *line) dateRight() {
	const day = 5 // characters of 年　月　日
	last := len(set.chars) - day - 1
	if last < 0 || !strings.HasSuffix(text(set.chars), "　年　月　日") {
		return
	}
	set.chars[last].advance += max(0, coreWidth-width(set.chars))
	set.chars[last].odd = true
}

// issuer is the signature block: the date four characters from the right margin,
// the issuer centred over it (GB/T 9704-2012 7.3.5.1). With a seal two lines are
// left above, and its place is marked beside the date.
func (t setter) issuer(name, date string) ([]row, error) {
	l := t.look(block.StyleIssuer)
	names, err := fill(name, l, coreWidth-4*l.size)
	if err != nil {
		return nil, err
	}
	dates, err := spell(date, l)
	if err != nil {
		return nil, err
	}
	wide := 0.0
	for _, set := range names {
		wide = max(wide, width(set.chars))
	}
	right := coreWidth - 4*l.size
	centre := right - width(dates)/2
	centre = min(centre, coreWidth-2*l.size-wide/2)
	out := row{height: 2 * l.pitch, close: true}
	if t.form {
		out.height = l.pitch
	}
	for _, set := range names {
		out.marks = append(out.marks, set.at(centre-width(set.chars)/2, out.height, l))
		out.height += l.pitch
	}
	at := centre - width(dates)/2
	out.marks = append(out.marks, line{chars: dates}.at(at, out.height, l))
	if t.sheet.Seal {
		l.colour = red()
		seal, err := spell("（印）", l)
		if err != nil {
			return nil, fmt.Errorf("paper: mark the place of the seal: %w", err)
		}
		out.marks = append(out.marks, line{chars: seal}.at(at-4*l.size, out.height, l))
	}
	out.height += l.pitch
	return []row{out}, nil
}
