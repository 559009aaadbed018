package content

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/form/paper"
	"mingjing/internal/redact"
)

// headLines are the lines of a source text that stand before the body: title, party, result, basis. They pass through
// the same redaction as the body, because a title names people too.
const headLines = 4

// Copy is what the public will read of a publication.
type Copy struct {
	Title, Party, Result, Basis string
	Body                        string
	Blocks                      []public.Block
	Manifest                    redact.Manifest
	RedactionHash               string
}

// Source puts the texts of a publication into one, a line each, so that one redaction covers them all.
func Source(title, party, result, basis, body string) string {
	return strings.Join([]string{OneLine(title), OneLine(party), OneLine(result), OneLine(basis), PlainText(body)}, "\n")
}

// OneLine makes a field one line of valid text.
func OneLine(text string) string {
	if strings.IndexByte(text, '\n') < 0 && !strings.Contains(text, "\u2028") && !strings.Contains(text, "\u2029") && clean(text) {
		return strings.TrimSpace(text)
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return printable(r)
	}, strings.ToValidUTF8(text, "�")))
}

// PlainText brings the line ends of a text to line feeds and drops what neither store keeps (PostgreSQL refuses NUL).
func PlainText(text string) string {
	if clean(text) {
		return text
	}
	text = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(text, "�"), "\r\n", "\n"), "\r", "\n")
	return strings.Map(printable, text)
}

// clean tells that a text needs no repair, which is the rule; it is asked for every imported text.
func clean(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return utf8.ValidString(text)
}

func printable(r rune) rune {
	if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
		return -1
	}
	return r
}

// Blocks takes over the blocks of a public copy. What only the paper needs is left out.
func Blocks(blocks []paper.Block) []public.Block {
	var list []public.Block
	for _, b := range blocks {
		if b.Style == paper.StyleHead || b.Style == paper.StyleSignature || b.Style == paper.StylePageSign {
			continue
		}
		p := public.Block{Style: b.Style, Text: PlainText(b.Text)}
		if b.Table != nil {
			p.Text = ""
			for _, h := range b.Table.Head {
				p.Head = append(p.Head, PlainText(h))
			}
			for _, row := range b.Table.Rows {
				var cells []public.Cell
				for _, c := range row {
					cells = append(cells, public.Cell{Text: PlainText(c.Text), Label: c.Label, Span: c.Span})
				}
				p.Rows = append(p.Rows, cells)
			}
		}
		list = append(list, p)
	}
	return list
}

// eachText visits every text of the blocks in order.
func eachText(blocks []public.Block, visit func(text *string)) {
	for i := range blocks {
		b := &blocks[i]
		if b.Rows == nil && b.Head == nil {
			visit(&b.Text)
			continue
		}
		for j := range b.Head {
			visit(&b.Head[j])
		}
		for _, row := range b.Rows {
			for j := range row {
				visit(&row[j].Text)
			}
		}
	}
}

// Lines writes the texts of the blocks one under the other; fill puts such lines back.
func Lines(blocks []public.Block) string {
	var list []string
	eachText(blocks, func(text *string) { list = append(list, *text) })
	return strings.Join(list, "\n")
}

func fill(blocks []public.Block, list []string) ([]public.Block, bool) {
	fits := true
	eachText(blocks, func(text *string) {
		n := strings.Count(*text, "\n") + 1
		if n > len(list) {
			fits = false
			return
		}
		*text = strings.Join(list[:n], "\n")
		list = list[n:]
	})
	return blocks, fits && len(list) == 0
}

// bodyOf is the blocks as plain text, a row of a table on one line.
func bodyOf(blocks []public.Block) string {
	var out []string
	for _, b := range blocks {
		if b.Rows == nil && b.Head == nil {
			out = append(out, b.Text)
			continue
		}
		if len(b.Head) > 0 {
			out = append(out, strings.Join(b.Head, "　"))
		}
		for _, row := range b.Rows {
			var cells []string
			for _, c := range row {
				if c.Text != "" {
					cells = append(cells, c.Text)
				}
			}
			out = append(out, strings.Join(cells, "　"))
		}
	}
	return strings.Join(out, "\n")
}

// Render makes the public content of a source text and the decisions about it.
func Render(src, shape string, decisions []redact.Decision) (Copy, error) {
	text, manifest := redact.Apply(src, perLine(decisions))
	if manifest.Misfits > 0 {
		return Copy{}, fmt.Errorf("content: render: %d decisions do not fit the text", manifest.Misfits)
	}
	list := strings.Split(text, "\n")
	if len(list) < headLines+1 || len(list) != strings.Count(src, "\n")+1 {
		return Copy{}, fmt.Errorf("content: render: %d lines became %d", strings.Count(src, "\n")+1, len(list))
	}
	c := Copy{Title: list[0], Party: list[1], Result: list[2], Basis: list[3], Manifest: manifest}
	var err error
	if c.RedactionHash, err = manifest.Hash(); err != nil {
		return Copy{}, err
	}
	list = list[headLines:]
	if shape == "" {
		c.Body = strings.Join(list, "\n")
		return c, nil
	}
	if err := json.Unmarshal([]byte(shape), &c.Blocks); err != nil {
		return Copy{}, fmt.Errorf("content: render: blocks: %w", err)
	}
	fits := false
	if c.Blocks, fits = fill(c.Blocks, list); !fits {
		return Copy{}, fmt.Errorf("content: render: the text does not fit its blocks")
	}
	c.Body = bodyOf(c.Blocks)
	return c, nil
}

// perLine cuts decisions whose place runs over a line end, so that lines stay lines.
func perLine(decisions []redact.Decision) []redact.Decision {
	var list []redact.Decision
	for _, d := range decisions {
		if !strings.Contains(d.Span.Text, "\n") {
			list = append(list, d)
			continue
		}
		at := d.Span.Start
		for i, part := range strings.Split(d.Span.Text, "\n") {
			piece := d
			piece.Span.Start, piece.Span.End, piece.Span.Text = at, at+len(part), part
			if i > 0 {
				piece.Span.Label = "■■"
			}
			if part != "" {
				list = append(list, piece)
			}
			at += len(part) + 1
		}
	}
	return list
}

// Hash is the content hash that the public can recompute; row brings what does not pass through redaction: number,
// name of the agency and day of the decision.
func (c Copy) Hash(row public.Row) string {
	row.Title, row.PartyName, row.Result, row.Basis = c.Title, c.Party, c.Result, c.Basis
	return public.ContentHash(public.Publication{Row: row, Body: c.Body})
}

// BlocksJSON is the blocks as they are stored; a copy without blocks has none.
func (c Copy) BlocksJSON() string {
	if len(c.Blocks) == 0 {
		return ""
	}
	text, _ := json.Marshal(c.Blocks) // strings and numbers always encode
	return string(text)
}

// BlocksHash is the SHA-256 of the stored blocks, in lower-case hex: the content hash covers their text and not how they are
// shown. A copy without blocks has none.
func (c Copy) BlocksHash() string {
	text := c.BlocksJSON()
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Seen is all that a reader will see, for the last look at the finished text.
func (c Copy) Seen() string {
	return c.Title + "\n" + c.Party + "\n" + c.Result + "\n" + c.Basis + "\n" + c.Body
}
