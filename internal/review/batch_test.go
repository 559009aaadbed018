package review_test

import (
	"strconv"
	"testing"

	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
)

// reviewOf reads the latest review of each party of a case, by party.
func reviewOf(b bench) map[string]casefile.ReviewView {
	b.T.Helper()
	latest := map[string]casefile.ReviewView{}
	for _, p := range b.View(b.Handler).Parties {
		latest[p.Party.ID] = p.Review
	}
	return latest
}

func TestABatchServedByAnnouncementIsReviewedOnceAndDecidedPartyByParty(t *testing.T) {
	for _, parties := range []int{26, 53} {
		if parties == 53 && !testkit.Full() {
			continue
		}
		t.Run(strconv.Itoa(parties), func(t *testing.T) {
			world.Run(t, func(t *testing.T, w *world.World) {
				b := drafted(w, world.Batch(parties))
				id := b.submit()
				v, err := b.room.Get(t.Context(), w.Reviewer, id)
				w.Must(err)
				if len(v.Texts) != parties {
					t.Fatalf("the review covers %d texts, want %d", len(v.Texts), parties)
				}
				hashes := map[string]bool{}
				for _, text := range v.Texts {
					hashes[text.Hash] = true
					if !text.Same {
						t.Errorf("the text against %s is not the one that was sent", text.Name)
					}
				}
				if len(hashes) != parties {
					t.Errorf("%d different texts for %d parties", len(hashes), parties)
				}
				b.pass(id)
				b.Approve().Decide()
				numbers := map[string]bool{}
				for _, p := range b.View(w.Handler).Parties {
					numbers[p.Decision.Number] = true
					if p.Decision.Review != id || p.Decision.BodyHash == "" {
						t.Errorf("%s: the decision %q names review %q", p.Party.Name, p.Decision.Number, p.Decision.Review)
					}
				}
				if len(numbers) != parties {
					t.Errorf("%d numbers for %d decisions", len(numbers), parties)
				}
				b.Serve()
				sent := b.Today()
				for _, p := range b.View(w.Handler).Parties {
					if got := p.Decision.EffectiveOn; got != sent.AddDays(30) {
						t.Fatalf("%s: announced on %s, in effect on %s, want thirty days later", p.Party.Name, sent, got)
					}
				}
			})
		})
	}
}

func TestOneChangedTextOfABatchLeavesTheReviewOfTheOthersStanding(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Batch(3))
		b.pass(b.submit())
		all := b.Parties()
		changed := all[1].ID
		b.Draft(form.Values{"discretion": "该当事人情节较轻，另行说明。"}, changed)
		for id, rv := range reviewOf(b) {
			if want := id != changed; rv.SameText != want || rv.State != "passed" {
				t.Errorf("party %s: state %s, same text %v, want %v", id, rv.State, rv.SameText, want)
			}
		}
		approval := map[string]form.Values{"行政处罚决定审批表": {"outcome": "给予行政处罚", "proposal": "同意。", "head_opinion": "同意。"}}
		_, err := b.Try(w.Approver, "approve", approval)
		wantRule(t, err, "CF-36b")
		b.Take("approve", approval, all[0].ID, all[2].ID)
		b.Take("decide", nil, all[0].ID, all[2].ID)

		id := b.submit(changed)
		b.pass(id)
		b.Take("approve", approval, changed)
		b.Take("decide", nil, changed)
		for _, p := range b.View(w.Handler).Parties {
			if got := p.Decision.Review == id; p.Decision.ID == "" || got != (p.Party.ID == changed) {
				t.Errorf("%s is decided on review %q", p.Party.Name, p.Decision.Review)
			}
		}
	})
}

func TestOneChangedTextForAllPartiesVoidsTheReviewOfABatchOnce(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Batch(3))
		b.pass(b.submit())
		b.Draft(form.Values{"discretion": "另一种说理。"}, "")
		voided := 0
		v := b.View(w.Handler)
		for _, e := range v.Events {
			if e.Kind == "review.voided" {
				voided++
			}
		}
		if voided != 1 {
			t.Errorf("the review was voided %d times", voided)
		}
		for _, c := range v.Clocks {
			if c.Param == "review_days" && c.State == "open" {
				t.Errorf("a clock of the voided review still runs for party %q", c.Party)
			}
		}
	})
}

func TestAPartySplitOffKeepsItsReview(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Batch(3))
		id := b.submit()
		b.pass(id)
		b.Take("split_party", map[string]form.Values{"另案处理登记": {"reason": "该当事人提供了联系方式，另案处理。"}}, b.Parties()[2].ID)
		for party, rv := range reviewOf(b) {
			if rv.ID != id || rv.State != "passed" || !rv.SameText {
				t.Errorf("party %s: %+v", party, rv)
			}
		}
		var rows int
		w.Read(func(tx *db.Tx) error {
			return tx.Row(`SELECT count(*) FROM review_text WHERE review_id = $1`, id).Scan(&rows)
		})
		if rows != 3 {
			t.Errorf("%d texts are covered", rows)
		}
	})
}

func TestTheTextWrittenForAllStaysForThoseWhoAreDecidedLater(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Batch(3))
		id := b.submit()
		b.pass(id)
		b.Approve()
		all := b.Parties()
		b.Take("decide", nil, all[0].ID)
		b.Take("decide", nil, all[1].ID, all[2].ID)
		for _, p := range b.View(w.Handler).Parties {
			if p.Decision.Review != id {
				t.Errorf("%s: %+v", p.Party.Name, p.Decision)
			}
		}
		if drafts := b.View(w.Handler).Drafts; len(drafts) != 0 {
			t.Errorf("%d drafts are left after the last decision", len(drafts))
		}
	})
}
