// Package order judges from the ledger alone whether the acts of a case came in the order of the law, whatever the rows say: a
// decision names the verdict and the approval that it rests on by their numbers, and what it names must stand before it, in
// the same case, over the same text (行政处罚法第五十七条、第五十八条). Boulder keeps the linted bytes in the same way beside what
// it signs.
//
// It serves duties 10, 11, 15 and 19. It imports db and ledger.
package order

import (
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// What a decision and a publication say of what they rest on, in their leaf.
const (
	RefMajor    = "major"        // "true": the decision needs a review
	RefText     = "text"         // the hash of the text that was decided or approved
	RefReviewed = "review_seq"   // number of the event of the verdict
	RefApproved = "approval_seq" // number of the event of the approval
	RefDecision = "decision"     // id of the decision, in its own event and those about it
)

// resting is what a case has that a decision may rest on: an event, over which text, by whom, on which day.
type resting struct {
	seq                  int64
	text, by, on, review string
	as                   string // for whom, where it was done for a colleague on leave
}

// unfolding is one case as its events tell it.
type unfolding struct {
	major              map[string]bool // by party
	reviewed, approved map[string]resting
	hands              map[string]bool   // accounts that handled the case or took a step of its handler, also for somebody else
	served             map[string]bool   // decisions whose service is recorded
	decided            map[string]bool   // decisions
	public             map[string]string // publications: "published" or "withdrawn"
	wrong              func(r *ledger.Record, what string)
}

func newUnfolding(wrong func(r *ledger.Record, what string)) *unfolding {
	return &unfolding{major: map[string]bool{}, reviewed: map[string]resting{}, approved: map[string]resting{}, hands: map[string]bool{}, served: map[string]bool{},
		decided: map[string]bool{}, public: map[string]string{}, wrong: wrong}
}

// Judge reads every case of an agency in which something was decided or published, one at a time, and tells what did not come in
// order. It is the Orders of ledger.VerifyOptions.
func Judge(tx *db.Tx, agency string, found func(ledger.Problem)) error {
	after := ""
	wrong := func(r *ledger.Record, what string) { found(ledger.Problem{Seq: r.Seq, ID: r.ID, What: what}) }
	for {
		var cases []string
		err := tx.Each(`SELECT DISTINCT subject FROM event WHERE agency = $1 AND kind IN ('decision.made', 'publication.published', 'publication.corrected', 'publication.withdrawn')
			AND subject_kind = 'case' AND subject > $2 ORDER BY subject LIMIT 500`, []any{agency, after}, func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			cases = append(cases, id)
			return err
		})
		if err != nil || len(cases) == 0 {
			return err
		}
		for _, id := range cases {
			u := newUnfolding(wrong)
			list, err := ledger.Stream(tx, "case", id)
			if err != nil {
				continue // a leaf that cannot be read is named already
			}
			for i := range list {
				if list[i].Agency == agency {
					u.fold(&list[i])
				}
			}
		}
		after = cases[len(cases)-1]
	}
}

func (u *unfolding) fold(r *ledger.Record) {
	party := r.Ref["party"]
	u.handled(r)
	switch r.Kind {
	case "case.catalogue_checked", "case.hearing_requested":
		u.major[party] = u.major[party] || r.Ref[RefMajor] == "true"
	case "review.submitted":
		delete(u.reviewed, party) // what was passed before is not the latest word any more
		delete(u.reviewed, "")
	case "review.passed":
		texts := textsOf(r)
		for p, text := range texts {
			u.reviewed[p] = resting{r.Seq, text, r.Actor.Account, legalDay(r), r.Ref["review"], r.Actor.OnBehalf}
		}
		if len(texts) == 0 { // of a large batch they went with the payload: only that there was a verdict can be held against
			u.reviewed[""] = resting{r.Seq, "", r.Actor.Account, legalDay(r), r.Ref["review"], r.Actor.OnBehalf}
		}
	case "review.voided", "review.ended", "review.returned", "review.amended", "review.refused", "review.recalled", "review.remanded":
		for p, last := range u.reviewed {
			if last.review == r.Ref["review"] {
				delete(u.reviewed, p)
			}
		}
	case "case.approved":
		u.approved[party] = resting{r.Seq, r.Ref[RefText], r.Actor.Account, legalDay(r), "", r.Actor.OnBehalf}
	case "decision.made":
		u.decided[r.Ref[RefDecision]] = true
		u.served[r.Ref[RefDecision]] = r.Ref["step"] == "decide_on_spot" // handed over there and then (第五十二条)
		u.decision(r, party)
	case "case.not_punished":
		u.decided[r.Ref[RefDecision]] = true
	case "decision.annulled": // what is decided anew is reviewed and approved anew
		delete(u.reviewed, party)
		delete(u.approved, party)
	case "delivery.made":
		u.served[r.Ref[RefDecision]] = true
	default:
		u.publication(r)
	}
}

