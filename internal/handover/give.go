package handover

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
)

// Room hands the cases of a leaver over.
type Room struct {
	DB    *db.DB
	Cases *casefile.Room
}

// Order says which cases of a leaver go to whom, and why.
type Order struct {
	From   string
	To     map[string]string // receiver by case
	Reason string
}

// Kept is a case that did not go, and why.
type Kept struct {
	Case picture.File
	Why  []law.Finding
}

// Given is what came of an order.
type Given struct {
	Moved []picture.File
	Kept  []Kept
}

// Give hands each case to its receiver, each in a transaction of its own with its own event. What the law does not allow for
// one case is told of that case and does not hold up the others.
func (r *Room) Give(ctx context.Context, actor access.Actor, o Order) (Given, error) {
	var g Given
	wrong := map[string]string{}
	if strings.TrimSpace(o.Reason) == "" {
		wrong["reason"] = "请写明移交的原因。"
	}
	if len(o.To) == 0 {
		wrong["to"] = "请选择接手的承办人。"
	}
	if len(wrong) > 0 {
		return g, refusal.Invalid{Fields: wrong}
	}
	var desk Desk
	err := r.DB.Read(ctx, func(tx *db.Tx) (err error) {
		desk, err = Of(tx, actor, o.From)
		return err
	})
	if err != nil {
		return g, err
	}
	for _, id := range slices.Sorted(maps.Keys(o.To)) {
		i := slices.IndexFunc(desk.Cases, func(f picture.File) bool { return f.ID == id })
		if i < 0 {
			return g, refusal.Field("to", "有案件已经不由"+desk.Account.Name+"承办，请重新打开本页。")
		}
	}
	for _, f := range desk.Cases {
		to, named := o.To[f.ID]
		if !named {
			continue
		}
		err := r.Cases.HandOver(ctx, actor, f.ID, to, "", o.Reason)
		why, ok := whyOf(err)
		switch {
		case err == nil:
			g.Moved = append(g.Moved, f)
		case ok:
			g.Kept = append(g.Kept, Kept{f, why})
		default:
			return g, fmt.Errorf("handover: %d cases of %s moved: %w", len(g.Moved), o.From, err)
		}
	}
	return g, nil
}

// whyOf is what a refusal says; ok is false for an error that is no answer to a person.
func whyOf(err error) (why []law.Finding, ok bool) {
	var refused refusal.Refused
	var invalid refusal.Invalid
	var missing refusal.NotFound
	switch {
	case errors.As(err, &refused):
		return refused.Findings, true
	case errors.As(err, &invalid):
		for _, name := range slices.Sorted(maps.Keys(invalid.Fields)) {
			why = append(why, law.Finding{Rule: "CASE-HANDOVER", Title: "案件的移交", Severity: law.Block, Message: invalid.Fields[name]})
		}
		return why, true
	case errors.As(err, &missing):
		return []law.Finding{{Rule: "CASE-HANDOVER", Title: "案件的移交", Severity: law.Block, Message: "案件已经不在。"}}, true
	}
	return nil, false
}
