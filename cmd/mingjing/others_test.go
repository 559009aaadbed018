package main

import (
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/testkit"
)

// TestDecisionsOfOtherBodiesAreOnThePortal imports the 204 real decisions whose rows name other bodies: what the desk calls public
// the public finds, in the list, by its page, in the API, by the filter of bodies and in the count.
func TestDecisionsOfOtherBodiesAreOnThePortal(t *testing.T) {
	file := testkit.Shared(t, "real/cn_enforcement/csrc_penalty_decisions.csv")
	store := "sqlite:" + filepath.Join(t.TempDir(), "mingjing.db")
	run := func(args ...string) string {
		said, err := verb(append(args, "--db", store)...).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, said)
		}
		return string(said)
	}
	run("init", "--name", "卢正则", "--credit-code", "112203000135432153")
	engage(t, store, "gong", access.RolePublisher)
	engage(t, store, "he", access.RoleChecker)
	run("import", "decisions", file, "--map", "title=title,number=doc_no,body=body,decided=decision_published,agency=bureau,class=category", "--as", "gong", "--publish", "--checked-by", "he")
	base := serving(t, store)
	got := func(path string) string {
		r, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		text, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d %v", path, r.StatusCode, err)
		}
		return string(text)
	}
	if page := got("/publications"); !strings.Contains(page, `name="agency"`) || !strings.Contains(page, "/p/") {
		t.Error("the list of the portal offers no filter by body, or shows nothing")
	}
	var list struct {
		Count        int `json:"count"`
		Publications []struct {
			ID     string `json:"id"`
			Agency string `json:"agency"`
		} `json:"publications"`
	}
	if err := json.Unmarshal([]byte(got("/api/v1/publications?limit=100")), &list); err != nil {
		t.Fatal(err)
	}
	if len(list.Publications) == 0 || list.Count < 180 {
		t.Fatalf("the API counts %d and shows %d", list.Count, len(list.Publications))
	}
	for _, p := range list.Publications[:10] {
		if p.Agency == "siping-mzj" {
			t.Errorf("%s is told as the agency's own", p.ID)
		}
		got("/p/" + p.ID)
		got("/api/v1/publications/" + p.ID)
	}
	for _, invented := range []string{"演示地址", "0434-0000000", "00000000号", "2203000000"} {
		for _, path := range []string{"/", "/about", "/api/v1/agencies"} {
			if strings.Contains(got(path), invented) {
				t.Errorf("%s of a real agency shows %s, which was invented for the demonstration", path, invented)
			}
		}
	}
	if feed := got("/atom.xml"); !strings.Contains(feed, "<entry>") {
		t.Error("the feed is empty")
	}
}
