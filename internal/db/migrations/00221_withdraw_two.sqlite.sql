-- That a decision has fallen is never one person's word (行政处罚法第四十八条第二款; 政府信息公开条例第十七条): a decision of a case
-- comes down because its case records its fall, by the head who recorded it; one of before the system when a second person has
-- seen the document. withdrawal is what was proposed of the latter and waits for that person.
ALTER TABLE publication ADD COLUMN withdraw_maker TEXT NOT NULL DEFAULT '';
ALTER TABLE publication ADD COLUMN withdraw_checker TEXT NOT NULL DEFAULT '';
ALTER TABLE publication_text ADD COLUMN withdrawal TEXT NOT NULL DEFAULT '';
-- +goose StatementBegin
CREATE TRIGGER publication_withdraw_two BEFORE UPDATE ON publication
WHEN NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn' AND (NEW.withdraw_maker = '' OR NEW.withdraw_checker = '' OR NEW.withdraw_maker = NEW.withdraw_checker)
BEGIN SELECT RAISE(ABORT, 'gate:withdraw-alone'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_withdraw_fallen BEFORE UPDATE ON publication
WHEN NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn' AND NEW.source = 'case' AND (OLD.fallen_on = '' OR NEW.ground <> OLD.ground
  OR NOT EXISTS (SELECT 1 FROM decision d WHERE d.id = NEW.decision AND d.state = 'annulled' AND d.annulled_on <> ''))
BEGIN SELECT RAISE(ABORT, 'gate:withdraw-standing'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_fallen_true BEFORE UPDATE ON publication
WHEN NEW.fallen_on <> OLD.fallen_on AND NEW.source = 'case' AND (OLD.fallen_on <> ''
  OR NOT EXISTS (SELECT 1 FROM decision d WHERE d.id = NEW.decision AND d.state = 'annulled' AND d.annulled_on = NEW.fallen_on))
BEGIN SELECT RAISE(ABORT, 'gate:withdraw-standing'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_withdrawn_by BEFORE UPDATE ON publication
WHEN OLD.state = 'withdrawn' AND (NEW.withdraw_maker <> OLD.withdraw_maker OR NEW.withdraw_checker <> OLD.withdraw_checker)
BEGIN SELECT RAISE(ABORT, 'gate:withdrawn-final'); END;
-- +goose StatementEnd
