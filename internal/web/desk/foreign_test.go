package desk_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/roster"
	"mingjing/internal/testkit"
)

// abroad is the second agency of the store; its people sign in at the same desk.
const abroad = "heshan-mzj"

// foreigners are the people of a second agency: one of each role, and one who holds every role that one account may hold.
func (b *bureau) foreigners(t *testing.T) map[string]*browser {
	t.Helper()
	founder := access.Founding(abroad)
	var together []string
	for _, role := range access.Roles() {
		if role != access.RoleAdministrator {
			together = append(together, role)
		}
	}
	sets := map[string][]string{"all": together}
	for _, role := range access.Roles() {
		sets[role] = []string{role}
	}
	seats := map[string]*browser{}
	b.Must(b.D.Write(context.Background(), abroad, func(tx *db.Tx) error {
		_, err := roster.CreateAgency(tx, founder, roster.Agency{ID: abroad, Name: "鹤山市民政局", ShortName: "鹤山民政局", CreditCode: "11220300MJDEM0006E", NumberWord: "鹤民", Level: "市级"})
		if err != nil {
			return err
		}
		return roster.PutUnit(tx, founder, roster.Unit{Agency: abroad, Code: "mgj", Name: "社会组织科", Kind: "业务"})
	}))
	for name, roles := range sets {
		var a access.Account
		b.Must(b.D.Write(context.Background(), abroad, func(tx *db.Tx) (err error) {
			// The unit bears the code of the unit that handles the case: a policy that looks at the unit alone would let in.
			a, err = access.Create(tx, founder, access.NewAccount{Agency: abroad, Login: "hs-" + strings.ReplaceAll(name, "_", "-"), Name: "邻局" + name, Unit: "mgj", Roles: roles})
			return err
		}))
		seats[name] = b.seat(t, access.Actor{Account: a.ID, Agency: abroad})
	}
	return seats
}

// border is a scene seen from another agency: every address names a thing of the first one.
type border struct {
	scene
	further *strings.Replacer // what the scene calls "none"
	real    []string          // the names of things in addresses
	secrets []string          // what must not be read across the border
	number  string            // of a finished document
}

// border furnishes the scene with what the table of authority leaves out: people, imports, counsel.
func (b *bureau) border(t *testing.T) border {
	t.Helper()
	x := border{scene: b.scene(t)}
	publisher := b.seat(t, b.Publisher)
	file := publisher.upload("/desk/imports/new", "旧案.csv", oldCases(3)).ok().url
	columns := url.Values{"column.title": {"标题"}, "column.number": {"文号"}, "column.decided": {"决定日期"}, "column.body": {"全文"}, "column.party": {"当事人"}, "fixed.class": {"处罚"}, "do": {"try"}}
	publisher.post(file, columns).ok()
	b.drain()
	columns.Set("do", "import")
	publisher.post(file, columns).ok()
	b.drain()
	run := publisher.get(file).ok().url
	waiting := publisher.upload("/desk/imports/new", "另一批.csv", oldCases(5)).ok().url
	var officer, counsel string
	b.Must(b.Write(func(tx *db.Tx) error {
		c, err := roster.EngageCounsel(tx, access.Founding(b.Agency.Code), roster.Counsel{Agency: b.Agency.Code, Name: "律怀远", Kind: roster.CounselKinds()[0], Organisation: "衡平律师事务所", Licence: "12203201510000001", From: b.Today()})
		if err != nil {
			return err
		}
		counsel = c.ID
		list, err := roster.Officers(tx, b.Agency.Code, b.Today(), roster.Filter{}, "", 1)
		officer = list[0].ID
		return err
	}))
	var scans []string // of the records that the scene knows, not of those that are named below
	for _, record := range []string{"/desk/officers/{id}", "/desk/publications/{id}", "/desk/reviews/{id}", "/desk/seals/uses/{id}"} {
		file, files := x.words.Replace(record+"/files/{file}"), x.words.Replace(record+"/files")
		scans = append(scans, record+"/files/{file}", file, record+"/files", files)
		x.real = append(x.real, lastOf(file), lastOf(strings.TrimSuffix(files, "/files")))
	}
	x.further = strings.NewReplacer(append(scans, "/desk/imports/{id}", run, "/desk/import-files/{id}", waiting, "/desk/counsels/{id}/{deed}", "/desk/counsels/"+counsel+"/end", "/desk/counsels/{id}", "/desk/counsels/"+counsel,
		"/desk/accounts/{id}/{deed}", "/desk/accounts/"+b.Second.Account+"/disable", "/desk/accounts/{id}", "/desk/accounts/"+b.Second.Account,
		"/desk/officers/{id}/{deed}", "/desk/officers/"+officer+"/change", "/desk/officers/{id}", "/desk/officers/"+officer,
		"/desk/reviewers/{id}/{deed}", "/desk/reviewers/"+b.Reviewer.Account+"/end", "/desk/reviewers/{id}", "/desk/reviewers/"+b.Reviewer.Account,
		"/desk/publications/{id}", x.words.Replace("/desk/publications/{id}"))...)
	for _, route := range []string{"/desk/cases/{id}", "/desk/reviews/{id}", "/desk/submissions/{id}", "/desk/publications/{id}", "{doc}", "{file}", "{party}",
		"/desk/imports/{id}", "/desk/import-files/{id}", "/desk/counsels/{id}", "/desk/accounts/{id}", "/desk/officers/{id}", "/desk/reviewers/{id}"} {
		x.real = append(x.real, lastOf(x.address(route)))
	}
	x.secrets = append(slices.Clone(x.real), "晨光书画", "松涛茶艺", "云杉", "律怀远", "衡平", "照片.png", "扫描件.png", "旧案", "另一批")
	var people []access.Account
	b.Read(func(tx *db.Tx) (err error) {
		people, err = access.List(tx, b.Agency.Code, access.Filter{}, "", 100)
		return err
	})
	for _, a := range people {
		x.secrets = append(x.secrets, a.Name)
	}
	v, err := b.Cases.Open(context.Background(), b.Handler, lastOf(x.address("/desk/cases/{id}")))
	b.Must(err)
	for _, d := range v.Documents {
		if d.Number != "" {
			x.number = d.Number
			x.secrets = append(x.secrets, d.Number)
		}
	}
	if x.number == "" {
		t.Fatal("no document of the case is numbered")
	}
	return x
}

