-- What the gates left open to somebody with a client of his own. A row keeps its name: on SQLite UPDATE OR REPLACE of a fresh
-- round of review onto the id of a refused one took the refusal away and left its texts to a new verdict, and INSERT OR
-- REPLACE of a party made a major case a minor one, for a client without recursive_triggers fires no trigger of deletion. Who
-- was an officer of a case stays one in its record (行政处罚法第五十七条、第五十八条; DECISIONS §15), and a verdict is given by
-- who is appointed to review and holds the qualification, or reviewed before the law asked for it (第五十八条第二款).
-- +goose StatementBegin
CREATE TRIGGER review_identity BEFORE UPDATE ON review
WHEN NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.round <> OLD.round OR NEW.body <> OLD.body OR NEW.draft_kind <> OLD.draft_kind
BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_identity BEFORE UPDATE ON party
WHEN NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.ordinal <> OLD.ordinal OR NEW.name <> OLD.name OR NEW.kind <> OLD.kind
BEGIN SELECT RAISE(ABORT, 'gate:party-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER officer_identity BEFORE UPDATE ON case_officer
WHEN NEW.case_id <> OLD.case_id OR NEW.certificate <> OLD.certificate OR NEW.account <> OLD.account OR NEW.name <> OLD.name OR NEW.from_on <> OLD.from_on
BEGIN SELECT RAISE(ABORT, 'gate:officer-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_identity BEFORE UPDATE ON number_used
WHEN NEW.agency <> OLD.agency OR (OLD.document <> '' AND NEW.document <> OLD.document)
BEGIN SELECT RAISE(ABORT, 'gate:number-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_identity BEFORE UPDATE ON case_file
WHEN NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.procedure <> OLD.procedure OR NEW.created <> OLD.created
BEGIN SELECT RAISE(ABORT, 'gate:case-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_no_replace BEFORE INSERT ON party
WHEN EXISTS (SELECT 1 FROM party e WHERE e.id = NEW.id OR (e.case_id = NEW.case_id AND e.ordinal = NEW.ordinal))
BEGIN SELECT RAISE(ABORT, 'gate:party-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_no_replace BEFORE INSERT ON number_used
WHEN EXISTS (SELECT 1 FROM number_used e WHERE e.agency = NEW.agency AND e.prefix = NEW.prefix AND e.year = NEW.year AND e.serial = NEW.serial)
BEGIN SELECT RAISE(ABORT, 'gate:number-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER officer_no_replace BEFORE INSERT ON case_officer
WHEN EXISTS (SELECT 1 FROM case_officer e WHERE e.case_id = NEW.case_id AND e.certificate = NEW.certificate AND e.from_on = NEW.from_on AND (e.account <> NEW.account OR e.name <> NEW.name))
BEGIN SELECT RAISE(ABORT, 'gate:officer-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_no_replace BEFORE INSERT ON case_file
WHEN EXISTS (SELECT 1 FROM case_file e WHERE e.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'gate:case-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER officer_kept BEFORE DELETE ON case_officer
BEGIN SELECT RAISE(ABORT, 'gate:officer-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_kept BEFORE DELETE ON case_file
BEGIN SELECT RAISE(ABORT, 'gate:case-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_qualified AFTER UPDATE ON review
WHEN NEW.verdict <> '' AND OLD.verdict = '' AND NOT EXISTS (SELECT 1 FROM reviewer q WHERE q.agency = NEW.agency AND q.account = NEW.reviewer AND q.from_on <= NEW.concluded_on AND (q.until_on = '' OR q.until_on >= NEW.concluded_on) AND (q.qualification <> '' OR (q.first_review_on <> '' AND q.first_review_on < '2021-07-15')))
BEGIN SELECT RAISE(ABORT, 'gate:review-qualification'); END;
-- +goose StatementEnd
