-- The record is append-only. The triggers are ALWAYS, so that a session in the replica role meets them too, and a
-- statement trigger stands before TRUNCATE, which row triggers do not see.
-- +goose StatementBegin
CREATE FUNCTION gate_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'gate:%', TG_ARGV[0]; END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION payload_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.shred = '' AND NEW.shred <> '' AND NEW.body = '' AND NEW.salt = '' AND NEW.event = OLD.event THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'gate:payload-immutable';
END $$;
-- +goose StatementEnd
CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION gate_refuse('event-immutable');
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('event-immutable');
CREATE TRIGGER payload_no_delete BEFORE DELETE ON payload FOR EACH ROW EXECUTE FUNCTION gate_refuse('payload-immutable');
CREATE TRIGGER payload_no_truncate BEFORE TRUNCATE ON payload FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('payload-immutable');
CREATE TRIGGER payload_once BEFORE UPDATE ON payload FOR EACH ROW EXECUTE FUNCTION payload_once();
CREATE TRIGGER checkpoint_no_change BEFORE UPDATE OR DELETE ON checkpoint FOR EACH ROW EXECUTE FUNCTION gate_refuse('checkpoint-immutable');
CREATE TRIGGER checkpoint_no_truncate BEFORE TRUNCATE ON checkpoint FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('checkpoint-immutable');
ALTER TABLE event ENABLE ALWAYS TRIGGER event_no_change;
ALTER TABLE event ENABLE ALWAYS TRIGGER event_no_truncate;
ALTER TABLE payload ENABLE ALWAYS TRIGGER payload_no_delete;
ALTER TABLE payload ENABLE ALWAYS TRIGGER payload_no_truncate;
ALTER TABLE payload ENABLE ALWAYS TRIGGER payload_once;
ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoint_no_change;
ALTER TABLE checkpoint ENABLE ALWAYS TRIGGER checkpoint_no_truncate;
