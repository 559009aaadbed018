-- Why an imported row is not made public by a check in bulk but waits for a person: the file gives a day that cannot be, say.
ALTER TABLE publication_text ADD COLUMN held TEXT NOT NULL DEFAULT '';
