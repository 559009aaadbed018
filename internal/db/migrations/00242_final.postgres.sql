-- What is written once stays as it was, whatever program writes (行政处罚法第四十七条: 全过程记录): the texts of an agency's rules, of
-- which only the end is entered, once, when the next version follows; what it undertook, which is settled once; who took part; the
-- annual returns that were sent; and beside them what the record of a case and of a pack is made of. The triggers fire for a
-- replica too, and one stands before TRUNCATE, which those of rows do not see.
CREATE TRIGGER task_no_change BEFORE UPDATE OR DELETE ON task FOR EACH ROW EXECUTE FUNCTION gate_refuse('activation-immutable');
ALTER TABLE task ENABLE ALWAYS TRIGGER task_no_change;
CREATE TRIGGER task_no_truncate BEFORE TRUNCATE ON task FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('activation-immutable');
ALTER TABLE task ENABLE ALWAYS TRIGGER task_no_truncate;
CREATE TRIGGER pack_change_no_change BEFORE UPDATE OR DELETE ON pack_change FOR EACH ROW EXECUTE FUNCTION gate_refuse('activation-immutable');
ALTER TABLE pack_change ENABLE ALWAYS TRIGGER pack_change_no_change;
CREATE TRIGGER pack_change_no_truncate BEFORE TRUNCATE ON pack_change FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('activation-immutable');
ALTER TABLE pack_change ENABLE ALWAYS TRIGGER pack_change_no_truncate;
CREATE TRIGGER signoff_no_change BEFORE UPDATE OR DELETE ON signoff FOR EACH ROW EXECUTE FUNCTION gate_refuse('signoff-immutable');
ALTER TABLE signoff ENABLE ALWAYS TRIGGER signoff_no_change;
CREATE TRIGGER signoff_no_truncate BEFORE TRUNCATE ON signoff FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('signoff-immutable');
ALTER TABLE signoff ENABLE ALWAYS TRIGGER signoff_no_truncate;
CREATE TRIGGER payment_no_change BEFORE UPDATE OR DELETE ON payment FOR EACH ROW EXECUTE FUNCTION gate_refuse('payment-immutable');
ALTER TABLE payment ENABLE ALWAYS TRIGGER payment_no_change;
CREATE TRIGGER payment_no_truncate BEFORE TRUNCATE ON payment FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('payment-immutable');
ALTER TABLE payment ENABLE ALWAYS TRIGGER payment_no_truncate;
CREATE TRIGGER attachment_no_change BEFORE UPDATE OR DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION gate_refuse('attachment-immutable');
ALTER TABLE attachment ENABLE ALWAYS TRIGGER attachment_no_change;
CREATE TRIGGER attachment_no_truncate BEFORE TRUNCATE ON attachment FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('attachment-immutable');
ALTER TABLE attachment ENABLE ALWAYS TRIGGER attachment_no_truncate;
CREATE TRIGGER seal_use_no_change BEFORE UPDATE OR DELETE ON seal_use FOR EACH ROW EXECUTE FUNCTION gate_refuse('seal-immutable');
ALTER TABLE seal_use ENABLE ALWAYS TRIGGER seal_use_no_change;
CREATE TRIGGER seal_use_no_truncate BEFORE TRUNCATE ON seal_use FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('seal-immutable');
ALTER TABLE seal_use ENABLE ALWAYS TRIGGER seal_use_no_truncate;
CREATE TRIGGER annual_return_no_change BEFORE UPDATE OR DELETE ON annual_return FOR EACH ROW EXECUTE FUNCTION gate_refuse('return-immutable');
ALTER TABLE annual_return ENABLE ALWAYS TRIGGER annual_return_no_change;
CREATE TRIGGER annual_return_no_truncate BEFORE TRUNCATE ON annual_return FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('return-immutable');
ALTER TABLE annual_return ENABLE ALWAYS TRIGGER annual_return_no_truncate;
CREATE TRIGGER undertaking_officer_no_change BEFORE UPDATE OR DELETE ON undertaking_officer FOR EACH ROW EXECUTE FUNCTION gate_refuse('undertaking-immutable');
ALTER TABLE undertaking_officer ENABLE ALWAYS TRIGGER undertaking_officer_no_change;
CREATE TRIGGER undertaking_officer_no_truncate BEFORE TRUNCATE ON undertaking_officer FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('undertaking-immutable');
ALTER TABLE undertaking_officer ENABLE ALWAYS TRIGGER undertaking_officer_no_truncate;
CREATE TRIGGER number_series_no_delete BEFORE DELETE ON number_series FOR EACH ROW EXECUTE FUNCTION gate_refuse('number-gap');
ALTER TABLE number_series ENABLE ALWAYS TRIGGER number_series_no_delete;
CREATE TRIGGER number_series_no_truncate BEFORE TRUNCATE ON number_series FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('number-gap');
ALTER TABLE number_series ENABLE ALWAYS TRIGGER number_series_no_truncate;
CREATE TRIGGER rule_text_no_delete BEFORE DELETE ON rule_text FOR EACH ROW EXECUTE FUNCTION gate_refuse('rule-immutable');
ALTER TABLE rule_text ENABLE ALWAYS TRIGGER rule_text_no_delete;
CREATE TRIGGER rule_text_no_truncate BEFORE TRUNCATE ON rule_text FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('rule-immutable');
ALTER TABLE rule_text ENABLE ALWAYS TRIGGER rule_text_no_truncate;
CREATE TRIGGER undertaking_no_delete BEFORE DELETE ON undertaking FOR EACH ROW EXECUTE FUNCTION gate_refuse('undertaking-immutable');
ALTER TABLE undertaking ENABLE ALWAYS TRIGGER undertaking_no_delete;
CREATE TRIGGER undertaking_no_truncate BEFORE TRUNCATE ON undertaking FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('undertaking-immutable');
ALTER TABLE undertaking ENABLE ALWAYS TRIGGER undertaking_no_truncate;
-- +goose StatementBegin
CREATE FUNCTION rule_text_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.until_on <> '' OR EXISTS (SELECT 1 FROM rule_text e WHERE e.agency = NEW.agency AND e.code = NEW.code AND e.from_on >= NEW.from_on) THEN RAISE EXCEPTION 'gate:rule-order'; END IF;
    RETURN NEW;
  END IF;
  IF NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.code <> OLD.code OR NEW.title <> OLD.title OR NEW.number <> OLD.number OR NEW.source <> OLD.source OR NEW.from_on <> OLD.from_on OR NEW.body <> OLD.body OR NEW.recorded <> OLD.recorded OR NEW.recorded_by <> OLD.recorded_by OR OLD.until_on <> '' OR NEW.until_on < OLD.from_on THEN RAISE EXCEPTION 'gate:rule-immutable'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER rule_text_once BEFORE INSERT OR UPDATE ON rule_text FOR EACH ROW EXECUTE FUNCTION rule_text_once();
ALTER TABLE rule_text ENABLE ALWAYS TRIGGER rule_text_once;
-- +goose StatementBegin
CREATE FUNCTION undertaking_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.settled_on <> '' OR NEW.settled_by <> '' OR NEW.outcome <> '' THEN RAISE EXCEPTION 'gate:undertaking-settled'; END IF;
    RETURN NEW;
  END IF;
  IF NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.kind <> OLD.kind OR NEW.task <> OLD.task OR NEW.title <> OLD.title OR NEW.on_day <> OLD.on_day OR NEW.due_on <> OLD.due_on OR NEW.late <> OLD.late OR NEW.body <> OLD.body OR NEW.recorded <> OLD.recorded OR NEW.recorded_by <> OLD.recorded_by OR OLD.settled_on <> '' OR NEW.settled_on < OLD.on_day OR NEW.settled_on = '' OR NEW.settled_by = '' OR NEW.outcome = '' THEN RAISE EXCEPTION 'gate:undertaking-immutable'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER undertaking_once BEFORE INSERT OR UPDATE ON undertaking FOR EACH ROW EXECUTE FUNCTION undertaking_once();
ALTER TABLE undertaking ENABLE ALWAYS TRIGGER undertaking_once;
