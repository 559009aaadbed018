package casefile

import (
	"fmt"

	"mingjing/internal/access"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/law"
)

// somebody stands for whoever of the right role takes a step that is not the viewer's: nobody who handles, reviewed or approved
// the case. What the law says of the viewer's own person would be said of the wrong one.
const somebody = "somebody"

// takersMost bounds how many of a role are asked after.
const takersMost = 40

// takers names who may take the steps of a role in a case as it stands: in the role, and kept from it by no relation to the case
// (行政处罚法第五十七条、第五十八条).
func takers(tx *db.Tx, pic *picture.Picture, role law.Role) ([]string, error) {
	list, err := access.List(tx, pic.File.Agency, access.Filter{Role: string(role), State: access.StateActive}, "", takersMost)
	if err != nil {
		return nil, fmt.Errorf("casefile: takers of %s: %w", role, err)
	}
	var names []string
	for _, a := range list {
		actor := access.Actor{Account: a.ID, Name: a.Name, Agency: a.Agency, Unit: a.Unit, Roles: a.Roles}
		if d := access.Can(actor, access.StepAction(role), picture.Thing(pic, actor)); d.Allowed || d.NeedStepUp {
			names = append(names, a.Name)
		}
	}
	return names, nil
}
