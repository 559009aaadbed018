package access

import (
	"slices"
	"testing"
)

// matrixRole gives each role a letter, so that a row of the table can be read at a glance.
func matrixRoles() []struct{ letter, role string } {
	return []struct{ letter, role string }{
		{"h", RoleHandler}, {"u", RoleUnitHead}, {"r", RoleReviewer}, {"a", RoleApprover}, {"p", RolePublisher},
		{"c", RoleChecker}, {"v", RoleArchivist}, {"s", RoleSupervisor}, {"m", RoleAdministrator}, {"d", RoleAuditor},
	}
}

// The columns of the table.
const (
	ownUnit    = "of the own unit"
	otherUnit  = "of another unit"
	handled    = "handled by the actor"
	reviewed   = "reviewed by the actor"
	approved   = "approved by the actor"
	made       = "made by the actor"
	checked    = "checked by the actor"
	asked      = "asked for by the actor"
	own        = "the actor's own"
	demo       = "of a demonstration"
	foreign    = "of another agency"
	supervised = "of a supervised agency"

	// What files stand beside, where that is no case.
	certificate        = "a certificate"
	ownCertificate     = "the actor's own certificate"
	publication        = "a publication"
	handledPublication = "a publication of a case handled by the actor"
	aReview            = "a review"
	handledReview      = "a review of a case handled by the actor"
	aSeal              = "a use of a seal"
	handledSeal        = "a use of a seal in a case handled by the actor"
)

type matrixCase struct {
	name  string
	thing Thing
	// like is the column whose answers hold here too for an action that does not ask what kind of thing it is.
	like string
}

// matrixCases are what an actor of agency g and unit u may be to a thing; the columns of the table.
func matrixCases() []matrixCase {
	thing := func(agency, unit string, relations ...string) Thing {
		return Thing{Kind: "case", ID: "x", Agency: agency, Unit: unit, Relations: relations}
	}
	beside := func(kind string, t Thing) Thing { t.Kind = kind; return t }
	list := []matrixCase{
		{ownUnit, thing("g", "u"), ""},
		{otherUnit, thing("g", "w"), ""},
		{handled, thing("g", "u", RelHandler), ""},
		{reviewed, thing("g", "u", RelReviewer), ""},
		{approved, thing("g", "u", RelApprover), ""},
		{made, thing("g", "u", RelMaker), ""},
		{checked, thing("g", "u", RelChecker), ""},
		{asked, thing("g", "", RelRequester), ""},
		{own, thing("g", "", RelSelf), ""},
		{demo, thing("g", "", RelDemo), ""},
		{foreign, thing("o", "u", RelHandler), ""},
		{supervised, thing("o", "u", RelHandler, RelSupervised), ""},
		{certificate, beside("certificate", thing("g", "")), otherUnit},
		{ownCertificate, beside("certificate", thing("g", "", RelSelf)), own},
		{publication, beside("publication", thing("g", "w")), otherUnit},
		{handledPublication, beside("publication", thing("g", "u", RelHandler)), handled},
		{aReview, beside("review", thing("g", "w")), otherUnit},
		{handledReview, beside("review", thing("g", "u", RelHandler)), handled},
		{aSeal, beside("seal", thing("g", "w")), otherUnit},
		{handledSeal, beside("seal", thing("g", "u", RelHandler)), handled},
	}
	for _, kind := range []string{"certificate", "publication", "review", "seal"} {
		list = append(list, matrixCase{"a " + kind + " of another agency", beside(kind, thing("o", "u", RelHandler, RelSelf)), foreign})
	}
	return list
}

// powers are the actions that hand out power. Nobody does them in the name of another, whatever the other might do.
func powers() []Action { return []Action{AccountAdmin, AccountConfirm, ActingGrant, RosterAdmin} }

func TestADeputyHandsOutNoPowerInTheNameOfAnother(t *testing.T) {
	for _, action := range Actions() {
		for _, c := range matrixCases() {
			for _, r := range matrixRoles() {
				self := Actor{Account: "p", Agency: "g", Unit: "u", Roles: []string{r.role}, StepUp: true}
				deputy := self
				deputy.OnBehalf, deputy.OnBehalfName = "q", "某甲"
				want := Can(self, action, c.thing).Allowed && !slices.Contains(powers(), action)
				d := Can(deputy, action, c.thing)
				if d.Allowed != want {
					t.Errorf("%s, %s, for a %s: %v, want %v (%s)", action, c.name, r.role, d.Allowed, want, d.Policy)
				}
			}
		}
	}
}

func lettersAllowed(action Action, thing Thing) string {
	letters := ""
	for _, r := range matrixRoles() {
		if Can(Actor{Account: "p", Agency: "g", Unit: "u", Roles: []string{r.role}, StepUp: true}, action, thing).Allowed {
			letters += r.letter
		}
	}
	return letters
}

type expect map[string]string

// expectation is a row: the roles that may do the action to a thing of the own agency, and the relations for which the
// answer differs. A thing of another agency is closed to all unless a column says otherwise.
type expectation struct {
	roles string
	but   expect
}

