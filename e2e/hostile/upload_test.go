package hostile

import (
	"net/url"
	"os"
	"regexp"
	"runtime/debug"
	"testing"
	"time"
)

// uploadBound is how many MiB the program may grow by while one file comes in through a form, the client of the test included: it
// holds the file and its body of the form once more.
const uploadBound = 256

// TestEveryMalformedFileComesThroughTheFormsWithinItsMemory uploads each damaged, strange or swollen file through the real forms of
// import and attachment: taken, or refused on the page, never a failure of the program, never for long, and within its memory.
func TestEveryMalformedFileComesThroughTheFormsWithinItsMemory(t *testing.T) {
	one(t, uploads)
}

func uploads(t *testing.T, b *bureau) {
	publisher := b.person("su")
	shelf := regexp.MustCompile(`/desk/publications/[0-9A-Za-z]{20,}`).FindString(publisher.get("/desk/publications/all").body)
	if shelf == "" {
		t.Fatal("there is no publication to put a file beside")
	}
	files := malformed(t)
	if !full() {
		files = every(files, 11)
	}
	files = append(files, brought{"sound.xlsx", workbook(t, basics(sheetHead+oneSheet)...)})
	outcomes, most, longest := map[string]int{}, int64(0), 0.0
	for _, f := range files {
		for _, form := range []struct {
			name, path string
			beside     url.Values
		}{{"import", "/desk/imports/new", nil}, {"attachment", shelf + "/files", url.Values{"kind": {"附件"}}}} {
			debug.FreeOSMemory()
			before, begun := resident("VmRSS"), time.Now()
			_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak is counted from here
			a := publisher.upload(form.path, f.name, f.content, form.beside)
			took, grown := time.Since(begun).Seconds(), (resident("VmHWM")-before)>>10
			outcome := "refused"
			if a.status == 200 { // a form that is refused stands there again with 422
				outcome = "taken"
			}
			if a.status != 200 && a.status != 400 && a.status != 413 && a.status != 422 {
				t.Errorf("%s by the form of %s answered %d: %s", f.name, form.name, a.status, squeezed(a.text()))
			}
			if outcome == "refused" && len(alerts(a)) == 0 {
				t.Errorf("%s by the form of %s answered %d and does not say why: %s", f.name, form.name, a.status, squeezed(a.text()))
			}
			outcomes[form.name+" "+outcome]++
			most, longest = max(most, grown), max(longest, took)
			if grown > uploadBound || took > 30 {
				t.Errorf("%s, %d bytes, by the form of %s: %d MiB and %.1f s", f.name, len(f.content), form.name, grown, took)
			}
		}
	}
	for _, kind := range []string{"import refused", "import taken", "attachment refused", "attachment taken"} {
		if outcomes[kind] == 0 {
			t.Errorf("nothing was %s, so the forms were not reached", kind)
		}
	}
	t.Logf("%d files by two forms: %v; at most %d MiB more than before and %.1f s", len(files), outcomes, most, longest)
}

// every takes each nth file.
func every(files []brought, n int) (some []brought) {
	for i := 0; i < len(files); i += n {
		some = append(some, files[i])
	}
	return some
}
