package access

import (
	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// findingMark begins the rule code of a finding that a policy made: access:handler-not-reviewer.
const findingMark = "access:"

// StepUpRule is the rule code by which a face knows that a fresh proof of presence is all that is missing.
const StepUpRule = findingMark + stepUpPolicy

// Require is Can for commands: nil, or a refusal that names the policy and says why.
func Require(actor Actor, action Action, thing Thing) error {
	d := Can(actor, action, thing)
	if d.Allowed {
		return nil
	}
	return refused(d.Policy, ActionTitle(action), d.Reason)
}

func refused(policy, title, reason string) error {
	return refusal.Refused{Findings: []law.Finding{{Rule: findingMark + policy, Title: title, Message: reason,
		Severity: law.Block, Tasks: []int{19}}}}
}

// accountThing is an account as the policies see it for this actor.
func accountThing(actor Actor, agency, account string) Thing {
	thing := Thing{Kind: "account", ID: account, Agency: agency}
	if account != "" && account == actor.Account {
		thing.Relations = append(thing.Relations, RelSelf)
	}
	return thing
}

// record appends an administrative act to the ledger of the agency; personal says what only the payload may hold.
func record(tx *db.Tx, actor Actor, agency, kind, account string, ref map[string]string, personal any) error {
	_, err := ledger.Append(tx, ledger.Event{Agency: agency, Kind: kind, SubjectKind: "account", Subject: account,
		Actor: actor.Ledger(officeRole(actor)), Ref: ref, Payload: personal})
	return err
}

// officeRole is the role in which somebody administers; "" for what people do with their own account.
func officeRole(actor Actor) string {
	for _, role := range []string{RoleAdministrator, RoleAuditor, RoleApprover} {
		if actor.Has(role) {
			return role
		}
	}
	return ""
}

// today is the legal day of the command.
func today(tx *db.Tx) workday.Day { return workday.DayOf(tx.Now()) }

// pageLimit bounds one page of a list.
const pageLimit = 200

func clampLimit(limit int) int {
	if limit <= 0 || limit > pageLimit {
		return pageLimit
	}
	return limit
}

// Founding is the actor that `mingjing init` and the building of a demonstration act as, before there is an account.
// Its acts are on the ledger under the account "init".
func Founding(agency string) Actor {
	return Actor{Account: "init", Name: "初始化", Agency: agency, Roles: []string{RoleAdministrator}, StepUp: true}
}
