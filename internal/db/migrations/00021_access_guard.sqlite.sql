-- What was looked at stays recorded.
-- +goose StatementBegin
CREATE TRIGGER look_no_update BEFORE UPDATE ON look BEGIN SELECT RAISE(ABORT, 'gate:look-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER look_no_delete BEFORE DELETE ON look BEGIN SELECT RAISE(ABORT, 'gate:look-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER look_no_replace BEFORE INSERT ON look
WHEN EXISTS (SELECT 1 FROM look l WHERE l.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'gate:look-immutable'); END;
-- +goose StatementEnd