// handled notes who had a hand in the case (行政处罚法第五十七条、第五十八条). Papers handed round and files laid beside them are
// recorded under the handler's role whoever does it.
func (u *unfolding) handled(r *ledger.Record) {
	if r.Kind == "case.handed_over" {
		u.hands[r.Ref["from"]], u.hands[r.Ref["to"]] = true, true
	}
	room, _, _ := strings.Cut(r.Kind, ".")
	if r.Actor.Role != "handler" || room == "document" || room == "publication" || r.Kind == "review.voided" || r.Kind == "review.text_changed" {
		return
	}
	u.hands[r.Actor.Account] = true
	if r.Actor.OnBehalf != "" {
		u.hands[r.Actor.OnBehalf] = true
	}
}

// decision holds a decision against the verdict and the approval that it names.
func (u *unfolding) decision(r *ledger.Record, party string) {
	text := r.Ref[RefText]
	approved, on := u.approved[party], legalDay(r)
	if r.Ref["step"] == "decide" && text != "" {
		switch {
		case r.Ref[RefApproved] != strconv.FormatInt(approved.seq, 10) || approved.by == "" || approved.text != text && approved.text != "": // before schema 170 an approval named no text
			u.wrong(r, "决定没有写明其所依据的负责人批准，或者批准的不是这一文本")
		case approved.on > on:
			u.wrong(r, "决定早于负责人的批准")
		case u.hands[approved.by] || u.hands[approved.as]:
			u.wrong(r, "批准人承办过本案，或者以本人、代理人身份办理过承办环节")
		}
	}
	if r.Ref[RefMajor] != "true" && !u.major[party] {
		return
	}
	reviewed, known := u.reviewed[party]
	if !known {
		reviewed = u.reviewed[""]
	}
	switch {
	case r.Ref[RefReviewed] != strconv.FormatInt(reviewed.seq, 10) || reviewed.by == "":
		u.wrong(r, "重大执法决定没有写明其所依据的法制审核，或者所写的不是最后一次通过的审核")
	case reviewed.text != text && known:
		u.wrong(r, "法制审核的不是作出决定的文本")
	case reviewed.on > on:
		u.wrong(r, "决定早于法制审核")
	case u.hands[reviewed.by] || u.hands[reviewed.as] || reviewed.by == r.Actor.Account || reviewed.by == approved.by:
		u.wrong(r, "审核人就是本案的承办人或者批准人")
	}
}

// publication holds what became public against what stood before it.
func (u *unfolding) publication(r *ledger.Record) {
	id := r.Ref["publication"]
	switch r.Kind {
	case "publication.published":
		decision := r.Ref[RefDecision]
		switch {
		case u.public[id] != "":
			u.wrong(r, "同一决定再次公示")
		case u.decided[decision] && !u.served[decision]:
			u.wrong(r, "在送达之前公示")
		case r.Ref["maker"] == "" || r.Ref["checker"] == "" || r.Ref["maker"] == r.Ref["checker"]:
			u.wrong(r, "公示的制作人与复核人是同一人")
		}
		u.public[id] = "published"
	case "publication.corrected":
		if u.public[id] == "withdrawn" || r.Ref["maker"] == r.Ref["checker"] {
			u.wrong(r, "撤下之后又有更正，或者更正的制作人与复核人是同一人")
		}
	case "publication.withdrawn":
		if r.Ref["ground"] == "" || r.Ref["document"] == "" {
			u.wrong(r, "撤下没有写明依据或者文书")
		}
		if r.Ref["maker"] != "" && r.Ref["maker"] == r.Ref["checker"] {
			u.wrong(r, "撤下由一人办理")
		}
		u.public[id] = "withdrawn"
	}
}

// textsOf are the texts that a verdict is about, by party: in the leaf, or for a batch that is too large for it in the
// payload, which says nothing where it was destroyed.
func textsOf(r *ledger.Record) map[string]string {
	texts := map[string]string{}
	var said struct{ Texts map[string]string }
	if json.Unmarshal(r.Payload, &said) == nil && len(said.Texts) > 0 {
		return said.Texts
	}
	for name, hash := range r.Ref {
		if party, is := strings.CutPrefix(name, "text."); is {
			texts[party] = hash
		}
	}
	return texts
}

// legalDay is the day in China on which the event happened.
func legalDay(r *ledger.Record) string {
	return r.Occurred.UTC().Add(8 * time.Hour).Format(time.DateOnly)
}

// Latest finds the last event of a kind among those of a case that a condition holds for.
func Latest(events []ledger.Record, kind string, holds func(ledger.Record) bool) (ledger.Record, bool) {
	for _, e := range slices.Backward(events) {
		if e.Kind == kind && holds(e) {
			return e, true
		}
	}
	return ledger.Record{}, false
}
