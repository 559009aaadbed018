-- Who had a hand in a case neither reviews nor approves it: the person who took a step of the handler, in the own name or for a
-- colleague on leave (AB角), the colleague in whose name it was taken, and every former handler of the case (行政处罚法
-- 第五十七条、第五十八条; DECISIONS §15). The ledger knows them and keeps them; no row of the case does. Papers that went from hand
-- to hand and files laid beside them are recorded as work on the case, and are no step of the handler.
-- +goose StatementBegin
CREATE FUNCTION review_step_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.verdict <> '' AND OLD.verdict = '' AND EXISTS (SELECT 1 FROM event e WHERE e.subject_kind = 'case' AND e.subject = NEW.case_id AND ((e.kind = 'case.handed_over' AND (e.leaf::json #>> '{ref,from}' = NEW.reviewer OR e.leaf::json #>> '{ref,to}' = NEW.reviewer)) OR (e.kind NOT LIKE 'document.%' AND e.kind NOT LIKE 'publication.%' AND e.kind NOT IN ('review.voided', 'review.text_changed') AND e.leaf::json #>> '{actor,role}' = 'handler' AND (e.actor = NEW.reviewer OR e.leaf::json #>> '{actor,for}' = NEW.reviewer)))) THEN RAISE EXCEPTION 'gate:review-separation'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER review_step_hands BEFORE UPDATE ON review FOR EACH ROW EXECUTE FUNCTION review_step_hands();
ALTER TABLE review ENABLE ALWAYS TRIGGER review_step_hands;
-- +goose StatementBegin
CREATE FUNCTION approval_step_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM event e WHERE e.subject_kind = 'case' AND e.subject = NEW.case_id AND ((e.kind = 'case.handed_over' AND (e.leaf::json #>> '{ref,from}' = NEW.approver OR e.leaf::json #>> '{ref,to}' = NEW.approver)) OR (e.kind NOT LIKE 'document.%' AND e.kind NOT LIKE 'publication.%' AND e.kind NOT IN ('review.voided', 'review.text_changed') AND e.leaf::json #>> '{actor,role}' = 'handler' AND (e.actor = NEW.approver OR e.leaf::json #>> '{actor,for}' = NEW.approver)))) THEN RAISE EXCEPTION 'gate:approval-separation'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER approval_step_hands BEFORE INSERT ON approval FOR EACH ROW EXECUTE FUNCTION approval_step_hands();
ALTER TABLE approval ENABLE ALWAYS TRIGGER approval_step_hands;
-- +goose StatementBegin
CREATE FUNCTION decision_step_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = '行政处罚决定书' AND EXISTS (SELECT 1 FROM event e WHERE e.subject_kind = 'case' AND e.subject = NEW.case_id AND ((e.kind = 'case.handed_over' AND (e.leaf::json #>> '{ref,from}' = NEW.approver OR e.leaf::json #>> '{ref,to}' = NEW.approver)) OR (e.kind NOT LIKE 'document.%' AND e.kind NOT LIKE 'publication.%' AND e.kind NOT IN ('review.voided', 'review.text_changed') AND e.leaf::json #>> '{actor,role}' = 'handler' AND (e.actor = NEW.approver OR e.leaf::json #>> '{actor,for}' = NEW.approver)))) THEN RAISE EXCEPTION 'gate:decision-separation'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER decision_step_hands BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION decision_step_hands();
ALTER TABLE decision ENABLE ALWAYS TRIGGER decision_step_hands;
