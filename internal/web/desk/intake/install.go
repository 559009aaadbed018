package intake

import (
	"context"
	"embed"
	"fmt"
	"path/filepath"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/exchange"
	"mingjing/internal/job"
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
	r.Handle("POST "+root+"/{id}/check", access.PublicationCheck, kind, r.check)
	r.Handle("GET "+root+"/{id}/progress", access.PublicationList, kind, r.runProgress)
	return nil
}

// fileArgs and checkArgs are what queued work needs to be done in the name of the person who asked for it.
type fileArgs struct{ Account, File string }

type checkArgs struct {
	Account, Agency, Run string
	Doubt                disclosure.Doubt
}

// person is the account as it stands now: work that waits is not done with powers that were taken away meanwhile.
func (r room) person(ctx context.Context, account string) (access.Actor, error) {
	var a access.Account
	err := r.House.DB.Read(ctx, func(tx *db.Tx) (err error) {
		a, err = access.Get(tx, account)
		return err
	})
	if err != nil {
		return access.Actor{}, fmt.Errorf("intake: %w", err)
	}
	if !a.Active() {
		return access.Actor{}, job.Permanent(fmt.Errorf("intake: account %s is disabled", account))
	}
	return access.Actor{Account: a.ID, Name: a.Name, Agency: a.Agency, Unit: a.Unit, Roles: a.Roles}, nil
}

func (r room) workFile(ctx context.Context, j job.Job) error {
	var args fileArgs
	if err := j.Decode(&args); err != nil {
		return job.Permanent(err)
	}
	actor, err := r.person(ctx, args.Account)
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
	actor, err := r.person(ctx, args.Account)
	if err != nil {
		return err
	}
	_, err = r.exchange.PublishImported(ctx, actor, args.Run, args.Doubt, nil)
	return err
}
