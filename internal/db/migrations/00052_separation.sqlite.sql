-- One person takes one part in a case: who handled it, now or before, neither reviews nor approves it, and who reviewed any
-- round of it does not approve it (行政处罚法第五十七条、第五十八条; DECISIONS §15). A verdict stands on a written opinion,
-- a round that is over stays over, and while a disagreement about a text is open no decision is made on it (国办发〔2018〕
-- 118号（十四）). The triggers stand behind the commands, which judge the same and say why.
-- +goose StatementBegin
CREATE TRIGGER review_hands BEFORE UPDATE ON review
WHEN NEW.verdict <> '' AND OLD.verdict = '' AND (EXISTS (SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND c.handler = NEW.reviewer) OR EXISTS (SELECT 1 FROM case_officer o WHERE o.case_id = NEW.case_id AND o.account = NEW.reviewer) OR EXISTS (SELECT 1 FROM approval a WHERE a.case_id = NEW.case_id AND a.approver = NEW.reviewer) OR EXISTS (SELECT 1 FROM review s WHERE s.case_id = NEW.case_id AND s.submitted_by = NEW.reviewer))
BEGIN SELECT RAISE(ABORT, 'gate:review-separation'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_written BEFORE UPDATE ON review
WHEN NEW.verdict <> '' AND OLD.verdict = '' AND (OLD.state <> 'under_review' OR NOT EXISTS (SELECT 1 FROM document d WHERE d.id = NEW.opinion AND d.case_id = NEW.case_id AND d.kind = '法制审核意见书'))
BEGIN SELECT RAISE(ABORT, 'gate:review-opinion'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_verdict BEFORE UPDATE ON review
WHEN (NEW.state = 'passed' AND NEW.verdict <> '同意') OR (NEW.verdict <> '' AND NEW.verdict NOT IN ('同意', '同意但需修改', '退回补正', '不同意')) OR (NEW.verdict <> '' AND OLD.verdict = '' AND NEW.verdict <> '同意' AND NEW.state NOT IN ('returned', 'refused'))
BEGIN SELECT RAISE(ABORT, 'gate:review-verdict'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_over BEFORE UPDATE ON review
WHEN (OLD.state IN ('voided', 'recalled', 'ended') AND NEW.state <> OLD.state) OR (OLD.state = 'passed' AND NEW.state NOT IN ('passed', 'voided')) OR (OLD.verdict <> '' AND NEW.opinion <> OLD.opinion)
BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_hands BEFORE INSERT ON approval
WHEN EXISTS (SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND c.handler = NEW.approver) OR EXISTS (SELECT 1 FROM case_officer o WHERE o.case_id = NEW.case_id AND o.account = NEW.approver) OR EXISTS (SELECT 1 FROM review s WHERE s.case_id = NEW.case_id AND (s.submitted_by = NEW.approver OR (s.verdict <> '' AND s.reviewer = NEW.approver)))
BEGIN SELECT RAISE(ABORT, 'gate:approval-separation'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_hands BEFORE INSERT ON decision
WHEN NEW.kind = '行政处罚决定书' AND (EXISTS (SELECT 1 FROM review s WHERE s.case_id = NEW.case_id AND s.verdict <> '' AND (s.reviewer = NEW.approver OR s.reviewer = NEW.handler)) OR EXISTS (SELECT 1 FROM case_officer o WHERE o.case_id = NEW.case_id AND o.account = NEW.approver))
BEGIN SELECT RAISE(ABORT, 'gate:decision-separation'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_dispute BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM review s JOIN review_text t ON t.review_id = s.id WHERE t.case_id = NEW.case_id AND t.party_id = NEW.party_id AND s.state = 'disputed')
BEGIN SELECT RAISE(ABORT, 'gate:decision-dispute'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_frozen BEFORE UPDATE ON delivery
BEGIN SELECT RAISE(ABORT, 'gate:delivery-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_kept BEFORE DELETE ON delivery
BEGIN SELECT RAISE(ABORT, 'gate:delivery-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_no_replace BEFORE INSERT ON review
WHEN EXISTS (SELECT 1 FROM review x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_text_no_replace BEFORE INSERT ON review_text
WHEN EXISTS (SELECT 1 FROM review_text x WHERE x.review_id = NEW.review_id AND x.party_id = NEW.party_id)
BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_no_replace BEFORE INSERT ON approval
WHEN EXISTS (SELECT 1 FROM approval x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'gate:approval-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER panel_no_replace BEFORE INSERT ON panel
WHEN EXISTS (SELECT 1 FROM panel x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'gate:panel-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_no_replace BEFORE INSERT ON delivery
WHEN EXISTS (SELECT 1 FROM delivery x WHERE x.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'gate:delivery-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER officer_hands BEFORE INSERT ON case_officer
WHEN NEW.account <> '' AND (EXISTS (SELECT 1 FROM review s WHERE s.case_id = NEW.case_id AND s.verdict <> '' AND s.reviewer = NEW.account) OR EXISTS (SELECT 1 FROM approval a WHERE a.case_id = NEW.case_id AND a.approver = NEW.account))
BEGIN SELECT RAISE(ABORT, 'gate:officer-separation'); END;
-- +goose StatementEnd
