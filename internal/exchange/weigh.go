package exchange

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"mingjing/internal/refusal"
)

// What the library that reads workbooks would hold in memory is weighed before it is asked: it unpacks every part but large
// sheets and large tables of strings whole, used or not, and reads one piece of XML at a time, however long. A file of one
// mebibyte took four gibibytes that way.
const (
	maxParts = 10_000   // of a workbook
	maxHeld  = 64 << 20 // bytes of the parts that are held in memory
	maxPiece = 8 << 20  // bytes of one piece of XML: a text, a tag, a comment
)

// weigh refuses a workbook that would need too much memory. The sizes that a file claims are not believed: each part is
// unpacked once without being kept.
func weigh(file *os.File, size int64, name string) error {
	z, err := zip.NewReader(file, size)
	if err != nil {
		return brokenBook(name)
	}
	if len(z.File) > maxParts {
		return refusal.Field("file", fmt.Sprintf("“%s”里的部件超过%d个，请另存为 CSV 后导入。", name, maxParts))
	}
	held, left := int64(0), int64(unzipLimit)
	for _, f := range z.File {
		n, err := weighPart(f, left, maxHeld-held, name)
		if err != nil {
			return err
		}
		left -= n
		if !large(f.Name) || n <= unzipXMLLimit {
			held += n
		}
	}
	return nil
}

// large are the parts that the library puts on the disk when they are long: sheets and the table of strings.
func large(part string) bool {
	low := strings.ToLower(strings.ReplaceAll(part, "\\", "/"))
	return strings.HasPrefix(low, "xl/worksheets/sheet") || low == "xl/sharedstrings.xml"
}

// weighPart unpacks one part: at most left bytes of it, and at most held of what stays in memory.
func weighPart(f *zip.File, left, held int64, name string) (int64, error) {
	in, err := f.Open()
	if err != nil {
		return 0, brokenBook(name)
	}
	defer in.Close()
	buf, n := make([]byte, 64<<10), int64(0)
	var p pieces
	for {
		k, err := in.Read(buf)
		n += int64(k)
		onDisk := large(f.Name) && (n > unzipXMLLimit || held > unzipXMLLimit)
		switch {
		case n > left:
			return 0, refusal.Field("file", "“"+name+"”解压后超过1GiB，请分成几个文件。")
		case n > held && !onDisk:
			return 0, refusal.Field("file", fmt.Sprintf("“%s”里除表格以外的内容（图片、样式等）超过%dMiB，请另存为 CSV 后导入。", name, maxHeld>>20))
		case large(f.Name) && !p.take(buf[:k]):
			return 0, refusal.Field("file", fmt.Sprintf("“%s”的一个单元格超过%dMiB，请另存为 CSV 后导入。", name, maxPiece>>20))
		case errors.Is(err, io.EOF):
			return n, nil
		case err != nil:
			return 0, brokenBook(name)
		}
	}
}

// pieces follows a stream of XML closely enough to know how long each piece of it is.
type pieces struct {
	inside bool // a tag, an instruction, a comment or a quoted text; else a text, which ends where a tag begins
	end    string
	first  [8]byte // of what is inside, as far as it tells what it is
	last   [3]byte
	length int
}

// take reads on; false says that a piece is too long.
func (p *pieces) take(chunk []byte) bool {
	for _, c := range chunk {
		p.length++
		if p.length > maxPiece {
			return false
		}
		switch {
		case !p.inside && c == '<':
			*p = pieces{inside: true, end: ">"}
		case p.inside:
			p.within(c)
		}
	}
	return true
}

func (p *pieces) within(c byte) {
	p.last[0], p.last[1], p.last[2] = p.last[1], p.last[2], c
	if p.length <= len(p.first) {
		p.first[p.length-1] = c
		switch {
		case p.length == 1 && c == '?':
			p.end = "?>"
		case p.length == 3 && string(p.first[:3]) == "!--":
			p.end, p.last = "-->", [3]byte{}
		case p.length == 8 && string(p.first[:]) == "![CDATA[":
			p.end, p.last = "]]>", [3]byte{}
		}
	}
	if c == '>' && string(p.last[3-len(p.end):]) == p.end {
		*p = pieces{}
	}
}

func brokenBook(name string) error {
	return refusal.Field("file", "“"+name+"”不是完好的 XLSX 工作簿，请用表格软件打开后另存为 XLSX 再导入。")
}
