-- Why the same seal is put on the same document again; a first use needs no reason.
ALTER TABLE seal_use ADD COLUMN reason TEXT NOT NULL DEFAULT '';
CREATE INDEX seal_use_document ON seal_use (document_id, seal);
