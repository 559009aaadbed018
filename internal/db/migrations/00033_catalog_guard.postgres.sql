-- A list that was in force is never rewritten; a new activation follows it (行政处罚法第三十七条 asks for the text of then).
CREATE TRIGGER activation_no_change BEFORE UPDATE OR DELETE ON activation FOR EACH ROW EXECUTE FUNCTION gate_refuse('activation-immutable');
CREATE TRIGGER activation_no_truncate BEFORE TRUNCATE ON activation FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('activation-immutable');
CREATE TRIGGER item_no_change BEFORE UPDATE OR DELETE ON item FOR EACH ROW EXECUTE FUNCTION gate_refuse('activation-immutable');
CREATE TRIGGER item_no_truncate BEFORE TRUNCATE ON item FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('activation-immutable');
CREATE TRIGGER pack_row_no_change BEFORE UPDATE OR DELETE ON pack_row FOR EACH ROW EXECUTE FUNCTION gate_refuse('activation-immutable');
CREATE TRIGGER pack_row_no_truncate BEFORE TRUNCATE ON pack_row FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('activation-immutable');
ALTER TABLE activation ENABLE ALWAYS TRIGGER activation_no_change;
ALTER TABLE activation ENABLE ALWAYS TRIGGER activation_no_truncate;
ALTER TABLE item ENABLE ALWAYS TRIGGER item_no_change;
ALTER TABLE item ENABLE ALWAYS TRIGGER item_no_truncate;
ALTER TABLE pack_row ENABLE ALWAYS TRIGGER pack_row_no_change;
ALTER TABLE pack_row ENABLE ALWAYS TRIGGER pack_row_no_truncate;
