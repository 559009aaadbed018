package gate_test

import (
	"fmt"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	ledgerorder "mingjing/internal/ledger/order"
)

// never are the forbidden states: each query counts the rows that are in one.
var never = []struct{ name, query string }{
	{"a major decision without the latest passed review of its text by somebody entitled", `SELECT count(*) FROM decision d JOIN party p ON p.id = d.party_id WHERE (d.major OR p.major) AND NOT EXISTS (
		SELECT 1 FROM review r JOIN review_text t ON t.review_id = r.id JOIN reviewer q ON q.agency = r.agency AND q.account = r.reviewer AND q.qualification <> ''
		WHERE r.id = (SELECT max(l.review_id) FROM review_text l WHERE l.case_id = d.case_id AND l.party_id = d.party_id AND l.review_id < d.id) AND r.verdict = '同意' AND r.state = 'passed'
			AND t.party_id = d.party_id AND t.body_hash = d.body_hash AND r.concluded_on <= d.decided_on AND r.reviewer NOT IN (d.handler, d.approver, r.submitted_by))`},
	{"a decision that is not the text that somebody else approved", `SELECT count(*) FROM decision d WHERE d.handler = d.approver OR NOT EXISTS (SELECT 1 FROM approval a WHERE a.case_id = d.case_id
		AND a.body_hash = d.body_hash AND a.approver = d.approver AND a.approved_on <= d.decided_on AND a.id < d.id)`},
	{"a decision whose paper says something else", `SELECT count(*) FROM decision d WHERE NOT EXISTS (SELECT 1 FROM document x WHERE x.id = d.document_id AND x.body_hash = d.body_hash)`},
	{"two decisions against one party", `SELECT count(*) FROM (SELECT party_id FROM decision WHERE state = 'made' GROUP BY party_id HAVING count(*) > 1) x`},
	{"one person in two parts", `SELECT count(*) FROM review r WHERE r.verdict <> '' AND (r.reviewer IN (SELECT approver FROM approval) OR r.reviewer IN (SELECT account FROM case_officer)
		OR r.reviewer IN (SELECT submitted_by FROM review) OR EXISTS (SELECT 1 FROM approval a JOIN case_officer o ON o.account = a.approver))`},
	{"a publication before service or without a second person", `SELECT count(*) FROM publication p JOIN decision d ON d.id = p.decision WHERE p.published_on <> '' AND (d.effective_on = '' OR d.effective_on > p.published_on
		OR p.maker = '' OR p.checker = '' OR p.maker = p.checker OR p.checked_hash <> p.content_hash)`},
	{"a version that one person made and checked", `SELECT count(*) FROM publication_version WHERE maker = checker OR checker = ''`},
	{"a public row without its publication", `SELECT count(*) FROM pub_publication b LEFT JOIN publication p ON p.id = b.id AND p.published_on = b.published_on AND p.state = b.state WHERE p.id IS NULL`},
	{"a public body that is no version, or of what is down", `SELECT count(*) FROM pub_body b WHERE NOT EXISTS (SELECT 1 FROM publication p JOIN publication_version v ON v.publication = p.id AND v.number = p.version
		WHERE p.ordinal = b.ordinal AND p.state IN ('published', 'corrected') AND v.body = b.body)`},
	{"a withdrawal that does not say why", `SELECT count(*) FROM publication WHERE state = 'withdrawn' AND (ground = '' OR reason = '' OR ground_document = '')`},
	{"a standing decision that is told to be annulled", `SELECT count(*) FROM publication p WHERE p.state = 'withdrawn' AND p.source = 'case' AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.id = p.decision AND d.annulled_on <> '')`},
	{"a withdrawal by one person", `SELECT count(*) FROM publication WHERE state = 'withdrawn' AND (withdraw_checker = '' OR withdraw_checker = withdraw_maker)`},
	{"what is down and can be found", `SELECT count(*) FROM publication p JOIN pub_search s ON s.rowid = p.ordinal WHERE p.state = 'withdrawn'`},
	{"a decision without its entry in the public count", `SELECT count(*) FROM decision d WHERE NOT EXISTS (SELECT 1 FROM publication p JOIN pub_commit c ON c.agency = p.agency AND c.year = p.commit_year
		AND c.seq = p.commit_seq WHERE p.decision = d.id)`},
	{"a public log without a COMMIT for each decision", `SELECT abs((SELECT count(*) FROM decision) - (SELECT count(*) FROM event WHERE kind = 'COMMIT'))`},
}

// holds looks for a forbidden state in the rows after an accepted act, and asks the ledger too.
func (w *walk) holds(x *scene, to *state) {
	w.t.Helper()
	wrong := func(what string) { w.t.Errorf("%s\n\tafter %s", what, strings.Join(to.acts, ", ")) }
	x.Read(func(tx *db.Tx) error {
		for _, n := range never {
			var rows int
			if err := tx.Row(n.query).Scan(&rows); err != nil {
				return fmt.Errorf("%s: %w", n.name, err)
			}
			if rows > 0 {
				wrong(n.name)
			}
		}
		var day string
		if err := tx.Row(`SELECT COALESCE(max(published_on), '') FROM publication`).Scan(&day); err != nil {
			return err
		}
		if to.shown != "" && day != to.shown {
			wrong("the day of publication moved from " + to.shown + " to " + day)
		}
		to.shown = day
		return ledgerorder.Judge(tx, x.Agency.Code, func(p ledger.Problem) { wrong("the ledger: " + p.What) })
	})
}
