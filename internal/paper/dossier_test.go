package paper

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"testing"
)

// file is an attachment with its recorded digest.
func file(name, content string) Attachment {
	sum := sha256.Sum256([]byte(content))
	return Attachment{Name: name, Size: int64(len(content)), Digest: hex.EncodeToString(sum[:]),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

func example(t *testing.T) Case {
	t.Helper()
	opening, approval := kindNamed(t, "立案审批表"), kindNamed(t, "行政处罚决定审批表")
	return Case{
		Title: "云山市晨光养老服务中心未按照规定接受年度检查案", Number: "云民案〔2026〕1号", Agency: "云山市民政局",
		Documents: []Doc{
			{Kind: approval, Values: (&filler{}).values(approval), Meta: whole(), MadeOn: "2026-02-20"},
			{Kind: kindNamed(t, "行政处罚决定书"), Values: stored(t, "decision"), Meta: whole(), MadeOn: "2026-03-02"},
			{Kind: kindNamed(t, "送达回证"), Values: stored(t, "receipt"), Meta: whole(), MadeOn: "2026-03-04"},
			{Kind: opening, Values: (&filler{}).values(opening), Meta: whole(), MadeOn: "2026-01-08"},
		},
		Attachments: []Attachment{
			file("现场照片.jpg", "一"), file("../../etc/现场照片.JPG", "二"), file("=SUM(A1).txt", "三"),
			file("C:\\temp\\con.txt", "四"), file("证据\u202egpj.exe", "五"), file("...", "六"), file("笑脸\U0001FAE0.png", "七"),
		},
	}
}

func unpacked(t *testing.T, data []byte) (names []string, files map[string]string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		names, files[f.Name] = append(names, f.Name), string(content)
	}
	return names, files
}

func packed(t *testing.T, c Case, o Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Dossier(&out, fonts(t), c, o); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestADossierHoldsEverythingInFiledOrder(t *testing.T) {
	names, files := unpacked(t, packed(t, example(t), Options{}))
	want := []string{"封面和目录.pdf", "正卷/0001_立案审批表.pdf", "正卷/0002_行政处罚决定书.pdf", "正卷/0003_送达回证.pdf", "副卷/0001_行政处罚决定审批表.pdf",
		"附件/现场照片.jpg", "附件/现场照片(2).JPG", "附件/=SUM(A1).txt", "附件/_con.txt", "附件/证据gpj.exe", "附件/未命名", "附件/笑脸\U0001FAE0.png",
		"目录.csv", "manifest-sha256.txt"}
	if !slices.Equal(names, want) {
		t.Fatalf("the dossier holds\n%s\ninstead of\n%s", strings.Join(names, "\n"), strings.Join(want, "\n"))
	}
	if files["附件/现场照片(2).JPG"] != "二" {
		t.Error("an attachment has the content of another")
	}
	cover := strings.Join(read(t, []byte(files["封面和目录.pdf"])), "")
	for _, said := range []string{"云民案〔2026〕1号", "正卷、副卷", "4件，", "卷内文件目录（副卷）", "行政处罚决定书2026年3月2日2-6", "笑脸〓[U+1FAE0].png"} {
		if !strings.Contains(cover, said) {
			t.Errorf("the cover does not say %q: %s", said, cover)
		}
	}
}

// Who looks for the papers of one of 53 parties opens one folder, and sees by the name of each file what it is.
func TestThePapersOfAPartyLieTogetherUnderTheirNames(t *testing.T) {
	c := example(t)
	c.Parties = 2
	c.Documents[1].Party = Party{2, "云山市松涛/茶艺协会"}
	c.Documents[2].Party, c.Documents[2].About = Party{2, "云山市松涛/茶艺协会"}, "行政处罚决定书"
	c.Attachments[0].Party = Party{1, "晨光书画院"}
	names, files := unpacked(t, packed(t, c, Options{}))
	for _, want := range []string{"正卷/0001_立案审批表.pdf", "正卷/002_云山市松涛_茶艺协会/0002_行政处罚决定书_云山市松涛_茶艺协会.pdf",
		"正卷/002_云山市松涛_茶艺协会/0003_送达回证（行政处罚决定书）_云山市松涛_茶艺协会.pdf", "附件/001_晨光书画院/现场照片.jpg"} {
		if !slices.Contains(names, want) {
			t.Errorf("the dossier lacks %s:\n%s", want, strings.Join(names, "\n"))
		}
	}
	if !strings.Contains(files["目录.csv"], "送达回证,云山市松涛/茶艺协会,") {
		t.Errorf("the table does not say whose a paper is:\n%s", files["目录.csv"])
	}
	if cover := strings.Join(read(t, []byte(files["封面和目录.pdf"])), ""); !strings.Contains(cover, "送达回证（行政处罚决定书）") || !strings.Contains(cover, "松涛/茶艺协会") {
		t.Errorf("the list of contents does not say whose a paper is: %s", cover)
	}
	c.Parties = 1
	if names, _ := unpacked(t, packed(t, c, Options{})); !slices.Contains(names, "正卷/0002_行政处罚决定书_云山市松涛_茶艺协会.pdf") {
		t.Errorf("a case of one party has folders: %s", strings.Join(names, "\n"))
	}
}

func TestTheManifestProvesEveryFile(t *testing.T) {
	names, files := unpacked(t, packed(t, example(t), Options{}))
	proven := map[string]bool{"manifest-sha256.txt": true}
	for _, row := range strings.Split(strings.TrimSpace(files["manifest-sha256.txt"]), "\n") {
		digest, name, _ := strings.Cut(row, "  ")
		sum := sha256.Sum256([]byte(files[name]))
		if hex.EncodeToString(sum[:]) != digest {
			t.Errorf("%s has not the digest of the manifest", name)
		}
		proven[name] = true
	}
	for _, name := range names {
		if !proven[name] {
			t.Errorf("the manifest lacks %s", name)
		}
	}
}

func TestTheTableOfADossierHoldsNoFormula(t *testing.T) {
	_, files := unpacked(t, packed(t, example(t), Options{}))
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(files["目录.csv"], "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 12 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.ContainsAny(firstChar(cell), "=+-@＝") {
				t.Errorf("%q is a formula", cell)
			}
		}
	}
}

