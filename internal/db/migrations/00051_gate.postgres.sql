-- 无法制审核不得作出重大执法决定 (行政处罚法第五十八条), and the other orders that make a decision void. The triggers
-- know no override and stand behind the command, which judges the same and says why. Hashes are compared here and
-- recomputed by the re-checker, since SQL has no digest on SQLite.
-- +goose StatementBegin
CREATE FUNCTION decision_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = '行政处罚决定书' AND NOT EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND p.case_id = NEW.case_id AND p.catalogue) THEN RAISE EXCEPTION 'gate:decision-unchecked'; END IF;
  IF NEW.kind = '行政处罚决定书' AND (NEW.major OR EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND p.major)) AND NOT EXISTS (SELECT 1 FROM review r JOIN review_text t ON t.review_id = r.id WHERE r.id = (SELECT r.id FROM review r JOIN review_text t ON t.review_id = r.id WHERE t.case_id = NEW.case_id AND t.party_id = NEW.party_id ORDER BY r.id DESC LIMIT 1) AND t.party_id = NEW.party_id AND r.state = 'passed' AND r.verdict = '同意' AND t.body_hash = NEW.body_hash AND r.concluded_on <> '' AND r.concluded_on <= NEW.decided_on) THEN RAISE EXCEPTION 'gate:decision-review'; END IF;
  IF NEW.kind = '行政处罚决定书' AND (NEW.handler = '' OR NEW.approver = '' OR NEW.handler = NEW.approver OR ((NEW.major OR EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND p.major)) AND EXISTS (SELECT 1 FROM review r WHERE r.id = (SELECT r.id FROM review r JOIN review_text t ON t.review_id = r.id WHERE t.case_id = NEW.case_id AND t.party_id = NEW.party_id ORDER BY r.id DESC LIMIT 1) AND (r.reviewer = NEW.handler OR r.reviewer = NEW.approver OR r.reviewer = r.submitted_by)))) THEN RAISE EXCEPTION 'gate:decision-separation'; END IF;
  IF NEW.kind = '行政处罚决定书' AND NOT EXISTS (SELECT 1 FROM party p JOIN delivery v ON v.party_id = p.id AND v.purpose = 'notice' WHERE p.id = NEW.party_id AND p.notice_on <> '' AND v.effective_on <> '' AND v.effective_on <= NEW.decided_on) THEN RAISE EXCEPTION 'gate:decision-notice'; END IF;
  IF NEW.kind = '行政处罚决定书' AND EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND NOT p.waived AND (p.window_until = '' OR NEW.decided_on <= p.window_until)) THEN RAISE EXCEPTION 'gate:decision-window'; END IF;
  IF NEW.kind = '行政处罚决定书' AND EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND p.hearing_open) THEN RAISE EXCEPTION 'gate:decision-hearing'; END IF;
  IF NEW.kind = '行政处罚决定书' AND EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND (NEW.rank > p.notified_rank OR (NEW.rank = p.notified_rank AND NEW.fine + NEW.confiscated > p.notified_amount))) THEN RAISE EXCEPTION 'gate:decision-harsher'; END IF;
  IF NEW.kind = '行政处罚决定书' AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.case_id = NEW.case_id AND a.party_id = NEW.party_id AND a.body_hash = NEW.body_hash AND a.approver = NEW.approver AND a.approved_on <= NEW.decided_on) THEN RAISE EXCEPTION 'gate:decision-approval'; END IF;
  IF NEW.kind = '行政处罚决定书' AND EXISTS (SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND c.complex) AND NOT EXISTS (SELECT 1 FROM panel m WHERE m.case_id = NEW.case_id AND m.party_id = NEW.party_id AND m.members >= 2 AND m.minutes > 0 AND m.held_on <= NEW.decided_on) THEN RAISE EXCEPTION 'gate:decision-panel'; END IF;
  IF EXISTS (SELECT 1 FROM case_file c WHERE c.id = NEW.case_id AND c.crime_open) THEN RAISE EXCEPTION 'gate:decision-crime'; END IF;
  IF NOT EXISTS (SELECT 1 FROM document d WHERE d.id = NEW.document_id AND d.kind = NEW.kind AND d.body_hash = NEW.body_hash AND d.case_id = NEW.case_id) THEN RAISE EXCEPTION 'gate:decision-document'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER decision_gate BEFORE INSERT ON decision FOR EACH ROW EXECUTE FUNCTION decision_gate();
