-- One person takes one part in a case: who handled it, now or before, neither reviews nor approves it, and who reviewed any
-- round of it does not approve it (行政处罚法第五十七条、第五十八条; DECISIONS §15). A verdict stands on a written opinion,
-- a round that is over stays over, and while a disagreement about a text is open no decision is made on it (国办发〔2018〕
-- 118号（十四）). The triggers stand behind the commands, which judge the same and say why.
-- +goose StatementBegin
CREATE FUNCTION review_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.verdict <> '' AND OLD.verdict = '' AND (EXISTS (SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND c.handler = NEW.reviewer) OR EXISTS (SELECT 1 FROM case_officer o WHERE o.case_id = NEW.case_id AND o.account = NEW.reviewer) OR EXISTS (SELECT 1 FROM approval a WHERE a.case_id = NEW.case_id AND a.approver = NEW.reviewer) OR EXISTS (SELECT 1 FROM review s WHERE s.case_id = NEW.case_id AND s.submitted_by = NEW.reviewer)) THEN RAISE EXCEPTION 'gate:review-separation'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER review_hands BEFORE UPDATE ON review FOR EACH ROW EXECUTE FUNCTION review_hands();
ALTER TABLE review ENABLE ALWAYS TRIGGER review_hands;
-- +goose StatementBegin
CREATE FUNCTION review_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.verdict <> '' AND OLD.verdict = '' AND (OLD.state <> 'under_review' OR NOT EXISTS (SELECT 1 FROM document d WHERE d.id = NEW.opinion AND d.case_id = NEW.case_id AND d.kind = '法制审核意见书')) THEN RAISE EXCEPTION 'gate:review-opinion'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER review_written BEFORE UPDATE ON review FOR EACH ROW EXECUTE FUNCTION review_written();
ALTER TABLE review ENABLE ALWAYS TRIGGER review_written;
-- +goose StatementBegin
CREATE FUNCTION review_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.state = 'passed' AND NEW.verdict <> '同意') OR (NEW.verdict <> '' AND NEW.verdict NOT IN ('同意', '同意但需修改', '退回补正', '不同意')) OR (NEW.verdict <> '' AND OLD.verdict = '' AND NEW.verdict <> '同意' AND NEW.state NOT IN ('returned', 'refused')) THEN RAISE EXCEPTION 'gate:review-verdict'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER review_verdict BEFORE UPDATE ON review FOR EACH ROW EXECUTE FUNCTION review_verdict();
ALTER TABLE review ENABLE ALWAYS TRIGGER review_verdict;
-- +goose StatementBegin
CREATE FUNCTION review_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.state IN ('voided', 'recalled', 'ended') AND NEW.state <> OLD.state) OR (OLD.state = 'passed' AND NEW.state NOT IN ('passed', 'voided')) OR (OLD.verdict <> '' AND NEW.opinion <> OLD.opinion) THEN RAISE EXCEPTION 'gate:review-immutable'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER review_over BEFORE UPDATE ON review FOR EACH ROW EXECUTE FUNCTION review_over();
ALTER TABLE review ENABLE ALWAYS TRIGGER review_over;
-- +goose StatementBegin
CREATE FUNCTION approval_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND c.handler = NEW.approver) OR EXISTS (SELECT 1 FROM case_officer o WHERE o.case_id = NEW.case_id AND o.account = NEW.approver) OR EXISTS (SELECT 1 FROM review s WHERE s.case_id = NEW.case_id AND (s.submitted_by = NEW.approver OR (s.verdict <> '' AND s.reviewer = NEW.approver))) THEN RAISE EXCEPTION 'gate:approval-separation'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER approval_hands BEFORE INSERT ON approval FOR EACH ROW EXECUTE FUNCTION approval_hands();
ALTER TABLE approval ENABLE ALWAYS TRIGGER approval_hands;
-- +goose StatementBegin
CREATE FUNCTION decision_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = '行政处罚决定书' AND (EXISTS (SELECT 1 FROM review s WHERE s.case_id = NEW.case_id AND s.verdict <> '' AND (s.reviewer = NEW.approver OR s.reviewer = NEW.handler)) OR EXISTS (SELECT 1 FROM case_officer o WHERE o.case_id = NEW.case_id AND o.account = NEW.approver)) THEN RAISE EXCEPTION 'gate:decision-separation'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER decision_hands BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION decision_hands();
ALTER TABLE decision ENABLE ALWAYS TRIGGER decision_hands;
-- +goose StatementBegin
CREATE FUNCTION decision_dispute() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM review s JOIN review_text t ON t.review_id = s.id WHERE t.case_id = NEW.case_id AND t.party_id = NEW.party_id AND s.state = 'disputed') THEN RAISE EXCEPTION 'gate:decision-dispute'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER decision_dispute BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION decision_dispute();
ALTER TABLE decision ENABLE ALWAYS TRIGGER decision_dispute;
CREATE TRIGGER delivery_frozen BEFORE UPDATE ON delivery FOR EACH ROW EXECUTE FUNCTION gate_refuse('delivery-immutable');
ALTER TABLE delivery ENABLE ALWAYS TRIGGER delivery_frozen;
CREATE TRIGGER delivery_kept BEFORE DELETE ON delivery FOR EACH ROW EXECUTE FUNCTION gate_refuse('delivery-immutable');
ALTER TABLE delivery ENABLE ALWAYS TRIGGER delivery_kept;
CREATE TRIGGER delivery_no_truncate BEFORE TRUNCATE ON delivery FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('delivery-immutable');
ALTER TABLE delivery ENABLE ALWAYS TRIGGER delivery_no_truncate;
-- +goose StatementBegin
CREATE FUNCTION officer_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.account <> '' AND (EXISTS (SELECT 1 FROM review s WHERE s.case_id = NEW.case_id AND s.verdict <> '' AND s.reviewer = NEW.account) OR EXISTS (SELECT 1 FROM approval a WHERE a.case_id = NEW.case_id AND a.approver = NEW.account)) THEN RAISE EXCEPTION 'gate:officer-separation'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER officer_hands BEFORE INSERT ON case_officer FOR EACH ROW EXECUTE FUNCTION officer_hands();
ALTER TABLE case_officer ENABLE ALWAYS TRIGGER officer_hands;
