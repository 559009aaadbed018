-- A list that was in force is never rewritten; a new activation follows it (行政处罚法第三十七条 asks for the text of then).
-- +goose StatementBegin
CREATE TRIGGER activation_no_update BEFORE UPDATE ON activation BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER activation_no_delete BEFORE DELETE ON activation BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER item_no_update BEFORE UPDATE ON item BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER item_no_delete BEFORE DELETE ON item BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_row_no_update BEFORE UPDATE ON pack_row BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_row_no_delete BEFORE DELETE ON pack_row BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
