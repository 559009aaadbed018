package paper

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf16"
)

// errMend says that gopdf wrote something this package does not know.
var errMend = errors.New("paper: the PDF is not as gopdf v0.33 writes it")

// mend rewrites what gopdf gets wrong. It ignores the errors of its parts, which
// shows as an empty object; and its ToUnicode tables write a character beyond
// U+FFFF as five digits, so that 𠮷 cannot be read back, and have more entries in
// a block than the 100 allowed (ISO 32000-1 9.10.3, Adobe Technical Note 5411).
// The file's own table of objects tells where each begins.
func mend(pdf []byte) ([]byte, error) {
	table, starts, err := objects(pdf)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(len(pdf) + 1<<14)
	out.Write(pdf[:starts[0]])
	offsets := make([]int, len(starts))
	for i, start := range starts {
		end := table
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		object := pdf[start:end]
		if bytes.Contains(object[:min(len(object), 24)], []byte("obj\nendobj")) {
			return nil, fmt.Errorf("paper: object %d is empty: the font could not be embedded", i+1)
		}
		offsets[i] = out.Len()
		if bytes.Contains(object, []byte("begincmap")) {
			object = unicodeTable(i+1, object)
		}
		out.Write(object)
	}
	_, trailer, found := bytes.Cut(pdf[table:], []byte("trailer\n"))
	trailer, _, foundStart := bytes.Cut(trailer, []byte("startxref\n"))
	if !found || !foundStart {
		return nil, errMend
	}
	at := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(starts)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n%sstartxref\n%d\n%%%%EOF\n", trailer, at)
	return out.Bytes(), nil
}

// objects reads the table of objects: where it is, and where each object begins.
func objects(pdf []byte) (table int, starts []int, err error) {
	_, last, found := bytes.Cut(pdf[max(0, len(pdf)-64):], []byte("startxref\n"))
	number, _, _ := bytes.Cut(last, []byte("\n"))
	table, err = strconv.Atoi(string(number))
	if !found || err != nil || table < 0 || table >= len(pdf) {
		return 0, nil, errMend
	}
	lines := bytes.Split(pdf[table:], []byte("\n"))
	for _, line := range lines[min(3, len(lines)):] {
		if len(line) != 19 || !bytes.HasSuffix(line, []byte(" 00000 n ")) {
			break
		}
		start, err := strconv.Atoi(string(line[:10]))
		if err != nil || start >= table || len(starts) > 0 && start <= starts[len(starts)-1] {
			return 0, nil, errMend
		}
		starts = append(starts, start)
	}
	if len(starts) == 0 {
		return 0, nil, errMend
	}
	return table, starts, nil
}

// entryTyped is one line of gopdf's table: glyph, glyph, character.
var entryTyped = regexp.MustCompile(`<([0-9A-F]{4})><[0-9A-F]{4}><([0-9A-F]{4,6})>`)

// unicodeTable writes a ToUnicode stream anew, with characters in UTF-16.
func unicodeTable(number int, object []byte) []byte {
	entries := entryTyped.FindAllSubmatch(object, -1)
	var table bytes.Buffer
	table.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for len(entries) > 0 {
		block := entries[:min(100, len(entries))]
		entries = entries[len(block):]
		fmt.Fprintf(&table, "%d beginbfchar\n", len(block))
		for _, entry := range block {
			// The pattern admits only hexadecimal digits, so this cannot fail.
			r, _ := strconv.ParseInt(string(entry[2]), 16, 32)
			fmt.Fprintf(&table, "<%s> <", entry[1])
			for _, unit := range utf16.Encode([]rune{rune(r)}) {
				fmt.Fprintf(&table, "%04X", unit)
			}
			table.WriteString(">\n")
		}
		table.WriteString("endbfchar\n")
	}
	table.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return fmt.Appendf(nil, "%d 0 obj\n<<\n/Length %d\n>>\nstream\n%sendstream\nendobj\n\n", number, table.Len(), table.Bytes())
}
