-- What the public needs to judge and to prove a publication by itself: the last day on which it was due, as it was fixed
-- when the decision was made, and the event of whose ledger made its present text public (-1 = not known).
ALTER TABLE pub_publication ADD COLUMN due_on TEXT NOT NULL DEFAULT '';
ALTER TABLE pub_publication ADD COLUMN log TEXT NOT NULL DEFAULT '';
ALTER TABLE pub_publication ADD COLUMN seq BIGINT NOT NULL DEFAULT -1;
UPDATE pub_publication SET due_on = (SELECT p.due_on FROM publication p WHERE p.id = pub_publication.id);
