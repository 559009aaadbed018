package access

// Thing is what an action is done to, as far as the policies need to know it.
type Thing struct {
	Kind   string // case, document, review, publication, account, roster, ledger …
	ID     string
	Agency string // id of the agency it belongs to; a thing without one is refused to everybody
	Unit   string // id of the unit that handles it
	// Relations say what the actor, or the one acted for, is to the thing already.
	Relations []string
	Class     string // class of the act, for policies that tell classes apart
}

// The relations.
const (
	RelHandler    = "handler_of"   // assigned to the case, or began it
	RelHand       = "hand_of"      // handled it once, or took a step of its handler, also for somebody else
	RelReviewer   = "reviewer_of"  // reviews it or has reviewed it
	RelApprover   = "approver_of"  // has approved an act in it
	RelMaker      = "maker_of"     // prepared the publication
	RelChecker    = "checker_of"   // checked it
	RelOutside    = "outside_unit" // of a unit that does not act for the whole agency, and the thing is another unit's
	RelRequester  = "requester_of" // asked for the reset that waits for confirmation
	RelSelf       = "self"         // the account is the actor's own
	RelSupervised = "supervised"   // belongs to an agency that the actor's agency supervises
	RelDemo       = "demo"         // the store is a demonstration
)

// Relations lists every relation.
func Relations() []string {
	return []string{RelHandler, RelHand, RelReviewer, RelApprover, RelMaker, RelChecker, RelOutside, RelRequester, RelSelf, RelSupervised, RelDemo}
}

// Decision is the answer of Can.
type Decision struct {
	Allowed bool
	// Policy is the id of the policy that decided; "default-deny" where none permits.
	Policy string
	// Reason is Chinese and fit for a screen.
	Reason string
	// NeedStepUp says that only a fresh proof of presence is missing.
	NeedStepUp bool
}
