-- What the gates left open to somebody with a client of his own. A row keeps its name: on SQLite UPDATE OR REPLACE of a fresh
-- round of review onto the id of a refused one took the refusal away and left its texts to a new verdict, and INSERT OR
-- REPLACE of a party made a major case a minor one, for a client without recursive_triggers fires no trigger of deletion. Who
-- was an officer of a case stays one in its record (行政处罚法第五十七条、第五十八条; DECISIONS §15), and a verdict is given by
-- who is appointed to review and holds the qualification, or reviewed before the law asked for it (第五十八条第二款).
CREATE TRIGGER review_identity BEFORE UPDATE ON review FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.round <> OLD.round OR NEW.body <> OLD.body OR NEW.draft_kind <> OLD.draft_kind) EXECUTE FUNCTION gate_refuse('review-immutable');
ALTER TABLE review ENABLE ALWAYS TRIGGER review_identity;
CREATE TRIGGER party_identity BEFORE UPDATE ON party FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.ordinal <> OLD.ordinal OR NEW.name <> OLD.name OR NEW.kind <> OLD.kind) EXECUTE FUNCTION gate_refuse('party-immutable');
ALTER TABLE party ENABLE ALWAYS TRIGGER party_identity;
CREATE TRIGGER officer_identity BEFORE UPDATE ON case_officer FOR EACH ROW WHEN (NEW.case_id <> OLD.case_id OR NEW.certificate <> OLD.certificate OR NEW.account <> OLD.account OR NEW.name <> OLD.name OR NEW.from_on <> OLD.from_on) EXECUTE FUNCTION gate_refuse('officer-immutable');
ALTER TABLE case_officer ENABLE ALWAYS TRIGGER officer_identity;
CREATE TRIGGER number_identity BEFORE UPDATE ON number_used FOR EACH ROW WHEN (NEW.agency <> OLD.agency OR (OLD.document <> '' AND NEW.document <> OLD.document)) EXECUTE FUNCTION gate_refuse('number-immutable');
ALTER TABLE number_used ENABLE ALWAYS TRIGGER number_identity;
CREATE TRIGGER case_identity BEFORE UPDATE ON case_file FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.procedure <> OLD.procedure OR NEW.created <> OLD.created) EXECUTE FUNCTION gate_refuse('case-immutable');
ALTER TABLE case_file ENABLE ALWAYS TRIGGER case_identity;
CREATE TRIGGER officer_kept BEFORE DELETE ON case_officer FOR EACH ROW EXECUTE FUNCTION gate_refuse('officer-immutable');
ALTER TABLE case_officer ENABLE ALWAYS TRIGGER officer_kept;
CREATE TRIGGER officer_no_truncate BEFORE TRUNCATE ON case_officer FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('officer-immutable');
ALTER TABLE case_officer ENABLE ALWAYS TRIGGER officer_no_truncate;
CREATE TRIGGER case_kept BEFORE DELETE ON case_file FOR EACH ROW EXECUTE FUNCTION gate_refuse('case-immutable');
ALTER TABLE case_file ENABLE ALWAYS TRIGGER case_kept;
CREATE TRIGGER case_no_truncate BEFORE TRUNCATE ON case_file FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('case-immutable');
ALTER TABLE case_file ENABLE ALWAYS TRIGGER case_no_truncate;
-- +goose StatementBegin
CREATE FUNCTION review_qualified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.verdict <> '' AND OLD.verdict = '' AND NOT EXISTS (SELECT 1 FROM reviewer q WHERE q.agency = NEW.agency AND q.account = NEW.reviewer AND q.from_on <= NEW.concluded_on AND (q.until_on = '' OR q.until_on >= NEW.concluded_on) AND (q.qualification <> '' OR (q.first_review_on <> '' AND q.first_review_on < '2021-07-15'))) THEN RAISE EXCEPTION 'gate:review-qualification'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER review_qualified AFTER UPDATE ON review FOR EACH ROW EXECUTE FUNCTION review_qualified();
ALTER TABLE review ENABLE ALWAYS TRIGGER review_qualified;