ALTER TABLE decision ENABLE ALWAYS TRIGGER decision_gate;
CREATE TRIGGER decision_frozen BEFORE UPDATE ON decision FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.case_id <> OLD.case_id OR NEW.party_id <> OLD.party_id OR NEW.document_id <> OLD.document_id OR NEW.kind <> OLD.kind OR NEW.procedure <> OLD.procedure OR NEW.number <> OLD.number OR NEW.body_hash <> OLD.body_hash OR NEW.major <> OLD.major OR NEW.review_id <> OLD.review_id OR NEW.handler <> OLD.handler OR NEW.approver <> OLD.approver OR NEW.decided_on <> OLD.decided_on OR NEW.penalties <> OLD.penalties OR NEW.rank <> OLD.rank OR NEW.fine <> OLD.fine OR NEW.confiscated <> OLD.confiscated OR (OLD.effective_on <> '' AND (NEW.effective_on <> OLD.effective_on OR NEW.served_on <> OLD.served_on OR NEW.service_mode <> OLD.service_mode)) OR (OLD.state = 'annulled' AND NEW.state <> 'annulled')) EXECUTE FUNCTION gate_refuse('decision-immutable');
ALTER TABLE decision ENABLE ALWAYS TRIGGER decision_frozen;
CREATE TRIGGER number_frozen BEFORE UPDATE ON number_used FOR EACH ROW WHEN (OLD.void <> '' OR NEW.void = '' OR NEW.serial <> OLD.serial OR NEW.prefix <> OLD.prefix OR NEW.year <> OLD.year) EXECUTE FUNCTION gate_refuse('number-immutable');
ALTER TABLE number_used ENABLE ALWAYS TRIGGER number_frozen;
CREATE TRIGGER number_series_forward BEFORE UPDATE ON number_series FOR EACH ROW WHEN (NEW.last <> OLD.last + 1) EXECUTE FUNCTION gate_refuse('number-gap');
ALTER TABLE number_series ENABLE ALWAYS TRIGGER number_series_forward;
CREATE TRIGGER panel_empty BEFORE INSERT ON panel FOR EACH ROW WHEN (NEW.members < 2 OR NEW.minutes <= 0) EXECUTE FUNCTION gate_refuse('panel-empty');
ALTER TABLE panel ENABLE ALWAYS TRIGGER panel_empty;
CREATE TRIGGER party_major BEFORE UPDATE ON party FOR EACH ROW WHEN ((OLD.major AND NOT NEW.major) OR (OLD.catalogue AND NOT NEW.catalogue) OR NEW.case_id <> OLD.case_id) EXECUTE FUNCTION gate_refuse('party-major');
ALTER TABLE party ENABLE ALWAYS TRIGGER party_major;
CREATE TRIGGER review_frozen BEFORE UPDATE ON review FOR EACH ROW WHEN ((OLD.verdict <> '' AND (NEW.verdict <> OLD.verdict OR NEW.reviewer <> OLD.reviewer OR NEW.concluded_on <> OLD.concluded_on)) OR (OLD.state IN ('returned', 'refused', 'voided', 'recalled', 'ended') AND NEW.state = 'passed') OR NEW.case_id <> OLD.case_id OR NEW.submitted_by <> OLD.submitted_by OR NEW.submitted_on <> OLD.submitted_on) EXECUTE FUNCTION gate_refuse('review-immutable');
ALTER TABLE review ENABLE ALWAYS TRIGGER review_frozen;
CREATE TRIGGER review_separation BEFORE UPDATE ON review FOR EACH ROW WHEN (NEW.verdict <> '' AND (NEW.reviewer = '' OR NEW.reviewer = NEW.submitted_by OR NEW.concluded_on = '')) EXECUTE FUNCTION gate_refuse('review-separation');
ALTER TABLE review ENABLE ALWAYS TRIGGER review_separation;
CREATE TRIGGER review_unborn BEFORE INSERT ON review FOR EACH ROW WHEN (NEW.verdict <> '' OR NEW.state NOT IN ('submitted')) EXECUTE FUNCTION gate_refuse('review-unborn');
ALTER TABLE review ENABLE ALWAYS TRIGGER review_unborn;
-- +goose StatementBegin
CREATE FUNCTION review_text_late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM review r WHERE r.id = NEW.review_id AND r.state <> 'submitted') THEN RAISE EXCEPTION 'gate:review-immutable'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER review_text_late BEFORE INSERT ON review_text FOR EACH ROW EXECUTE FUNCTION review_text_late();
ALTER TABLE review_text ENABLE ALWAYS TRIGGER review_text_late;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision FOR EACH ROW EXECUTE FUNCTION gate_refuse('decision-immutable');
ALTER TABLE decision ENABLE ALWAYS TRIGGER decision_kept;
CREATE TRIGGER decision_no_truncate BEFORE TRUNCATE ON decision FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('decision-immutable');
ALTER TABLE decision ENABLE ALWAYS TRIGGER decision_no_truncate;
CREATE TRIGGER document_kept BEFORE UPDATE OR DELETE ON document FOR EACH ROW EXECUTE FUNCTION gate_refuse('document-immutable');
ALTER TABLE document ENABLE ALWAYS TRIGGER document_kept;
CREATE TRIGGER document_no_truncate BEFORE TRUNCATE ON document FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('document-immutable');
ALTER TABLE document ENABLE ALWAYS TRIGGER document_no_truncate;
CREATE TRIGGER number_used_kept BEFORE DELETE ON number_used FOR EACH ROW EXECUTE FUNCTION gate_refuse('number-immutable');
ALTER TABLE number_used ENABLE ALWAYS TRIGGER number_used_kept;
CREATE TRIGGER number_used_no_truncate BEFORE TRUNCATE ON number_used FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('number-immutable');
ALTER TABLE number_used ENABLE ALWAYS TRIGGER number_used_no_truncate;
CREATE TRIGGER approval_kept BEFORE UPDATE OR DELETE ON approval FOR EACH ROW EXECUTE FUNCTION gate_refuse('approval-immutable');
ALTER TABLE approval ENABLE ALWAYS TRIGGER approval_kept;
CREATE TRIGGER approval_no_truncate BEFORE TRUNCATE ON approval FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('approval-immutable');
ALTER TABLE approval ENABLE ALWAYS TRIGGER approval_no_truncate;
CREATE TRIGGER panel_kept BEFORE UPDATE OR DELETE ON panel FOR EACH ROW EXECUTE FUNCTION gate_refuse('panel-immutable');
ALTER TABLE panel ENABLE ALWAYS TRIGGER panel_kept;
CREATE TRIGGER panel_no_truncate BEFORE TRUNCATE ON panel FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('panel-immutable');
ALTER TABLE panel ENABLE ALWAYS TRIGGER panel_no_truncate;
CREATE TRIGGER party_kept BEFORE DELETE ON party FOR EACH ROW EXECUTE FUNCTION gate_refuse('party-immutable');
ALTER TABLE party ENABLE ALWAYS TRIGGER party_kept;
CREATE TRIGGER party_no_truncate BEFORE TRUNCATE ON party FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('party-immutable');
ALTER TABLE party ENABLE ALWAYS TRIGGER party_no_truncate;
CREATE TRIGGER review_kept BEFORE DELETE ON review FOR EACH ROW EXECUTE FUNCTION gate_refuse('review-immutable');
ALTER TABLE review ENABLE ALWAYS TRIGGER review_kept;
CREATE TRIGGER review_no_truncate BEFORE TRUNCATE ON review FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('review-immutable');
ALTER TABLE review ENABLE ALWAYS TRIGGER review_no_truncate;
CREATE TRIGGER review_text_kept BEFORE UPDATE OR DELETE ON review_text FOR EACH ROW EXECUTE FUNCTION gate_refuse('review-immutable');
ALTER TABLE review_text ENABLE ALWAYS TRIGGER review_text_kept;
CREATE TRIGGER review_text_no_truncate BEFORE TRUNCATE ON review_text FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('review-immutable');
ALTER TABLE review_text ENABLE ALWAYS TRIGGER review_text_no_truncate;
