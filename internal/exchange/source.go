package exchange

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"mingjing/internal/refusal"
)

// The bounds of what is read. A file that goes beyond them is refused with a message that names the bound.
const (
	maxFile    = 512 << 20
	maxRows    = 1_000_000
	maxCell    = 1 << 20
	maxColumns = 1000
)

// Source is a file with past decisions.
type Source struct {
	Path  string
	Name  string // as people know it; empty means the last part of Path
	Sheet string // of a workbook; empty means the first one with anything in it
}

func (s Source) name() string {
	if s.Name != "" {
		return s.Name
	}
	return filepath.Base(s.Path)
}

// Format is what a file turned out to be.
type Format string

const (
	CSV   Format = "CSV"
	XLSX  Format = "XLSX"
	JSONL Format = "JSONL"
)

// record is one row of a file. line is where it stands there; fault, if set, says in Chinese why it cannot be used.
type record struct {
	line  int
	cells []string
	fault string
}

// table reads a file row by row. next returns io.EOF at the end; a fault of one row is in the record.
type table interface {
	header() []string
	next() (record, error)
	close() error
}

// opened is a file whose format and head are known.
type opened struct {
	table
	format   Format
	encoding string
	digest   string
}

// open recognises a file by what it begins with, not by its name.
func open(s Source) (*opened, error) {
	file, err := os.Open(s.Path)
	if os.IsNotExist(err) {
		return nil, refusal.Field("file", "找不到文件“"+s.name()+"”。")
	}
	if err != nil {
		return nil, fmt.Errorf("exchange: open: %w", err)
	}
	o, err := recognise(file, s)
	if err != nil {
		file.Close()
		return nil, err
	}
	return o, nil
}

func recognise(file *os.File, s Source) (*opened, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("exchange: open: %w", err)
	}
	switch {
	case info.IsDir():
		return nil, refusal.Field("file", "“"+s.name()+"”是文件夹，请选择文件。")
	case info.Size() == 0:
		return nil, refusal.Field("file", "“"+s.name()+"”是空文件。")
	case info.Size() > maxFile:
		return nil, refusal.Field("file", fmt.Sprintf("“%s”有%dMiB，超过%dMiB，请分成几个文件。", s.name(), info.Size()>>20, maxFile>>20))
	}
	o := &opened{}
	binary := false
	if o.digest, binary, err = digest(file); err != nil {
		return nil, err
	}
	head := make([]byte, 1<<16)
	n, err := file.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("exchange: read: %w", err)
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		o.format = XLSX
		o.table, err = openWorkbook(file, s)
	case foreign(head) != "":
		return nil, refusal.Field("file", "“"+s.name()+"”是"+foreign(head)+"，请另存为 CSV、XLSX 或者 JSONL 后导入。")
	case binary && !utf16(head):
		return nil, refusal.Field("file", "“"+s.name()+"”不是文本文件，或者里面夹有程序、图片等其他内容。请导入 CSV、XLSX 或者 JSONL 文件。")
	default:
		err = o.openText(file, head)
	}
	return o, err
}

// zeros notes that a zero byte came by. No text has one, wherever in the file it stands; a program has many.
type zeros struct{ met bool }

func (z *zeros) Write(p []byte) (int, error) {
	z.met = z.met || bytes.IndexByte(p, 0) >= 0
	return len(p), nil
}

// digest hashes a file and tells whether it holds anything that no text does.
func digest(file *os.File) (sum string, binary bool, err error) {
	h, z := sha256.New(), &zeros{}
	if _, err := io.Copy(io.MultiWriter(h, z), file); err != nil {
		return "", false, fmt.Errorf("exchange: read: %w", err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", false, fmt.Errorf("exchange: read: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), z.met, nil
}

// foreign names formats that people often bring and that are not read.
func foreign(head []byte) string {
	text := strings.ToLower(string(head[:min(len(head), 512)]))
	switch {
	case bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return "旧版Excel（XLS）或者加密的工作簿"
	case bytes.HasPrefix(head, []byte("%PDF")):
		return "PDF文件"
	case bytes.HasPrefix(head, []byte{0x1F, 0x8B}), bytes.HasPrefix(head, []byte("Rar!")), bytes.HasPrefix(head, []byte("7z\xBC\xAF")):
		return "压缩文件"
	case strings.HasPrefix(text, "{\\rtf"):
		return "RTF文件"
	case strings.HasPrefix(strings.TrimLeft(text, "\ufeff \r\n\t"), "<"):
		return "网页或者XML文件"
	}
	return ""
}

func (o *opened) openText(file *os.File, head []byte) error {
	in, encoding, err := decoded(file, head)
	if err != nil {
		return err
	}
	o.encoding = encoding
	if looksLikeJSON(head) {
		o.format = JSONL
		o.table, err = openLines(in, file)
		return err
	}
	o.format = CSV
	o.table, err = openCSV(in, file)
	return err
}

func looksLikeJSON(head []byte) bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	return bytes.HasPrefix(text, []byte("{")) || bytes.HasPrefix(text, []byte("["))
}