func TestAnAlteredAttachmentStopsTheDossier(t *testing.T) {
	for _, change := range []func(*Attachment){
		func(a *Attachment) { a.Digest = strings.Repeat("0", 64) },
		func(a *Attachment) { a.Size++ },
	} {
		c := example(t)
		change(&c.Attachments[1])
		var out bytes.Buffer
		err := Dossier(&out, fonts(t), c, Options{})
		var altered Altered
		if !errors.As(err, &altered) || altered.Name != c.Attachments[1].Name {
			t.Errorf("got %v", err)
		}
		if _, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len())); err == nil {
			t.Error("the broken ZIP can be opened as if it were whole")
		}
	}
}

func TestADocumentThatCannotBeSetFailsBeforeTheFirstByte(t *testing.T) {
	c := example(t)
	c.Documents[1].Values["facts"] = "\U0001FAE0"
	for _, o := range []Options{{}, {PDF: true}} {
		var out bytes.Buffer
		err := Dossier(&out, fonts(t), c, o)
		var missing MissingGlyph
		if !errors.As(err, &missing) || !strings.Contains(err.Error(), "行政处罚决定书") || out.Len() > 0 {
			t.Errorf("%d bytes, %v", out.Len(), err)
		}
	}
}

func TestAPartyGetsNothingOfTheInnerPart(t *testing.T) {
	c := example(t)
	c.Attachments[0].Part = PartInner
	names, files := unpacked(t, packed(t, c, Options{Part: PartMain}))
	for _, name := range names {
		if strings.Contains(name, PartInner) || name == "附件/现场照片.jpg" {
			t.Errorf("%s is in the copy", name)
		}
	}
	if strings.Contains(files["目录.csv"], PartInner) || strings.Contains(files["目录.csv"], "决定审批表") {
		t.Error("the contents name what is withheld")
	}
	names, _ = unpacked(t, packed(t, c, Options{}))
	if !slices.Contains(names, "附件/副卷/现场照片.jpg") {
		t.Errorf("the whole dossier has no inner attachment: %v", names)
	}
}

func TestABoundDossierIsOnePDFWithRunningPages(t *testing.T) {
	pages := read(t, packed(t, example(t), Options{PDF: true}))
	if !strings.Contains(pages[0], "行政执法案卷") || !strings.Contains(pages[0], "附件清单") {
		t.Errorf("it does not begin with the cover: %s", pages[0])
	}
	var stamps []string
	for _, page := range pages {
		for _, part := range []string{PartMain, PartInner} {
			if at := strings.LastIndex(page, part+"第"); at >= 0 && strings.HasSuffix(page, "页") {
				stamps = append(stamps, page[at:])
			}
		}
	}
	if len(stamps) < 8 || stamps[0] != "正卷第1页" || stamps[1] != "正卷第2页" || !slices.Contains(stamps, "副卷第1页") {
		t.Errorf("the pages are stamped %v", stamps)
	}
}

func TestANameNeverLeavesItsFolder(t *testing.T) {
	given := names{}
	for _, name := range []string{"", ".", "..", "/etc/passwd", `..\..\x`, "a/../..", "a\x00b", "NUL", "com1.txt", "x.", "　", "\u202e", strings.Repeat("长", 300) + ".pdf", "\xff\xfe", "A.txt", "a.TXT", "a.txt"} {
		full := given.in("附件", name)
		if path.Clean(full) != full || path.Dir(full) != "附件" || len(path.Base(full)) > 190 || strings.ContainsAny(full, "\\\x00:") {
			t.Errorf("%q became %q", name, full)
		}
	}
	if !given["附件/a.txt"] || !given["附件/a(2).txt"] || !given["附件/a(3).txt"] {
		t.Errorf("names that differ in case alone are not told apart: %v", given)
	}
}
