package casefile_test

import (
	"errors"
	"slices"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/testkit/world"
)

func TestAnEntrustedOrganisationActsOnlyWithinItsLetterAndNeverReviewsItself(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		founder := access.Founding(w.Agency.Code)
		unit := roster.Unit{Agency: w.Agency.Code, Code: w.Handler.Unit, Name: "市社会组织执法服务中心", Kind: roster.Entrusted}
		w.Must(w.Write(func(tx *db.Tx) error { return roster.PutUnit(tx, founder, unit) }))
		unit.Review = true
		var invalid refusal.Invalid
		if err := w.Write(func(tx *db.Tx) error { return roster.PutUnit(tx, founder, unit) }); !errors.As(err, &invalid) || invalid.Fields["review"] == "" {
			t.Fatalf("an entrusted organisation became the unit that reviews: %v", err)
		}
		c := w.Lead(world.Minor())
		elements := form.Values{"item": c.Matter.Item, "act_ended_on": w.Today().AddDays(-30).String()}
		opening := map[string]form.Values{"案件要素登记": elements, "立案审批表": {"officers": officerRows(w, 2), "conditions": []any{"有违反法律、法规、规章的事实", "依法应当或者可能给予行政处罚", "属于本机关管辖", "未超过行政处罚时效"}}}
		_, err := c.Try(w.Approver, "open_case", opening)
		if got := world.Refusals(err); !slices.Contains(got, "CF-05") || !slices.Contains(got, "CF-06") {
			t.Fatalf("a case was opened without a letter of entrustment: %s", world.Why(err))
		}
		elements["entrustment"], elements["entrusted_from"], elements["entrustee_qualified"] = "四民委〔2026〕1号", w.Today().AddDays(-400).String(), true
		elements["entrusted_until"] = w.Today().AddDays(-1).String()
		if _, err := c.Try(w.Approver, "open_case", opening); !slices.Contains(world.Refusals(err), "CF-05") {
			t.Fatalf("a case was opened after the entrustment had ended: %s", world.Why(err))
		}
		elements["entrusted_until"] = w.Today().AddDays(300).String()
		if _, err := c.Try(w.Approver, "open_case", opening); err != nil {
			t.Fatalf("within the letter it may act: %s", world.Why(err))
		}
	})
}

// officerRows are the first officers of the bureau as a paper names them.
func officerRows(w *world.World, n int) []any {
	var list []any
	for _, o := range w.Officers[:n] {
		list = append(list, o)
	}
	return list
}
