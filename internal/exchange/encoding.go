package exchange

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
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
	case utf16(head):
		decoder := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		return bufio.NewReaderSize(transform.NewReader(whole, decoder), 1<<17), "UTF-16", nil
	}
	sample := make([]byte, sampleSize)
	n, err := file.ReadAt(sample, 0)
	if err != nil && err != io.EOF {
		return nil, "", err
	}
	sample = sample[:n]
	if validPrefix(sample) {
		return bufio.NewReaderSize(whole, 1<<17), "UTF-8", nil
	}
	return bufio.NewReaderSize(transform.NewReader(whole, simplifiedchinese.GB18030.NewDecoder()), 1<<17), "GB18030（GBK）", nil
}

// utf16 tells that a file begins with the mark of UTF-16, in either order of its bytes.
func utf16(head []byte) bool {
	return bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF})
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
