-- 无法制审核不得作出重大执法决定 (行政处罚法第五十八条), and the other orders that make a decision void. The triggers
-- know no override and stand behind the command, which judges the same and says why. Hashes are compared here and
-- recomputed by the re-checker, since SQL has no digest on SQLite.
-- +goose StatementBegin
CREATE TRIGGER decision_unchecked BEFORE INSERT ON decision
WHEN NEW.kind = '行政处罚决定书' AND NOT EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND p.case_id = NEW.case_id AND p.catalogue)
BEGIN SELECT RAISE(ABORT, 'gate:decision-unchecked'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_review BEFORE INSERT ON decision
WHEN NEW.kind = '行政处罚决定书' AND (NEW.major OR EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND p.major)) AND NOT EXISTS (SELECT 1 FROM review r JOIN review_text t ON t.review_id = r.id WHERE r.id = (SELECT r.id FROM review r JOIN review_text t ON t.review_id = r.id WHERE t.case_id = NEW.case_id AND t.party_id = NEW.party_id ORDER BY r.id DESC LIMIT 1) AND t.party_id = NEW.party_id AND r.state = 'passed' AND r.verdict = '同意' AND t.body_hash = NEW.body_hash AND r.concluded_on <> '' AND r.concluded_on <= NEW.decided_on)
BEGIN SELECT RAISE(ABORT, 'gate:decision-review'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_separation BEFORE INSERT ON decision
WHEN NEW.kind = '行政处罚决定书' AND (NEW.handler = '' OR NEW.approver = '' OR NEW.handler = NEW.approver OR ((NEW.major OR EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND p.major)) AND EXISTS (SELECT 1 FROM review r WHERE r.id = (SELECT r.id FROM review r JOIN review_text t ON t.review_id = r.id WHERE t.case_id = NEW.case_id AND t.party_id = NEW.party_id ORDER BY r.id DESC LIMIT 1) AND (r.reviewer = NEW.handler OR r.reviewer = NEW.approver OR r.reviewer = r.submitted_by))))
BEGIN SELECT RAISE(ABORT, 'gate:decision-separation'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_notice BEFORE INSERT ON decision
WHEN NEW.kind = '行政处罚决定书' AND NOT EXISTS (SELECT 1 FROM party p JOIN delivery v ON v.party_id = p.id AND v.purpose = 'notice' WHERE p.id = NEW.party_id AND p.notice_on <> '' AND v.effective_on <> '' AND v.effective_on <= NEW.decided_on)
BEGIN SELECT RAISE(ABORT, 'gate:decision-notice'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_window BEFORE INSERT ON decision
WHEN NEW.kind = '行政处罚决定书' AND EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND NOT p.waived AND (p.window_until = '' OR NEW.decided_on <= p.window_until))
BEGIN SELECT RAISE(ABORT, 'gate:decision-window'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_hearing BEFORE INSERT ON decision
WHEN NEW.kind = '行政处罚决定书' AND EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND p.hearing_open)
BEGIN SELECT RAISE(ABORT, 'gate:decision-hearing'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_harsher BEFORE INSERT ON decision
WHEN NEW.kind = '行政处罚决定书' AND EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND (NEW.rank > p.notified_rank OR (NEW.rank = p.notified_rank AND NEW.fine + NEW.confiscated > p.notified_amount)))
BEGIN SELECT RAISE(ABORT, 'gate:decision-harsher'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_approval BEFORE INSERT ON decision
WHEN NEW.kind = '行政处罚决定书' AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.case_id = NEW.case_id AND a.party_id = NEW.party_id AND a.body_hash = NEW.body_hash AND a.approver = NEW.approver AND a.approved_on <= NEW.decided_on)
BEGIN SELECT RAISE(ABORT, 'gate:decision-approval'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_panel BEFORE INSERT ON decision
WHEN NEW.kind = '行政处罚决定书' AND EXISTS (SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND c.complex) AND NOT EXISTS (SELECT 1 FROM panel m WHERE m.case_id = NEW.case_id AND m.party_id = NEW.party_id AND m.members >= 2 AND m.minutes > 0 AND m.held_on <= NEW.decided_on)
BEGIN SELECT RAISE(ABORT, 'gate:decision-panel'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_crime BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND c.crime_open)
BEGIN SELECT RAISE(ABORT, 'gate:decision-crime'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_document BEFORE INSERT ON decision
WHEN NOT EXISTS (SELECT 1 FROM document d WHERE d.id = NEW.document_id AND d.kind = NEW.kind AND d.body_hash = NEW.body_hash AND d.case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'gate:decision-document'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_frozen BEFORE UPDATE ON decision
WHEN NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.case_id <> OLD.case_id OR NEW.party_id <> OLD.party_id OR NEW.document_id <> OLD.document_id OR NEW.kind <> OLD.kind OR NEW.procedure <> OLD.procedure OR NEW.number <> OLD.number OR NEW.body_hash <> OLD.body_hash OR NEW.major <> OLD.major OR NEW.review_id <> OLD.review_id OR NEW.handler <> OLD.handler OR NEW.approver <> OLD.approver OR NEW.decided_on <> OLD.decided_on OR NEW.penalties <> OLD.penalties OR NEW.rank <> OLD.rank OR NEW.fine <> OLD.fine OR NEW.confiscated <> OLD.confiscated OR (OLD.effective_on <> '' AND (NEW.effective_on <> OLD.effective_on OR NEW.served_on <> OLD.served_on OR NEW.service_mode <> OLD.service_mode)) OR (OLD.state = 'annulled' AND NEW.state <> 'annulled')
BEGIN SELECT RAISE(ABORT, 'gate:decision-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_kept BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'gate:decision-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_no_replace BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision d WHERE d.id = NEW.id OR (d.case_id = NEW.case_id AND d.party_id = NEW.party_id AND d.state = 'made' AND NEW.state = 'made'))
BEGIN SELECT RAISE(ABORT, 'gate:decision-again'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_frozen BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'gate:document-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_kept BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'gate:document-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_no_replace BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document d WHERE d.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'gate:document-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_frozen BEFORE UPDATE ON number_used
WHEN OLD.void <> '' OR NEW.void = '' OR NEW.serial <> OLD.serial OR NEW.prefix <> OLD.prefix OR NEW.year <> OLD.year
BEGIN SELECT RAISE(ABORT, 'gate:number-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_kept BEFORE DELETE ON number_used
BEGIN SELECT RAISE(ABORT, 'gate:number-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_series_forward BEFORE UPDATE ON number_series
WHEN NEW.last <> OLD.last + 1
BEGIN SELECT RAISE(ABORT, 'gate:number-gap'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_frozen BEFORE UPDATE ON approval
BEGIN SELECT RAISE(ABORT, 'gate:approval-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_kept BEFORE DELETE ON approval
BEGIN SELECT RAISE(ABORT, 'gate:approval-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER panel_frozen BEFORE UPDATE ON panel
BEGIN SELECT RAISE(ABORT, 'gate:panel-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER panel_kept BEFORE DELETE ON panel
BEGIN SELECT RAISE(ABORT, 'gate:panel-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER panel_empty BEFORE INSERT ON panel
WHEN NEW.members < 2 OR NEW.minutes <= 0
BEGIN SELECT RAISE(ABORT, 'gate:panel-empty'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_major BEFORE UPDATE ON party
WHEN (OLD.major AND NOT NEW.major) OR (OLD.catalogue AND NOT NEW.catalogue) OR NEW.case_id <> OLD.case_id
BEGIN SELECT RAISE(ABORT, 'gate:party-major'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_kept BEFORE DELETE ON party
BEGIN SELECT RAISE(ABORT, 'gate:party-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_frozen BEFORE UPDATE ON review
WHEN (OLD.verdict <> '' AND (NEW.verdict <> OLD.verdict OR NEW.reviewer <> OLD.reviewer OR NEW.concluded_on <> OLD.concluded_on)) OR (OLD.state IN ('returned', 'refused', 'voided', 'recalled', 'ended') AND NEW.state = 'passed') OR NEW.case_id <> OLD.case_id OR NEW.submitted_by <> OLD.submitted_by OR NEW.submitted_on <> OLD.submitted_on
BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_separation BEFORE UPDATE ON review
WHEN NEW.verdict <> '' AND (NEW.reviewer = '' OR NEW.reviewer = NEW.submitted_by OR NEW.concluded_on = '')
BEGIN SELECT RAISE(ABORT, 'gate:review-separation'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_unborn BEFORE INSERT ON review
WHEN NEW.verdict <> '' OR NEW.state NOT IN ('submitted')
BEGIN SELECT RAISE(ABORT, 'gate:review-unborn'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_kept BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_text_frozen BEFORE UPDATE ON review_text
BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_text_kept BEFORE DELETE ON review_text
BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_text_late BEFORE INSERT ON review_text
WHEN EXISTS (SELECT 1 FROM review r WHERE r.id = NEW.review_id AND r.state <> 'submitted')
BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
