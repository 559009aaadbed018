package desk_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"mingjing/internal/access"
	markup "mingjing/internal/testkit/page"
)

// gallery are the pages that need no thing, for whoever may see most.
func gallery() []string {
	return []string{"/desk/reviews", "/desk/reviews/all", "/desk/publications", "/desk/publications/all", "/desk/publications/all?state=published&class=处罚", "/desk/imports", "/desk/imports/new",
		"/desk/accounts", "/desk/accounts/new", "/desk/acting", "/desk/acting/new", "/desk/resets", "/desk/officers", "/desk/officers/new", "/desk/officers?valid=1", "/desk/units", "/desk/units/new",
		"/desk/reviewers", "/desk/reviewers/new", "/desk/counsels", "/desk/counsels/new", "/desk/agency", "/desk/pack", "/desk/pack/changes", "/desk/settings", "/desk/parameters", "/desk/parameters?status=memory",
		"/desk/rules", "/desk/items", "/desk/triggers", "/desk/numbers", "/desk/numbers/new", "/desk/ledger", "/desk/ledger?kind=review.passed", "/desk/ledger/checkpoints", "/desk/ledger/verify",
		"/desk/seals", "/desk/seals/new", "/desk/looks", "/desk/duties", "/desk/duties?state=none", "/desk/duties/list", "/desk/duties/1", "/desk/duties/21", "/desk/duties/1/records", "/desk/duties/12/records", "/desk/duties/28/records", "/desk/messages", "/desk/handover", "/desk/help",
		"/desk/help/case", "/desk/help/document", "/desk/help/review", "/desk/help/publication", "/desk/help/import", "/desk/help/service", "/desk/help/deadline", "/desk/help/ledger", "/desk/help/office"}
}

// raw is what must never stand on a page that people read: a program's words, a slip of a template.
var raw = regexp.MustCompile(`<no value>|%!|ZgotmplZ|\[\]string|map\[|0001-01-01|<nil>|\bundefined\b`)

func sound(t *testing.T, a *answer) {
	t.Helper()
	for _, fault := range markup.Parse(t, a.body).Faults() {
		t.Errorf("%s: %s", a.url, fault)
	}
	if found := raw.FindString(a.body); found != "" {
		t.Errorf("%s shows %q", a.url, found)
	}
	if !strings.Contains(a.body, "<h1") {
		t.Errorf("%s has no heading", a.url)
	}
}

// hung walks through a gallery: each page by the first person who may see it, and every page by somebody.
func (b *bureau) hung(t *testing.T, pages []string) {
	t.Helper()
	var people []*browser
	for _, who := range []access.Actor{b.Publisher, b.Approver, b.Administrator, b.Archivist, b.Supervisor} {
		people = append(people, b.seat(t, who))
	}
	for _, path := range pages {
		seen := false
		for _, br := range people {
			a := br.get(path)
			if a.status == http.StatusUnprocessableEntity {
				sound(t, a)
				continue
			}
			if a.status != http.StatusOK {
				t.Errorf("%s answered %d:\n%s", path, a.status, squeeze(a.main()))
				break
			}
			seen = true
			sound(t, a)
			break
		}
		if !seen {
			t.Errorf("nobody sees %s", path)
		}
	}
}

func TestEveryPageOfTheRoomsIsSoundInAnEmptyBureau(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		b.hung(t, gallery())
	})
}

func TestEveryPageOfTheRoomsIsSoundWithCases(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		id := b.decided()
		_, review := b.underReview()
		reviewer, publisher, checker := b.seat(t, b.Reviewer), b.seat(t, b.Publisher), b.seat(t, b.Checker)
		b.reviewStep(reviewer, b.Reviewer, review, "accept_review", nil).ok()
		for _, path := range []string{"", "/pass_review", "/consult_counsel", "/return_review"} {
			sound(t, reviewer.get("/desk/reviews/"+review+path).ok())
		}
		b.reviewStep(reviewer, b.Reviewer, review, "pass_review", wellAnswered("同意")).ok()
		sound(t, reviewer.get("/desk/reviews/"+review).ok())
		publisher.signIn()
		at := "/desk/publications/" + id
		for _, path := range []string{"", "/prepare", "/withhold"} {
			sound(t, publisher.get(at+path).ok())
		}
		publisher.post(at+"/prepare", hideAll(publisher.get(at+"/prepare").ok())).ok()
		checker.signIn()
		seen := checker.get(at + "/check").ok()
		sound(t, seen)
		checker.post(at+"/check", map[string][]string{"hash": {seen.value("hash")}}).ok()
		publisher.post(at+"/publish", map[string][]string{"hash": {seen.value("hash")}}).ok()
		for _, path := range []string{"", "/correct", "/withdraw"} {
			sound(t, publisher.get(at+path).ok())
		}
		file := publisher.upload("/desk/imports/new", "旧案.csv", oldCases(3)).ok()
		sound(t, file)
		b.drain()
		b.hung(t, gallery())
	})
}

func TestAnUnknownThingIsNotFoundOnEveryPage(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		people := map[string]*browser{"p": b.seat(t, b.Publisher), "a": b.seat(t, b.Administrator), "r": b.seat(t, b.Reviewer), "h": b.seat(t, b.Approver)}
		for _, c := range [][2]string{{"r", "/desk/reviews/none"}, {"r", "/desk/reviews/none/pass_review"}, {"p", "/desk/publications/none"}, {"p", "/desk/publications/none/prepare"}, {"p", "/desk/publications/none/withdraw"},
			{"p", "/desk/imports/none"}, {"p", "/desk/import-files/none"}, {"p", "/desk/import-files/" + strings.Repeat("0", 32)}, {"a", "/desk/accounts/none"}, {"a", "/desk/officers/none"}, {"a", "/desk/units/none"},
			{"a", "/desk/reviewers/none"}, {"a", "/desk/counsels/none"}, {"a", "/desk/resets/none"}, {"h", "/desk/ledger/none"}, {"h", "/desk/ledger/77777"}, {"h", "/desk/duties/none"}, {"h", "/desk/duties/2/records"}, {"h", "/desk/duties/28/records/none"}, {"h", "/desk/duties/12/records/none"}, {"h", "/desk/help/none"}} {
			if a := people[c[0]].get(c[1]); a.status != http.StatusNotFound {
				t.Errorf("%s answered %d, want 404", c[1], a.status)
			} else {
				sound(t, a)
			}
		}
	})
}
