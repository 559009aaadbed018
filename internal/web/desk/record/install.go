package record

import (
	"embed"

	"mingjing/internal/access"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

//go:embed page/*.tmpl
var files embed.FS

// Engine parses the pages.
func Engine() (*page.Engine, error) {
	return seat.Engine(files, "page", "list", "deeds", "event", "verify")
}

const root = "/desk/ledger"

type room struct {
	*seat.Room
	checks *checks
}

// Install adds the pages to the desk and the verification to the queue.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return err
	}
	r := room{s.Open(engine), &checks{last: map[string]check{}}}
	s.House.Jobs.Handle(workVerify, r.workVerify)
	home := page.Link{Text: "台账"}
	r.eventListing().Install(r.Room, "全过程记录", home)
	r.checkpointListing().Install(r.Room, "检查点", home, page.Link{Text: "全过程记录", Href: root})
	r.sealListing().Install(r.Room, "用印登记", home)
	r.lookListing().Install(r.Room, "个人信息查阅记录", home)
	r.Handle("GET "+uses+"/{id}", access.CaseList, "case", r.usePage)
	seat.Deeds{Path: "/desk/seals/new", Action: access.SealUse, Kind: "seal", Make: r.sealPage}.Install(r.Room)
	r.Handle("GET "+root+"/verify", access.LedgerView, "ledger", r.verify)
	r.Handle("POST "+root+"/verify", access.LedgerView, "ledger", r.begin)
	r.Handle("POST "+root+"/recheck", access.LedgerView, "ledger", r.recheckNow)
	r.Handle("GET "+root+"/verify/progress", access.LedgerView, "ledger", r.progress)
	r.Handle("GET "+root+"/{seq}", access.LedgerView, "ledger", r.event)
	r.Handle("GET "+root+"/{seq}/proof", access.LedgerView, "ledger", r.proof)
	r.Handle("GET "+root+"/{seq}/leaf", access.LedgerView, "ledger", r.leaf)
	return nil
}

func tabs(here string) []page.Link {
	list := []page.Link{{Text: "全过程记录", Href: root}, {Text: "检查点", Href: root + "/checkpoints"}, {Text: "核验", Href: root + "/verify"}}
	for i := range list {
		list[i].Here = list[i].Href == here
	}
	return list
}
