package paper

import (
	"bytes"
	"fmt"
	"io"

	"github.com/signintech/gopdf"
)

// colour is red, green and blue.
type colour [3]uint8

// Official papers are black but for the issuer's name and its rule (GB/T 9704-2012).
func red() colour { return colour{0xd7, 0, 0} }

// mark is one thing drawn on a page: a run of characters on a base line at x, y,
// or a rule from there to x2, y2. Points, from the top left of the page.
type mark struct {
	x, y   float64
	chars  []char
	size   float64
	extra  float64 // added between the characters beyond their advances
	gap    float64 // all that is added to the glyphs' own advances
	x2, y2 float64
	weight float64 // of a rule; 0 is text
	colour colour
}

// moved is the mark at another place.
func (m mark) moved(x, y float64) mark {
	m.x, m.y, m.x2, m.y2 = m.x+x, m.y+y, m.x2+x, m.y2+y
	return m
}

// ink draws marks into a PDF.
type ink struct {
	pdf   gopdf.GoPdf
	fonts *FontSet
	taken map[*face][]map[uint]rune // font and level → glyph → the character it stands for
}

func newInk(fonts *FontSet, title, author string) *ink {
	i := &ink{fonts: fonts, taken: map[*face][]map[uint]rune{}}
	i.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: pageWidth, H: pageHeight}})
	i.pdf.SetInfo(gopdf.PdfInfo{Title: basic(title), Author: basic(author), Creator: "mingjing"})
	return i
}

// basic stands in for the characters that gopdf cannot encode in the properties
// of a file, which no reader takes for the text.
func basic(text string) string {
	out := []rune(text)
	for i, r := range out {
		if r > 0xFFFF {
			out[i] = '〓'
		}
	}
	return string(out)
}

// page draws one page.
func (i *ink) page(marks []mark) error {
	i.pdf.AddPage()
	for _, m := range marks {
		if m.weight > 0 {
			i.pdf.SetStrokeColor(m.colour[0], m.colour[1], m.colour[2])
			i.pdf.SetLineWidth(m.weight)
			i.pdf.Line(m.x, m.y, m.x2, m.y2)
			continue
		}
		if err := i.text(m); err != nil {
			return err
		}
	}
	return nil
}

// text draws a run, in parts of one font each.
func (i *ink) text(m mark) error {
	i.pdf.SetTextColor(m.colour[0], m.colour[1], m.colour[2])
	x := m.x
	for start := 0; start < len(m.chars); {
		family, err := i.family(m.chars[start])
		if err != nil {
			return err
		}
		end := start + 1
		for end < len(m.chars) && !m.chars[end-1].odd {
			next, err := i.family(m.chars[end])
			if err != nil {
				return err
			}
			if next != family {
				break
			}
			end++
		}
		if err := i.run(family, m.size, m.gap, x, m.y, text(m.chars[start:end])); err != nil {
			return err
		}
		x += width(m.chars[start:end]) + m.extra*float64(end-start)
		start = end
	}
	return nil
}

func (i *ink) run(family string, size, spacing, x, y float64, text string) error {
	if err := i.pdf.SetFont(family, "", size); err != nil {
		return fmt.Errorf("paper: set font %s: %w", family, err)
	}
	if err := i.pdf.SetCharSpacing(spacing); err != nil {
		return fmt.Errorf("paper: space characters: %w", err)
	}
	i.pdf.SetXY(x, y)
	if err := i.pdf.Text(text); err != nil {
		return fmt.Errorf("paper: draw text: %w", err)
	}
	return nil
}

// family is the font in which a character is drawn. Where a font has one glyph
// for several characters (⼀ and 一), the text layer could give back only one of
// them; the others are drawn in the same font added once more, at a next level.
func (i *ink) family(c char) (string, error) {
	levels := i.taken[c.face]
	for level, glyphs := range levels {
		held, taken := glyphs[c.number]
		if taken && held != c.r {
			continue
		}
		glyphs[c.number] = c.r
		return c.face.name(level), nil
	}
	if err := i.fonts.lend(&i.pdf, c.face, len(levels)); err != nil {
		return "", err
	}
	i.taken[c.face] = append(levels, map[uint]rune{c.number: c.r})
	return c.face.name(len(levels)), nil
}

// write closes the PDF.
func (i *ink) write(w io.Writer) error {
	var raw bytes.Buffer
	if _, err := i.pdf.WriteTo(&raw); err != nil {
		return fmt.Errorf("paper: close: %w", err)
	}
	mended, err := mend(raw.Bytes())
	if err != nil {
		return err
	}
	if _, err := w.Write(mended); err != nil {
		return fmt.Errorf("paper: write: %w", err)
	}
	return nil
}
