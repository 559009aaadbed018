package dossier

import (
	"strings"
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

// Fifty-two parties that were added one after another are one line, which tells each of them when it is unfolded.
func TestWhatWasDoneAgainAndAgainIsOneLineThatUnfolds(t *testing.T) {
	at := time.Date(2026, 7, 6, 1, 0, 0, 0, time.UTC)
	view := casefile.View{Parties: make([]casefile.PartyView, 53)}
	add := func(kind, title, party string, minutes int) {
		ref := map[string]string{}
		if party != "" {
			ref["party"] = party
		}
		view.Events = append(view.Events, ledger.Record{Kind: kind, Ref: ref, Actor: ledger.Actor{Account: "h"}, Seq: int64(len(view.Events) + 1), Occurred: at.Add(time.Duration(minutes) * time.Minute),
			Recorded: at.Add(time.Duration(minutes) * time.Minute), Payload: []byte(`{"title":"` + title + `","party":"` + party + `"}`)})
	}
	add("case.lead", "登记案源", "", 0)
	for i := range 52 {
		add("case.party_added", "增加当事人", "协会"+string(rune('甲'+i)), i+1)
	}
	for i := range 3 {
		add("document.attached", "添加附件", "", 100+i)
	}
	list := Story(view, map[string]string{"h": "张三"})
	if len(list) != 3 {
		t.Fatalf("one lead, 52 parties and three files make %d lines", len(list))
	}
	if list[0].Title != "添加附件（3次）" || len(list[0].Parts) != 3 {
		t.Errorf("three files are told as %q with %d parts", list[0].Title, len(list[0].Parts))
	}
	if list[1].Title != "增加当事人：52名当事人" || len(list[1].Parts) != 52 || list[1].By != "张三" || list[1].Parts[0].Title != "增加当事人：协会甲" {
		t.Errorf("52 parties are told as %q by %q with %d parts", list[1].Title, list[1].By, len(list[1].Parts))
	}
}

func TestASealOnFiftyPapersNamesTheFirstOfThem(t *testing.T) {
	long := strings.Repeat("《送达回证》、", 49) + "《送达公告》示民公告〔2026〕3号，示例局"
	if got, want := briefly(long), "《送达回证》、《送达回证》、《送达回证》、《送达回证》等50份文书，示例局"; got != want {
		t.Errorf("told as %s, want %s", got, want)
	}
	for _, short := range []string{"《送达回证》，示例局", "意见：同意、照办、速办、立办、即办", ""} {
		if got := briefly(short); got != short {
			t.Errorf("%s is told as %s", short, got)
		}
	}
}
