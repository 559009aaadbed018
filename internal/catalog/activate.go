package catalog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// Activation is a pack put into force for an agency.
type Activation struct {
	Agency string
	Number int64 // counts from 1 within the agency
	Hash   string
	Layers []pack.Layer
	Demo   bool
	From   workday.Day
	At     time.Time
	By     string // account
}

// Result tells what an activation did.
type Result struct {
	Activation
	Added, Changed, Removed int
	// Same says that this very pack was in force already with the same rows; nothing was written.
	Same bool
}

// Activate puts a pack into force from today. The pack's agency must be the actor's; an agency that is not in the roster
// yet is added from the pack, and its units are brought in line.
func Activate(ctx context.Context, d *db.DB, actor access.Actor, p *pack.Pack) (Result, error) {
	var r Result
	err := d.Write(ctx, actor.Agency, func(tx *db.Tx) (err error) {
		r, err = ActivateIn(tx, actor, p)
		return err
	})
	return r, err
}

// ActivateIn is Activate inside a transaction of the caller's, such as the setting up of an agency.
func ActivateIn(tx *db.Tx, actor access.Actor, p *pack.Pack) (Result, error) {
	if err := access.Require(actor, access.CatalogActive, access.Thing{Kind: "catalog", Agency: actor.Agency}); err != nil {
		return Result{}, err
	}
	agency, ok := p.Agency()
	if !ok || agency.Code != actor.Agency {
		return Result{}, refusal.Field("pack", "专案包不是本机关的，不能启用。")
	}
	now := Activation{Agency: agency.Code, Hash: p.Hash(), Layers: p.Layers(), Demo: p.Demo(), From: workday.DayOf(tx.Now()), At: tx.Now(), By: actor.Account}
	sheets, err := sheetsOf(p, now.From)
	if err != nil {
		return Result{}, fmt.Errorf("catalog: activate: %w", err)
	}
	before, err := Current(tx, now.Agency, now.From)
	var none refusal.NotFound
	if err != nil && !errors.As(err, &none) {
		return Result{}, err
	}
	changes, err := compare(tx, before, sheets)
	if err != nil {
		return Result{}, err
	}
	if before.Number > 0 && before.Hash == now.Hash && len(changes) == 0 {
		return Result{Activation: before, Same: true}, nil
	}
	now.Number = before.Number + 1
	if err := settleRoster(tx, actor, agency, p.Units()); err != nil {
		return Result{}, err
	}
	return write(tx, actor, now, sheets, changes)
}

// write stores the activation, its rows and its changes, and appends its event.
func write(tx *db.Tx, actor access.Actor, a Activation, sheets []sheet, changes []Change) (Result, error) {
	layers, err := json.Marshal(a.Layers)
	if err != nil {
		return Result{}, fmt.Errorf("catalog: activate: %w", err)
	}
	if _, err := tx.Exec(`INSERT INTO activation (agency, number, hash, layers, demo, from_on, activated, activated_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		a.Agency, a.Number, a.Hash, string(layers), a.Demo, a.From.String(), db.Text(a.At), a.By); err != nil {
		return Result{}, fmt.Errorf("catalog: activate: %w", err)
	}
	for _, s := range sheets {
		for i, r := range s.rows {
			if err := s.insert(tx, a, i, r); err != nil {
				return Result{}, fmt.Errorf("catalog: activate: %s %s: %w", s.section, r.code, err)
			}
		}
	}
	result := Result{Activation: a}
	for _, c := range changes {
		if _, err := tx.Exec(`INSERT INTO pack_change (agency, activation, section, row_key, kind, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			a.Agency, a.Number, c.Section, c.Key, c.Kind, string(c.Before), string(c.After)); err != nil {
			return Result{}, fmt.Errorf("catalog: activate: change: %w", err)
		}
		switch c.Kind {
		case Added:
			result.Added++
		case Removed:
			result.Removed++
		case Changed:
			result.Changed++
		}
	}
	return result, announce(tx, actor, result)
}

func announce(tx *db.Tx, actor access.Actor, r Result) error {
	names := make([]string, len(r.Layers))
	for i, l := range r.Layers {
		names[i] = l.Name + "@" + l.Version
	}
	_, err := ledger.Append(tx, ledger.Event{Agency: r.Agency, Kind: "pack.activated", SubjectKind: "pack", Subject: r.Hash,
		Actor: actor.Ledger(access.RoleAdministrator), Ref: map[string]string{"hash": r.Hash, "layers": strings.Join(names, " "),
			"number": strconv.FormatInt(r.Number, 10), "from": r.From.String(), "added": strconv.Itoa(r.Added),
			"changed": strconv.Itoa(r.Changed), "removed": strconv.Itoa(r.Removed)}})
	if err != nil {
		return fmt.Errorf("catalog: activate: %w", err)
	}
	return nil
}

// settleRoster adds the agency where it is missing and brings its units in line with the pack; a unit that the pack no
// longer names stays, because records point to it.
func settleRoster(tx *db.Tx, actor access.Actor, a pack.Agency, units []pack.Unit) error {
	_, err := roster.FindAgency(tx, a.Code)
	var none refusal.NotFound
	if errors.As(err, &none) {
		_, err = roster.CreateAgency(tx, actor, roster.Agency{ID: a.Code, Name: a.Name, ShortName: a.ShortName, CreditCode: a.CreditCode,
			NumberWord: a.NumberWord, Level: a.Level, Division: a.Division})
	}
	if err != nil {
		return err
	}
	there, err := roster.Units(tx, a.Code)
	if err != nil {
		return err
	}
	known := map[roster.Unit]bool{}
	for _, u := range there {
		known[u] = true
	}
	for _, u := range units {
		want := roster.Unit{Agency: a.Code, Code: u.Code, Name: u.Name, Kind: u.Kind, Review: u.Review}
		if known[want] {
			continue
		}
		if err := roster.PutUnit(tx, actor, want); err != nil {
			return err
		}
	}
	return nil
}

const activationColumns = `agency, number, hash, layers, demo, from_on, activated, activated_by`

func scanActivation(row interface{ Scan(...any) error }) (Activation, error) {
	var a Activation
	var layers, at string
	err := row.Scan(&a.Agency, &a.Number, &a.Hash, &layers, &a.Demo, &a.From, &at, &a.By)
	if err != nil {
		return a, err
	}
	if a.At, err = db.Time(at); err != nil {
		return a, err
	}
	return a, json.Unmarshal([]byte(layers), &a.Layers)
}

// Current is the activation in force on the day; NotFound before the first.
func Current(tx *db.Tx, agency string, day workday.Day) (Activation, error) {
	a, err := scanActivation(tx.Row(`SELECT `+activationColumns+` FROM activation WHERE agency = $1 AND from_on <= $2 ORDER BY number DESC LIMIT 1`,
		agency, day.String()))
	if db.IsMissing(err) {
		return Activation{}, refusal.NotFound{What: "启用的专案包"}
	}
	if err != nil {
		return Activation{}, fmt.Errorf("catalog: current: %w", err)
	}
	return a, nil
}
