-- What was signed stands: tree and checkpoints only grow, and a ledger's head moves one event at a time.
-- +goose StatementBegin
CREATE TRIGGER tree_hash_no_update BEFORE UPDATE ON tree_hash BEGIN SELECT RAISE(ABORT, 'gate:tree-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tree_hash_no_delete BEFORE DELETE ON tree_hash BEGIN SELECT RAISE(ABORT, 'gate:tree-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tree_hash_no_replace BEFORE INSERT ON tree_hash
WHEN EXISTS (SELECT 1 FROM tree_hash t WHERE t.agency = NEW.agency AND t.idx = NEW.idx)
BEGIN SELECT RAISE(ABORT, 'gate:tree-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_no_replace BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint c WHERE c.agency = NEW.agency AND c.size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'gate:checkpoint-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head BEGIN SELECT RAISE(ABORT, 'gate:head-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_head_grows BEFORE UPDATE ON ledger_head
WHEN NEW.size <> OLD.size + 1 OR NEW.agency <> OLD.agency OR NEW.origin <> OLD.origin
BEGIN SELECT RAISE(ABORT, 'gate:head-immutable'); END;
-- +goose StatementEnd
