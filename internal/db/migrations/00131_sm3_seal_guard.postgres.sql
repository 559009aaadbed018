CREATE TRIGGER sm3_seal_no_change BEFORE UPDATE OR DELETE ON sm3_seal FOR EACH ROW EXECUTE FUNCTION gate_refuse('seal-immutable');
CREATE TRIGGER sm3_seal_no_truncate BEFORE TRUNCATE ON sm3_seal FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('seal-immutable');
ALTER TABLE sm3_seal ENABLE ALWAYS TRIGGER sm3_seal_no_change;
ALTER TABLE sm3_seal ENABLE ALWAYS TRIGGER sm3_seal_no_truncate;