// matrix is the whole policy, written down a second time. It is read by people; a change of a policy changes it too.
func matrix() map[Action]expectation {
	return map[Action]expectation{
		"case.list":           {"hurapcvsd", expect{supervised: "s"}},
		"case.view":           {"rapcvsd", expect{ownUnit: "hurapcvsd", handled: "hurapcvsd", reviewed: "hurapcvsd", approved: "hurapcvsd", made: "hurapcvsd", checked: "hurapcvsd", supervised: "s"}},
		"case.lead":           {"hu", nil},
		"case.handover":       {"a", expect{ownUnit: "ua", handled: "ua", reviewed: "ua", approved: "ua", made: "ua", checked: "ua"}},
		"case.export":         {"avs", expect{ownUnit: "huavs", handled: "huavs", reviewed: "huavs", approved: "huavs", made: "huavs", checked: "huavs", supervised: "s"}},
		"case.step.handler":   {"", expect{handled: "h"}},
		"case.step.unit_head": {"", expect{ownUnit: "u", handled: "u", made: "u", checked: "u"}},
		"case.step.reviewer":  {"r", expect{handled: "", approved: ""}},
		"case.step.approver":  {"a", expect{handled: "", reviewed: ""}},
		"case.step.publisher": {"p", nil},
		"case.step.checker":   {"c", expect{made: ""}},
		"case.step.archivist": {"v", nil},
		"document.edit":       {"rav", expect{ownUnit: "urav", handled: "huv", reviewed: "urav", approved: "urav", made: "urav", checked: "urav"}},
		"document.finish":     {"rav", expect{ownUnit: "urav", handled: "huv", reviewed: "urav", approved: "urav", made: "urav", checked: "urav"}},
		"attachment.add":      {"rav", expect{ownUnit: "urav", handled: "huv", reviewed: "urav", approved: "urav", made: "urav", checked: "urav"}},
		"seal.use":            {"pv", expect{handled: "hpv"}},
		"scan.add": {"", expect{certificate: "m", ownCertificate: "m", publication: "p", handledPublication: "hp", aReview: "rav", handledReview: "hurav",
			aSeal: "pv", handledSeal: "hpv"}},
		"scan.view": {"", expect{certificate: "asm", ownCertificate: "hurapcvsmd", publication: "apcvs", handledPublication: "hapcvs", aReview: "ravs", handledReview: "huravs",
			aSeal: "rapvs", handledSeal: "hurapvs"}},
		"review.submit":        {"", expect{ownUnit: "u", handled: "hu", made: "u", checked: "u"}},
		"review.conclude":      {"r", expect{handled: "", approved: ""}},
		"case.approve":         {"a", expect{handled: "", reviewed: ""}},
		"publication.list":     {"hurapcvsd", expect{supervised: "s"}},
		"publication.prepare":  {"p", expect{handled: "hp"}},
		"publication.check":    {"c", expect{made: ""}},
		"publication.publish":  {"p", nil},
		"publication.correct":  {"p", nil},
		"publication.withdraw": {"p", nil},
		"publication.withhold": {"p", nil},
		"publication.extend":   {"p", nil},
		"publication.restore":  {"p", nil},
		"import.run":           {"p", nil},
		"export.list":          {"hurapcvsd", expect{supervised: "s"}},
		"party.view_personal":  {"ravs", expect{ownUnit: "uravs", handled: "huravs", reviewed: "uravs", approved: "uravs", made: "uravs", checked: "uravs", supervised: "s"}},
		"archive.manage":       {"v", nil},
		"board.view":           {"hurapcvsmd", expect{supervised: "s"}},
		"rulebook.manage":      {"rm", nil},
		"undertaking.keep":     {"uas", nil},
		"return.send":          {"aps", nil},
		"account.admin":        {"m", expect{own: ""}},
		"account.confirm":      {"md", expect{asked: "", own: ""}},
		"acting.grant":         {"am", expect{own: "hurapcvsmd"}},
		"roster.view":          {"hurapcvsmd", expect{supervised: "s"}},
		"roster.admin":         {"m", nil},
		"catalog.activate":     {"m", nil},
		"catalog.confirm":      {"am", expect{asked: ""}},
		"ledger.view":          {"asd", expect{supervised: "s"}},
		"look.view":            {"sd", nil},
		"clock.move":           {"", expect{demo: "hurapcvsmd"}},
	}
}

func TestEveryActionStandsInTheMatrix(t *testing.T) {
	table := matrix()
	for _, action := range Actions() {
		if _, ok := table[action]; !ok {
			t.Errorf("%s is missing from the matrix", action)
		}
		if ActionTitle(action) == "" {
			t.Errorf("%s has no Chinese title", action)
		}
	}
	for action := range table {
		if !slices.Contains(Actions(), action) {
			t.Errorf("%s stands in the matrix and is no action", action)
		}
	}
}

func TestEveryRoleAndRelationIsAnsweredAsTheMatrixSays(t *testing.T) {
	for action, row := range matrix() {
		for _, c := range matrixCases() {
			want, said := row.but[c.name]
			if !said {
				want, said = row.but[c.like]
			}
			if !said && c.thing.Agency == "g" {
				want = row.roles
			}
			if got := lettersAllowed(action, c.thing); got != want {
				t.Errorf("%s, %s: allowed to %q, want %q", action, c.name, got, want)
			}
		}
	}
}

func TestEveryRoleHasALetterInTheMatrix(t *testing.T) {
	for _, role := range Roles() {
		if !slices.ContainsFunc(matrixRoles(), func(r struct{ letter, role string }) bool { return r.role == role }) {
			t.Errorf("%s has no letter", role)
		}
	}
}
