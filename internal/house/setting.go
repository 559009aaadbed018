package house

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/catalog/setting"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/disclosure/snapshot"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/workday"
)

// Above is what the law and the packs say beneath what the agency sets itself.
func (h *House) Above() setting.Above {
	above := setting.Above{Overrides: h.Pack.Overrides(), Adoptions: h.Pack.Adoptions()}
	for _, l := range h.Pack.Layers() {
		if l.Level == "agency" {
			above.Pack = l.Name
		}
	}
	return above
}

// Renew takes over what the agency set at its desk: the values that a second person confirmed, and its own texts. Acts that are
// under way end by the books they began with, and every act names the version of the rules it was judged by.
func (h *House) Renew(ctx context.Context) error {
	var set *law.Set
	var texts map[string]string
	err := h.DB.Read(ctx, func(tx *db.Tx) (err error) {
		if set, err = h.Above().Set(tx, h.Agency.Code); err != nil {
			return err
		}
		texts, err = setting.Texts(tx, h.Agency.Code)
		return err
	})
	if err != nil {
		return fmt.Errorf("house: renew: %w", err)
	}
	books := h.Cases.Books()
	books.Law, books.Pack = set, h.Pack.Told(texts, h.Demo)
	h.Cases.Adopt(books)
	return nil
}

// Reach is where people find the agency, as its portal says it: what was worded for the portal, else what its papers say.
func (h *House) Reach() (address, phone string) {
	told := h.Cases.Books().Pack
	return cmp.Or(told.Given("portal.address"), told.Text("agency.address"), told.Text("portal.address")), cmp.Or(told.Given("portal.phone"), told.Text("agency.phone"), told.Text("portal.phone"))
}

// publishParams makes the numbers public that the agency or a body above it laid down, those of a coming day too: who is fined
// can see from which amount on a hearing is due (行政处罚法第三十四条、第六十三条).
func (h *House) publishParams(tx *db.Tx, by ledger.Actor) error {
	set := h.Cases.Books().Law
	today := workday.DayOf(tx.Now())
	var rows []snapshot.Row
	seen := map[string]bool{}
	statute, err := law.NewSet(nil, nil)
	if err != nil {
		return err
	}
	for _, row := range law.Params() {
		if row.Unit == law.List || seen[row.Code] {
			continue
		}
		seen[row.Code] = true
		for _, o := range set.Overrides(row.Code) {
			begins := today
			if o.From.After(today) {
				begins = o.From
			}
			p, _, ok := statute.Param(row.Code, begins)
			if !ok || !o.Until.IsZero() && o.Until.Before(today) {
				continue
			}
			show := public.Param{Code: p.Code, Title: p.Title, Value: p.Unit.Length(o.Value), Law: p.Unit.Length(p.Value) + "，" + p.Cite.String(), Source: o.Source, From: o.From.String()}
			for _, l := range h.Pack.Layers() {
				if rest, ours := strings.CutPrefix(o.Source, l.Name+"/"); ours { // the file is nobody's business
					_, show.Source, _ = strings.Cut(rest, "（")
					show.Source = cmp.Or(strings.TrimSuffix(show.Source, "）"), l.Title)
					if l.Level == "agency" { // the pack of an agency names where its figures were taken from, which is no document of the agency
						show.Source = "专案包所载，本机关文件待公布"
					}
				}
			}
			rows = append(rows, snapshot.Row{Key: p.Code + "@" + o.From.String(), Show: show})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	_, err = snapshot.Publish(tx, by, h.Agency.Code, public.KindParam, rows)
	return err
}

// Tell enters how people reach the agency, and takes it over at once.
func (h *House) Tell(ctx context.Context, actor access.Actor, texts map[string]string) error {
	err := h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error { _, err := setting.Tell(tx, actor, texts); return err })
	if err != nil {
		return err
	}
	return h.Renew(ctx)
}

// Untold names what papers and portal cannot do without and the agency has not said.
func (h *House) Untold() []string {
	told := h.Cases.Books().Pack
	agency, _ := told.Agency()
	var gaps []string
	for _, c := range setting.Contacts() {
		text := told.Text(c.Code)
		switch c.Code {
		case "agency.review_organ":
			text = agency.Government
		case "agency.court":
			text = agency.Court
		}
		if c.Needed && text == "" {
			gaps = append(gaps, c.Title)
		}
	}
	return gaps
}
