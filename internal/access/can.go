package access

import (
	"embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/types"
)

//go:embed policies/*.cedar
var policyFiles embed.FS

// DefaultDeny is the policy named where none permits.
const DefaultDeny = "default-deny"

// stepUpPolicy asks for a fresh proof of presence; it is named only when nothing else stands in the way.
const stepUpPolicy = "step-up"

// policyBook is the read-only set of policies with the entities that never change: the actions and their groups.
type policyBook struct {
	set     *cedar.PolicySet
	reasons map[cedar.PolicyID]string
	order   []cedar.PolicyID
	actions types.EntityMap
	known   map[Action]bool
	answers sync.Map // by question
	kept    atomic.Int64
}

// book reads the embedded policies once. They are part of the program and tested with it; a fault in them refuses
// everything.
var book = sync.OnceValues(readBook)

func readBook() (*policyBook, error) {
	b := &policyBook{set: cedar.NewPolicySet(), reasons: map[cedar.PolicyID]string{}, actions: types.EntityMap{}, known: map[Action]bool{}}
	entries, err := policyFiles.ReadDir("policies")
	if err != nil {
		return nil, fmt.Errorf("access: policies: %w", err)
	}
	for _, entry := range entries {
		text, err := policyFiles.ReadFile("policies/" + entry.Name())
		if err != nil {
			return nil, fmt.Errorf("access: policies: %w", err)
		}
		list, err := cedar.NewPolicyListFromBytes(entry.Name(), text)
		if err != nil {
			return nil, fmt.Errorf("access: policies: %s: %w", entry.Name(), err)
		}
		for _, policy := range list {
			if err := b.add(policy); err != nil {
				return nil, fmt.Errorf("access: policies: %s: %w", entry.Name(), err)
			}
		}
	}
	for _, row := range actionTable() {
		b.actions[actionUID(string(row.action))] = types.Entity{UID: actionUID(string(row.action)), Parents: groupsOf(row)}
		b.known[row.action] = true
	}
	return b, nil
}

func (b *policyBook) add(policy *cedar.Policy) error {
	notes := policy.Annotations()
	id, reason := cedar.PolicyID(notes["id"]), string(notes["reason"])
	if id == "" || reason == "" {
		return fmt.Errorf("a policy at line %d has no @id or no @reason", policy.Position().Line)
	}
	if !b.set.Add(id, policy) {
		return fmt.Errorf("two policies are called %s", id)
	}
	b.reasons[id] = reason
	b.order = append(b.order, id)
	return nil
}

func actionUID(id string) types.EntityUID { return types.NewEntityUID("Action", types.String(id)) }

// groupsOf lists the groups that policies speak of: casework is closed to administrators, supervision is open to a
// supervising agency, step-up needs a fresh proof of presence.
func groupsOf(row actionInfo) types.EntityUIDSet {
	var groups []types.EntityUID
	if row.stepUp {
		groups = append(groups, actionUID("step-up"))
	}
	room, _, _ := strings.Cut(string(row.action), ".")
	switch room {
	case "case", "document", "attachment", "seal", "review", "publication", "party", "import", "archive":
		groups = append(groups, actionUID("casework"))
	}
	switch row.action {
	case CaseList, CaseView, CaseExport, PartyPersonal, PublicationList, BoardView, LedgerView, ExportList, RosterView:
		groups = append(groups, actionUID("supervision"))
	}
	return types.NewEntityUIDSet(groups...)
}

// Can tells whether the actor may do the action to the thing, which policy says so and why. What no policy permits is
// refused, and so is everything when the policies cannot be read.
func Can(actor Actor, action Action, thing Thing) Decision {
	b, err := book()
	if err != nil {
		return Decision{Policy: DefaultDeny, Reason: "授权规则无法读取，暂不能办理。"}
	}
	if !b.known[action] || actor.Account == "" || actor.Agency == "" || thing.Agency == "" {
		return Decision{Policy: DefaultDeny, Reason: "没有授权办理“" + ActionTitle(action) + "”。"}
	}
	allowed, policy := b.ask(actor, action, thing)
	if allowed {
		return Decision{Allowed: true, Policy: string(policy), Reason: b.reasons[policy]}
	}
	if policy == stepUpPolicy {
		fresh := actor
		fresh.StepUp = true
		if would, other := b.ask(fresh, action, thing); !would {
			policy = other
		} else {
			return Decision{Policy: stepUpPolicy, Reason: b.reasons[stepUpPolicy], NeedStepUp: true}
		}
	}
	if policy == "" {
		return Decision{Policy: DefaultDeny, Reason: b.whoMay(actor, action, thing)}
	}
	return Decision{Policy: string(policy), Reason: b.reasons[policy]}
}

