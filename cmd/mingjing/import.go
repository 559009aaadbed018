package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/exchange"
	"mingjing/internal/house"
)

// importVerb brings data in.
type importVerb struct {
	Decisions decisionsVerb `cmd:"" help:"Past decisions from a CSV, XLSX or JSONL table."`
}

// decisionsVerb turns a table of past decisions into publications that wait for a second person's check.
type decisionsVerb struct {
	store
	File      string `arg:"" help:"The table."`
	Map       string `help:"Which column is what: title=…,number=…,body=…,decided=…,agency=…,party=…,class=…,result=…." required:""`
	Sheet     string `help:"The sheet of a workbook; the first with anything in it when left out."`
	Class     string `help:"The class of rows that name none (处罚, 许可, …)."`
	As        string `help:"Login of whoever imports; it must hold the publisher's role." required:"" env:"MINGJING_AS"`
	DryRun    bool   `help:"Read and report, write nothing."`
	Resume    bool   `help:"Go on with an import of the same file that was cut off, also while its rows were being published."`
	Publish   bool   `help:"Publish at once what needs no person; needs --checked-by."`
	CheckedBy string `help:"Login of the second person who answers for the check."`
}

func (v *decisionsVerb) Run(w *world) error {
	h, err := v.open(w.ctx, w.log)
	if err != nil {
		return err
	}
	defer h.Close()
	options := exchange.Options{AgencyName: h.Agency.Name, Class: v.Class, DryRun: v.DryRun, Resume: v.Resume, Publish: v.Publish,
		Progress: far}
	actor, err := byLogin(w.ctx, h, v.As)
	if err != nil {
		return err
	}
	if v.Publish {
		if v.CheckedBy == "" {
			return errors.New("--publish 需要 --checked-by：公示前应由另一人核对。")
		}
		if options.CheckedBy, err = byLogin(w.ctx, h, v.CheckedBy); err != nil {
			return err
		}
	}
	columns, err := exchange.ParseMap(v.Map)
	if err != nil {
		return err
	}
	room, err := exchange.New(h.DB)
	if err != nil {
		return err
	}
	report, err := room.Import(w.ctx, actor, exchange.Source{Path: v.File, Sheet: v.Sheet}, columns, options)
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return err
	}
	fmt.Print(exchange.ReportText(report))
	if v.DryRun {
		return nil
	}
	_, err = h.Index.CatchUp(w.ctx)
	return err
}

// far shows how far an import has come; how many rows a file has is not known before its end.
func far(p exchange.Progress) {
	if p.Of > 0 {
		fmt.Fprintf(os.Stderr, "\r%s %d/%d ", p.Phase, p.Done, p.Of)
		return
	}
	fmt.Fprintf(os.Stderr, "\r%s %d 行 ", p.Phase, p.Done)
}

// byLogin is the person who answers for what is done at the machine itself. Presence is proved by holding the machine.
func byLogin(ctx context.Context, h *house.House, login string) (access.Actor, error) {
	var a access.Account
	err := h.DB.Read(ctx, func(tx *db.Tx) (err error) {
		a, err = access.ByLogin(tx, login)
		return err
	})
	if err != nil {
		return access.Actor{}, fmt.Errorf("登录名 %s：%w", login, err)
	}
	if !a.Active() {
		return access.Actor{}, fmt.Errorf("登录名 %s 已停用", login)
	}
	return access.Actor{Account: a.ID, Name: a.Name, Agency: a.Agency, Unit: a.Unit, Roles: a.Roles, StepUp: true}, nil
}
