-- What a form said when it was done, as a hash: the same key with the same words is one deed that was sent twice, with other words
-- it is a text that must not be lost. A row of before says nothing of its words and stays one deed.
ALTER TABLE form_once ADD COLUMN content TEXT NOT NULL DEFAULT '';
