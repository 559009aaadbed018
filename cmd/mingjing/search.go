package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"mingjing/internal/disclosure/public"
)

// searchVerb searches what is published, as the portal does.
type searchVerb struct {
	store
	Words []string `arg:"" help:"What to look for; several words must all occur, quotes make a phrase."`
	In    string   `help:"Where to look: publications." default:"publications"`
	JSON  bool     `help:"One JSON object for each find."`
	Limit int      `help:"How many at most." default:"20"`
}

func (s *searchVerb) Run(w *world) error {
	if s.In != "publications" {
		return errors.New("--in 只能是 publications（已公示的决定）；案件请登录工作台检索。")
	}
	d, err := s.look(w.ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	found, err := public.Open(d).Search(w.ctx, strings.Join(s.Words, " "), public.Filter{}, "", s.Limit)
	if err != nil {
		return err
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for _, hit := range found.Hits {
		if s.JSON {
			if err := out.Encode(map[string]any{"id": hit.ID, "number": hit.Number, "title": hit.Title, "agency": hit.AgencyName, "class": hit.Class, "party": hit.PartyName,
				"result": hit.Result, "decided_on": hit.DecidedOn, "published_on": hit.PublishedOn, "state": hit.State, "snippet": joined(hit.Snippet)}); err != nil {
				return err
			}
			continue
		}
		fmt.Printf("%s  %s  %s\n    %s\n", hit.DecidedOn, hit.Number, hit.Title, joined(hit.Snippet))
	}
	more := ""
	if found.Capped {
		more = "以上"
	}
	fmt.Fprintf(os.Stderr, "共 %d 条%s\n", found.Count, more)
	return nil
}

func joined(pieces []public.Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.Text)
	}
	return b.String()
}
