package paper

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// bundle writes the files of a ZIP and keeps what its manifest says.
type bundle struct {
	zip      *zip.Writer
	names    names
	manifest strings.Builder
}

// put adds a file: its name, made safe and unlike the others, and its digest.
func (b *bundle) put(folder, name, madeOn string, method uint16, write func(io.Writer) error) (path, digest string, err error) {
	path = b.names.in(folder, name)
	header := &zip.FileHeader{Name: path, Method: method}
	if day, err := time.Parse(time.DateOnly, madeOn); err == nil {
		header.Modified = day
	}
	out, err := b.zip.CreateHeader(header)
	if err != nil {
		return "", "", fmt.Errorf("add %s: %w", path, err)
	}
	sum := sha256.New()
	if err := write(io.MultiWriter(out, sum)); err != nil {
		return "", "", fmt.Errorf("add %s: %w", path, err)
	}
	digest = hex.EncodeToString(sum.Sum(nil))
	// The form that sha256sum -c reads.
	fmt.Fprintf(&b.manifest, "%s  %s\n", digest, path)
	return path, digest, nil
}

// zip writes the dossier as a ZIP, file by file.
func (d *dossier) zip(w io.Writer) error {
	b := &bundle{zip: zip.NewWriter(w), names: names{}}
	table := [][]string{{"卷别", "序号", "文号", "责任者", "文件材料题名", "当事人", "日期", "页次", "页数", "文件", "SHA-256"}}
	_, _, err := b.put("", "封面和目录.pdf", "", zip.Store, func(w io.Writer) error { return PDF(w, d.fonts, d.cover()) })
	if err != nil {
		return err
	}
	drawn, stop := d.drawn()
	defer stop()
	for _, l := range d.leaves {
		path, digest, err := b.put(d.folder(safeName(l.doc.Part), l.doc.Party), l.file(), l.doc.MadeOn, zip.Store, func(w io.Writer) error {
			sheet := <-<-drawn
			if sheet.err != nil {
				return sheet.err
			}
			_, err := sheet.file.WriteTo(w)
			return err
		})
		if err != nil {
			return err
		}
		table = append(table, []string{l.doc.Part, strconv.Itoa(l.number), l.doc.Meta.Number, l.doc.Meta.Agency,
			l.doc.Kind.Code, l.doc.Party.Name, l.doc.MadeOn, l.span(), strconv.Itoa(len(l.pages)), path, digest})
	}
	for i, file := range d.files {
		folder := "附件"
		if file.Part != PartMain {
			folder += "/" + safeName(file.Part)
		}
		path, digest, err := b.put(d.folder(folder, file.Party), file.Name, "", zip.Store, file.copy)
		if err != nil {
			return err
		}
		table = append(table, []string{"附件", strconv.Itoa(i + 1), "", "", file.Name, file.Party.Name, "", "", "", path, digest})
	}
	if _, _, err := b.put("", "目录.csv", "", zip.Deflate, func(w io.Writer) error { return writeTable(w, table) }); err != nil {
		return err
	}
	manifest := b.manifest.String()
	if _, _, err := b.put("", "manifest-sha256.txt", "", zip.Deflate, func(w io.Writer) error {
		_, err := io.WriteString(w, manifest)
		return err
	}); err != nil {
		return err
	}
	if err := b.zip.Close(); err != nil {
		return fmt.Errorf("close: %w", err)
	}
	return nil
}

// nameMost bounds what of a name stands in the name of a file, in characters.
const nameMost = 40

func named(name string) string {
	if runes := []rune(name); len(runes) > nameMost {
		name = string(runes[:nameMost])
	}
	return strings.NewReplacer("/", "_", `\`, "_").Replace(name)
}

// folder is where a paper lies: in a batch, what belongs to one party in a folder of that party, numbered as the list of the
// parties is, so that two of one name stay apart.
func (d *dossier) folder(part string, p Party) string {
	if d.of.Parties < 2 || p.Name == "" {
		return part
	}
	return part + "/" + safeName(fmt.Sprintf("%03d_%s", p.Place, named(p.Name)))
}

// file is the name of a document's file: its place, what it is, and whose.
func (l leaf) file() string {
	name := fmt.Sprintf("%04d_%s", l.number, l.doc.Kind.Code)
	if l.doc.About != "" {
		name += "（" + named(l.doc.About) + "）"
	}
	if l.doc.Party.Name != "" {
		name += "_" + named(l.doc.Party.Name)
	}
	return name + ".pdf"
}

// drawing is a document drawn ahead of its turn.
type drawing struct {
	file *bytes.Buffer
	err  error
}

// drawn draws the documents on every processor and hands them out in their order, no more than a few ahead of the one that
// is being written. stop ends it early.
func (d *dossier) drawn() (sheets <-chan chan drawing, stop func()) {
	turns, over := make(chan chan drawing, runtime.GOMAXPROCS(0)), make(chan struct{})
	go func() {
		defer close(turns)
		for _, l := range d.leaves {
			turn := make(chan drawing, 1)
			select {
			case turns <- turn:
			case <-over:
				return
			}
			go func() {
				var out bytes.Buffer
				err := d.fonts.draw(&out, l.sheet, l.pages)
				turn <- drawing{&out, err}
			}()
		}
	}()
	return turns, func() { close(over) }
}

// copy reads the file and compares it with what was recorded.
func (a Attachment) copy(w io.Writer) error {
	file, err := a.Open()
	if err != nil {
		return fmt.Errorf("open attachment: %w", err)
	}
	defer file.Close()
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, sum), file)
	if err != nil {
		return fmt.Errorf("read attachment: %w", err)
	}
	got := hex.EncodeToString(sum.Sum(nil))
	if a.Digest != "" && a.Digest != got {
		return Altered{Name: a.Name, Want: a.Digest, Got: got}
	}
	if a.Size > 0 && a.Size != n {
		return Altered{Name: a.Name, Want: fmt.Sprintf("%d bytes", a.Size), Got: fmt.Sprintf("%d bytes", n)}
	}
	return nil
}

// writeTable writes CSV that a spreadsheet program opens as UTF-8 and in which
// nothing typed is taken for a formula.
func writeTable(w io.Writer, table [][]string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	for _, row := range table {
		safe := make([]string, len(row))
		for i, text := range row {
			safe[i] = text
			if strings.ContainsAny(firstChar(text), "=+-@\t\r\n＝＋－＠") {
				safe[i] = "'" + text
			}
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func firstChar(text string) string {
	for _, r := range strings.TrimLeft(text, " 　") {
		return string(r)
	}
	return ""
}
