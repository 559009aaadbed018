package blob

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Bounds on what an office file may hold, so that a file of a few kilobytes cannot fill memory or disk.
const (
	MaxOfficeBytes    = 20 << 20 // the file itself
	maxOfficeEntries  = 1000
	maxOfficeUnpacked = 100 << 20
	maxOfficeRatio    = 100
	ratioFrom         = 1 << 20 // unpacked bytes below which the ratio says nothing
)

// CheckOffice looks into a .docx or .xlsx of the given size: it unpacks every part once without keeping it and refuses too
// many parts, too much content, a suspicious ratio, an archive or macro inside, a path that leads out, an encrypted part,
// and XML with a document type. kind is DOCX or XLSX. The error is Unfit for all that is the file's fault.
func CheckOffice(r io.ReaderAt, size int64, kind string) error {
	if size > MaxOfficeBytes {
		return tooLarge(MaxOfficeBytes)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return Unfit("文件已损坏或不是有效的 Office 文件，请重新另存后上传")
	}
	if len(z.File) > maxOfficeEntries {
		return Unfit(fmt.Sprintf("Office 文件内的部件超过 %d 个，不予接收", maxOfficeEntries))
	}
	names := map[string]bool{}
	left := int64(maxOfficeUnpacked)
	for _, f := range z.File {
		low := strings.ToLower(f.Name)
		if names[low] {
			return Unfit("Office 文件内有重名部件，不予接收")
		}
		names[low] = true
		if err := checkPart(f); err != nil {
			return err
		}
		n, err := readPart(f, left)
		if err != nil {
			return err
		}
		left -= n
	}
	if spent := maxOfficeUnpacked - left; spent > ratioFrom && spent > maxOfficeRatio*size {
		return errRatio
	}
	main := map[string]string{DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}[kind]
	if main == "" || !names[main] || !names["[content_types].xml"] {
		return Unfit("文件不是有效的 Word 或 Excel 文件，请重新另存后上传")
	}
	return nil
}

const (
	errRatio   Unfit = "Office 文件的压缩比异常（超过 100:1），不予接收"
	errNested  Unfit = "Office 文件内嵌有压缩包或其他文档，请取出后单独上传"
	errMacro   Unfit = "Office 文件含有宏，请去除后上传"
	errPath    Unfit = "Office 文件内有异常路径，不予接收"
	errDoctype Unfit = "Office 文件内的 XML 含有文档类型声明，不予接收"
	errBroken  Unfit = "Office 文件内的部件已损坏，请重新另存后上传"
	errLocked  Unfit = "Office 文件已加密，请解除密码后上传"
	errBulk    Unfit = "Office 文件解压后超过 100 MiB，不予接收"
)

// checkPart judges a part by its header.
func checkPart(f *zip.File) error {
	low := strings.ToLower(f.Name)
	switch {
	case f.Flags&1 != 0:
		return errLocked
	case strings.Contains(low, "\\") || strings.HasPrefix(low, "/") || strings.Contains(low, ":") || strings.Contains("/"+low+"/", "/../"):
		return errPath
	case !f.Mode().IsRegular() && !f.Mode().IsDir():
		return errPath
	case path.Base(low) == "vbaproject.bin" || strings.Contains(low, "/activex/"):
		return errMacro
	}
	switch path.Ext(low) {
	case ".zip", ".rar", ".7z", ".gz", ".tar", ".bz2", ".xz", ".cab", ".jar", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".exe", ".dll", ".js", ".vbs", ".bat":
		return errNested
	}
	if f.UncompressedSize64 > maxOfficeUnpacked {
		return errBulk
	}
	return nil
}

// readPart unpacks one part, at most left bytes of it, and returns how much it holds. The sizes in the header are a claim
// of whoever made the file, so only what really comes out counts.
func readPart(f *zip.File, left int64) (int64, error) {
	in, err := f.Open()
	if err != nil {
		return 0, errBroken
	}
	defer in.Close()
	xml := strings.HasSuffix(strings.ToLower(f.Name), ".xml") || strings.HasSuffix(strings.ToLower(f.Name), ".rels")
	buf := make([]byte, 32<<10)
	var tail, head []byte
	var n int64
	for {
		k, err := in.Read(buf)
		n += int64(k)
		chunk := buf[:k]
		if len(head) < headBytes {
			head = append(head, chunk[:min(k, headBytes)]...) // A first read may yield a single byte.
			if archive(head) {
				return 0, errNested
			}
		}
		if xml {
			tail = append(tail, chunk...)
			if doctype(tail) {
				return 0, errDoctype
			}
			tail = append(tail[:0], tail[max(0, len(tail)-2*len("<!DOCTYPE")):]...)
		}
		switch {
		case n > left:
			return 0, errBulk
		case n > ratioFrom && n > maxOfficeRatio*int64(max(f.CompressedSize64, 1)):
			return 0, errRatio
		case errors.Is(err, io.EOF):
			return n, nil
		case err != nil:
			return 0, errBroken
		}
	}
}

// headBytes is the longest mark that archive knows.
const headBytes = 8

// archive reports whether the part begins like an archive of its own.
func archive(head []byte) bool {
	for _, mark := range []string{"PK\x03\x04", "PK\x05\x06", "Rar!\x1a", "7z\xBC\xAF\x27\x1C", "\x1F\x8B\x08", "BZh", "\xFD7zXZ\x00", "MSCF", "MZ", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return true
		}
	}
	return false
}

// doctype finds a document type in any of the encodings that an XML reader guesses by itself.
func doctype(b []byte) bool {
	const mark = "<!DOCTYPE"
	wide := func(zeroFirst bool) []byte {
		var w []byte
		for i := 0; i < len(mark); i++ {
			if zeroFirst {
				w = append(w, 0, mark[i])
			} else {
				w = append(w, mark[i], 0)
			}
		}
		return w
	}
	return bytes.Contains(b, []byte(mark)) || bytes.Contains(b, wide(true)) || bytes.Contains(b, wide(false))
}
