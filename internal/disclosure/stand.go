package disclosure

import (
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
)

// standing is the decision of a publication as the rows of its case have it now.
type standing struct {
	agency, caseID, party, hash, review, decided, effective, mode, state string
	major, granted, delivered, apart, onSpot                             bool
	// of the last review of the party's text before the decision
	lastReview, verdict, reviewState, reviewed, concluded string
	qualified                                             bool
}

// readStanding asks the rows of the case, not what was handed over when the publication fell due.
func readStanding(tx *db.Tx, decision string) (standing, error) {
	var s standing
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

// stands judges the decision again before it is made public: the gate of the decision and the triggers of the database may
// have been passed by, and what is published is read by everybody (行政处罚法第四十八条、第五十八条).
func (a *act) stands() error {
	if a.p.Source != SourceCase {
		return nil
	}
	s, err := readStanding(a.tx, a.p.Decision)
	if err != nil && !db.IsMissing(err) {
		return fmt.Errorf("disclosure: decision of %s: %w", a.p.ID, err)
	}
	said := func(article, message string) error {
		return refusal.Refused{Findings: []law.Finding{{Rule: "PUB-DECISION", Title: "公示前再次核对作出决定的程序", Severity: law.Block, Message: message,
			Cite:   law.Cite{Statute: "《行政处罚法》", Article: article, Version: "2021年修订"},
			Advice: "决定的记录与法定程序不符，请停止公示并报告机关负责人和系统管理员核查。"}}}
	}
	same := err == nil && s.agency == a.p.Agency && s.caseID == a.p.Case && s.hash == a.p.decisionHash && s.decided == a.p.DecidedOn
	switch {
	case !same || s.state != "made":
		return said("第四十八条", "所公示的决定不在案，或者文本、日期与决定不符，或者决定已经变动。")
	case s.mode != a.p.ServiceMode || s.effective != a.p.ServedOn || !s.delivered:
		return said("第六十一条", "没有送达这一决定的送达登记，或者与公示信息所记的送达不符。")
	case !s.granted:
		return said("第五十七条", "没有负责人对这一文本的批准。")
	case !s.apart:
		return said("第五十七条、第五十八条", "承办、审核、批准由同一人办理。")
	case !s.major:
		return nil
	case s.lastReview == "" || s.lastReview != s.review || s.verdict != string(law.VerdictPass) || s.reviewState != "passed":
		return said("第五十八条", "本决定属于重大执法决定，作出之前没有通过法制审核，或者最后一次审核没有通过。")
	case s.reviewed != s.hash || s.concluded == "" || s.concluded > s.decided:
		return said("第五十八条", "法制审核的不是这一文本，或者审核晚于决定。")
	case !s.qualified:
		return said("第五十八条第二款", "审核人员没有法律职业资格。")
	}
	return nil
}
