package e2e

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mingjing/internal/db"
)

// decisions counts what a store has published.
func decisions(t *testing.T, folder string) (n int) {
	t.Helper()
	d, err := db.Open(context.Background(), "sqlite:"+filepath.Join(folder, "mingjing.db"), db.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Row(`SELECT COUNT(*) FROM publication WHERE published_on <> ''`).Scan(&n)
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func sound(t *testing.T, folder string) {
	t.Helper()
	if out, err := mingjing(t, "", "verify", "--db", "sqlite:"+filepath.Join(folder, "mingjing.db")); err != nil || !strings.Contains(out, "核验通过") {
		t.Fatalf("%s %v", out, err)
	}
}

func TestADemonstrationKilledWhileItIsBuiltIsBuiltAnew(t *testing.T) {
	base(t)
	folder := filepath.Join(t.TempDir(), "demo")
	half := exec.Command(served.binary, "demo", "--folder", folder, "--listen", "127.0.0.1:0")
	if err := half.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1500 * time.Millisecond)
	_ = half.Process.Kill()
	_ = half.Wait()
	_, address, err := launch(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(address + "/")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if got, want := decisions(t, folder), decisions(t, filepath.Join(served.folder, "demo")); got != want {
		t.Errorf("%d decisions are found after a start that was killed, want the whole year's %d", got, want)
	}
	sound(t, folder)
}

// lead is a lead as the page posts it.
func lead(n int) url.Values {
	return url.Values{"source": {"投诉举报"}, "received_at": {time.Now().In(time.FixedZone("CST", 8*3600)).Add(-time.Hour).Format("2006-01-02 15:04")},
		"cause": {"未按照规定接受年度检查"}, "facts": {fmt.Sprintf("第%d条线索，来信反映。", n)}, "handler_opinion": {"建议核查。"}, "registered_by": {"周启明"},
		"party.kind": {"法人或者其他组织"}, "party.name": {fmt.Sprintf("云山市第%d棋类协会", n)}}
}

// worker records leads until the server is gone, and keeps the address of each that was acknowledged.
func worker(address string, from int, took func(string)) {
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar, Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	post := func(path string, form url.Values) (*http.Response, error) {
		resp, err := client.PostForm(address+path, form)
		if err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
		return resp, err
	}
	if _, err := post("/desk/login", url.Values{"login": {"zhou"}, "password": {"mingjing-demo-2026"}}); err != nil {
		return
	}
	for n := from; ; n++ {
		resp, err := post("/desk/cases/new", lead(n))
		if err != nil {
			return
		}
		if resp.StatusCode == http.StatusSeeOther {
			took(resp.Header.Get("Location"))
		}
	}
}

func TestKillingTheServerLosesNoAcknowledgedLead(t *testing.T) {
	base(t)
	folder := filepath.Join(t.TempDir(), "demo")
	server, address, err := launch(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	var lock sync.Mutex
	var taken []string
	enough := make(chan struct{})
	var workers sync.WaitGroup
	for w := range 4 {
		workers.Go(func() {
			worker(address, 1000*(w+1), func(place string) {
				lock.Lock()
				defer lock.Unlock()
				if taken = append(taken, place); len(taken) == 40 {
					close(enough)
				}
			})
		})
	}
	select {
	case <-enough:
	case <-time.After(time.Minute):
		t.Errorf("only %d leads were acknowledged within a minute", len(taken))
	}
	_ = server.Process.Kill()
	_ = server.Wait()
	workers.Wait()
	sound(t, folder)
	d, err := db.Open(context.Background(), "sqlite:"+filepath.Join(folder, "mingjing.db"), db.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, place := range taken {
		id := strings.TrimPrefix(strings.SplitN(place, "?", 2)[0], "/desk/cases/")
		n := 0
		if err := d.Read(context.Background(), func(tx *db.Tx) error {
			return tx.Row(`SELECT COUNT(*) FROM case_file c JOIN event e ON e.subject = c.id WHERE c.id = $1`, id).Scan(&n)
		}); err != nil || n == 0 {
			t.Errorf("the acknowledged lead %s is lost: %v", place, err)
		}
	}
}

func TestVerifyNamesTheFirstEventThatWasEdited(t *testing.T) {
	base(t)
	path := filepath.Join(backedUp(t), "mingjing.db")
	d, err := db.Open(context.Background(), "sqlite:"+path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var edits []string
	err = d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Each(`SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'`, nil, func(rows *sql.Rows) error {
			edits = append(edits, "")
			return rows.Scan(&edits[len(edits)-1])
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	edits = append(edits, `UPDATE event SET leaf = replace(leaf, 'case.opened', 'case.closed') WHERE agency = 'siping-mzj' AND seq = (SELECT MIN(seq) FROM event WHERE leaf LIKE '%case.opened%')`)
	if err := d.Write(context.Background(), "", func(tx *db.Tx) error {
		for _, edit := range edits {
			if n, err := tx.Exec(edit); err != nil || strings.HasPrefix(edit, "UPDATE") && n != 1 {
				return fmt.Errorf("%s changed %d rows: %w", edit, n, err)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	d.Close()
	out, err := mingjing(t, "", "verify", "--db", "sqlite:"+path)
	if err == nil || !strings.Contains(out, "第一处不一致：第") || !strings.Contains(out, "kind 列与叶文不符") {
		t.Errorf("the edit was not named: %s %v", out, err)
	}
}
