-- What outsiders said stands.
CREATE TRIGGER witness_policy_no_change BEFORE UPDATE OR DELETE ON witness_policy FOR EACH ROW EXECUTE FUNCTION gate_refuse('policy-immutable');
CREATE TRIGGER witness_policy_no_truncate BEFORE TRUNCATE ON witness_policy FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('policy-immutable');
ALTER TABLE witness_policy ENABLE ALWAYS TRIGGER witness_policy_no_change;
ALTER TABLE witness_policy ENABLE ALWAYS TRIGGER witness_policy_no_truncate;
CREATE TRIGGER cosignature_no_change BEFORE UPDATE OR DELETE ON cosignature FOR EACH ROW EXECUTE FUNCTION gate_refuse('cosignature-immutable');
CREATE TRIGGER cosignature_no_truncate BEFORE TRUNCATE ON cosignature FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('cosignature-immutable');
ALTER TABLE cosignature ENABLE ALWAYS TRIGGER cosignature_no_change;
ALTER TABLE cosignature ENABLE ALWAYS TRIGGER cosignature_no_truncate;
CREATE TRIGGER contradiction_no_change BEFORE UPDATE OR DELETE ON contradiction FOR EACH ROW EXECUTE FUNCTION gate_refuse('contradiction-immutable');
CREATE TRIGGER contradiction_no_truncate BEFORE TRUNCATE ON contradiction FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('contradiction-immutable');
ALTER TABLE contradiction ENABLE ALWAYS TRIGGER contradiction_no_change;
ALTER TABLE contradiction ENABLE ALWAYS TRIGGER contradiction_no_truncate;
CREATE TRIGGER checkpoint_stamp_no_change BEFORE UPDATE OR DELETE ON checkpoint_stamp FOR EACH ROW EXECUTE FUNCTION gate_refuse('stamp-immutable');
CREATE TRIGGER checkpoint_stamp_no_truncate BEFORE TRUNCATE ON checkpoint_stamp FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('stamp-immutable');
ALTER TABLE checkpoint_stamp ENABLE ALWAYS TRIGGER checkpoint_stamp_no_change;
ALTER TABLE checkpoint_stamp ENABLE ALWAYS TRIGGER checkpoint_stamp_no_truncate;
