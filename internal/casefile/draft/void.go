package draft

import (
	"fmt"
	"maps"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
)

// voidReviews ends the reviews, asked for or passed, whose text is no longer the one that is drafted. A review of a batch
// ends when no text of it is left as it was; where some are, it goes on holding for those parties and no longer for the
// others, whose hash the gate compares (DECISIONS §4).
func voidReviews(tx *db.Tx, books book.Books, pic *picture.Picture, actor access.Actor, d document.Draft) error {
	if d.Kind != book.DecisionKind {
		return nil
	}
	before := SameTexts(books, pic)
	var err error
	if pic.Drafts, err = document.Drafts(tx, pic.File.ID); err != nil {
		return err
	}
	return VoidChanged(tx, books, pic, actor, before)
}

// VoidChanged ends the reviews whose texts are not what they were before.
func VoidChanged(tx *db.Tx, books book.Books, pic *picture.Picture, actor access.Actor, before map[string]map[string]bool) error {
	after := SameTexts(books, pic)
	for _, id := range slices.Sorted(maps.Keys(after)) {
		var changed, left []string
		for _, partyID := range slices.Sorted(maps.Keys(after[id])) {
			switch {
			case after[id][partyID]:
				left = append(left, partyID)
			case before[id][partyID]:
				changed = append(changed, partyID)
			}
		}
		var err error
		switch {
		case len(left) == 0:
			err = voidReview(tx, pic, actor, id, slices.Sorted(maps.Keys(after[id])))
		case len(changed) > 0:
			err = leaveReview(tx, pic, actor, id, changed)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// SameTexts tells, by review and party, whether the draft is still the text that the review covers. Reviews that are over
// and parties that are decided are left out.
func SameTexts(books book.Books, pic *picture.Picture) map[string]map[string]bool {
	kind, _ := books.Forms.Kind(book.DecisionKind)
	w := &Papers{Books: books, Picture: pic}
	same := map[string]map[string]bool{}
	for partyID, rv := range pic.Reviews {
		_, made := pic.Decided[partyID]
		if made || rv.State != "passed" && rv.State != "submitted" && rv.State != "under_review" {
			continue
		}
		if same[rv.ID] == nil {
			same[rv.ID] = map[string]bool{}
		}
		text := w.Decision(partyID)
		same[rv.ID][partyID] = text != nil && form.Hash(kind, text) == rv.Hash
	}
	return same
}

func voidReview(tx *db.Tx, pic *picture.Picture, actor access.Actor, id string, parties []string) error {
	if _, err := tx.Exec(`UPDATE review SET state = 'voided' WHERE id = $1 AND state IN ('passed', 'submitted', 'under_review')`, id); err != nil {
		return fmt.Errorf("casefile: void review %s: %w", id, err)
	}
	for _, owner := range append([]string{""}, parties...) {
		for _, param := range []string{law.ReviewDays, law.ReviewExtraDays} {
			if err := deadline.Drop(tx, pic.File.ID, owner, param); err != nil {
				return err
			}
		}
	}
	return changedUnderReview(tx, pic, actor, "review.voided", "文本改动，审核失效", id, nil)
}

func leaveReview(tx *db.Tx, pic *picture.Picture, actor access.Actor, id string, parties []string) error {
	for _, partyID := range parties {
		if err := deadline.Drop(tx, pic.File.ID, partyID, law.ReviewDays); err != nil {
			return err
		}
	}
	return changedUnderReview(tx, pic, actor, "review.text_changed", "部分当事人的文本改动，审核不再适用于该当事人", id, parties)
}

func changedUnderReview(tx *db.Tx, pic *picture.Picture, actor access.Actor, kind, title, id string, parties []string) error {
	if err := deadline.Settle(tx, pic.File.ID); err != nil {
		return err
	}
	ref := map[string]string{"review": id}
	for _, partyID := range parties {
		ref["party."+partyID] = "changed"
	}
	_, err := ledger.Append(tx, ledger.Event{Agency: pic.File.Agency, Kind: kind, SubjectKind: "case", Subject: pic.File.ID, Actor: actor.Ledger(access.RoleHandler), Ref: ref,
		Payload: map[string]any{"title": title, "actor": actor.Title()}})
	return err
}
