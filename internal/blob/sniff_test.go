package blob

import (
	"errors"
	"strings"
	"testing"
)

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

func TestAFileIsTakenWhereNameAndContentAgree(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"证据.PDF", "%PDF-1.7\n", PDF}, {"a.jpg", "\xFF\xD8\xFF\xE0\x00\x10JFIF", JPEG}, {"a.jpeg", "\xFF\xD8\xFF\xE1", JPEG}, {"a.png", png, PNG},
		{"a.docx", "PK\x03\x04\x14\x00", DOCX}, {"表.xlsx", "PK\x03\x04\x14\x00", XLSX}, {"说明.txt", "询问笔录\r\n第一页", Text}, {"gb.txt", "\xD1\xAF\xCE\xCA\xB1\xCA\xC2\xBC", Text},
		{"bom.txt", "\xEF\xBB\xBF文", Text}, {"cut.txt", strings.Repeat("文", 400)[:1024], Text}, {"v.mp4", "\x00\x00\x00\x18ftypisom\x00\x00", MP4}, {"v.mp4", "\x00\x00\x00\x18ftypmp42", MP4},
		{"s.mp3", "ID3\x04\x00\x00\x00\x00\x0F\x76", MP3}, {"s.mp3", "\xFF\xFB\x90\x64", MP3}, {"s.wav", "RIFF\x24\x00\x00\x00WAVEfmt ", WAV}, {"a.b.c.pdf", "%PDF-1.4", PDF},
	} {
		if got, err := Sniff(c.name, []byte(c.head)); err != nil || got != c.want {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}

func TestAFileIsRefusedWithAChineseReason(t *testing.T) {
	for _, c := range []struct{ name, head, says string }{
		{"a.html", "<html>", "网页"}, {"a.svg", "<svg xmlns=", "矢量图"}, {"a.txt", "<!DOCTYPE html><html>", "不符"}, {"a.txt", "  \n<SVG onload=alert(1)>", "不符"}, {"a.txt", "<?xml version='1.0'?>", "不符"},
		{"a.txt", "MZ\x90\x00\x03", "不符"}, {"a.txt", png, "不符"}, {"a.pdf", "<html>%PDF-", "不符"}, {"a.pdf", png, "不符"}, {"a.png", "\xFF\xD8\xFF", "不符"}, {"a.jpg", "GIF89a", "不符"},
		{"a.zip", "PK\x03\x04", "压缩包"}, {"a.rar", "Rar!", "压缩包"}, {"a.docx", "\xD0\xCF\x11\xE0", "不符"}, {"a.docx", "PK\x05\x06", "不符"}, {"a.doc", "\xD0\xCF\x11\xE0", "旧版"},
		{"a.docm", "PK\x03\x04", "宏"}, {"a.exe", "MZ", "不接收"}, {"a", "%PDF-", "没有扩展名"}, {"a.pdf", "", "空"}, {"a.mp4", "\x00\x00\x00\x18ftypqt  ", "不符"}, {"a.mp4", "ftyp", "不符"},
		{"a.mp3", "\xFF\xFF\xFF\xFF", "不符"}, {"a.mp3", "ID3", "不符"}, {"a.wav", "RIFF\x00\x00\x00\x00AVI ", "不符"}, {"", "%PDF-", "文件名"}, {"fdp\u202Egnp.pdf", "%PDF-", "不可见"},
		{"../a.pdf", "%PDF-", "路径"}, {"a\x00.pdf", "%PDF-", "不可见"}, {"a\\b.pdf", "%PDF-", "路径"}, {strings.Repeat("长", 100) + ".pdf", "%PDF-", "过长"}, {"\xff.pdf", "%PDF-", "编码"},
	} {
		got, err := Sniff(c.name, []byte(c.head))
		var unfit Unfit
		if !errors.As(err, &unfit) || !strings.Contains(string(unfit), c.says) || got != "" {
			t.Errorf("%q with %q: %q, %v; want a reason with %q", c.name, c.head, got, err, c.says)
		}
	}
}

func TestEveryAcceptedExtensionIsKnown(t *testing.T) {
	for _, ext := range Accepted() {
		if kind, _ := recognise(ext, []byte("x")); kind == "" {
			t.Errorf("%s is accepted and not known", ext)
		}
	}
}

func FuzzSniff(f *testing.F) {
	f.Add("a.txt", []byte("文"))
	f.Add("a.mp3", []byte("\xFF\xFB\x90\x64"))
	f.Fuzz(func(t *testing.T, name string, head []byte) {
		kind, err := Sniff(name, head)
		if (kind == "") != (err != nil) {
			t.Fatalf("%q: %q, %v", name, kind, err)
		}
	})
}
