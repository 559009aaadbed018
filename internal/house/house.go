package house

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/access/factor"
	"mingjing/internal/access/password"
	"mingjing/internal/attachment"
	"mingjing/internal/backup"
	"mingjing/internal/blob"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/index"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/exchange"
	"mingjing/internal/job"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/bound"
	"mingjing/internal/ledger/quorum"
	"mingjing/internal/pack"
	"mingjing/internal/review"
	"mingjing/internal/workday"
)

// Options say where a house stands.
type Options struct {
	// Store is "sqlite:PATH" or "postgres://…".
	Store string
	// Disk is db.Options.Disk.
	Disk string
	// Folder holds what lies beside the store: evidence, keys.
	Folder string
	// Packs are the pack names from the country down to the agency; Files holds them.
	Packs []string
	Files fs.FS
	// Clock is the machine's clock when nil. Demo marks every page and lets people log in without a second factor.
	Clock func() time.Time
	Demo  bool
	// Passwords is what hashing a password costs; the zero one is the standard, and only tests take less.
	Passwords password.Cost
	// Roots are the authorities, as PEM, that stand behind time-stamp authorities; empty takes the certificates of the tokens.
	Roots []byte
	Log   *slog.Logger
	// ReadOnly opens the house to look at: nothing is migrated, signed or written. So is a restored store opened that lacks
	// part of its history (backup.Incomplete).
	ReadOnly bool
	// Shipping carries the house to a second place while it is in use; nil where there is none.
	Shipping *Shipping
}

// House is an agency's rooms on one store.
type House struct {
	DB         *db.DB
	Pack       *pack.Pack
	Agency     pack.Agency
	Calendar   *workday.Calendar
	Keeper     *access.Keeper
	Cases      *casefile.Room
	Review     *review.Room
	Disclosure *disclosure.Room
	Attached   *attachment.Room
	Exchange   *exchange.Room
	Public     *public.Reader
	Index      *index.Indexer
	Jobs       *job.Worker
	Blobs      *blob.Store
	Ledger     *ledger.Log
	Quorum     *quorum.Keeper
	Key        *ledger.Key
	Shipper    *backup.Shipper // nil without a second place
	Folder     string
	Demo       bool
	roots      []byte
	Log        *slog.Logger
}

// Open opens the store, brings its schema up, and puts the rooms together.
func Open(ctx context.Context, o Options) (*House, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	h := &House{Folder: o.Folder, Demo: o.Demo, roots: o.Roots, Log: o.Log}
	// The store and the books do not need one another, and a start waits for both.
	var books book.Books
	var unread error
	var wait sync.WaitGroup
	wait.Go(func() { books, unread = h.read(o) })
	err := h.openStore(ctx, o)
	wait.Wait()
	if err = errors.Join(unread, err); err == nil {
		err = h.furnish(ctx, books, o)
	}
	if err != nil {
		if h.DB != nil {
			err = errors.Join(err, h.DB.Close())
		}
		return nil, err
	}
	return h, nil
}

// openStore opens the store and brings its schema up.
func (h *House) openStore(ctx context.Context, o Options) (err error) {
	if h.DB, err = db.Open(ctx, o.Store, db.Options{Clock: o.Clock, Disk: o.Disk, ReadOnly: o.ReadOnly}); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	if o.ReadOnly {
		have, want, err := h.DB.Versions(ctx)
		if err == nil && have != want {
			err = fmt.Errorf("the schema is of version %d, this program wants %d: run mingjing migrate first", have, want)
		}
		if err != nil {
			return fmt.Errorf("house: %w", err)
		}
		return nil
	}
	if err := h.DB.Migrate(ctx); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	binder := &bound.Binder{}
	if h.DB.Migrated() {
		if err := h.DB.Write(ctx, "", binder.Migrated); err != nil {
			return fmt.Errorf("house: %w", err)
		}
	}
	h.DB.Surround(binder.Around())
	return nil
}

// read reads the packs, the calendar and the books that are made of them.
func (h *House) read(o Options) (books book.Books, err error) {
	if h.Pack, err = pack.Load(o.Files, o.Packs...); err != nil {
		return books, fmt.Errorf("house: %w", err)
	}
	var ok bool
	if h.Agency, ok = h.Pack.Agency(); !ok {
		return books, errors.New("house: no pack names the agency")
	}
	if h.Calendar, err = workday.National(); err != nil {
		return books, fmt.Errorf("house: %w", err)
	}
	if books, err = book.New(h.Pack, h.Calendar); err != nil {
		return books, fmt.Errorf("house: %w", err)
	}
	return books, nil
}

