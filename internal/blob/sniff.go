package blob

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Unfit is why an upload is refused: a Chinese sentence for the person who uploads.
type Unfit string

func (u Unfit) Error() string { return string(u) }

func tooLarge(limit int64) Unfit {
	switch {
	case limit >= 1<<30 && limit%(1<<30) == 0:
		return Unfit(fmt.Sprintf("文件超过 %d GiB 的上限，请压缩或分段后再上传", limit>>30))
	case limit >= 1<<20:
		return Unfit(fmt.Sprintf("文件超过 %d MiB 的上限，请压缩或分段后再上传", limit>>20))
	}
	return Unfit(fmt.Sprintf("文件超过 %d 字节的上限", limit))
}

// The kinds of file that the system takes.
const (
	PDF  = "application/pdf"
	JPEG = "image/jpeg"
	PNG  = "image/png"
	DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	Text = "text/plain; charset=utf-8"
	MP4  = "video/mp4"
	MP3  = "audio/mpeg"
	WAV  = "audio/wav"
)

// SniffBytes is how many bytes of the beginning Sniff looks at.
const SniffBytes = 1024

// Accepted lists the file name extensions that Sniff takes, for the accept attribute of an upload field.
func Accepted() []string {
	return []string{".pdf", ".jpg", ".jpeg", ".png", ".docx", ".xlsx", ".txt", ".mp4", ".mp3", ".wav"}
}

// Sniff decides what an upload is by its name and its first SniffBytes bytes. Both must agree: a name that lies about the
// content is how active content gets in. HTML and SVG are never taken, archives only as office files, which CheckOffice
// then looks into. The error is Unfit.
func Sniff(name string, head []byte) (string, error) {
	if err := checkName(name); err != nil {
		return "", err
	}
	ext := strings.ToLower(path.Ext(name))
	if len(head) == 0 {
		return "", Unfit("文件是空的，请重新选择文件")
	}
	head = head[:min(len(head), SniffBytes)]
	kind, fits := recognise(ext, head)
	switch {
	case kind == "":
		return "", refusedExtension(ext)
	case !fits:
		return "", Unfit(fmt.Sprintf("文件内容与扩展名“%s”不符，请上传原始文件，不要修改扩展名", ext))
	}
	return kind, nil
}

// recognise returns the kind that the extension promises and whether the content begins like it.
func recognise(ext string, head []byte) (string, bool) {
	switch ext {
	case ".pdf":
		return PDF, bytes.HasPrefix(head, []byte("%PDF-"))
	case ".jpg", ".jpeg":
		return JPEG, bytes.HasPrefix(head, []byte{0xFF, 0xD8, 0xFF})
	case ".png":
		return PNG, bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n"))
	case ".docx":
		return DOCX, bytes.HasPrefix(head, []byte("PK\x03\x04"))
	case ".xlsx":
		return XLSX, bytes.HasPrefix(head, []byte("PK\x03\x04"))
	case ".txt":
		return Text, plainText(head)
	case ".mp4":
		return MP4, isMP4(head)
	case ".mp3":
		return MP3, isMP3(head)
	case ".wav":
		return WAV, len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WAVE"
	}
	return "", false
}

func refusedExtension(ext string) Unfit {
	switch ext {
	case ".zip", ".rar", ".7z", ".gz", ".tar":
		return "不接收压缩包，请解压后逐个上传其中的文件"
	case ".html", ".htm", ".svg", ".xml", ".xhtml", ".mht":
		return "不接收网页或矢量图文件，请另存为 PDF 或图片后上传"
	case ".doc", ".xls", ".wps", ".et":
		return "不接收旧版 Office 文件，请另存为 docx、xlsx 或 PDF 后上传"
	case ".docm", ".xlsm":
		return "不接收含宏的文件，请另存为 docx 或 xlsx 后上传"
	case "":
		return "文件没有扩展名，无法判断类型"
	}
	return Unfit(fmt.Sprintf("不接收“%s”类型的文件；可上传 PDF、JPG、PNG、DOCX、XLSX、TXT、MP4、MP3、WAV", ext))
}

// checkName refuses names that show something else than they are. The name is only a label here: stored files are named by
// their digest.
func checkName(name string) error {
	if name == "" || len(name) > 255 || !utf8.ValidString(name) {
		return Unfit("文件名为空、过长或编码不正确，请改名后上传")
	}
	for _, r := range name {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '/' || r == '\\' {
			return Unfit("文件名含有不可见字符或路径符号，请改名后上传")
		}
	}
	return nil
}

// plainText accepts UTF-8 and GB 18030 text without control characters and without the beginning of a page or picture.
func plainText(head []byte) bool {
	body := bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))
	for _, c := range body {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' || c == 0x7F {
			return false
		}
	}
	low := bytes.ToLower(body)
	for _, mark := range []string{"<html", "<!doctype", "<svg", "<script", "<?xml", "<body", "<iframe"} {
		if bytes.Contains(low, []byte(mark)) {
			return false
		}
	}
	return utf8.Valid(cutRune(body)) || isGB18030(body)
}

// cutRune drops a character that the end of the head cut in two.
func cutRune(b []byte) []byte {
	for n := 1; n <= 3 && n <= len(b); n++ {
		if c := b[len(b)-n]; c >= 0xC0 && !utf8.FullRune(b[len(b)-n:]) {
			return b[:len(b)-n]
		}
	}
	return b
}

// isGB18030 checks the byte pattern of GB 18030 (one, two or four bytes a character).
func isGB18030(b []byte) bool {
	for i := 0; i < len(b); {
		switch {
		case b[i] < 0x80:
			i++
		case b[i] == 0x80 || b[i] == 0xFF:
			return false
		case i+1 >= len(b):
			return true
		case b[i+1] >= 0x40 && b[i+1] != 0x7F && b[i+1] != 0xFF:
			i += 2
		case b[i+1] >= 0x30 && b[i+1] <= 0x39:
			if i+3 < len(b) && (b[i+2] < 0x81 || b[i+3] < 0x30 || b[i+3] > 0x39) {
				return false
			}
			i += 4
		default:
			return false
		}
	}
	return true
}

// isMP4 accepts the brands that telephones and recorders write (ISO/IEC 14496-12).
func isMP4(head []byte) bool {
	if len(head) < 12 || string(head[4:8]) != "ftyp" {
		return false
	}
	switch string(head[8:12]) {
	case "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "dash", "M4V ", "MSNV", "3gp4", "3gp5", "3gp6", "mmp4", "XAVC", "hvc1":
		return true
	}
	return false
}

// isMP3 accepts an ID3 tag or a frame header of MPEG layer III with legal rate fields.
func isMP3(head []byte) bool {
	if bytes.HasPrefix(head, []byte("ID3")) && len(head) >= 10 {
		return head[3] <= 4 && head[6]|head[7]|head[8]|head[9] < 0x80
	}
	return len(head) >= 4 && head[0] == 0xFF && head[1]&0xE0 == 0xE0 && head[1]&0x18 != 0x08 && head[1]&0x06 == 0x02 &&
		head[2]>>4 != 0 && head[2]>>4 != 15 && head[2]&0x0C != 0x0C
}
