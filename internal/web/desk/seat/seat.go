package seat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/house"
	"mingjing/internal/refusal"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

// Seat is a place at the desk: the house, the face that its pages are added to, and how a request is known and framed.
type Seat struct {
	House *house.House
	Face  *web.Face
	// Who finds the person of a request; it fails with web.SignIn where nobody has signed in.
	Who func(*http.Request) (access.Visit, error)
	// Frame surrounds a page for the person: the rail of rooms, the name, the view, the crumbs.
	Frame func(r *http.Request, who access.Visit, title string, crumbs ...page.Link) page.Frame
}

// Visitor is one request with the person behind it.
type Visitor struct {
	access.Visit
	Seat    *Seat
	Request *http.Request
	writer  http.ResponseWriter
	pages   *page.Engine
}

// Handler answers a request of a person who has signed in.
type Handler func(v *Visitor) error

// Room is one group of pages with their templates; it adds its pages to the desk.
type Room struct {
	*Seat
	// Of is the agency whose things all pages of the room show; where it is empty, each person is shown the own agency's.
	Of    string
	pages *page.Engine
}

// Open makes a room of the desk with its own pages.
func (s *Seat) Open(pages *page.Engine) *Room { return &Room{Seat: s, pages: pages} }

// Handle adds a page. The action is what a person must be allowed to do to the things of a kind before the handler is
// asked; a handler asks again with the thing itself where that matters. An empty action lets everybody in who has signed in.
func (r *Room) Handle(pattern string, action access.Action, kind string, h Handler) {
	r.Face.Handle(pattern, r.guard(action, kind, h))
}

// HandleBody is Handle for a page that takes bodies of up to so many bytes.
func (r *Room) HandleBody(pattern string, most int64, action access.Action, kind string, h Handler) {
	r.Face.HandleBody(pattern, most, r.guard(action, kind, h))
}

func (r *Room) guard(action access.Action, kind string, h Handler) web.Handler {
	return func(w http.ResponseWriter, req *http.Request) error {
		who, err := r.Who(req)
		if err != nil {
			return r.away(w, req, err)
		}
		v := &Visitor{Visit: who, Seat: r.Seat, Request: req, writer: w, pages: r.pages}
		if action != "" {
			thing := access.Thing{Kind: kind, Agency: r.Of}
			if d := access.Can(who.Actor, action, v.thing(thing)); d.NeedStepUp {
				return v.prove()
			}
			if err := v.Require(action, thing); err != nil {
				return err
			}
		}
		return r.halted(w, req, v, h(v))
	}
}

// Context is the request's.
func (v *Visitor) Context() context.Context { return v.Request.Context() }

// Require is access.Require with the agency of the house where the thing names none.
func (v *Visitor) Require(action access.Action, thing access.Thing) error {
	return access.Require(v.Actor, action, v.thing(thing))
}

// May tells whether the person may do it, for what a page offers.
func (v *Visitor) May(action access.Action, thing access.Thing) bool {
	d := access.Can(v.Actor, action, v.thing(thing))
	return d.Allowed || d.NeedStepUp
}

func (v *Visitor) thing(t access.Thing) access.Thing {
	if t.Agency == "" {
		t.Agency = v.Agency
	}
	return t
}

// Today is the Asia/Shanghai day of the store's clock.
func (v *Visitor) Today() workday.Day { return workday.DayOf(v.Now()) }

// Now is the instant of the store's clock.
func (v *Visitor) Now() time.Time { return v.Seat.House.DB.Now() }

// Read reads from the store.
func (v *Visitor) Read(f func(tx *db.Tx) error) error { return v.Seat.House.DB.Read(v.Context(), f) }

// Write is one command of the agency.
func (v *Visitor) Write(f func(tx *db.Tx) error) error {
	return v.Seat.House.DB.Write(v.Context(), v.Agency, f)
}

// Value is one value of the address.
func (v *Visitor) Value(name string) string { return v.Request.URL.Query().Get(name) }

// Path is a part of the path of the address.
func (v *Visitor) Path(name string) string { return v.Request.PathValue(name) }

// Form is what was posted.
func (v *Visitor) Form() (url.Values, error) {
	err := v.Request.ParseForm()
	if err == nil {
		return v.Request.PostForm, nil
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, err
	}
	return nil, refusal.Invalid{Message: "提交的内容读不出来，请返回重新提交。"}
}

// Head is the frame of a page, with the sentence of what has just been done.
func (v *Visitor) Head(title string, crumbs ...page.Link) page.Frame {
	if len(crumbs) > 0 && crumbs[len(crumbs)-1].Href != "" {
		crumbs = append(crumbs, page.Link{Text: title})
	}
	f := v.Seat.Frame(v.Request, v.Visit, title, crumbs...)
	f.NoIndex = true
	if f.Notice == "" {
		f.Notice = v.said()
	}
	return f
}

// Show writes a page of the room.
func (v *Visitor) Show(status int, name string, data any) error {
	body, err := v.pages.Execute(name, data)
	if err != nil {
		return err
	}
	v.Bytes(status, "text/html; charset=utf-8", body)
	return nil
}

// Bytes writes an answer that is no page.
func (v *Visitor) Bytes(status int, kind string, body []byte) {
	v.writer.Header().Set("Content-Type", kind)
	v.writer.WriteHeader(status)
	_, _ = v.writer.Write(body) // the reader may have gone away; there is nobody left to tell
}

// Writer is where an answer goes that is written bit by bit.
func (v *Visitor) Writer() http.ResponseWriter { return v.writer }

// saidCookie carries one sentence over a redirect.
const saidCookie = "said"

// Done ends a post: one sentence of what was done is shown on the page that follows.
func (v *Visitor) Done(href, said string) error {
	http.SetCookie(v.writer, &http.Cookie{Name: saidCookie, Value: url.QueryEscape(said), Path: "/desk/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(v.writer, v.Request, web.SafeBack(href), http.StatusSeeOther)
	return nil
}

func (v *Visitor) said() string {
	c, err := v.Request.Cookie(saidCookie)
	if err != nil {
		return ""
	}
	http.SetCookie(v.writer, &http.Cookie{Name: saidCookie, Path: "/desk/", MaxAge: -1, HttpOnly: true})
	text, err := url.QueryUnescape(c.Value)
	if err != nil || len(text) > 600 {
		return ""
	}
	return text
}

// Names gives the names of accounts, for pages that show who acted. What is unknown keeps its id out of sight.
func (v *Visitor) Names(ids ...string) (map[string]string, error) {
	var names map[string]string
	err := v.Read(func(tx *db.Tx) (err error) {
		names, err = access.Names(tx, ids)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("seat: %w", err)
	}
	for _, id := range ids {
		if names[id] == "" && id != "" {
			names[id] = "系统"
		}
	}
	return names, nil
}

// Moment prints 2026-03-02 09:30 in Asia/Shanghai of an instant or of its stored form.
func Moment(at any) string {
	switch t := at.(type) {
	case time.Time:
		if !t.IsZero() {
			return t.In(workday.Shanghai()).Format("2006-01-02 15:04")
		}
	case string:
		if parsed, err := db.Time(t); err == nil {
			return Moment(parsed)
		}
	}
	return ""
}

// Attach answers with a file.
func (v *Visitor) Attach(name, kind string, body []byte) {
	v.writer.Header().Set("Content-Disposition", web.Attachment(name))
	v.Bytes(http.StatusOK, kind, body)
}
