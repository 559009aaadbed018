package lawreview

import (
	"embed"

	"mingjing/internal/access"
	"mingjing/internal/review"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

//go:embed page/*.tmpl
var files embed.FS

// Engine parses the pages.
func Engine() (*page.Engine, error) {
	return seat.Engine(files, "page", "list", "review", "step")
}

const (
	root = "/desk/reviews"
	kind = "review"
)

type room struct {
	*seat.Room
	reviews *review.Room
}

// Install adds the pages to the desk.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return err
	}
	r := room{s.Open(engine), s.House.Review}
	r.listing(root, "open").Install(r.Room, "待办的法制审核", page.Link{Text: "法制审核"})
	r.listing(root+"/all", "").Install(r.Room, "全部法制审核", page.Link{Text: "法制审核", Href: root})
	r.Handle("GET "+root+"/{id}", access.CaseList, kind, r.one)
	r.pointList().Install(r.Room)
	r.roundList().Install(r.Room)
	r.Handle("GET "+root+"/{id}/{step}", access.CaseList, kind, r.step)
	r.Handle("POST "+root+"/{id}/{step}", access.CaseList, kind, r.taken)
	r.Handle("POST "+root+"/{id}/{step}/draft", access.CaseList, kind, r.autosave)
	return nil
}
