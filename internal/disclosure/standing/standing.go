package standing

import (
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/law"
)

// Decision is the decision of a publication as the rows of its case have it now.
type Decision struct {
	agency, caseID, party, hash, review, decided, effective, mode, state string
	found, major, granted, delivered, apart, onSpot                      bool
	// of the last review of the party's text before the decision
	lastReview, verdict, reviewState, reviewed, concluded string
	qualified                                             bool
}

// read asks the rows of the case, not what was handed over when the publication fell due.
func read(tx *db.Tx, decision string) (Decision, error) {
	var s Decision
	err := tx.Row(`SELECT d.agency, d.case_id, d.party_id, d.body_hash, d.review_id, d.decided_on, d.effective_on, d.service_mode, d.state, d.kind = '当场行政处罚决定书',
			d.kind <> '不予行政处罚决定书' AND (d.major OR EXISTS (SELECT 1 FROM party p WHERE p.id = d.party_id AND p.major)),
			d.kind <> '行政处罚决定书' OR EXISTS (SELECT 1 FROM approval a WHERE a.case_id = d.case_id AND a.party_id = d.party_id AND a.body_hash = d.body_hash
				AND a.approver = d.approver AND a.approved_on <= d.decided_on),
			d.kind = '当场行政处罚决定书' OR EXISTS (SELECT 1 FROM delivery v WHERE v.case_id = d.case_id AND v.party_id = d.party_id AND v.purpose = 'decision'
				AND v.document_id = d.document_id AND v.mode = d.service_mode AND v.effective_on = d.effective_on),
			d.kind <> '行政处罚决定书' OR d.handler <> '' AND d.approver <> '' AND d.handler <> d.approver
				AND NOT EXISTS (SELECT 1 FROM case_officer o WHERE o.case_id = d.case_id AND o.account = d.approver)
				AND NOT EXISTS (SELECT 1 FROM review r WHERE r.case_id = d.case_id AND r.verdict <> '' AND (r.reviewer = d.handler OR r.reviewer = d.approver OR r.reviewer = r.submitted_by
					OR EXISTS (SELECT 1 FROM case_officer o WHERE o.case_id = d.case_id AND o.account = r.reviewer)))
		FROM decision d WHERE d.id = $1`, decision).Scan(&s.agency, &s.caseID, &s.party, &s.hash, &s.review, &s.decided, &s.effective, &s.mode, &s.state, &s.onSpot,
		&s.major, &s.granted, &s.delivered, &s.apart)
	if err != nil || !s.major {
		return s, err
	}
	err = tx.Row(`SELECT r.id, r.verdict, r.state, t.body_hash, r.concluded_on, EXISTS (SELECT 1 FROM reviewer q WHERE q.agency = r.agency AND q.account = r.reviewer
			AND (q.qualification <> '' OR (q.first_review_on <> '' AND q.first_review_on < $4)))
		FROM review r JOIN review_text t ON t.review_id = r.id WHERE t.case_id = $1 AND t.party_id = $2 AND r.id < $3 ORDER BY r.id DESC LIMIT 1`,
		s.caseID, s.party, decision, law.QualifiedSince().String()).Scan(&s.lastReview, &s.verdict, &s.reviewState, &s.reviewed, &s.concluded, &s.qualified)
	if db.IsMissing(err) {
		return s, nil
	}
	return s, err
}

// Read reads what is on file of a decision. One that is not there is on file as nothing.
func Read(tx *db.Tx, decision string) (*Decision, error) {
	s, err := read(tx, decision)
	if err != nil && !db.IsMissing(err) {
		return nil, fmt.Errorf("disclosure: decision %s: %w", decision, err)
	}
	s.found = err == nil
	return &s, nil
}

// Said is what a publication says of its decision.
type Said struct{ Agency, Case, Hash, DecidedOn, ServiceMode, ServedOn string }

// Tell puts what is on file into the facts by which PUB-01 to PUB-07 judge.
func (s *Decision) Tell(f *law.Facts, p Said) {
	f.ReadAgain = true
	f.OnFile = s.found && s.state == "made" && s.agency == p.Agency && s.caseID == p.Case && s.hash == p.Hash && s.decided == p.DecidedOn
	f.DeliveryOnFile = s.mode == p.ServiceMode && s.effective == p.ServedOn && s.delivered
	f.ApprovalOnFile, f.HandsApart, f.Major = s.granted, s.apart, f.Major || s.major
	f.ReviewOnFile = s.lastReview != "" && s.lastReview == s.review && s.verdict == string(law.VerdictPass) && s.reviewState == "passed"
	f.ReviewOfThisText = s.reviewed == s.hash && s.concluded != "" && s.concluded <= s.decided
	f.ReviewByQualified = s.qualified
}
