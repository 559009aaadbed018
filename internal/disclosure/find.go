package disclosure

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
)

// Find picks publications for the desk's list. Empty fields do not narrow.
type Find struct {
	State  string
	Class  string
	Source string
	Words  string // part of a title, number or public party name
}

// Find lists an agency's publications, newest first.
func (r *Room) Find(ctx context.Context, agency string, f Find, after string, limit int) (Page, error) {
	if after == "" {
		after = "~" // sorts behind every id
	}
	words := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.TrimSpace(f.Words)) + "%"
	return r.page(ctx, limit, func(p Publication) string { return p.ID }, `SELECT `+columns+` FROM publication
		WHERE agency = $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR class = $3) AND ($4 = '' OR source = $4)
		AND ($5 = '%%' OR title LIKE $5 ESCAPE '\' OR number LIKE $5 ESCAPE '\' OR party_name LIKE $5 ESCAPE '\')
		AND id < $6 ORDER BY id DESC LIMIT $7`, agency, f.State, f.Class, f.Source, words, after)
}

// See reads the row of a publication for somebody who may see it.
func See(tx *db.Tx, actor access.Actor, id string) (Publication, error) {
	return seen(actor)(load(tx, id))
}

// seen passes on what the actor may see, and nothing else as if it were not there.
func seen(actor access.Actor) func(Publication, error) (Publication, error) {
	return func(p Publication, err error) (Publication, error) {
		if err == nil && !access.Can(actor, access.PublicationList, p.thing()).Allowed {
			err = refusal.NotFound{What: "公示信息"}
		}
		return p, err
	}
}

// History lists what was done to a publication, oldest first. The acts on a decision of a case stand in the stream of the
// case, those on an imported one in a stream of its own.
func (r *Room) History(ctx context.Context, actor access.Actor, id string) ([]ledger.Record, error) {
	var list []ledger.Record
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		p, err := See(tx, actor, id)
		if err != nil {
			return err
		}
		kind, subject := "publication", p.ID
		if p.Case != "" {
			kind, subject = "case", p.Case
		}
		if p.Source == SourceImport {
			if list, err = importedBy(tx, p); err != nil {
				return err
			}
		}
		all, err := ledger.Stream(tx, kind, subject)
		for _, e := range all {
			if e.Ref["publication"] == p.ID {
				list = append(list, e)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("disclosure: history of %s: %w", id, err)
	}
	return list, nil
}

// importedBy are the events of the run that brought a decision of the past: they are recorded once for a file and a batch,
// and not for each row.
func importedBy(tx *db.Tx, p Publication) ([]ledger.Record, error) {
	all, err := ledger.Stream(tx, "import", p.Run)
	if err != nil {
		return nil, err
	}
	var list []ledger.Record
	for _, e := range all {
		first, _ := strconv.ParseInt(e.Ref["first"], 10, 64) // what another event does not say holds no ordinal
		last, _ := strconv.ParseInt(e.Ref["last"], 10, 64)
		if e.Kind == "import.started" || e.Kind == "publication.batch_published" && p.Ordinal >= first && p.Ordinal <= last {
			list = append(list, e)
		}
	}
	return list, nil
}
