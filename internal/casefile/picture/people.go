package picture

import (
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/party"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// ActingOfficers are those named on the act's own papers, else those assigned to the case that day.
func (s *Sheet) ActingOfficers(m Moment) []Officer {
	var list []Officer
	seen := map[string]bool{}
	add := func(a Officer) {
		if a.Certificate != "" && !seen[a.Certificate] {
			seen[a.Certificate] = true
			list = append(list, a)
		}
	}
	for _, v := range s.Act {
		for _, row := range v.Rows("officers") {
			name, _ := row["name"].(string)
			certificate, _ := row["certificate"].(string)
			add(Officer{Name: name, Certificate: certificate})
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, o := range s.Officers {
		if !o.From.After(m.Occurred) && (o.Until.IsZero() || !o.Until.Before(m.Occurred)) {
			add(o)
		}
	}
	return list
}

// Withdrawn names those whom a decision on recusal took off the case.
func (s *Sheet) Withdrawn() []string {
	var names []string
	for _, v := range s.Papers("回避决定书") {
		if v.Text("result") == "准予回避" {
			names = append(names, v.Text("subject"))
		}
	}
	return names
}

// People is what the roster answers about those who take part in an act, on its day.
type People struct {
	Standing                 map[string]roster.Standing         // by certificate
	Reviewers                map[string]roster.ReviewerStanding // by account
	Officers, ReviewersTotal int                                // how many the agency has
	HasReviewUnit            bool
	Entrusted                bool // the unit is an entrusted organisation (受委托组织)
}

// ReadPeople asks the roster about the holders of certificates, the reviewers of the case and its unit, as of a day.
func ReadPeople(tx *db.Tx, pic *Picture, certificates []string, day workday.Day) (People, error) {
	p := People{Standing: map[string]roster.Standing{}, Reviewers: map[string]roster.ReviewerStanding{}}
	list, err := roster.Certified(tx, pic.File.Agency, certificates, day)
	if err != nil {
		return People{}, fmt.Errorf("casefile: officers: %w", err)
	}
	for _, s := range list {
		p.Standing[s.Certificate] = s
	}
	if p.Officers, p.ReviewersTotal, err = roster.Numbers(tx, pic.File.Agency, day); err != nil {
		return People{}, fmt.Errorf("casefile: officers: %w", err)
	}
	for _, r := range pic.Reviews {
		if r.Reviewer == "" {
			continue
		}
		standing, ok, err := roster.ReviewerFor(tx, pic.File.Agency, r.Reviewer, day)
		if err != nil {
			return People{}, fmt.Errorf("casefile: reviewer: %w", err)
		}
		if ok {
			p.Reviewers[r.Reviewer] = standing
		}
	}
	p.HasReviewUnit = p.ReviewersTotal > 0
	if p.Entrusted, err = roster.IsEntrusted(tx, pic.File.Agency, pic.File.Unit); err != nil {
		return People{}, fmt.Errorf("casefile: unit: %w", err)
	}
	return p, nil
}

// Earlier sums what was decided against a party before in cases of the same item: how often, and whether one of them fined the
// same act (found on the same day, with the same cause).
type Earlier struct {
	Count   int
	SameAct bool
}

// ReadPrior reads the history of each party: a repeat weighs (首违不罚), and one act is not fined twice (第二十九条).
func (p *Picture) ReadPrior(tx *db.Tx) error {
	p.Prior = map[string]Earlier{}
	for i := range p.Parties {
		q := p.Parties[i]
		history, err := party.History(tx, q)
		if err != nil {
			return err
		}
		var e Earlier
		for _, h := range history {
			if h.Item != q.Item || q.Item == "" {
				continue
			}
			e.Count++
			other, err := Find(tx, h.Case)
			if err != nil {
				return err
			}
			e.SameAct = e.SameAct || h.Fine > 0 && other.FoundOn == p.File.FoundOn && other.Cause == p.File.Cause
		}
		p.Prior[q.ID] = e
	}
	return nil
}
