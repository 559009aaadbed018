-- What was looked at stays recorded.
CREATE TRIGGER look_no_change BEFORE UPDATE OR DELETE ON look FOR EACH ROW EXECUTE FUNCTION gate_refuse('look-immutable');
CREATE TRIGGER look_no_truncate BEFORE TRUNCATE ON look FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('look-immutable');
ALTER TABLE look ENABLE ALWAYS TRIGGER look_no_change;
ALTER TABLE look ENABLE ALWAYS TRIGGER look_no_truncate;
