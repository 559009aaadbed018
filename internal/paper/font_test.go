package paper

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFontThatCannotBeUsedIsAClearError(t *testing.T) {
	folder := t.TempDir()
	collection, cut := filepath.Join(folder, "simsun.ttc"), filepath.Join(folder, "cut.ttf")
	if err := os.WriteFile(collection, []byte("ttcf\x00\x01\x00\x00"), 0o600); err != nil {
		t.Fatal(err)
	}
	whole := fonts(t).body[0].data
	if err := os.WriteFile(cut, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(folder, "absent.ttf"): "absent.ttf", collection: ".ttc", cut: "cut.ttf",
	} {
		if _, err := Fonts(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestAnAgencysOwnFontComesFirst(t *testing.T) {
	defaults := DefaultFaces()
	if len(defaults.Body) < 2 {
		t.Skip("this test needs two installed fonts")
	}
	latin, chinese := defaults.Body[1], defaults.Body[0]
	set, err := Fonts(latin, chinese)
	if err != nil {
		t.Fatal(err)
	}
	if f, _ := set.body.find('7'); f == nil || f.path != latin {
		t.Errorf("a digit is not set in the first font")
	}
	if f, _ := set.body.find('罚'); f == nil || f.path != chinese {
		t.Errorf("a character that the first font lacks is not set in the second")
	}
}

func TestAPDFOfUnknownMakeIsRefused(t *testing.T) {
	for _, pdf := range []string{"", "%PDF-1.7", "startxref\n9999\n%%EOF\n", "startxref\n0\n%%EOF\n",
		"1 0 obj\nendobj\n\nxref\n0 2\n0000000000 65535 f \n0000000000 00000 n \ntrailer\n<<>>\nstartxref\n16\n%%EOF\n"} {
		if _, err := mend([]byte(pdf)); err == nil {
			t.Errorf("%q was accepted", pdf)
		}
	}
	if _, err := mend(bytes.Repeat([]byte("startxref\n"), 9)); !errors.Is(err, errMend) {
		t.Errorf("got %v", err)
	}
}

func TestFontsServeSeveralPapersAtOnce(t *testing.T) {
	set := fonts(t)
	sheet := Of(kindNamed(t, "送达回证"), stored(t, "receipt"), whole())
	want := made(t, sheet)
	done := make(chan []byte)
	for range 4 {
		go func() {
			var out bytes.Buffer
			if err := PDF(&out, set, sheet); err != nil {
				t.Error(err)
			}
			done <- out.Bytes()
		}()
	}
	for range 4 {
		if !bytes.Equal(<-done, want) {
			t.Error("a paper made beside others differs")
		}
	}
}
