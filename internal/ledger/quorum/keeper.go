package quorum

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/witness"
)

// Options say for whom a keeper works.
type Options struct {
	Agency string
	Logs   []string // the agency's logs that are laid before the witnesses
	Actor  ledger.Actor
	Folder string // where the newest witnessed checkpoint is kept apart from the database
	Client *http.Client
	Roots  []byte // PEM of the authorities that issue certificates to time-stamp authorities; empty trusts the token's own
	Log    *slog.Logger
	// Reached is called in the transaction in which a log's newest checkpoint gets a further signature.
	Reached func(tx *db.Tx, log string) error
}

// Keeper lays checkpoints before witnesses and keeps what they say.
type Keeper struct {
	d         *db.DB
	log       *ledger.Log
	o         Options
	notBefore time.Time // when a time-stamp authority is asked again
}

// New makes a keeper of a store and its log.
func New(d *db.DB, log *ledger.Log, o Options) *Keeper {
	if o.Client == nil {
		o.Client = &http.Client{Timeout: 10 * time.Second}
	}
	return &Keeper{d: d, log: log, o: o}
}

// Run works at the interval until the context ends. A witness that cannot be reached is tried again at the next.
func (k *Keeper) Run(ctx context.Context, interval time.Duration) error {
	if k.d.ReadOnly() {
		return nil // there is nothing new to sign, and nowhere to keep it
	}
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		if err := k.Round(ctx); err != nil && ctx.Err() == nil {
			k.o.Log.Error("quorum: a round failed", "error", err)
		}
		if err := k.StampDaily(ctx); err != nil && ctx.Err() == nil {
			k.o.Log.Warn("quorum: no time stamp", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Round lays the newest checkpoint of each log before every witness that has an address and has not signed it.
func (k *Keeper) Round(ctx context.Context) error {
	var all []error
	for _, log := range k.o.Logs {
		var p *witness.Policy
		err := k.d.Read(ctx, func(tx *db.Tx) (err error) {
			p, err = Policy(tx, log)
			return err
		})
		if err != nil || p == nil {
			all = append(all, err)
			continue
		}
		var wait sync.WaitGroup
		results := make([]error, len(p.Witnesses))
		for i, m := range p.Witnesses {
			if m.URL != "" {
				wait.Go(func() { results[i] = k.ask(ctx, log, p, m) })
			}
		}
		wait.Wait()
		all = append(all, results...)
	}
	return errors.Join(all...)
}

// asked is what is laid before a witness.
type asked struct {
	request witness.Request
	head    witness.Head
	known   int64 // the size that the witness signed last, as far as we know
}

// prepare writes the request for a witness: the newest checkpoint, with the proof from a size that it knows; negative takes the
// one it signed last. ok is false where there is nothing to ask.
func prepare(tx *db.Tx, log string, m witness.Member, from int64) (a asked, ok bool, err error) {
	text, err := ledger.Newest(tx, log)
	if err != nil || text == "" {
		return a, false, err
	}
	if a.head, err = witness.ReadHead(text); err != nil {
		return a, false, err
	}
	if err := tx.Row(`SELECT COALESCE(max(size), 0) FROM cosignature WHERE agency = $1 AND witness = $2`, log, m.Key).Scan(&a.known); err != nil {
		return a, false, err
	}
	if from < 0 {
		if from = a.known; from == a.head.Size {
			return a, false, nil
		}
	}
	a.request = witness.Request{Old: from, Checkpoint: text}
	if from > 0 && from < a.head.Size {
		a.request.Proof, err = prove(tx, log, from, a.head.Size)
	}
	return a, true, err
}

// ask gets one witness's signature. Where it knows another size than we thought it is asked again from there; what remains
// without a signature then, although we proved, contradicts us.
func (k *Keeper) ask(ctx context.Context, log string, p *witness.Policy, m witness.Member) error {
	from := int64(-1)
	for range 3 {
		var a asked
		var open bool
		err := k.d.Read(ctx, func(tx *db.Tx) (err error) {
			a, open, err = prepare(tx, log, m, from)
			return err
		})
		if err != nil {
			return fmt.Errorf("quorum: request of %s for %s: %w", log, m.Name, err)
		}
		if !open {
			return nil
		}
		answer, err := witness.Submit(ctx, k.o.Client, m.URL, a.request)
		if err != nil {
			k.o.Log.Warn("quorum: a witness does not answer", "witness", m.Name, "log", log, "error", err)
			return nil // its silence shows in the age of the quorum
		}
		switch {
		case answer.Status == http.StatusOK:
			return k.Keep(ctx, log, p, a.request.Checkpoint+answer.Lines)
		case answer.Status == http.StatusConflict && answer.Size <= a.head.Size:
			from = answer.Size
			continue
		}
		return k.refused(ctx, log, m, a, answer)
	}
	return nil
}

// refused judges an answer that is no signature. A witness that does not know the log, or does not like the form of the request,
// contradicts nothing; one that knows more than we have, or that our proof does not reach, does.
func (k *Keeper) refused(ctx context.Context, log string, m witness.Member, a asked, answer witness.Answer) error {
	said := ""
	switch answer.Status {
	case http.StatusConflict:
		var now int64 // another node of this deployment may have signed meanwhile
		if err := k.d.Read(ctx, func(tx *db.Tx) error {
			return tx.Row(`SELECT COALESCE(max(size), 0) FROM checkpoint WHERE agency = $1`, log).Scan(&now)
		}); err != nil {
			return err
		}
		if answer.Size <= now {
			return nil
		}
		said = fmt.Sprintf("见证方已见证 %d 条，本机只有 %d 条：记录被回退", answer.Size, now)
	case http.StatusUnprocessableEntity:
		said = fmt.Sprintf("见证方认为第 %d 条的检查点不是其已见证记录的延续：记录有两段历史", a.head.Size)
	default:
		k.o.Log.Warn("quorum: a witness refuses", "witness", m.Name, "log", log, "status", answer.Status, "why", answer.Why)
		return nil
	}
	seen, err := witness.Seen(ctx, k.o.Client, m.URL, a.head.Origin)
	if err != nil {
		seen = ""
	}
	return k.Contradict(ctx, log, Trouble{Witness: m.Name, Key: m.Key, Size: a.head.Size, Status: answer.Status, Said: said, Seen: seen})
}

// KindContradicted is the event of an answer that does not fit: the gravest that this program knows.
const KindContradicted = "witness.contradicted"

// Contradict keeps that a witness contradicts us, once until it signs again, and records the incident.
func (k *Keeper) Contradict(ctx context.Context, log string, t Trouble) error {
	err := k.d.Write(ctx, k.o.Agency, func(tx *db.Tx) error {
		standing, err := Troubles(tx, log)
		if err != nil {
			return err
		}
		for _, s := range standing {
			if s.Key == t.Key {
				return nil
			}
		}
		if _, err := tx.Exec(`INSERT INTO contradiction (agency, witness, at, name, size, status, said, seen) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			log, t.Key, db.Text(tx.Now()), t.Witness, t.Size, t.Status, t.Said, t.Seen); err != nil {
			return err
		}
		if _, err := ledger.Append(tx, ledger.Event{Agency: k.o.Agency, Kind: KindContradicted, SubjectKind: "log", Subject: log, Actor: k.o.Actor,
			Ref: map[string]string{"witness": t.Witness, "size": strconv.FormatInt(t.Size, 10), "status": strconv.Itoa(t.Status), "said": t.Said}}); err != nil {
			return err
		}
		k.o.Log.Error("quorum: a witness contradicts the log", "witness", t.Witness, "log", log, "said", t.Said)
		return k.reached(tx, log)
	})
	if err != nil {
		return fmt.Errorf("quorum: contradiction of %s: %w", log, err)
	}
	return nil
}

func (k *Keeper) reached(tx *db.Tx, log string) error {
	if k.o.Reached == nil {
		return nil
	}
	return k.o.Reached(tx, log)
}

// ErrNoSignature is returned for an answer in which no witness of the policy has signed a checkpoint of ours.
var ErrNoSignature = errors.New("quorum: no valid cosignature of a witness of the policy")

// Keep checks the cosignatures on a checkpoint and keeps those of the policy's witnesses, durably, beside the stored checkpoint
// of that size; where they make the quorum the checkpoint is kept apart from the database too.
func (k *Keeper) Keep(ctx context.Context, log string, p *witness.Policy, checkpoint string) error {
	h, err := witness.OpenHead(checkpoint, k.log.Verifier(log))
	if err != nil {
		return err
	}
	list, _ := p.Cosignatures(checkpoint)
	if len(list) == 0 {
		return ErrNoSignature
	}
	apart := ""
	err = k.d.Write(ctx, "quorum/"+log, func(tx *db.Tx) error {
		before, _, err := cosignedNote(tx, log, h.Size)
		if err != nil {
			return err
		}
		if own, err := witness.ReadHead(before); err != nil || own.Text != h.Text {
			return fmt.Errorf("the checkpoint of %d is not the one that is stored", h.Size)
		}
		_, met := p.Cosignatures(before)
		fresh, err := insert(tx, log, h.Size, list)
		if err != nil || !fresh {
			return err
		}
		after, _, err := cosignedNote(tx, log, h.Size)
		if err != nil {
			return err
		}
		if _, now := p.Cosignatures(after); now {
			apart = after
			if !met {
				k.o.Log.Info("quorum: reached", "log", log, "size", h.Size)
			}
		}
		return k.reached(tx, log)
	})
	if err != nil {
		return fmt.Errorf("quorum: keep cosignatures of %s: %w", log, err)
	}
	if apart != "" {
		return ledger.KeepWitnessed(k.o.Folder, log, apart)
	}
	return nil
}

// insert keeps those cosignatures that are new.
func insert(tx *db.Tx, log string, size int64, list []witness.Cosignature) (fresh bool, err error) {
	for _, c := range list {
		var n int
		if err := tx.Row(`SELECT count(*) FROM cosignature WHERE agency = $1 AND size = $2 AND witness = $3`, log, size, c.Key).Scan(&n); err != nil {
			return fresh, err
		}
		if n > 0 {
			continue
		}
		if _, err := tx.Exec(`INSERT INTO cosignature (agency, size, witness, signed, at, line) VALUES ($1, $2, $3, $4, $5, $6)`,
			log, size, c.Key, db.Text(c.At), db.Text(tx.Now()), c.Line); err != nil {
			return fresh, err
		}
		fresh = true
	}
	return fresh, nil
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
