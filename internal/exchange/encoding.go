package exchange

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"mingjing/internal/refusal"
)

// sampleSize is how much of a file is looked at to tell its encoding.
const sampleSize = 1 << 20

// decoded reads a text file as UTF-8, whatever office program wrote it: UTF-8 with or without a mark, UTF-16, or the
// GBK of Chinese Windows. It names the encoding for the report.
func decoded(file io.ReaderAt, head []byte) (*bufio.Reader, string, error) {
	whole := io.NewSectionReader(file, 0, maxFile)
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		return bufio.NewReaderSize(io.NewSectionReader(file, 3, maxFile), 1<<17), "UTF-8（有BOM）", nil
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		decoder := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		return bufio.NewReaderSize(transform.NewReader(whole, decoder), 1<<17), "UTF-16", nil
	}
	sample := make([]byte, sampleSize)
	n, err := file.ReadAt(sample, 0)
	if err != nil && err != io.EOF {
		return nil, "", err
	}
	sample = sample[:n]
	if bytes.IndexByte(sample, 0) >= 0 {
		return nil, "", refusal.Field("file", "这不是文本文件。请导入 CSV、XLSX 或者 JSONL 文件。")
	}
	if validPrefix(sample) {
		return bufio.NewReaderSize(whole, 1<<17), "UTF-8", nil
	}
	return bufio.NewReaderSize(transform.NewReader(whole, simplifiedchinese.GB18030.NewDecoder()), 1<<17), "GB18030（GBK）", nil
}

// validPrefix tells that the bytes are UTF-8, of which the last character may be cut off.
func validPrefix(sample []byte) bool {
	for i := 0; i < utf8.UTFMax && len(sample) > 0; i++ {
		if utf8.Valid(sample) {
			return true
		}
		sample = sample[:len(sample)-1]
	}
	return len(sample) == 0
}
