-- +goose StatementBegin
CREATE TRIGGER sm3_seal_no_update BEFORE UPDATE ON sm3_seal BEGIN SELECT RAISE(ABORT, 'gate:seal-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sm3_seal_no_delete BEFORE DELETE ON sm3_seal BEGIN SELECT RAISE(ABORT, 'gate:seal-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sm3_seal_no_replace BEFORE INSERT ON sm3_seal
WHEN EXISTS (SELECT 1 FROM sm3_seal s WHERE s.agency = NEW.agency AND s.size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'gate:seal-immutable'); END;
-- +goose StatementEnd
