-- A party's name is put right where it was taken down wrong, by a command with its reason, as long as nothing was decided against
-- it; from then on no column that says who the party is changes any more, the number and the address no more than the name: what
-- a decision says wrongly is put right by a 更正通知书 and not here. The kind of a party never changes.
DROP TRIGGER party_identity;
-- +goose StatementBegin
CREATE TRIGGER party_identity BEFORE UPDATE ON party
WHEN NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.ordinal <> OLD.ordinal OR NEW.kind <> OLD.kind OR ((NEW.name <> OLD.name OR NEW.code <> OLD.code OR NEW.citizen_id <> OLD.citizen_id OR NEW.birth <> OLD.birth OR NEW.details <> OLD.details)
  AND EXISTS (SELECT 1 FROM decision d WHERE d.party_id = OLD.id))
BEGIN SELECT RAISE(ABORT, 'gate:party-immutable'); END;
-- +goose StatementEnd
