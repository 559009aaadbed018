package desk

import (
	"embed"
	"fmt"
	"net/http"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/house"
	"mingjing/internal/web"
	"mingjing/internal/web/desk/attachment"
	"mingjing/internal/web/desk/board"
	"mingjing/internal/web/desk/casework"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/handover"
	"mingjing/internal/web/desk/intake"
	"mingjing/internal/web/desk/lawreview"
	"mingjing/internal/web/desk/manual"
	"mingjing/internal/web/desk/office"
	"mingjing/internal/web/desk/party"
	"mingjing/internal/web/desk/publication"
	"mingjing/internal/web/desk/record"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

//go:embed page/*.tmpl
var files embed.FS

// Engine parses the pages that the desk has beside those of its rooms.
func Engine() (*page.Engine, error) {
	return seat.Engine(files, "page", "problem", "login", "setup", "stepup", "account", "factor", "home", "search", "list", "form")
}

// Options are what a deployment says of its desk.
type Options struct {
	Site page.Site
	// TLS says that people reach the desk by https: the cookie is marked Secure.
	TLS bool
	// Guests are the accounts that the sign-in page of a demonstration offers; a real agency has none.
	Guests []Guest
	// Move moves the clock of a demonstration forward; nil for a real agency, which then has no page for it.
	Move func(time.Duration) error
}

// Guest is an account of the demonstration.
type Guest struct{ Login, Name, Roles, Password string }

// Desk answers the people of the agency.
type Desk struct {
	house   *house.House
	options Options
	seat    *seat.Seat
	room    *seat.Room
	face    *web.Face
}

// Install adds the desk to a server, at "/desk/".
func Install(s *web.Server, h *house.House, options Options) error {
	engine, err := Engine()
	if err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	d := &Desk{house: h, options: options}
	d.face = &web.Face{Prefix: "/desk/", Pages: engine, Frame: func(r *http.Request) page.Frame { return d.problemFrame(r) }}
	if err := s.Install(d.face); err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	d.seat = &seat.Seat{House: h, Face: d.face, Who: d.who, Frame: d.frame}
	d.room = d.seat.Open(engine)
	d.routes()
	for _, install := range rooms() {
		if err := install(d.seat); err != nil {
			return fmt.Errorf("desk: %w", err)
		}
	}
	return nil
}

// rooms are the rooms of the desk.
func rooms() []func(*seat.Seat) error {
	return []func(*seat.Seat) error{casework.Install, party.Install, dossier.Install, attachment.Install, lawreview.Install, publication.Install, intake.Install, office.Install, handover.Install, record.Install,
		board.Install, manual.Install}
}

// routes is the whole list of addresses of this package; the rooms add theirs.
func (d *Desk) routes() {
	f, r := d.face, d.room
	f.Handle("GET /desk/login", d.login)
	f.Handle("POST /desk/login", d.loggedIn)
	f.Handle("POST /desk/logout", d.logout)
	f.Handle("GET /desk/setup", d.setup)
	f.Handle("POST /desk/setup", d.redeem)
	r.Handle("GET /desk/step-up", "", "", d.stepUp)
	r.Handle("POST /desk/step-up", "", "", d.stepped)
	f.Handle("GET /desk/account/factor", d.factor)
	f.Handle("POST /desk/account/factor/begin", d.factorBegin)
	f.Handle("POST /desk/account/factor", d.factorConfirm)
	r.Handle("GET /desk/account", "", "", d.account)
	r.Handle("POST /desk/account/password", "", "", d.password)
	r.Handle("POST /desk/account/acting", "", "", d.actAs)
	r.Handle("POST /desk/account/acting/answer", "", "", d.answerActing)
	r.Handle("POST /desk/account/sessions/{id}/end", "", "", d.sessionEnd)
	r.Handle("POST /desk/account/sessions/end", "", "", d.sessionsEnd)
	r.Handle("GET /desk/{$}", "", "", d.home)
	r.Handle("GET /desk/inbox", "", "", d.inbox)
	d.waitingList().Install(r)
	r.Handle("GET /desk/search", "", "", d.search)
	r.Handle("POST /desk/check", "", "", d.check)
	if d.options.Move != nil {
		r.Handle("GET "+clockPage, "", "", d.clockAsk)
		r.Handle("POST "+clockPage, "", "", d.clockMove)
	}
	deadlines(d).Install(r, "期限")
}

// sessionCookie holds the token of a session; it opens nothing outside the desk.
const sessionCookie = "seat"

func (d *Desk) token(r *http.Request) string {
	c, err := r.Cookie(sessionCookie)
	if err != nil {
		return ""
	}
	return c.Value
}

// keep gives the browser a token; an empty one takes it away.
func (d *Desk) keep(w http.ResponseWriter, token string) {
	c := &http.Cookie{Name: sessionCookie, Value: token, Path: "/desk/", HttpOnly: true, Secure: d.options.TLS, SameSite: http.SameSiteLaxMode}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// actions that a page offers only where the policies would allow them.
func may(who access.Visit, action access.Action) bool {
	d := access.Can(who.Actor, action, access.Thing{Kind: "case", Agency: who.Agency, Unit: who.Unit, Relations: []string{access.RelHandler}})
	return d.Allowed || d.NeedStepUp
}
