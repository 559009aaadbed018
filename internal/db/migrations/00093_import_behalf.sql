-- For whom an import was made (AB角): the check of it is refused to both.
ALTER TABLE import_run ADD COLUMN on_behalf TEXT NOT NULL DEFAULT '';