// furnish builds the rooms on the open store.
func (h *House) furnish(ctx context.Context, books book.Books, o Options) (err error) {
	if h.Blobs, err = blob.New(filepath.Join(h.Folder, "evidence")); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	if h.Key, err = signingKey(h.Folder); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	h.Ledger = ledger.NewLog(h.DB, h.Key, h.Folder, h.Log)
	h.Quorum = h.keeper()
	factors, err := h.factorKey(ctx)
	if err != nil {
		return fmt.Errorf("house: %w", err)
	}
	h.Keeper = access.NewKeeper(h.DB, access.Settings{SecondFactor: !h.Demo, Factors: factors, Passwords: o.Passwords})
	h.Cases = casefile.New(h.DB, books)
	h.Review = review.New(h.DB, h.Cases)
	h.Attached = attachment.New(h.DB, h.Cases, h.Review)
	if h.Exchange, err = exchange.New(h.DB); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	if h.Disclosure, err = disclosure.New(h.DB, disclosure.Books{Law: books.Law, Calendar: h.Calendar}); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	h.Disclosure.Rules = func() *law.Set { return h.Cases.Books().Law }
	h.Public = public.Open(h.DB)
	h.Index = index.New(h.DB)
	h.Jobs = job.NewWorker(h.DB, "", h.Log)
	h.join()
	if err := h.Renew(ctx); err != nil {
		return err
	}
	if err := h.guard(o.Shipping); err != nil {
		return err
	}
	return h.rounds()
}

// signingKey loads the key that signs checkpoints, or makes one in a house that has none yet.
func signingKey(folder string) (*ledger.Key, error) {
	if _, err := os.Stat(ledger.KeyPath(folder)); errors.Is(err, fs.ErrNotExist) {
		return ledger.CreateKey(folder)
	}
	return ledger.LoadKey(folder)
}

// factorKey loads the key that seals the secrets of second factors, or makes one in a house that has none yet, and seals what
// lies in the store in clear. A house whose secrets are sealed does not get a new key: nobody could log in with it.
func (h *House) factorKey(ctx context.Context) (*factor.Key, error) {
	var key *factor.Key
	_, err := os.Stat(factor.KeyPath(h.Folder))
	if !errors.Is(err, fs.ErrNotExist) {
		key, err = factor.LoadKey(h.Folder)
	} else if err = h.DB.Read(ctx, func(tx *db.Tx) error {
		sealed, err := factor.Kept(tx)
		if err == nil && sealed {
			err = fmt.Errorf("the key of the second factors is not at %s: put it back from the backup (docs/OPERATIONS.md)", factor.KeyPath(h.Folder))
		}
		return err
	}); err == nil {
		key, err = factor.CreateKey(h.Folder)
	}
	if err != nil {
		return nil, err
	}
	if h.DB.ReadOnly() {
		return key, nil
	}
	return key, key.SealKept(ctx, h.DB)
}

// checkpointEvery is how often the ledger is signed when there is something new.
const checkpointEvery = time.Second

// Run works in the background until the context ends: checkpoints of the ledger, the witnesses, the search index, the public lists, the
// queue with its rounds.
func (h *House) Run(ctx context.Context) {
	if h.DB.ReadOnly() {
		<-ctx.Done()
		return
	}
	var wait sync.WaitGroup
	wait.Go(func() { h.watchDisk(ctx) })
	wait.Go(func() { h.until(ctx, "ledger", func() error { return h.Ledger.Run(ctx, checkpointEvery) }) })
	wait.Go(func() { h.until(ctx, "witnesses", func() error { return h.Quorum.Run(ctx, witnessEvery) }) })
	wait.Go(func() { h.until(ctx, "search index", func() error { return h.Index.Run(ctx, time.Second) }) })
	wait.Go(func() { h.until(ctx, "public lists", func() error { return h.watchLists(ctx) }) })
	wait.Go(func() { h.until(ctx, "backup", func() error { return h.ship(ctx) }) })
	wait.Go(func() { h.until(ctx, "queue", func() error { return h.Jobs.Run(ctx) }) })
	wait.Wait()
}

// until runs work until the context ends, or there is none of it. Work that stops is begun again: what stopped it, a full disk for one, may be over.
func (h *House) until(ctx context.Context, what string, run func() error) {
	for {
		err := run()
		if ctx.Err() != nil || err == nil {
			return
		}
		if _, halted := h.DB.Halted(); !halted {
			h.Log.Error("house: background work stopped", "what", what, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(againAfter):
		}
	}
}

// againAfter is the pause before background work that stopped is begun again.
const againAfter = 5 * time.Second

// watchDisk says in the log when the store stops taking commands because of its disk, and when it takes them again.
func (h *House) watchDisk(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	before := false
	for {
		halt, halted := h.DB.Halted()
		switch {
		case halted && !before:
			h.Log.Error("house: the disk does not take what is written; commands are refused, reading goes on", "full", halt.Full, "error", halt.Cause)
		case before && !halted:
			h.Log.Info("house: the disk takes what is written again; commands are taken")
		}
		before = halted
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Close closes the store.
func (h *House) Close() error { return h.DB.Close() }
