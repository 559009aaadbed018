-- What outsiders said stands. The INSERT guards are there because INSERT OR REPLACE would take a row away unasked.
-- +goose StatementBegin
CREATE TRIGGER witness_policy_no_update BEFORE UPDATE ON witness_policy BEGIN SELECT RAISE(ABORT, 'gate:policy-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER witness_policy_no_delete BEFORE DELETE ON witness_policy BEGIN SELECT RAISE(ABORT, 'gate:policy-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER witness_policy_no_replace BEFORE INSERT ON witness_policy
WHEN EXISTS (SELECT 1 FROM witness_policy x WHERE x.agency = NEW.agency AND x.place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'gate:policy-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cosignature_no_update BEFORE UPDATE ON cosignature BEGIN SELECT RAISE(ABORT, 'gate:cosignature-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cosignature_no_delete BEFORE DELETE ON cosignature BEGIN SELECT RAISE(ABORT, 'gate:cosignature-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cosignature_no_replace BEFORE INSERT ON cosignature
WHEN EXISTS (SELECT 1 FROM cosignature x WHERE x.agency = NEW.agency AND x.size = NEW.size AND x.witness = NEW.witness)
BEGIN SELECT RAISE(ABORT, 'gate:cosignature-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER contradiction_no_update BEFORE UPDATE ON contradiction BEGIN SELECT RAISE(ABORT, 'gate:contradiction-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER contradiction_no_delete BEFORE DELETE ON contradiction BEGIN SELECT RAISE(ABORT, 'gate:contradiction-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER contradiction_no_replace BEFORE INSERT ON contradiction
WHEN EXISTS (SELECT 1 FROM contradiction x WHERE x.agency = NEW.agency AND x.witness = NEW.witness AND x.at = NEW.at)
BEGIN SELECT RAISE(ABORT, 'gate:contradiction-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_stamp_no_update BEFORE UPDATE ON checkpoint_stamp BEGIN SELECT RAISE(ABORT, 'gate:stamp-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_stamp_no_delete BEFORE DELETE ON checkpoint_stamp BEGIN SELECT RAISE(ABORT, 'gate:stamp-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_stamp_no_replace BEFORE INSERT ON checkpoint_stamp
WHEN EXISTS (SELECT 1 FROM checkpoint_stamp x WHERE x.agency = NEW.agency AND x.size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'gate:stamp-immutable'); END;
-- +goose StatementEnd
