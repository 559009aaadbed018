-- The gates of an extension, whatever program writes: a lawful ground with its document, a second person's approval, before
-- the last day is over, and never changed or deleted afterwards (政府信息公开条例第十七条、第三十三条第三款). What is public of it
-- is what the row says. The rows are noted for the ledger as those of the other tables are (migration 00110).
-- +goose StatementBegin
CREATE TRIGGER publication_extension_lawful BEFORE INSERT ON publication_extension WHEN NEW.ground NOT IN ('征求第三方意见',
  '工作日安排公布或者调整') OR NEW.document = '' OR NEW.reason = '' OR NEW.approver = '' OR NEW.approver = NEW.decided_by OR NEW.due_on <= NEW.due_before
  OR NEW.recorded_on > NEW.due_before OR NOT EXISTS (SELECT 1 FROM publication p WHERE p.id = NEW.publication AND p.agency = NEW.agency
  AND p.source = 'case' AND p.state = 'due') BEGIN SELECT RAISE(ABORT, 'gate:extend-without-ground'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_extension_no_replace BEFORE INSERT ON publication_extension WHEN EXISTS (SELECT 1 FROM publication_extension e
  WHERE e.id = NEW.id OR (e.publication = NEW.publication AND e.due_on >= NEW.due_on)) BEGIN SELECT RAISE(ABORT, 'gate:extension-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_extension_no_update BEFORE UPDATE ON publication_extension BEGIN SELECT RAISE(ABORT, 'gate:extension-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_extension_no_delete BEFORE DELETE ON publication_extension BEGIN SELECT RAISE(ABORT, 'gate:extension-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_commit_extended BEFORE UPDATE ON pub_commit WHEN (NEW.extended_to <> OLD.extended_to OR NEW.extend_ground <> OLD.extend_ground)
  AND NOT EXISTS (SELECT 1 FROM publication p JOIN publication_extension e ON e.publication = p.id WHERE p.agency = NEW.agency
  AND p.commit_year = NEW.year AND p.commit_seq = NEW.seq AND e.due_on = NEW.extended_to AND e.ground = NEW.extend_ground
  AND NEW.extended_to > OLD.extended_to) BEGIN SELECT RAISE(ABORT, 'gate:extend-without-ground'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_extension_noted_new AFTER INSERT ON publication_extension
BEGIN INSERT INTO touched (tbl, k) SELECT 'publication_extension', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication_extension' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_extension_noted_changed AFTER UPDATE ON publication_extension
BEGIN INSERT INTO touched (tbl, k) SELECT 'publication_extension', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication_extension' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_extension_noted_gone AFTER DELETE ON publication_extension
BEGIN INSERT INTO touched (tbl, k) SELECT 'publication_extension', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication_extension' AND t.k = n.k); END;
-- +goose StatementEnd
