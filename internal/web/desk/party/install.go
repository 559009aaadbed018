package party

import (
	"embed"
	"fmt"

	"mingjing/internal/casefile"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

//go:embed page/*.tmpl
var files embed.FS

// Engine parses the pages.
func Engine() (*page.Engine, error) {
	return seat.Engine(files, "page", "parties", "party")
}

type room struct{ *seat.Room }

// mostPosted bounds what may be posted as a list of parties; that of a batch is long.
const mostPosted = 8 << 20

// Install adds the pages to the desk.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return fmt.Errorf("party: %w", err)
	}
	r := room{s.Open(engine)}
	all := dossier.Root + "/{id}/parties"
	r.Handle("GET "+all, "", "", r.list)
	r.HandleBody("POST "+all, mostPosted, "", "", r.add)
	r.beside().Install(r.Room)
	r.Handle("GET "+all+"/{party}", "", "", r.view)
	r.earlier().Install(r.Room)
	r.Handle("POST "+all+"/{party}/look", "", "", r.look)
	r.Handle("POST "+all+"/{party}/correct", "", "", r.correct)
	return nil
}

// open reads the case of the address for the person.
func (r room) open(v *seat.Visitor) (casefile.View, error) {
	return r.House.Cases.Look(v.Context(), v.Actor, v.Path("id"))
}
