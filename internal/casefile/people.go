package casefile

import (
	"fmt"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/party"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// people is what the roster answers about those who take part in an act, on its day.
type people struct {
	standing                 map[string]roster.Standing // by certificate
	reviewers                map[string]roster.ReviewerStanding
	officers, reviewersTotal int
	hasReviewUnit            bool
	entrusted                bool // the unit is an entrusted organisation (受委托组织)
}

func readPeople(tx *db.Tx, pic *picture, certificates []string, day workday.Day) (people, error) {
	p := people{standing: map[string]roster.Standing{}, reviewers: map[string]roster.ReviewerStanding{}}
	list, err := roster.Certified(tx, pic.file.Agency, certificates, day)
	if err != nil {
		return people{}, fmt.Errorf("casefile: officers: %w", err)
	}
	for _, s := range list {
		p.standing[s.Certificate] = s
	}
	if p.officers, p.reviewersTotal, err = roster.Numbers(tx, pic.file.Agency, day); err != nil {
		return people{}, fmt.Errorf("casefile: officers: %w", err)
	}
	for _, r := range pic.reviews {
		if r.Reviewer == "" {
			continue
		}
		standing, ok, err := roster.ReviewerFor(tx, pic.file.Agency, r.Reviewer, day)
		if err != nil {
			return people{}, fmt.Errorf("casefile: reviewer: %w", err)
		}
		if ok {
			p.reviewers[r.Reviewer] = standing
		}
	}
	p.hasReviewUnit = p.reviewersTotal > 0
	if p.entrusted, err = roster.IsEntrusted(tx, pic.file.Agency, pic.file.Unit); err != nil {
		return people{}, fmt.Errorf("casefile: unit: %w", err)
	}
	return p, nil
}

// entitled tells which persons that the papers of the act name are not who they are said to be: a certificate belongs to
// its holder, and a case is led by one of its officers who can still sign in as a handler (行政处罚法第四十二条).
func (w *work) entitled() error {
	fields := map[string]string{}
	for _, s := range w.sheets {
		for kind, v := range s.act {
			for i, row := range v.Rows("officers") {
				name, _ := row["name"].(string)
				certificate, _ := row["certificate"].(string)
				standing := w.people.standing[certificate]
				if standing.Name != "" && zh.Key(standing.Name) != zh.Key(name) {
					fields[fmt.Sprintf("%s/officers.%d.name", kind, i)] = "执法证件" + certificate + "的持有人不是“" + name + "”。"
				}
			}
		}
		if w.step.Code == "assign_officers" || w.step.Code == "change_officers" {
			message, err := w.leads(s)
			if err != nil {
				return err
			}
			if message != "" {
				fields[assignmentKind+"/lead_officer"] = message
			}
		}
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "文书所列的执法人员与执法人员名册不一致。", Fields: fields}
	}
	return nil
}

// assignmentKind is the paper that puts officers on a case.
const assignmentKind = "指派办案人员审批表"

// leads tells why the officer who is named to lead the case cannot; empty when nothing stands against it.
func (w *work) leads(s *sheet) (string, error) {
	lead := s.act[assignmentKind].Text("lead_officer")
	for _, o := range s.actingOfficers(w.moment) {
		if zh.Key(o.Name) != zh.Key(lead) {
			continue
		}
		account := w.people.standing[o.Certificate].Account
		if account == "" {
			return "", nil
		}
		a, err := access.Get(w.tx, account)
		switch {
		case err != nil:
			return "", err
		case !a.Active():
			return "“" + lead + "”的账号已停用，不能主办本案。", nil
		case !slices.Contains(a.Roles, access.RoleHandler):
			return "“" + lead + "”的账号没有承办人角色，不能主办本案。", nil
		}
		return "", nil
	}
	return "主办人员应当是所列办案人员之一。", nil
}

// earlier sums what was decided against a party before.
type earlier struct {
	count   int
	sameAct bool
}

// readPrior reads the history of each party: a repeat weighs (首违不罚), and one act is not fined twice (第二十九条).
func (p *picture) readPrior(tx *db.Tx) error {
	p.prior = map[string]earlier{}
	for i := range p.parties {
		q := p.parties[i]
		history, err := party.History(tx, q)
		if err != nil {
			return err
		}
		var e earlier
		for _, h := range history {
			if h.Item != q.Item || q.Item == "" {
				continue
			}
			e.count++
			other, err := Find(tx, h.Case)
			if err != nil {
				return err
			}
			e.sameAct = e.sameAct || h.Fine > 0 && other.FoundOn == p.file.FoundOn && other.Cause == p.file.Cause
		}
		p.prior[q.ID] = e
	}
	return nil
}

// Thing is the case as the policies of access see it.
func Thing(pic *picture, actor access.Actor) access.Thing {
	t := access.Thing{Kind: "case", ID: pic.file.ID, Agency: pic.file.Agency, Unit: pic.file.Unit, Class: pic.file.Class}
	for _, id := range actor.Identities() {
		handles := pic.file.Handler == id
		for _, o := range pic.officers {
			handles = handles || o.Account == id && o.Until.IsZero()
		}
		switch {
		case handles:
			t.Relations = append(t.Relations, access.RelHandler)
		case pic.hand(id):
			t.Relations = append(t.Relations, access.RelHand)
		}
		if slices.Contains(pic.reviewers, id) {
			t.Relations = append(t.Relations, access.RelReviewer)
		}
		if slices.Contains(pic.approvers, id) {
			t.Relations = append(t.Relations, access.RelApprover)
		}
	}
	slices.Sort(t.Relations)
	t.Relations = slices.Compact(t.Relations)
	return t
}
