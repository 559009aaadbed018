package desk_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

// The party of the case whose personal data nobody may see but for a duty.
const (
	citizenID    = "220302198805060024"
	citizenPhone = "13900000017"
	citizenHome  = "清河路12号"
)

// citizen is a case against a natural person, decided, with a scanned file.
func (b *bureau) citizen(t *testing.T) (*world.Case, string) {
	t.Helper()
	m := world.Minor()
	m.Parties = []map[string]any{world.Person("柳三木")}
	m.Parties[0]["id"], m.Parties[0]["phone"] = citizenID, citizenPhone
	c := b.Lead(m).Open().Investigate().Report().Notice().PastWindows()
	c.Draft(form.Values{"facts": "当事人柳三木（身份证号" + citizenID + "，电话" + citizenPhone + "）住云山市" + citizenHome + "，违反国家有关规定收取费用。"}, "")
	c.Approve()
	handler := b.seat(t, b.Handler)
	uploadTo(handler, "/desk/cases/"+c.ID+"/files", "身份证扫描件.png", []byte("\x89PNG\r\n\x1a\nabc")).ok()
	return c, "/desk/cases/" + c.ID
}

// auditor hires an auditor, whom the bureau does not have.
func (b *bureau) auditor() access.Actor {
	return b.hire("shenji", "丁巡之", "bgs", access.RoleAuditor)
}

func (b *bureau) hire(login, name, unit string, roles ...string) access.Actor {
	var a access.Account
	b.Must(b.Write(func(tx *db.Tx) (err error) {
		a, err = access.Create(tx, access.Founding(b.Agency.Code), access.NewAccount{Agency: b.Agency.Code, Login: login, Name: name, Unit: unit, Roles: roles})
		return err
	}))
	return access.Actor{Account: a.ID, Name: name, Agency: b.Agency.Code, Unit: unit, Roles: roles, StepUp: true}
}

func (b *bureau) looks(who access.Actor) []access.Look {
	var list []access.Look
	b.Read(func(tx *db.Tx) (err error) {
		list, err = access.Looks(tx, b.Agency.Code, access.LookFilter{Account: who.Account}, "", 200)
		return err
	})
	return list
}

// papers are the pages of a case on which its documents and drafts stand.
func (b *bureau) papers(c *world.Case, at string) []string {
	pages := []string{at + "/print", at + "/steps/decide/check"}
	for _, d := range c.View(b.Handler).Documents {
		pages = append(pages, at+"/documents/"+d.ID)
	}
	return pages
}

func TestPersonalDataIsMaskedInThePapersForWhoMaySeeTheCaseOnly(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c, at := b.citizen(t)
		for name, who := range map[string]access.Actor{"the publisher": b.Publisher, "the checker": b.Checker, "an auditor": b.auditor(), "a colleague of the unit": b.Third} {
			br := b.seat(t, who)
			for _, p := range b.papers(c, at) {
				page := br.get(p).ok()
				for _, secret := range []string{citizenID, citizenPhone, citizenHome, "1988年5月6日", "1988-05-06"} {
					if strings.Contains(page.body, secret) {
						t.Errorf("%s reads %s on %s", name, secret, p)
					}
				}
			}
			br.get(at+"/print").says("柳三木", "×××")
			file := c.View(b.Handler).Attachments[0]
			br.get(at + "/files/" + file.ID).refused().says("查看个人信息明文")
			br.get(at + "/export?part=all&as=zip").refused()
			if page := br.get(at + "/steps/decide?kind=" + url.QueryEscape("行政处罚决定书")).ok(); !strings.HasSuffix(page.url, "/steps/decide/check") || strings.Contains(page.body, citizenID) {
				t.Errorf("%s is let write at %s", name, page.url)
			}
			if list := b.looks(who); len(list) != 0 {
				t.Errorf("%s saw nothing and %d looks are recorded: %+v", name, len(list), list)
			}
		}
	})
}

