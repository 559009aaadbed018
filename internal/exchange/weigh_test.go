package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingjing/internal/refusal"
)

// bomb is a workbook with one part of so many equal bytes between a beginning and an end.
func bomb(t *testing.T, part, begin, fill, end string, size int) Source {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c></row></sheetData></worksheet>`,
		part:                         "",
	} {
		w, err := z.Create(name)
		if err == nil && name != part {
			_, err = io.WriteString(w, text)
		}
		if err == nil && name == part {
			_, err = io.WriteString(w, begin+strings.Repeat(fill, size/len(fill))+end)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return Source{Path: path}
}

func TestAWorkbookThatWouldFillTheMemoryIsRefusedBeforeItIsRead(t *testing.T) {
	for name, c := range map[string]struct {
		part, begin, fill string
		size              int
		says              string
	}{
		"a picture":               {"xl/media/image1.bin", "", "\x00", maxHeld + 1, "图片、样式等"},
		"a theme":                 {"xl/theme/theme1.xml", "", " ", maxHeld + 1, "图片、样式等"},
		"white space in a sheet":  {"xl/worksheets/sheet1.xml", "<worksheet>", " ", maxPiece + 1, "一个单元格超过"},
		"a comment full of tags":  {"xl/worksheets/sheet1.xml", "<worksheet><!--", "<a></a>", maxPiece + 100, "一个单元格超过"},
		"a quoted text of tags":   {"xl/worksheets/sheet1.xml", "<worksheet><![CDATA[", "<a>>", maxPiece + 100, "一个单元格超过"},
		"an instruction":          {"xl/sharedStrings.xml", "<?x ", ">", maxPiece + 100, "一个单元格超过"},
		"a tag that does not end": {"xl/sharedStrings.xml", "<sst a='", "x", maxPiece + 100, "一个单元格超过"},
	} {
		_, err := Look(bomb(t, c.part, c.begin, c.fill, "", c.size))
		var invalid refusal.Invalid
		if !errors.As(err, &invalid) || !strings.Contains(invalid.Message, c.says) {
			t.Errorf("%s: %v %s", name, err, invalid.Message)
		}
	}
	if _, err := Look(bomb(t, "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c></row>`,
		`<row><!-- > --><c t="inlineStr"><is><t><![CDATA[甲<b>]]></t></is></c></row>`, `</sheetData></worksheet>`, 6<<20)); err != nil {
		t.Errorf("a large sheet of small pieces: %v", err)
	}
}
