package desk_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/access"
)

// door is an address with the roles that it opens to; it stays shut to every other.
type door struct {
	method, path string
	roles        string
}

// doors are the addresses of review, disclosure, import, management and record with who may come in. It is written down
// here beside the policies, so that a door that opens by mistake is found.
func doors() []door {
	const staff = "handler unit_head reviewer approver publisher checker archivist supervisor auditor"
	const all = staff + " administrator"
	return []door{
		{"GET", "/desk/clock", all}, {"GET", "/desk/reviews", staff}, {"GET", "/desk/reviews/all", staff}, {"GET", "/desk/reviews.csv", staff},
		{"GET", "/desk/publications", staff}, {"GET", "/desk/publications/all", staff}, {"GET", "/desk/publications/all.csv", staff},
		{"GET", "/desk/publications/none/check", "checker"}, {"POST", "/desk/publications/none/check", "checker"},
		{"POST", "/desk/publications/none/publish", "publisher"}, {"GET", "/desk/publications/none/correct", "publisher"}, {"POST", "/desk/publications/none/correct", "publisher"},
		{"GET", "/desk/publications/none/correction", "checker"}, {"POST", "/desk/publications/none/correction", "checker"},
		{"GET", "/desk/publications/none/withdraw", "publisher"}, {"POST", "/desk/publications/none/withdraw", "publisher"},
		{"GET", "/desk/publications/none/withhold", "publisher"}, {"POST", "/desk/publications/none/withhold", "publisher"},
		{"GET", "/desk/imports", staff}, {"GET", "/desk/imports/new", "publisher"}, {"POST", "/desk/imports/new", "publisher"}, {"POST", "/desk/import-files/none", "publisher"}, {"POST", "/desk/imports/none/check", "checker"},
		{"GET", "/desk/accounts", "administrator"}, {"GET", "/desk/accounts.csv", "administrator"}, {"POST", "/desk/accounts/new", "administrator"}, {"POST", "/desk/accounts/none/disable", "administrator"},
		{"GET", "/desk/acting", all}, {"GET", "/desk/resets", "administrator auditor"}, {"POST", "/desk/resets/none/confirm", "administrator auditor"},
		{"GET", "/desk/officers", all}, {"GET", "/desk/units", all}, {"GET", "/desk/reviewers", all}, {"GET", "/desk/counsels", all}, {"GET", "/desk/agency", all},
		{"GET", "/desk/pack", all}, {"GET", "/desk/parameters", all}, {"GET", "/desk/rules", all}, {"GET", "/desk/items", all}, {"GET", "/desk/triggers", all},
		{"GET", "/desk/numbers", all}, {"GET", "/desk/numbers/new", "administrator"}, {"POST", "/desk/numbers/new/void", "administrator"},
		{"GET", "/desk/ledger", "approver supervisor auditor"}, {"GET", "/desk/ledger.csv", "approver supervisor auditor"}, {"GET", "/desk/ledger/0", "approver supervisor auditor"},
		{"GET", "/desk/ledger/verify", "approver supervisor auditor"}, {"POST", "/desk/ledger/verify", "approver supervisor auditor"}, {"GET", "/desk/ledger/checkpoints", "approver supervisor auditor"},
		{"GET", "/desk/looks", "supervisor auditor"}, {"GET", "/desk/looks.csv", "supervisor auditor"}, {"GET", "/desk/seals", staff}, {"GET", "/desk/seals/new", "publisher archivist"},
		{"GET", "/desk/duties", all}, {"GET", "/desk/duties/list", all}, {"GET", "/desk/duties/list.csv", staff}, {"POST", "/desk/duties/publish", "publisher"}, {"GET", "/desk/messages", all}, {"GET", "/desk/help", all},
	}
}

func TestEveryDoorOpensToItsRolesOnly(t *testing.T) {
	b := open(t)
	people := map[string]access.Actor{"handler": b.Handler, "unit_head": b.UnitHead, "reviewer": b.Reviewer, "approver": b.Approver, "publisher": b.Publisher, "checker": b.Checker,
		"archivist": b.Archivist, "supervisor": b.Supervisor, "administrator": b.Administrator}
	for role, who := range people {
		if !slices.Equal(who.Roles, []string{role}) {
			t.Fatalf("the %s of the bureau holds %v", role, who.Roles)
		}
		br := b.seat(t, who)
		for _, d := range doors() {
			var a *answer
			if d.method == "GET" {
				a = br.get(d.path)
			} else {
				a = br.post(d.path, nil)
			}
			shut := a.status == http.StatusUnprocessableEntity && strings.Contains(a.text, "没有授权") || a.status == http.StatusUnprocessableEntity && strings.Contains(a.text, "系统管理员不承担")
			if want := !slices.Contains(strings.Fields(d.roles), role); shut != want {
				t.Errorf("%s %s for %s: shut %v, want %v (%d)\n%.200s", d.method, d.path, role, shut, want, a.status, squeeze(a.main()))
			}
		}
	}
}

func TestNobodyComesInWithoutSigningIn(t *testing.T) {
	b := open(t)
	stranger := b.stranger(t)
	for _, d := range doors() {
		var a *answer
		if d.method == "GET" {
			a = stranger.get(d.path)
		} else {
			a = stranger.post(d.path, nil)
		}
		if !strings.HasPrefix(a.url, "/desk/login") {
			t.Errorf("%s %s let a stranger to %s (%d)", d.method, d.path, a.url, a.status)
		}
	}
}
