-- What is written once stays as it was, whatever program writes (行政处罚法第四十七条: 全过程记录): the texts of an agency's rules, of
-- which only the end is entered, once, when the next version follows; what it undertook, which is settled once; who took part; the
-- annual returns that were sent; and beside them what the record of a case and of a pack is made of. A client that asks
-- for no recursive triggers replaces no row either: INSERT OR REPLACE meets the guard of the insert.
-- +goose StatementBegin
CREATE TRIGGER activation_no_replace BEFORE INSERT ON activation WHEN EXISTS (SELECT 1 FROM activation e WHERE e.agency = NEW.agency AND e.number = NEW.number) BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER item_no_replace BEFORE INSERT ON item WHEN EXISTS (SELECT 1 FROM item e WHERE e.agency = NEW.agency AND e.activation = NEW.activation AND e.code = NEW.code AND e.from_on = NEW.from_on) BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_row_no_replace BEFORE INSERT ON pack_row WHEN EXISTS (SELECT 1 FROM pack_row e WHERE e.agency = NEW.agency AND e.activation = NEW.activation AND e.section = NEW.section AND e.position = NEW.position) BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER task_no_replace BEFORE INSERT ON task WHEN EXISTS (SELECT 1 FROM task e WHERE e.agency = NEW.agency AND e.activation = NEW.activation AND e.number = NEW.number) BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER task_no_update BEFORE UPDATE ON task BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER task_no_delete BEFORE DELETE ON task BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_change_no_replace BEFORE INSERT ON pack_change WHEN EXISTS (SELECT 1 FROM pack_change e WHERE e.agency = NEW.agency AND e.activation = NEW.activation AND e.section = NEW.section AND e.row_key = NEW.row_key) BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_change_no_update BEFORE UPDATE ON pack_change BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_change_no_delete BEFORE DELETE ON pack_change BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER signoff_no_replace BEFORE INSERT ON signoff WHEN EXISTS (SELECT 1 FROM signoff e WHERE e.submission = NEW.submission AND e.ordinal = NEW.ordinal) BEGIN SELECT RAISE(ABORT, 'gate:signoff-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER signoff_no_update BEFORE UPDATE ON signoff BEGIN SELECT RAISE(ABORT, 'gate:signoff-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER signoff_no_delete BEFORE DELETE ON signoff BEGIN SELECT RAISE(ABORT, 'gate:signoff-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_no_replace BEFORE INSERT ON payment WHEN EXISTS (SELECT 1 FROM payment e WHERE e.id = NEW.id) BEGIN SELECT RAISE(ABORT, 'gate:payment-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment BEGIN SELECT RAISE(ABORT, 'gate:payment-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'gate:payment-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attachment_no_replace BEFORE INSERT ON attachment WHEN EXISTS (SELECT 1 FROM attachment e WHERE e.id = NEW.id) BEGIN SELECT RAISE(ABORT, 'gate:attachment-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attachment_no_update BEFORE UPDATE ON attachment BEGIN SELECT RAISE(ABORT, 'gate:attachment-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attachment_no_delete BEFORE DELETE ON attachment BEGIN SELECT RAISE(ABORT, 'gate:attachment-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER seal_use_no_replace BEFORE INSERT ON seal_use WHEN EXISTS (SELECT 1 FROM seal_use e WHERE e.id = NEW.id) BEGIN SELECT RAISE(ABORT, 'gate:seal-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER seal_use_no_update BEFORE UPDATE ON seal_use BEGIN SELECT RAISE(ABORT, 'gate:seal-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER seal_use_no_delete BEFORE DELETE ON seal_use BEGIN SELECT RAISE(ABORT, 'gate:seal-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER annual_return_no_replace BEFORE INSERT ON annual_return WHEN EXISTS (SELECT 1 FROM annual_return e WHERE e.id = NEW.id OR (e.agency = NEW.agency AND e.year = NEW.year)) BEGIN SELECT RAISE(ABORT, 'gate:return-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER annual_return_no_update BEFORE UPDATE ON annual_return BEGIN SELECT RAISE(ABORT, 'gate:return-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER annual_return_no_delete BEFORE DELETE ON annual_return BEGIN SELECT RAISE(ABORT, 'gate:return-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_officer_no_replace BEFORE INSERT ON undertaking_officer WHEN EXISTS (SELECT 1 FROM undertaking_officer e WHERE e.undertaking = NEW.undertaking AND e.officer = NEW.officer) BEGIN SELECT RAISE(ABORT, 'gate:undertaking-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_officer_no_update BEFORE UPDATE ON undertaking_officer BEGIN SELECT RAISE(ABORT, 'gate:undertaking-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_officer_no_delete BEFORE DELETE ON undertaking_officer BEGIN SELECT RAISE(ABORT, 'gate:undertaking-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_head_no_replace BEFORE INSERT ON ledger_head WHEN EXISTS (SELECT 1 FROM ledger_head e WHERE e.agency = NEW.agency) BEGIN SELECT RAISE(ABORT, 'gate:head-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_series_no_replace BEFORE INSERT ON number_series WHEN EXISTS (SELECT 1 FROM number_series e WHERE e.agency = NEW.agency AND e.prefix = NEW.prefix AND e.year = NEW.year) BEGIN SELECT RAISE(ABORT, 'gate:number-gap'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_series_no_delete BEFORE DELETE ON number_series BEGIN SELECT RAISE(ABORT, 'gate:number-gap'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_text_no_replace BEFORE INSERT ON rule_text WHEN EXISTS (SELECT 1 FROM rule_text e WHERE e.id = NEW.id OR (e.agency = NEW.agency AND e.code = NEW.code AND e.from_on = NEW.from_on)) BEGIN SELECT RAISE(ABORT, 'gate:rule-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_text_no_delete BEFORE DELETE ON rule_text BEGIN SELECT RAISE(ABORT, 'gate:rule-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_no_replace BEFORE INSERT ON undertaking WHEN EXISTS (SELECT 1 FROM undertaking e WHERE e.id = NEW.id) BEGIN SELECT RAISE(ABORT, 'gate:undertaking-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_no_delete BEFORE DELETE ON undertaking BEGIN SELECT RAISE(ABORT, 'gate:undertaking-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_text_once BEFORE UPDATE ON rule_text WHEN NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.code <> OLD.code OR NEW.title <> OLD.title OR NEW.number <> OLD.number OR NEW.source <> OLD.source OR NEW.from_on <> OLD.from_on OR NEW.body <> OLD.body OR NEW.recorded <> OLD.recorded OR NEW.recorded_by <> OLD.recorded_by OR OLD.until_on <> '' OR NEW.until_on < OLD.from_on BEGIN SELECT RAISE(ABORT, 'gate:rule-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_text_follows BEFORE INSERT ON rule_text WHEN NEW.until_on <> '' OR EXISTS (SELECT 1 FROM rule_text e WHERE e.agency = NEW.agency AND e.code = NEW.code AND e.from_on >= NEW.from_on) BEGIN SELECT RAISE(ABORT, 'gate:rule-order'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_once BEFORE UPDATE ON undertaking WHEN NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.kind <> OLD.kind OR NEW.task <> OLD.task OR NEW.title <> OLD.title OR NEW.on_day <> OLD.on_day OR NEW.due_on <> OLD.due_on OR NEW.late <> OLD.late OR NEW.body <> OLD.body OR NEW.recorded <> OLD.recorded OR NEW.recorded_by <> OLD.recorded_by OR OLD.settled_on <> '' OR NEW.settled_on < OLD.on_day OR NEW.settled_on = '' OR NEW.settled_by = '' OR NEW.outcome = '' BEGIN SELECT RAISE(ABORT, 'gate:undertaking-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_open BEFORE INSERT ON undertaking WHEN NEW.settled_on <> '' OR NEW.settled_by <> '' OR NEW.outcome <> '' BEGIN SELECT RAISE(ABORT, 'gate:undertaking-settled'); END;
-- +goose StatementEnd
