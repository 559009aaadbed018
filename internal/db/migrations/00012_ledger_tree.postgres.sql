-- What was signed stands: tree and checkpoints only grow, and a ledger's head moves one event at a time.
-- +goose StatementBegin
CREATE FUNCTION ledger_head_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size = OLD.size + 1 AND NEW.agency = OLD.agency AND NEW.origin = OLD.origin THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'gate:head-immutable';
END $$;
-- +goose StatementEnd
CREATE TRIGGER tree_hash_no_change BEFORE UPDATE OR DELETE ON tree_hash FOR EACH ROW EXECUTE FUNCTION gate_refuse('tree-immutable');
CREATE TRIGGER tree_hash_no_truncate BEFORE TRUNCATE ON tree_hash FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('tree-immutable');
CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head FOR EACH ROW EXECUTE FUNCTION gate_refuse('head-immutable');
CREATE TRIGGER ledger_head_no_truncate BEFORE TRUNCATE ON ledger_head FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('head-immutable');
CREATE TRIGGER ledger_head_grows BEFORE UPDATE ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_head_grows();
ALTER TABLE tree_hash ENABLE ALWAYS TRIGGER tree_hash_no_change;
ALTER TABLE tree_hash ENABLE ALWAYS TRIGGER tree_hash_no_truncate;
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER ledger_head_no_delete;
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER ledger_head_no_truncate;
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER ledger_head_grows;
