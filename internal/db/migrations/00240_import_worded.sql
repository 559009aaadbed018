-- The import that brought this row says itself, in the ledger, what stands in it: no note of the row is taken.
ALTER TABLE publication_text ADD COLUMN worded BOOLEAN NOT NULL DEFAULT FALSE;
