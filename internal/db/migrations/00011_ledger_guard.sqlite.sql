-- The record is append-only. BEFORE INSERT guards stand beside the UPDATE and DELETE ones because INSERT OR REPLACE
-- would otherwise take a row away without asking them.
-- +goose StatementBegin
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'gate:event-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'gate:event-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_no_replace BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event e WHERE (e.agency = NEW.agency AND e.seq = NEW.seq) OR e.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'gate:event-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payload_no_delete BEFORE DELETE ON payload BEGIN SELECT RAISE(ABORT, 'gate:payload-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payload_no_replace BEFORE INSERT ON payload
WHEN EXISTS (SELECT 1 FROM payload p WHERE p.event = NEW.event)
BEGIN SELECT RAISE(ABORT, 'gate:payload-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payload_once BEFORE UPDATE ON payload
WHEN NOT (OLD.shred = '' AND NEW.shred <> '' AND NEW.body = '' AND NEW.salt = '' AND NEW.event = OLD.event)
BEGIN SELECT RAISE(ABORT, 'gate:payload-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'gate:checkpoint-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'gate:checkpoint-immutable'); END;
-- +goose StatementEnd