func TestALookAtPersonalDataInThePapersIsRecorded(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c, at := b.citizen(t)
		approver := b.seat(t, b.Approver)
		want := 0
		look := func(path, secret string) *answer {
			t.Helper()
			page := approver.get(path)
			if page.status != http.StatusOK && page.status != http.StatusPartialContent || secret != "" && !strings.Contains(page.body, secret) {
				t.Fatalf("%s answered %d, and the head does not read %q there", path, page.status, secret)
			}
			want++
			if list := b.looks(b.Approver); len(list) != want || list[0].Purpose == "" {
				t.Fatalf("after %s %d looks are recorded, want %d", path, len(list), want)
			}
			return page
		}
		look(at+"/print", citizenID)
		look(at+"/steps/decide/check", citizenID)
		for _, d := range c.View(b.Handler).Documents {
			if k, ok := b.house.Cases.Books().Forms.KindAt(d.Kind, d.Version); ok && form.Guarded(k, d.Values) {
				look(at+"/documents/"+d.ID, "柳三木")
			}
		}
		file := at + "/files/" + c.View(b.Handler).Attachments[0].ID
		look(file, "PNG")
		if got := approver.piece(file, "bytes=4-7"); got != http.StatusPartialContent {
			t.Fatalf("a piece of the file answered %d", got)
		}
		if n := len(b.looks(b.Approver)); n != want {
			t.Errorf("a further piece of the same file is recorded as another look: %d, want %d", n, want)
		}
		supervisor := b.seat(t, b.Supervisor)
		if got := supervisor.piece(file, "bytes=4-7"); got != http.StatusPartialContent || len(b.looks(b.Supervisor)) != 1 {
			t.Errorf("a piece without a look before it answered %d and left %d looks", got, len(b.looks(b.Supervisor)))
		}
		b.seat(t, b.auditor()).get("/desk/looks").ok().says("打印全部文书", b.Approver.Name)
	})
}

// piece asks for a part of a file and tells the status.
func (b *browser) piece(path, part string) int {
	b.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, b.base+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Range", part)
	got, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer got.Body.Close()
	return got.StatusCode
}

func TestTheReviewedTextIsMaskedForWhoMaySeeTheCaseOnly(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		m := world.Major()
		m.Parties = []map[string]any{world.Person("柳三木")}
		m.Parties[0]["id"], m.Parties[0]["phone"] = citizenID, citizenPhone
		_, id := b.reviewOf(m)
		at := "/desk/reviews/" + id
		if page := b.seat(t, b.Publisher).get(at).ok(); strings.Contains(page.body, citizenID) || !strings.Contains(page.text, "柳三木") {
			t.Errorf("the publisher reads the reviewed text in clear:\n%s", squeeze(page.main()))
		}
		if page := b.seat(t, b.Reviewer).get(at).ok(); !strings.Contains(page.body, citizenID) {
			t.Errorf("the reviewer does not read what is to be reviewed:\n%s", squeeze(page.main()))
		}
		if n := len(b.looks(b.Reviewer)); n != 1 {
			t.Errorf("%d looks of the reviewer are recorded", n)
		}
	})
}

func TestReadingADraftThatNamesARepresentativeIsALook(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c := b.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(form.Values{"party": map[string]any{"kind": form.PartyOrganisation, "name": c.Party().Name, "address": "云山市文化路1号", "legal_rep": "闻人月", "phone": "13900000000"}}, "")
		approver := b.seat(t, b.Approver)
		before := len(b.looks(b.Approver))
		approver.get("/desk/cases/" + c.ID + "/steps/decide/check").ok().says("闻人月")
		if got := len(b.looks(b.Approver)); got != before+1 {
			t.Errorf("%d looks are recorded, want %d", got, before+1)
		}
	})
}

// The handler writes the papers, and reads there who the party is: a look like that of anybody else. It is recorded once a day
// for each paper, however often the page is opened while it is written.
func TestTheHandlersLookAtADraftIsRecordedOnceADay(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		_, at := b.citizen(t)
		handler := b.seat(t, b.Handler)
		before := len(b.looks(b.Handler))
		draft := at + "/steps/decide?kind=" + url.QueryEscape("行政处罚决定书")
		for range 3 {
			if page := handler.get(draft).ok(); !strings.Contains(page.body, citizenID) {
				t.Fatalf("the handler does not read the draft:\n%s", squeeze(page.main()))
			}
		}
		list := b.looks(b.Handler)
		if len(list) != before+1 || list[0].Purpose != "查看《行政处罚决定书》草稿" {
			t.Fatalf("three looks of one day at one draft are recorded as %+v", list)
		}
		handler.get(at + "/steps/decide/check").ok()
		if n := len(b.looks(b.Handler)); n != before+2 {
			t.Errorf("the look at the same paper before the act left %d looks, want %d", n, before+2)
		}
		b.Clock.Set(b.Clock.Now().AddDate(0, 0, 1))
		handler.signIn()
		handler.get(draft).ok()
		if n := len(b.looks(b.Handler)); n != before+3 {
			t.Errorf("the look of the next day left %d looks, want %d", n, before+3)
		}
	})
}
