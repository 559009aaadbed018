-- The hashes of a tree lie in the order of the tree, each once: a verification reads two for every event, and by a rowid of
-- its own each would be looked up a second time. PostgreSQL has no such table.
CREATE TABLE tree_hash_ordered (
  agency TEXT NOT NULL,
  idx    BIGINT NOT NULL,
  hash   BYTEA NOT NULL,
  PRIMARY KEY (agency, idx)
) WITHOUT ROWID;
INSERT INTO tree_hash_ordered (agency, idx, hash) SELECT agency, idx, hash FROM tree_hash ORDER BY agency, idx;
DROP TABLE tree_hash;
ALTER TABLE tree_hash_ordered RENAME TO tree_hash;
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
