package paper

import (
	"fmt"
	"strings"
)

// furnish adds what each page carries outside the text: the marks that it is a
// demonstration, void or corrected, the line to be signed on every page of a
// transcript (行政处罚法第五十五条), and its number.
func (t setter) furnish(p *page, number, pages int, warnings, signs []string) error {
	above, err := t.warn(warnings)
	if err != nil {
		return err
	}
	p.marks = append(above, p.marks...)
	if t.sheet.Void {
		p.marks = append(crossed(), p.marks...)
	}
	numbered := false
	for i, sign := range signs {
		said := strings.NewReplacer("第　页", fmt.Sprintf("第%d页", number), "共　页", fmt.Sprintf("共%d页", pages)).Replace(sign)
		numbered = numbered || said != sign
		l := look{fonts: t.fonts.body, size: sizeSmall4, pitch: pitch}
		lines, err := t.oneLine(said, l)
		if err != nil {
			return err
		}
		y := coreBottom - pitch*float64(len(signs)-i)
		for j, set := range lines {
			p.marks = append(p.marks, set.at(coreLeft, y+float64(j)*l.size*1.2, l))
		}
	}
	if numbered {
		return nil
	}
	return t.number(p, number)
}

// number is the page number, 7 mm below the core, one character from the outer
// margin of a sheet printed on both sides (GB/T 9704-2012 7.5).
func (t setter) number(p *page, number int) error {
	l := look{fonts: t.fonts.body, size: size4, pitch: size4}
	chars, err := spell(fmt.Sprintf("— %d —", number), l)
	if err != nil {
		return err
	}
	x := coreLeft + l.size
	if number%2 == 1 {
		x = coreRight - l.size - width(chars)
	}
	p.marks = append(p.marks, line{chars: chars}.at(x, coreBottom+7*mm, l))
	return nil
}

// warn sets the marks of the document above the core, red, as large as fits.
func (t setter) warn(warnings []string) ([]mark, error) {
	if len(warnings) == 0 {
		return nil, nil
	}
	const top, high = 10 * mm, 25 * mm
	for size := size4; ; size -= 1.5 {
		l := look{fonts: t.fonts.heading, size: size, pitch: size * 1.3, colour: red()}
		var out []mark
		y := top
		for _, text := range warnings {
			lines, err := fill(text, l, coreWidth)
			if err != nil {
				return nil, err
			}
			for _, set := range lines {
				out = append(out, set.at(coreLeft+(coreWidth-width(trimmed(set.chars)))/2, y, l))
				y += l.pitch
			}
		}
		if y <= top+high || size <= 6 {
			return out, nil
		}
	}
}

// crossed are the strokes through a void page; they are lines, so that the text
// can still be read and copied.
func crossed() []mark {
	return []mark{
		{x: coreLeft, y: coreTop, x2: coreRight, y2: coreBottom, weight: 1, colour: red()},
		{x: coreRight, y: coreTop, x2: coreLeft, y2: coreBottom, weight: 1, colour: red()},
	}
}
