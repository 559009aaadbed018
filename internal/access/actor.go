package access

import (
	"slices"

	"mingjing/internal/ledger"
)

// Actor is the person behind a command. A session makes it; tests may write it down directly.
type Actor struct {
	Account string // id of the account that is logged in
	Name    string
	Agency  string // id of the agency
	Unit    string // id of the unit inside it; "" for none
	Roles   []string
	// OnBehalf is the id of the account acted for (AB角); Roles and Unit are then those of that account.
	OnBehalf     string
	OnBehalfName string
	// StepUp says that the person proved presence again a short while ago; actions of weight need it.
	StepUp bool
}

// Has tells whether the actor holds the role.
func (a Actor) Has(role string) bool { return slices.Contains(a.Roles, role) }

// Ledger names the actor in an event, in the role in which the act is done.
func (a Actor) Ledger(role string) ledger.Actor {
	return ledger.Actor{Account: a.Account, Role: role, OnBehalf: a.OnBehalf}
}

// Identities lists the accounts whose relations to a case count: the person, and the one acted for. A room fills
// Thing.Relations from all of them, so that acting for somebody opens no way round the separation of duties.
func (a Actor) Identities() []string {
	if a.OnBehalf == "" || a.OnBehalf == a.Account {
		return []string{a.Account}
	}
	return []string{a.Account, a.OnBehalf}
}

// Title is how a screen names the actor: 乙某（代 甲某）.
func (a Actor) Title() string {
	if a.OnBehalf == "" {
		return a.Name
	}
	return a.Name + "（代 " + a.OnBehalfName + "）"
}
