package board

import (
	"embed"

	"mingjing/internal/access"
	"mingjing/internal/message"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

//go:embed page/*.tmpl
var files embed.FS

// Engine parses the pages.
func Engine() (*page.Engine, error) {
	return seat.Engine(files, "page", "list", "deeds", "duties", "duty", "messages")
}

const (
	duties   = "/desk/duties"
	messages = "/desk/messages"
)

type room struct {
	*seat.Room
	messages message.Room
}

// Install adds the pages to the desk.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return err
	}
	pages := s.Open(engine)
	pages.Of = s.House.Agency.Code // the board is measured for the house, and names records where a duty is missed
	r := room{pages, message.Room{DB: s.House.DB, Disclosure: s.House.Disclosure}}
	r.Handle("GET "+duties, access.BoardView, "board", r.duties)
	r.dutyListing().Install(r.Room, "任务分工清单", page.Link{Text: "任务分工", Href: duties})
	r.Handle("POST "+duties+"/publish", access.PublicationPublish, "board", r.publish)
	r.Handle("GET "+duties+"/{number}", access.BoardView, "board", r.duty)
	r.partList().Install(r.Room)
	r.recordList().Install(r.Room)
	seat.Deeds{Path: duties + "/{number}/records", Action: access.BoardView, Kind: "board", Make: r.records}.Install(pages)
	seat.Deeds{Path: duties + "/{number}/records/{id}", Action: access.BoardView, Kind: "board", Make: r.record}.Install(pages)
	r.Handle("GET "+messages, "", "", r.inbox)
	r.waitingList().Install(r.Room)
	r.Handle("POST "+messages, "", "", r.read)
	return nil
}
