-- A setting is decided once, by another person than the one who proposed it, and never changes afterwards; the ledger binds it.
-- +goose StatementBegin
CREATE FUNCTION agency_setting_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO touched (tbl, k) VALUES ('agency_setting', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER agency_setting_noted AFTER INSERT OR UPDATE ON agency_setting FOR EACH ROW EXECUTE FUNCTION agency_setting_noted();
-- +goose StatementBegin
CREATE FUNCTION agency_setting_insert_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'param' AND (NEW.state <> 'proposed' OR NEW.basis = '') THEN RAISE EXCEPTION 'gate:setting-begins-proposed'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER agency_setting_insert_gate BEFORE INSERT ON agency_setting FOR EACH ROW EXECUTE FUNCTION agency_setting_insert_gate();
ALTER TABLE agency_setting ENABLE ALWAYS TRIGGER agency_setting_insert_gate;
-- +goose StatementBegin
CREATE FUNCTION agency_setting_update_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'proposed' OR NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.kind <> OLD.kind OR NEW.code <> OLD.code OR NEW.value <> OLD.value OR
    NEW.from_on <> OLD.from_on OR NEW.basis <> OLD.basis OR NEW.note <> OLD.note OR NEW.proposed_at <> OLD.proposed_at OR NEW.proposed_by <> OLD.proposed_by OR NEW.proposed_for <> OLD.proposed_for
    THEN RAISE EXCEPTION 'gate:setting-immutable'; END IF;
  IF NEW.state = 'confirmed' AND (NEW.decided_by = '' OR NEW.decided_by = NEW.proposed_by OR NEW.decided_by = NEW.proposed_for)
    THEN RAISE EXCEPTION 'gate:setting-alone'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER agency_setting_update_gate BEFORE UPDATE ON agency_setting FOR EACH ROW EXECUTE FUNCTION agency_setting_update_gate();
ALTER TABLE agency_setting ENABLE ALWAYS TRIGGER agency_setting_update_gate;
CREATE TRIGGER agency_setting_no_delete BEFORE DELETE ON agency_setting FOR EACH ROW EXECUTE FUNCTION gate_refuse('setting-immutable');
ALTER TABLE agency_setting ENABLE ALWAYS TRIGGER agency_setting_no_delete;
CREATE TRIGGER agency_setting_no_truncate BEFORE TRUNCATE ON agency_setting FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('setting-immutable');
ALTER TABLE agency_setting ENABLE ALWAYS TRIGGER agency_setting_no_truncate;
