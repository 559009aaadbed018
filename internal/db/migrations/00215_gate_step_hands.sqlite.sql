-- Who had a hand in a case neither reviews nor approves it: the person who took a step of the handler, in the own name or for a
-- colleague on leave (AB角), the colleague in whose name it was taken, and every former handler of the case (行政处罚法
-- 第五十七条、第五十八条; DECISIONS §15). The ledger knows them and keeps them; no row of the case does. Papers that went from hand
-- to hand and files laid beside them are recorded as work on the case, and are no step of the handler.
-- +goose StatementBegin
CREATE TRIGGER review_step_hands BEFORE UPDATE ON review
WHEN NEW.verdict <> '' AND OLD.verdict = '' AND EXISTS (SELECT 1 FROM event e WHERE e.subject_kind = 'case' AND e.subject = NEW.case_id AND ((e.kind = 'case.handed_over' AND (json_extract(e.leaf, '$.ref.from') = NEW.reviewer OR json_extract(e.leaf, '$.ref.to') = NEW.reviewer)) OR (e.kind NOT LIKE 'document.%' AND e.kind NOT LIKE 'publication.%' AND e.kind NOT IN ('review.voided', 'review.text_changed') AND json_extract(e.leaf, '$.actor.role') = 'handler' AND (e.actor = NEW.reviewer OR json_extract(e.leaf, '$.actor.for') = NEW.reviewer))))
BEGIN SELECT RAISE(ABORT, 'gate:review-separation'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_step_hands BEFORE INSERT ON approval
WHEN EXISTS (SELECT 1 FROM event e WHERE e.subject_kind = 'case' AND e.subject = NEW.case_id AND ((e.kind = 'case.handed_over' AND (json_extract(e.leaf, '$.ref.from') = NEW.approver OR json_extract(e.leaf, '$.ref.to') = NEW.approver)) OR (e.kind NOT LIKE 'document.%' AND e.kind NOT LIKE 'publication.%' AND e.kind NOT IN ('review.voided', 'review.text_changed') AND json_extract(e.leaf, '$.actor.role') = 'handler' AND (e.actor = NEW.approver OR json_extract(e.leaf, '$.actor.for') = NEW.approver))))
BEGIN SELECT RAISE(ABORT, 'gate:approval-separation'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_step_hands BEFORE INSERT ON decision
WHEN NEW.kind = '行政处罚决定书' AND EXISTS (SELECT 1 FROM event e WHERE e.subject_kind = 'case' AND e.subject = NEW.case_id AND ((e.kind = 'case.handed_over' AND (json_extract(e.leaf, '$.ref.from') = NEW.approver OR json_extract(e.leaf, '$.ref.to') = NEW.approver)) OR (e.kind NOT LIKE 'document.%' AND e.kind NOT LIKE 'publication.%' AND e.kind NOT IN ('review.voided', 'review.text_changed') AND json_extract(e.leaf, '$.actor.role') = 'handler' AND (e.actor = NEW.approver OR json_extract(e.leaf, '$.actor.for') = NEW.approver))))
BEGIN SELECT RAISE(ABORT, 'gate:decision-separation'); END;
-- +goose StatementEnd
