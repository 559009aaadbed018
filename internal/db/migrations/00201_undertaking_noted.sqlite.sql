-- The rows of 00200 are taken note of as 00110 does it for the others, so that the ledger binds them.
-- +goose StatementBegin
CREATE TRIGGER rule_text_noted_new AFTER INSERT ON rule_text
BEGIN INSERT INTO touched (tbl, k) SELECT 'rule_text', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'rule_text' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_text_noted_changed AFTER UPDATE ON rule_text
BEGIN INSERT INTO touched (tbl, k) SELECT 'rule_text', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'rule_text' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_text_noted_gone AFTER DELETE ON rule_text
BEGIN INSERT INTO touched (tbl, k) SELECT 'rule_text', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'rule_text' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_noted_new AFTER INSERT ON undertaking
BEGIN INSERT INTO touched (tbl, k) SELECT 'undertaking', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'undertaking' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_noted_changed AFTER UPDATE ON undertaking
BEGIN INSERT INTO touched (tbl, k) SELECT 'undertaking', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'undertaking' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_noted_gone AFTER DELETE ON undertaking
BEGIN INSERT INTO touched (tbl, k) SELECT 'undertaking', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'undertaking' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_officer_noted_new AFTER INSERT ON undertaking_officer
BEGIN INSERT INTO touched (tbl, k) SELECT 'undertaking_officer', n.k FROM (SELECT NEW.undertaking || char(31) || NEW.officer AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'undertaking_officer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_officer_noted_changed AFTER UPDATE ON undertaking_officer
BEGIN INSERT INTO touched (tbl, k) SELECT 'undertaking_officer', n.k FROM (SELECT NEW.undertaking || char(31) || NEW.officer AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'undertaking_officer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_officer_noted_gone AFTER DELETE ON undertaking_officer
BEGIN INSERT INTO touched (tbl, k) SELECT 'undertaking_officer', n.k FROM (SELECT OLD.undertaking || char(31) || OLD.officer AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'undertaking_officer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER annual_return_noted_new AFTER INSERT ON annual_return
BEGIN INSERT INTO touched (tbl, k) SELECT 'annual_return', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'annual_return' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER annual_return_noted_changed AFTER UPDATE ON annual_return
BEGIN INSERT INTO touched (tbl, k) SELECT 'annual_return', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'annual_return' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER annual_return_noted_gone AFTER DELETE ON annual_return
BEGIN INSERT INTO touched (tbl, k) SELECT 'annual_return', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'annual_return' AND t.k = n.k); END;
-- +goose StatementEnd
