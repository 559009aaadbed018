package publication

import (
	"embed"

	"mingjing/internal/access"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/batch"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

//go:embed page/*.tmpl
var files embed.FS

// Engine parses the pages.
func Engine() (*page.Engine, error) {
	return seat.Engine(files, "page", "list", "form", "publication", "prepare", "check", "correct", "batch")
}

// root is the list of what is due; every other page stands below it.
const root = "/desk/publications"

type room struct {
	*seat.Room
	batch *batch.Room
}

// Install adds the pages to the desk.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return err
	}
	r := room{s.Open(engine), batch.New(s.House.DB, s.House.Disclosure)}
	dueListing().Install(r.Room, "待公示与待撤下", page.Link{Text: "公示"})
	allListing().Install(r.Room, "全部公示信息", page.Link{Text: "公示", Href: root})
	see, write := "GET "+root+"/{id}", "POST "+root+"/{id}"
	r.Handle(see, access.PublicationList, kind, r.one)
	r.versionList().Install(r.Room)
	r.installBatch()
	r.Handle(see+"/prepare", access.PublicationPrepare, kind, r.prepare)
	r.Handle(write+"/prepare", access.PublicationPrepare, kind, r.prepared)
	r.Handle(see+"/check", access.PublicationCheck, kind, r.check)
	r.Handle(write+"/check", access.PublicationCheck, kind, r.checked)
	r.Handle(write+"/publish", access.PublicationPublish, kind, r.publish)
	r.Handle(see+"/correct", access.PublicationCorrect, kind, r.correct)
	r.Handle(write+"/correct", access.PublicationCorrect, kind, r.corrected)
	r.Handle(see+"/correction", access.PublicationCheck, kind, r.correction)
	r.Handle(write+"/correction", access.PublicationCheck, kind, r.confirm)
	for _, o := range outcomes() {
		r.Handle(see+"/"+o.step, o.action, kind, func(v *seat.Visitor) error { return r.outcome(v, o, nil) })
		r.Handle(write+"/"+o.step, o.action, kind, func(v *seat.Visitor) error { return r.settle(v, o) })
	}
	return nil
}

const kind = "publication"

// thing is a publication as the policies see it, with what the person is to it already.
func thing(v *seat.Visitor, p disclosure.Publication) access.Thing {
	t := access.Thing{Kind: kind, ID: p.ID, Agency: p.Agency, Unit: p.Unit, Class: p.Class}
	if p.Outside {
		t.Relations = append(t.Relations, access.RelOutside)
	}
	for _, id := range v.Identities() {
		if id == p.Maker {
			t.Relations = append(t.Relations, access.RelMaker)
		}
		if id == p.Checker {
			t.Relations = append(t.Relations, access.RelChecker)
		}
	}
	return t
}

// settlement is an outcome that needs a ground and a reason: withdrawal, withholding, and the way back.
type settlement struct {
	step   string
	action access.Action
	title  string
}

func outcomes() []settlement {
	return []settlement{
		{"withdraw", access.PublicationWithdraw, "撤下公示"},
		{"withdrawal", access.PublicationCheck, "复核撤下"},
		{"withhold", access.PublicationWithhold, "登记不予公示"},
		{"extend", access.PublicationExtend, "推迟公示"},
		{"restore", access.PublicationRestore, "恢复为待公示"},
	}
}
