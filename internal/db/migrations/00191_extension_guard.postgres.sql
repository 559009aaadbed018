-- The gates of an extension, whatever program writes: a lawful ground with its document, a second person's approval, before
-- the last day is over, and never changed or deleted afterwards (政府信息公开条例第十七条、第三十三条第三款). What is public of it
-- is what the row says. The rows are noted for the ledger as those of the other tables are (migration 00110).
-- +goose StatementBegin
CREATE FUNCTION publication_extension_lawful() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.ground NOT IN ('征求第三方意见', '工作日安排公布或者调整') OR NEW.document = '' OR NEW.reason = '' OR NEW.approver = '' OR NEW.approver = NEW.decided_by
    OR NEW.due_on <= NEW.due_before OR NEW.recorded_on > NEW.due_before OR NOT EXISTS (SELECT 1 FROM publication p WHERE p.id = NEW.publication
    AND p.agency = NEW.agency AND p.source = 'case' AND p.state = 'due') THEN RAISE EXCEPTION 'gate:extend-without-ground'; END IF;
  IF EXISTS (SELECT 1 FROM publication_extension e WHERE e.publication = NEW.publication AND e.due_on >= NEW.due_on) THEN RAISE EXCEPTION 'gate:extension-immutable'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER publication_extension_lawful BEFORE INSERT ON publication_extension FOR EACH ROW EXECUTE FUNCTION publication_extension_lawful();
ALTER TABLE publication_extension ENABLE ALWAYS TRIGGER publication_extension_lawful;
CREATE TRIGGER publication_extension_no_update BEFORE UPDATE ON publication_extension FOR EACH ROW EXECUTE FUNCTION gate_refuse('extension-immutable');
ALTER TABLE publication_extension ENABLE ALWAYS TRIGGER publication_extension_no_update;
CREATE TRIGGER publication_extension_no_delete BEFORE DELETE ON publication_extension FOR EACH ROW EXECUTE FUNCTION gate_refuse('extension-immutable');
ALTER TABLE publication_extension ENABLE ALWAYS TRIGGER publication_extension_no_delete;
CREATE TRIGGER publication_extension_no_truncate BEFORE TRUNCATE ON publication_extension FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('extension-immutable');
ALTER TABLE publication_extension ENABLE ALWAYS TRIGGER publication_extension_no_truncate;
-- +goose StatementBegin
CREATE FUNCTION pub_commit_extended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.extended_to <> OLD.extended_to OR NEW.extend_ground <> OLD.extend_ground) AND NOT EXISTS (SELECT 1 FROM publication p
    JOIN publication_extension e ON e.publication = p.id WHERE p.agency = NEW.agency AND p.commit_year = NEW.year AND p.commit_seq = NEW.seq
    AND e.due_on = NEW.extended_to AND e.ground = NEW.extend_ground AND NEW.extended_to > OLD.extended_to) THEN RAISE EXCEPTION 'gate:extend-without-ground'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pub_commit_extended BEFORE UPDATE ON pub_commit FOR EACH ROW EXECUTE FUNCTION pub_commit_extended();
ALTER TABLE pub_commit ENABLE ALWAYS TRIGGER pub_commit_extended;
-- +goose StatementBegin
CREATE FUNCTION publication_extension_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('publication_extension', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('publication_extension', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER publication_extension_noted AFTER INSERT OR UPDATE OR DELETE ON publication_extension FOR EACH ROW EXECUTE FUNCTION publication_extension_noted();
