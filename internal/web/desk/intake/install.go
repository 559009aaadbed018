package intake

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"path/filepath"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/exchange"
	"mingjing/internal/job"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

//go:embed page/*.tmpl
var files embed.FS

// Engine parses the pages.
func Engine() (*page.Engine, error) {
	return seat.Engine(files, "page", "list", "form", "columns", "run")
}

const (
	root    = "/desk/imports"
	shelved = "/desk/import-files" // beside the imports, because a file is none yet
	kind    = "import"
	// mostBytes is how large a file may be that comes through a browser.
	mostBytes = 256 << 20
)

// The kinds of queued work.
const (
	workFile  = "import.file"
	workCheck = "import.check"
)

type room struct {
	*seat.Room
	exchange *exchange.Room
	shelf    *exchange.Shelf
}

// Install adds the pages to the desk and the work to the queue.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return err
	}
	ex, err := exchange.New(s.House.DB)
	if err != nil {
		return err
	}
	shelf, err := exchange.NewShelf(filepath.Join(s.House.Folder, "import"), ex)
	if err != nil {
		return err
	}
	r := room{s.Open(engine), ex, shelf}
	s.House.Jobs.Handle(workFile, r.workFile)
	s.House.Jobs.Handle(workCheck, r.workCheck)
	r.listing().Install(r.Room, "导入历史决定", page.Link{Text: "导入"})
	r.Handle("GET "+root+"/new", access.ImportRun, kind, r.fresh)
	r.HandleBody("POST "+root+"/new", mostBytes, access.ImportRun, kind, r.brought)
	r.Handle("GET "+shelved+"/{id}", access.ImportRun, kind, r.columns)
	r.Handle("POST "+shelved+"/{id}", access.ImportRun, kind, r.begin)
	r.Handle("POST "+shelved+"/{id}/remove", access.ImportRun, kind, r.remove)
	r.Handle("GET "+shelved+"/{id}/progress", access.ImportRun, kind, r.fileProgress)
	r.Handle("GET "+root+"/{id}", access.PublicationList, kind, r.run)
	r.takenList().Install(r.Room)
	r.leftList().Install(r.Room)
	r.Handle("POST "+root+"/{id}/check", access.PublicationCheck, kind, r.check)
	r.Handle("GET "+root+"/{id}/progress", access.PublicationList, kind, r.runProgress)
	return nil
}

// fileArgs and checkArgs are what queued work needs to be done in the name of the person who asked for it, and of the one
// acted for (AB角).
type fileArgs struct{ Account, Acting, File string }

type checkArgs struct {
	Account, Acting, Agency, Run string
	Doubt                        disclosure.Doubt
}

// person is who asked for the work, as the accounts stand now.
func (r room) person(ctx context.Context, account, acting string) (access.Actor, error) {
	var a access.Actor
	err := r.House.DB.Read(ctx, func(tx *db.Tx) (err error) {
		a, err = access.Later(tx, account, acting)
		return err
	})
	if err != nil {
		return access.Actor{}, fmt.Errorf("intake: %w", err)
	}
	return a, nil
}

// overtaken tells that the person may not do any more what was asked for, and why.
func overtaken(err error) (why string, yes bool) {
	var refused refusal.Refused
	if !errors.As(err, &refused) {
		return "", false
	}
	return refused.Findings[0].Message, true
}

func (r room) workFile(ctx context.Context, j job.Job) error {
	var args fileArgs
	if err := j.Decode(&args); err != nil {
		return job.Permanent(err)
	}
	actor, err := r.person(ctx, args.Account, args.Acting)
	if why, yes := overtaken(err); yes {
		return r.shelf.GiveUp(r.House.Agency.Code, args.File, why) // the page of the file says it
	}
	if err != nil {
		return err
	}
	return r.shelf.Work(ctx, actor, r.House.Agency.Name, args.File)
}

func (r room) workCheck(ctx context.Context, j job.Job) error {
	var args checkArgs
	if err := j.Decode(&args); err != nil {
		return job.Permanent(err)
	}
	actor, err := r.person(ctx, args.Account, args.Acting)
	if _, yes := overtaken(err); yes {
		return job.Permanent(err)
	}
	if err != nil {
		return err
	}
	_, err = r.exchange.PublishImported(ctx, actor, args.Run, args.Doubt, nil)
	return err
}