// lastOf is the last part of an address.
func lastOf(address string) string { return address[strings.LastIndex(address, "/")+1:] }

// address is where a route leads in the first agency.
func (x border) address(route string) string { return x.words.Replace(x.further.Replace(route)) }

// nowhere is an address in which nothing is called as it is there.
func (x border) nowhere(address string) string {
	for _, name := range x.real {
		address = strings.ReplaceAll(address, name, strings.Repeat("0", len(name)))
	}
	return address
}

// knock asks a route at an address, with a form that would be taken from somebody of the agency.
func (x border) knock(br *browser, route, address string) *answer {
	method, path, _ := strings.Cut(route, " ")
	switch {
	case path == "/desk/search":
		return br.get(address + "?q=" + url.QueryEscape("云山市")) // every party of the scene is of there
	case method != http.MethodPost:
		return br.get(address)
	case strings.HasSuffix(path, "/files"):
		return uploadTo(br, address, "外来.png", []byte("\x89PNG\r\n\x1a\nabc"))
	}
	switch path {
	case "/desk/cases/{id}/parties":
		return br.post(address, url.Values{"kind": {"自然人"}, "lines": {"林远"}})
	case "/desk/cases/{id}/parties/{party}/look":
		return br.post(address, url.Values{"purpose": {"好奇"}})
	case "/desk/cases/{id}/parties/{party}/correct":
		return br.post(address, url.Values{"name": {"外来协会"}, "reason": {"好奇"}})
	case "/desk/submissions/{id}/sign":
		return br.post(address, url.Values{"opinion": {"同意"}, "next": {"approver"}})
	case "/desk/seals/new/{deed}":
		return br.post(address, url.Values{"number": {x.number}, "seal": {"公章"}, "on": {x.Today().String()}, "copies": {"1"}, "approver": {x.Approver.Account}})
	}
	return br.post(address, x.sent(route))
}

// seen is what somebody could read in an answer: the page, or the table with what lies packed in it.
func seen(t *testing.T, a *answer) string {
	t.Helper()
	if !strings.HasPrefix(a.body, "PK") {
		return a.body
	}
	archive, err := zip.NewReader(bytes.NewReader([]byte(a.body)), int64(len(a.body)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range archive.File {
		r, err := f.Open()
		if err == nil {
			_, err = io.Copy(&all, r)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// The walls between two agencies of one store. What an address of the other agency answers is what an address answers at
// which there is nothing; no list, file or page tells of the other; and nothing that is sent changes anything there.
func TestNobodyOfAnotherAgencyReadsOrDoesAnything(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		x, rows := b.border(t), table(t)
		seats := b.foreigners(t)
		before := x.ledgerSize()
		reached := 0
		least := 500
		if !testkit.Full() {
			least = 150
		}
		for n, route := range slices.Sorted(maps.Keys(rows)) {
			_, path, _ := strings.Cut(route, " ")
			address := x.address(path)
			nowhere := x.nowhere(address)
			for i, name := range slices.Sorted(maps.Keys(seats)) {
				if !testkit.Full() && name != "all" && (n+i)%4 != 0 { // in the inner loop who holds all roles, and a quarter of the others
					continue
				}
				if nowhere == address && name != "all" && name != access.RoleAdministrator {
					continue // a list shows to who holds all roles whatever it shows to who holds one of them
				}
				br := seats[name]
				got := x.knock(br, route, address)
				for _, secret := range x.secrets {
					asked := strings.Contains(address, secret) || secret == x.number // what was typed is shown again
					if strings.Contains(seen(t, got), secret) && !asked {
						t.Errorf("%s tells %s of another agency %q", route, name, secret)
					}
				}
				if nowhere == address {
					continue
				}
				reached++
				none := x.knock(br, route, nowhere)
				if got.status != none.status || x.nowhere(squeeze(got.main())) != squeeze(none.main()) {
					t.Errorf("%s tells %s of another agency that there is something: %d %s\nwhere nothing is: %d %s", route, name, got.status, squeeze(got.main()), none.status, squeeze(none.main()))
				}
				if got.status != http.StatusNotFound && (got.status != http.StatusUnprocessableEntity || !slices.ContainsFunc(marks(), func(mark string) bool { return strings.Contains(alerts(got), mark) })) {
					t.Errorf("%s answered %s of another agency %d: %s", route, name, got.status, squeeze(got.main()))
				}
			}
		}
		if reached < least {
			t.Errorf("only %d addresses of the other agency were tried", reached)
		}
		if after := x.ledgerSize(); after != before {
			t.Errorf("the ledger of the first agency grew from %d to %d", before, after)
		}
	})
}

// ledgerSize is how many events the first agency has, and how many looks: whoever reads or does anything adds to one.
func (x border) ledgerSize() int {
	n := 0
	x.Read(func(tx *db.Tx) error {
		return tx.Row(`SELECT (SELECT count(*) FROM event WHERE agency = $1) + (SELECT count(*) FROM look WHERE agency = $1)`, x.Agency.Code).Scan(&n)
	})
	return n
}
