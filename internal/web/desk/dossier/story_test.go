package dossier

import (
	"testing"
	"time"

	"mingjing/internal/casefile"
	"mingjing/internal/ledger"
)

func TestWhatWasPublishedForEachPartyOfABatchIsToldOnce(t *testing.T) {
	at := time.Date(2026, 7, 6, 1, 0, 0, 0, time.UTC)
	view := casefile.View{Parties: make([]casefile.PartyView, 53)}
	view.Events = append(view.Events, ledger.Record{Kind: "case.opened", Ref: map[string]string{"step": "open_case"}, Seq: 1, Recorded: at.Add(-time.Hour)})
	for i := range view.Parties {
		for k, kind := range []string{"publication.prepared", "publication.checked", "publication.published"} {
			n := 3*i + k
			view.Events = append(view.Events, ledger.Record{Kind: kind, Actor: ledger.Actor{Account: kind}, Ref: map[string]string{"decision": "d"}, Seq: int64(n + 2), Recorded: at.Add(time.Duration(n) * time.Minute)})
		}
	}
	for i := range 2 {
		view.Events = append(view.Events, ledger.Record{Kind: "document.attached", Seq: int64(200 + i), Recorded: at.Add(10 * time.Hour)})
	}
	list := Story(view, nil)
	if len(list) != 6 || list[0].Title != list[1].Title {
		t.Fatalf("two files, three acts for 53 parties and the opening make %d entries", len(list))
	}
	list = list[2:]
	for _, ev := range list[:3] {
		if want := "：53名当事人"; len(ev.Title) < len(want) || ev.Title[len(ev.Title)-len(want):] != want {
			t.Errorf("an act for 53 parties is called %s", ev.Title)
		}
	}
}
