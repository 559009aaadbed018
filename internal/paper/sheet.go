package paper

import (
	"io"

	"mingjing/internal/form"
	block "mingjing/internal/form/paper"
)

// Sheet is a document to be set.
type Sheet struct {
	Title  string // property of the file
	Author string // the agency
	Blocks []form.Block
	// Seal says that the issuer's seal belongs to the paper; its place is marked.
	Seal bool
	// Void crosses each page out.
	Void bool
}

// Of is the sheet of a document.
func Of(k *form.Kind, v form.Values, meta form.PrintMeta) Sheet {
	title := k.Code
	if meta.Number != "" {
		title += " " + meta.Number
	}
	return Sheet{
		Title: title, Author: meta.Agency, Blocks: form.Render(k, v, meta),
		Seal: k.Seal && meta.SealName != "", Void: meta.Void != "",
	}
}

// PDF writes the sheet as PDF. It fails with MissingGlyph where a character
// cannot be set; nothing is written then.
func PDF(w io.Writer, fonts *FontSet, sheet Sheet) error {
	pages, err := fonts.set(sheet)
	if err != nil {
		return err
	}
	return fonts.draw(w, sheet, pages)
}

// draw writes a set sheet as PDF.
func (s *FontSet) draw(w io.Writer, sheet Sheet, pages []page) error {
	out := newInk(s, sheet.Title, sheet.Author)
	for _, p := range pages {
		if err := out.page(p.marks); err != nil {
			return err
		}
	}
	return out.write(w)
}

// set lays a sheet out on pages with their marks, signatures and numbers.
func (s *FontSet) set(sheet Sheet) ([]page, error) {
	t := setter{fonts: s, sheet: sheet}
	var signs, warnings []string
	var body []form.Block
	for _, b := range sheet.Blocks {
		switch b.Style {
		case block.StylePageSign:
			signs = append(signs, b.Text)
		case block.StyleMark:
			warnings = append(warnings, b.Text)
		default:
			body = append(body, b)
		}
	}
	t.record, t.form = len(signs) > 0, isForm(body)
	height := coreHeight
	if t.record {
		height -= pitch * float64(len(signs))
	}
	pages, err := t.fit(body, height)
	if err != nil {
		return nil, err
	}
	for i := range pages {
		if err := t.furnish(&pages[i], i+1, len(pages), warnings, signs); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// isForm tells a paper that is a table under its title.
func isForm(blocks []form.Block) bool {
	for _, b := range blocks {
		if b.Style != block.StyleTitle && b.Style != block.StyleNumber {
			return b.Table != nil && len(b.Table.Head) == 0
		}
	}
	return false
}

// fit sets the blocks; a form gets less room for handwriting, then smaller
// characters, where that saves a page.
func (t setter) fit(blocks []form.Block, height float64) ([]page, error) {
	var best []page
	for _, step := range []struct {
		tall    int
		compact bool
	}{{5, false}, {4, false}, {3, false}, {2, false}, {3, true}, {2, true}} {
		t.tall, t.compact = step.tall, step.compact
		rows, err := t.rows(blocks)
		if err != nil {
			return nil, err
		}
		if pages := paginate(rows, height); best == nil || len(pages) < len(best) {
			best = pages
		}
		if len(best) == 1 || !t.form {
			break
		}
	}
	return best, nil
}
