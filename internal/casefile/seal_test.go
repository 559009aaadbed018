package casefile_test

import (
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/testkit/world"
)

func TestASealedDecisionStandsInTheRegisterOfSeals(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		c.Approve().Decide()
		var uses []document.SealUse
		w.Read(func(tx *db.Tx) (err error) { uses, err = document.SealUses(tx, w.Agency.Code, "", 50); return err })
		number := c.View(w.Handler).Parties[0].Decision.Number
		for _, u := range uses {
			if u.Number != number {
				continue
			}
			if u.UsedBy != w.Handler.Account || u.ApprovedBy != w.Approver.Account || u.UsedOn != w.Today() || u.Case != c.ID || u.Seal == "" {
				t.Errorf("the register says %+v", u)
			}
			return
		}
		t.Errorf("%s is not among the %d uses of the register", number, len(uses))
	})
}
