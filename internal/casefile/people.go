package casefile

import (
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/party"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// people is what the roster answers about those who take part in an act, on its day.
type people struct {
	standing                 map[string]roster.Standing // by certificate
	reviewers                map[string]roster.ReviewerStanding
	officers, reviewersTotal int
	hasReviewUnit            bool
	entrusted                bool // the agency itself acts for another (受委托组织)
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
	agency, err := roster.FindAgency(tx, pic.file.Agency)
	if err != nil {
		return people{}, fmt.Errorf("casefile: agency: %w", err)
	}
	p.entrusted = agency.EntrustedBy != ""
	return p, nil
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
