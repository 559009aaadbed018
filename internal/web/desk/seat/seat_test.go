package seat_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	markup "mingjing/internal/testkit/page"
	"mingjing/internal/web"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// desk serves one room to one person; it needs no house, because nothing here asks one.
func desk(t *testing.T, who access.Actor, install func(*seat.Room)) *httptest.Server {
	t.Helper()
	server, err := web.New(web.Options{Clock: time.Now, Log: slog.New(slog.DiscardHandler), Rate: web.Rate{PerSecond: -1}})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := page.New(fstest.MapFS{}, page.Table{"problem": {"layout_desk", "problem"}})
	if err != nil {
		t.Fatal(err)
	}
	frame := func(r *http.Request, title string) page.Frame {
		return page.Frame{Title: title, Site: page.Site{Name: "明镜", Agency: "示例市民政局"}, Path: r.URL.RequestURI()}
	}
	face := &web.Face{Prefix: "/desk/", Pages: pages, Frame: func(r *http.Request) page.Frame { return frame(r, "") }}
	if err := server.Install(face); err != nil {
		t.Fatal(err)
	}
	s := &seat.Seat{Face: face, Who: func(*http.Request) (access.Visit, error) { return access.Visit{Actor: who}, nil },
		Frame: func(r *http.Request, _ access.Visit, title string, crumbs ...page.Link) page.Frame {
			f := frame(r, title)
			f.Crumbs = crumbs
			return f
		}}
	own, err := seat.Engine(fstest.MapFS{"x": &fstest.MapFile{Mode: 0o755 | 1<<31}}, "x", "form", "deeds")
	if err != nil {
		t.Fatal(err)
	}
	install(s.Open(own))
	running := httptest.NewServer(server)
	t.Cleanup(running.Close)
	return running
}

func read(t *testing.T, r *http.Response, err error) (int, string, *http.Response) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(body), r
}

func TestAnActOfWeightAsksForPresenceAndKeepsWhatWasTyped(t *testing.T) {
	administrator := access.Actor{Account: "x1", Name: "管钥", Agency: "a1", Roles: []string{access.RoleAdministrator}}
	done := 0
	server := desk(t, administrator, func(r *seat.Room) {
		h := func(v *seat.Visitor) error { done++; return v.Done("/desk/", "已办理。") }
		r.Handle("GET /desk/x", access.AccountAdmin, "account", h)
		r.Handle("POST /desk/x", access.AccountAdmin, "account", h)
	})
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	got, err := client.Get(server.URL + "/desk/x?q=1")
	status, _, r := read(t, got, err)
	if status != http.StatusSeeOther || r.Header.Get("Location") != "/desk/step-up?back=%2Fdesk%2Fx%3Fq%3D1" {
		t.Errorf("whoever looks was answered %d and led to %q", status, r.Header.Get("Location"))
	}
	got, err = client.PostForm(server.URL+"/desk/x", url.Values{"reason": {"写了很久的理由"}, "roles": {"a", "b"}})
	status, body, _ := read(t, got, err)
	p := markup.Parse(t, body)
	if status != http.StatusUnprocessableEntity || p.Attr("input[name=reason]", "value") != "写了很久的理由" || p.Count("input[name=roles]") != 2 {
		t.Errorf("whoever posts was answered %d:\n%s", status, body)
	}
	for _, fault := range p.Faults() {
		t.Error(fault)
	}
	if done != 0 {
		t.Errorf("the act was done %d times without presence", done)
	}
}

