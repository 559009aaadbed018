// Command mingjing is the one program of the house: it serves an agency, sets one up, and lets outsiders check it. Each
// verb is a small file here and holds wiring only.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// verbs are the commands. Flags may also be set by the environment variables named beside them.
type verbs struct {
	Demo     demoVerb     `cmd:"" help:"Build and serve the demo bureau on SQLite."`
	Serve    serveVerb    `cmd:"" help:"Serve an agency."`
	Init     initVerb     `cmd:"" help:"Set up a real, empty agency and print the one-time code of its first administrator."`
	Migrate  migrateVerb  `cmd:"" help:"Bring the schema of a store to this program's version."`
	Verify   verifyVerb   `cmd:"" help:"Recompute the ledger and name the first thing that does not fit."`
	Recheck  recheckVerb  `cmd:"" help:"Recompute every decision, deadline, publication and row from the raw rows, and name what does not fit."`
	Deadline deadlineVerb `cmd:"" help:"Compute a deadline: mingjing deadline 2026-02-13 +7wd."`
	Search   searchVerb   `cmd:"" help:"Search what is published."`
	Import   importVerb   `cmd:"" help:"Import past decisions from a table."`
	Monitor  monitorVerb  `cmd:"" help:"Follow an agency's public log from outside and hold its pages against it: 0 sound, 1 something is wrong, 2 not to be checked."`
	Witness  witnessVerb  `cmd:"" help:"Co-sign the checkpoints of agencies, as a body outside them."`
	Backup   backupVerb   `cmd:"" help:"Make a backup while the store is in use."`
	Restore  restoreVerb  `cmd:"" help:"Bring a backup back into a new folder, when it verifies."`
}

// world is what every verb gets.
type world struct {
	ctx context.Context
	log *slog.Logger
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var v verbs
	parser := kong.Must(&v, kong.Name("mingjing"), kong.Description("明镜: 行政执法三项制度一体化系统"), kong.UsageOnError())
	parsed, err := parser.Parse(backwards(os.Args[1:]))
	parser.FatalIfErrorf(err)
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
	if err := parsed.Run(&world{ctx: ctx, log: log}); err != nil {
		fmt.Fprintln(os.Stderr, said(err))
		var own exit
		if errors.As(err, &own) {
			os.Exit(own.status)
		}
		os.Exit(1)
	}
}

// said puts an error into words: what people may get is Chinese and complete, anything else is as it came.
func said(err error) string {
	var refused refusal.Refused
	if errors.As(err, &refused) {
		text := "不能办理："
		for _, f := range refused.Findings {
			text += "\n  " + f.Message + "（" + f.Cite.String() + "）" + f.Advice
		}
		return text
	}
	var invalid refusal.Invalid
	if errors.As(err, &invalid) {
		text := invalid.Message
		for name, message := range invalid.Fields {
			text += "\n  " + name + "：" + message
		}
		return text
	}
	var short *db.ShortError
	if errors.As(err, &short) {
		return short.Message()
	}
	var halted *db.HaltError
	if errors.As(err, &halted) {
		return halted.Message()
	}
	var missing refusal.NotFound
	if errors.As(err, &missing) {
		return "没有找到" + missing.What + "。"
	}
	return err.Error()
}