// ask answers by the policies and names the deciding one that stands first in the files. The policies never change while the
// program runs, and they speak of attributes only and never of who or which by name, so an answer once given holds for every
// question with the same attributes: a page asks some twenty, most of them the same as the page before.
func (b *policyBook) ask(actor Actor, action Action, thing Thing) (bool, cedar.PolicyID) {
	question := strings.Join([]string{string(action), actor.Agency, actor.Unit, strings.Join(actor.Roles, "\x1e"), strconv.FormatBool(actor.OnBehalf != ""),
		strconv.FormatBool(actor.StepUp), thing.Kind, thing.Agency, thing.Unit, strings.Join(thing.Relations, "\x1e"), thing.Class}, "\x1f")
	if known, ok := b.answers.Load(question); ok {
		return known.(answer).allowed, known.(answer).policy
	}
	allowed, policy := b.evaluate(actor, action, thing)
	if b.kept.Add(1) > answersKept {
		b.answers.Clear()
		b.kept.Store(0)
	}
	b.answers.Store(question, answer{allowed, policy})
	return allowed, policy
}

// answer is what the policies said; no more than answersKept are remembered.
type answer struct {
	allowed bool
	policy  cedar.PolicyID
}

const answersKept = 10_000

// evaluate has the policies judge.
func (b *policyBook) evaluate(actor Actor, action Action, thing Thing) (bool, cedar.PolicyID) {
	who := types.NewEntityUID("Account", types.String(actor.Account))
	what := types.NewEntityUID("Thing", types.String(thing.Kind+"/"+thing.ID))
	view := entities{actions: b.actions, who: types.Entity{UID: who, Attributes: types.NewRecord(types.RecordMap{
		"agency": types.String(actor.Agency), "unit": types.String(actor.Unit), "roles": set(actor.Roles),
		"acting": types.Boolean(actor.OnBehalf != ""), "stepUp": types.Boolean(actor.StepUp),
	})}, what: types.Entity{UID: what, Attributes: types.NewRecord(types.RecordMap{
		"kind": types.String(thing.Kind), "agency": types.String(thing.Agency), "unit": types.String(thing.Unit),
		"relations": set(thing.Relations), "class": types.String(thing.Class),
	})}}
	decision, found := cedar.Authorize(b.set, view, cedar.Request{Principal: who, Action: actionUID(string(action)), Resource: what})
	if len(found.Errors) > 0 {
		// Cedar passes over a policy that fails; a forbid that fails must not let anybody through.
		return false, ""
	}
	return decision == types.Allow, b.first(found.Reasons)
}

func (b *policyBook) first(reasons []types.DiagnosticReason) cedar.PolicyID {
	for _, id := range b.order {
		for _, r := range reasons {
			if r.PolicyID == id {
				return id
			}
		}
	}
	return ""
}

// whoMay says which role could do what was refused, so that the person knows whom to ask.
func (b *policyBook) whoMay(actor Actor, action Action, thing Thing) string {
	var titles []string
	for _, role := range Roles() {
		other := actor
		other.Roles, other.StepUp, other.Unit = []string{role}, true, thing.Unit
		if yes, _ := b.ask(other, action, thing); yes {
			titles = append(titles, RoleTitle(role))
		}
	}
	if len(titles) == 0 {
		return "没有授权办理“" + ActionTitle(action) + "”。"
	}
	return "没有授权办理“" + ActionTitle(action) + "”；此项由" + strings.Join(titles, "、") + "办理。"
}

// entities hands the evaluator the two things it asks about beside the fixed actions.
type entities struct {
	actions   types.EntityMap
	who, what types.Entity
}

func (e entities) Get(uid types.EntityUID) (types.Entity, bool) {
	switch uid {
	case e.who.UID:
		return e.who, true
	case e.what.UID:
		return e.what, true
	}
	return e.actions.Get(uid)
}

func set(values []string) types.Set {
	list := make([]types.Value, len(values))
	for i, v := range values {
		list[i] = types.String(v)
	}
	return types.NewSet(list...)
}

// Reach is how far a person sees cases, for the queries that list them.
type Reach string

const (
	ReachNone   Reach = ""
	ReachOwn    Reach = "own"    // those the person handles
	ReachUnit   Reach = "unit"   // those of the unit, and those the person handles
	ReachAgency Reach = "agency" // all of the agency
)

// CaseReach asks the policies how far the actor sees the cases of an agency.
func CaseReach(actor Actor, agency string) Reach {
	thing := Thing{Kind: "case", Agency: agency}
	if Can(actor, CaseView, thing).Allowed {
		return ReachAgency
	}
	thing.Unit = actor.Unit
	if actor.Unit != "" && Can(actor, CaseView, thing).Allowed {
		return ReachUnit
	}
	thing.Unit, thing.Relations = "", []string{RelHandler}
	if Can(actor, CaseView, thing).Allowed {
		return ReachOwn
	}
	return ReachNone
}

// CheckPolicies reads the policies and tells what is wrong with them; the program asks once when it starts.
func CheckPolicies() error {
	b, err := book()
	if err != nil {
		return err
	}
	if len(b.order) == 0 {
		return errors.New("access: policies: there are none")
	}
	return nil
}
