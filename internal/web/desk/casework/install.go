package casework

import (
	"embed"
	"fmt"
	"net/http"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/flow"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

//go:embed page/*.tmpl
var files embed.FS

// Engine parses the pages.
func Engine() (*page.Engine, error) {
	return seat.Engine(files, "page", "list", "form", "new act", "case", "paper act", "conflict", "check act", "submission")
}

// root is the list of cases; every other page stands below it.
const root = dossier.Root

const kind = "case"

type room struct{ *seat.Room }

// paperMost bounds what may be posted as a paper; those of a batch are long.
const paperMost = 8 << 20

// Install adds the pages to the desk.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return fmt.Errorf("casework: %w", err)
	}
	r := room{s.Open(engine)}
	r.cases().Install(r.Room, "案件")
	r.Handle("GET "+root+"/new", access.CaseLead, "", r.leadNew)
	r.Handle("GET "+root+"/new/spot", access.CaseLead, "", r.spotNew)
	r.HandleBody("POST "+root+"/new", paperMost, access.CaseLead, "", r.leadRecord)
	r.HandleBody("POST "+root+"/new/spot", paperMost, access.CaseLead, "", r.spotRecord)
	r.HandleBody("POST "+root+"/new/draft", paperMost, access.CaseLead, "", r.leadKeep)
	r.HandleBody("POST "+root+"/new/spot/draft", paperMost, access.CaseLead, "", r.spotKeep)
	r.Handle("POST "+root+"/new/drop", access.CaseLead, "", r.leadDrop)
	r.Handle("POST "+root+"/new/spot/drop", access.CaseLead, "", r.spotDrop)
	one := root + "/{id}"
	r.Handle("GET "+one, "", "", r.caseView)
	r.stepRoutes(one)
	r.Handle("GET /desk/submissions/{id}", "", "", r.submissionView)
	r.Handle("POST /desk/submissions/{id}/sign", "", "", r.submissionSign)
	r.Handle("POST /desk/submissions/{id}/recall", "", "", r.submissionRecall)
	return nil
}

func (r room) stepRoutes(one string) {
	step := one + "/steps/{step}"
	r.Handle("GET "+step, "", "", r.paperEdit)
	r.HandleBody("POST "+step+"/papers", paperMost, "", "", r.paperSave)
	r.HandleBody("POST "+step+"/draft", paperMost, "", "", r.paperAutosave)
	r.HandleBody("POST "+step+"/merge", paperMost, "", "", r.paperMerge)
	r.Handle("GET "+step+"/check", "", "", r.stepCheck)
	r.Handle("POST "+step, "", "", r.stepTake)
	r.Handle("POST "+step+"/send", "", "", r.submissionSend)
}

func address(id string) string { return dossier.Address(id) }

func crumb(f picture.File) []page.Link { return dossier.Crumb(f) }

func machine(f picture.File) flow.Machine { return dossier.Machine(f) }

// own is the account whose cases are the person's: that of the colleague acted for, or the own.
func own(v *seat.Visitor) string {
	ids := v.Identities()
	return ids[len(ids)-1]
}

// open reads the case of the address for the person.
func (r room) open(v *seat.Visitor) (casefile.View, error) {
	return r.House.Cases.Look(v.Context(), v.Actor, v.Path("id"))
}

// refusedStatus is the status of a page that shows a form again.
const refusedStatus = http.StatusUnprocessableEntity
