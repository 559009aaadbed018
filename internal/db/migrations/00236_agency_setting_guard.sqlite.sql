-- A setting is decided once, by another person than the one who proposed it, and never changes afterwards; the ledger binds it.
-- +goose StatementBegin
CREATE TRIGGER agency_setting_noted_new AFTER INSERT ON agency_setting
BEGIN INSERT INTO touched (tbl, k) SELECT 'agency_setting', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'agency_setting' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agency_setting_noted_changed AFTER UPDATE ON agency_setting
BEGIN INSERT INTO touched (tbl, k) SELECT 'agency_setting', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'agency_setting' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agency_setting_begins BEFORE INSERT ON agency_setting WHEN (NEW.kind = 'param' AND (NEW.state <> 'proposed' OR NEW.basis = '')) OR
  EXISTS (SELECT 1 FROM agency_setting e WHERE e.id = NEW.id) BEGIN SELECT RAISE(ABORT, 'gate:setting-begins-proposed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agency_setting_once BEFORE UPDATE ON agency_setting WHEN OLD.state <> 'proposed' OR NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR
  NEW.kind <> OLD.kind OR NEW.code <> OLD.code OR NEW.value <> OLD.value OR NEW.from_on <> OLD.from_on OR NEW.basis <> OLD.basis OR
  NEW.note <> OLD.note OR NEW.proposed_at <> OLD.proposed_at OR NEW.proposed_by <> OLD.proposed_by OR NEW.proposed_for <> OLD.proposed_for BEGIN SELECT RAISE(ABORT, 'gate:setting-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agency_setting_two BEFORE UPDATE ON agency_setting WHEN NEW.state = 'confirmed' AND (NEW.decided_by = '' OR NEW.decided_by = NEW.proposed_by OR
  NEW.decided_by = NEW.proposed_for) BEGIN SELECT RAISE(ABORT, 'gate:setting-alone'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agency_setting_no_delete BEFORE DELETE ON agency_setting BEGIN SELECT RAISE(ABORT, 'gate:setting-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agency_setting_no_number BEFORE INSERT ON agency_setting WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM agency_setting e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:setting-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agency_setting_number_fixed BEFORE UPDATE ON agency_setting WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:setting-immutable'); END;
-- +goose StatementEnd