func TestARefusalStandsBesideItsFieldAndNothingTypedIsLost(t *testing.T) {
	form := seat.Form{Action: "/desk/f", Fields: []seat.Field{{Name: "number", Label: "文号"}, {Name: "roles", Label: "角色", Control: seat.Boxes, Options: []seat.Option{{Value: "a", Text: "甲"}, {Value: "b", Text: "乙"}}},
		{Name: "secret", Label: "密码", Control: seat.Password}}}
	server := desk(t, access.Actor{Account: "x1", Agency: "a1"}, func(r *seat.Room) {
		r.Handle("POST /desk/f", "", "", func(v *seat.Visitor) error {
			return v.Submit(form, func(typed url.Values) error {
				if typed.Get("number") == "" {
					return refusal.Refused{Findings: []law.Finding{{Rule: "SX-13", Title: "应当按期公示", Message: "没有文号。", Severity: law.Block, Cite: law.Cite{Statute: "《行政处罚法》", Article: "第四十八条"}}}}
				}
				return refusal.Invalid{Message: "文号有误。", Fields: map[string]string{"number": "文号看不懂。", "elsewhere": "另一处也不对。"}}
			}, func(f seat.Form) error {
				return v.Show(http.StatusUnprocessableEntity, "form", seat.FormPage{Frame: v.Head("文号"), Form: f})
			})
		})
	})
	got, err := http.PostForm(server.URL+"/desk/f", url.Values{"number": {"坏文号"}, "roles": {"b"}, "secret": {"hunter2"}})
	status, body, _ := read(t, got, err)
	p := markup.Parse(t, body)
	if status != http.StatusUnprocessableEntity || p.Attr("#f-number", "value") != "坏文号" || !p.Has("input[value=b][checked]") {
		t.Errorf("answered %d, the number is %q", status, p.Attr("#f-number", "value"))
	}
	for _, want := range []string{"文号看不懂。", "另一处也不对。", `href="#f-number"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(body, "hunter2") {
		t.Error("the password is shown again")
	}
	got, err = http.PostForm(server.URL+"/desk/f", nil)
	if _, body, _ := read(t, got, err); !strings.Contains(body, "《行政处罚法》第四十八条") {
		t.Error("the refusal does not name its article")
	}
}

func TestAChoiceThatWasNotOfferedIsRefusedByItsFieldAndNothingIsDone(t *testing.T) {
	form := seat.Form{Action: "/desk/f", Fields: []seat.Field{{Name: "approver", Label: "批准人", Control: seat.Select, Options: []seat.Option{{Value: "u1", Text: "甲"}}},
		{Name: "ground", Label: "理由", Control: seat.Radio, Options: []seat.Option{{Value: "g1", Text: "一"}}},
		{Name: "roles", Label: "角色", Control: seat.Boxes, Options: []seat.Option{{Value: "r1", Text: "乙"}}}, {Name: "note", Label: "说明"}}}
	done := 0
	server := desk(t, access.Actor{Account: "x1", Agency: "a1"}, func(r *seat.Room) {
		r.Handle("POST /desk/f", "", "", func(v *seat.Visitor) error {
			return v.Submit(form, func(url.Values) error { done++; v.Bytes(http.StatusOK, "text/plain", nil); return nil }, func(f seat.Form) error {
				return v.Show(http.StatusUnprocessableEntity, "form", seat.FormPage{Frame: v.Head("批准"), Form: f})
			})
		})
		seat.Deeds{Path: "/desk/d/{id}", Make: func(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
			return seat.DeedPage{Frame: v.Head("一件")}, []seat.Deed{{Name: "do", Form: form, Do: func(url.Values) (string, string, error) { done++; return "", "/desk/", nil }}}, nil
		}}.Install(r)
	})
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, at := range []string{"/desk/f", "/desk/d/1/do"} {
		for label, typed := range map[string]url.Values{"批准人": {"approver": {"nobody"}}, "理由": {"ground": {""}}, "角色": {"roles": {"r1", "root"}}} {
			typed.Set("note", "写好的说明")
			got, err := stay.PostForm(server.URL+at, typed)
			status, body, _ := read(t, got, err)
			if status != http.StatusUnprocessableEntity || !strings.Contains(body, "“"+label+"”选的内容不在可选范围内") || !strings.Contains(body, "写好的说明") {
				t.Errorf("%s at %s was answered %d:\n%s", label, at, status, body)
			}
		}
		if done != 0 {
			t.Fatal("it was done")
		}
		got, err := stay.PostForm(server.URL+at, url.Values{"approver": {""}, "ground": {"g1"}, "roles": {"r1"}})
		if status, body, _ := read(t, got, err); done != 1 {
			t.Errorf("what is offered was answered %d at %s:\n%s", status, at, body)
		}
		done = 0
	}
}

func TestWhatWasDoneIsSaidOnceAfterTheRedirect(t *testing.T) {
	server := desk(t, access.Actor{Account: "x1", Agency: "a1"}, func(r *seat.Room) {
		r.Handle("POST /desk/f", "", "", func(v *seat.Visitor) error { return v.Done("/desk/f", "已公示：“甲”。") })
		r.Handle("GET /desk/f", "", "", func(v *seat.Visitor) error {
			return v.Show(http.StatusOK, "form", seat.FormPage{Frame: v.Head("文号"), Form: seat.Form{Action: "/desk/f"}})
		})
	})
	jar := &oneJar{}
	client := &http.Client{Jar: jar}
	got, err := client.PostForm(server.URL+"/desk/f", nil)
	if _, body, _ := read(t, got, err); !strings.Contains(body, "已公示：“甲”。") {
		t.Error("what was done is not said")
	}
	got, err = client.Get(server.URL + "/desk/f")
	if _, body, _ := read(t, got, err); strings.Contains(body, "已公示：“甲”。") {
		t.Error("it is said again")
	}
	server2 := desk(t, access.Actor{Account: "x1", Agency: "a1"}, func(r *seat.Room) {
		r.Handle("POST /desk/f", "", "", func(v *seat.Visitor) error { return v.Done("https://elsewhere.example/", "x") })
	})
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	got, err = stay.PostForm(server2.URL+"/desk/f", nil)
	if _, _, r := read(t, got, err); r.Header.Get("Location") != "/" {
		t.Errorf("a redirect left the site: %q", r.Header.Get("Location"))
	}
}

// oneJar keeps cookies of one host.
type oneJar struct{ kept map[string]*http.Cookie }

func (j *oneJar) SetCookies(_ *url.URL, cookies []*http.Cookie) {
	if j.kept == nil {
		j.kept = map[string]*http.Cookie{}
	}
	for _, c := range cookies {
		if c.MaxAge < 0 {
			delete(j.kept, c.Name)
		} else {
			j.kept[c.Name] = c
		}
	}
}

func (j *oneJar) Cookies(*url.URL) []*http.Cookie {
	var list []*http.Cookie
	for _, c := range j.kept {
		list = append(list, c)
	}
	return list
}

func TestADownloadTellsThePageThatAskedWhenItBegins(t *testing.T) {
	server := desk(t, access.Actor{Account: "x1", Agency: "a1"}, func(r *seat.Room) {
		r.Handle("GET /desk/file", "", "", func(v *seat.Visitor) error {
			return v.Download("案卷.zip", "application/zip", func(w io.Writer) error {
				_, err := io.WriteString(w, "x")
				return err
			})
		})
	})
	for mark, want := range map[string]string{"abcdef1234": "begun=abcdef1234", "": "", "short": "", "a;b\nSet-Cookie:x": ""} {
		got, err := http.Get(server.URL + "/desk/file?mark=" + url.QueryEscape(mark))
		_, _, r := read(t, got, err)
		if cookie, _, _ := strings.Cut(r.Header.Get("Set-Cookie"), ";"); cookie != want {
			t.Errorf("the mark %q came back as %q", mark, cookie)
		}
	}
}
