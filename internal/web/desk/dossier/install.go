package dossier

import (
	"embed"
	"fmt"
	"net/http"
	"sync"
	"time"

	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/flow"
	"mingjing/internal/paper"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

//go:embed page/*.tmpl
var templates embed.FS

// Engine parses the pages.
func Engine() (*page.Engine, error) {
	return seat.Engine(templates, "page", "document", "bundle", "files", "event", "export")
}

// Root is the list of cases; the pages of this package stand below each of them.
const Root = "/desk/cases"

type room struct {
	*seat.Room
	fonts func() (*paper.FontSet, error)
}

// fileMost bounds one file, which may be a recording.
const fileMost = 512 << 20

// Install adds the pages to the desk.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return fmt.Errorf("dossier: %w", err)
	}
	// The fonts have some 30 MB and are read when the first PDF is asked for.
	r := room{Room: s.Open(engine), fonts: sync.OnceValues(func() (*paper.FontSet, error) { return paper.Fonts() })}
	one := Root + "/{id}"
	r.Handle("GET "+one+"/documents/{doc}", "", "", r.documentView)
	r.Handle("GET "+one+"/documents/{doc}/pdf", "", "", r.documentPDF)
	r.Handle("POST "+one+"/documents/{doc}/correct", "", "", r.correctBegin)
	r.papers().Install(r.Room)
	r.events().Install(r.Room)
	r.filesList().Install(r.Room)
	r.Handle("GET "+one+"/print", "", "", r.casePrint)
	r.Handle("GET "+one+"/export", "", "", r.caseExport)
	r.Handle("GET "+one+"/files", "", "", r.fileList)
	r.HandleBody("POST "+one+"/files", fileMost+(1<<20), "", "", r.fileAdd)
	r.Handle("GET "+one+"/files/{file}", "", "", r.fileGet)
	r.Handle("GET "+one+"/events/{seq}", "", "", r.eventView)
	return nil
}

// Address is the page of a case.
func Address(id string) string { return Root + "/" + id }

// Crumb leads back to a case.
func Crumb(f picture.File) []page.Link {
	title := []rune(f.Title)
	if len(title) > 24 {
		title = append(title[:24], '…')
	}
	return []page.Link{{Text: "案件", Href: Root}, {Text: string(title), Href: Address(f.ID)}}
}

// Machine is the procedure of a case.
func Machine(f picture.File) flow.Machine {
	if f.Procedure == book.Simple {
		return flow.OnTheSpot()
	}
	return flow.Ordinary()
}

// PartyNames are the names of the parties of a case by id.
func PartyNames(view casefile.View) map[string]string {
	names := map[string]string{}
	for _, p := range view.Parties {
		names[p.Party.ID] = p.Party.Name
	}
	return names
}

// Moment is an instant as a page prints it.
func Moment(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(workday.Shanghai()).Format("2006-01-02 15:04")
}

// Day is a day as a page prints it.
func Day(d workday.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// open reads the case of the address for the person.
func (r room) open(v *seat.Visitor) (casefile.View, error) {
	return r.House.Cases.Look(v.Context(), v.Actor, v.Path("id"))
}

// refusedStatus is the status of a page that shows a form again.
const refusedStatus = http.StatusUnprocessableEntity
