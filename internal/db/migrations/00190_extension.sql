-- An extension of the time for publishing (政府信息公开条例第十五条、第三十二条、第三十三条第三款): what stands still and why,
-- and the last day before and after. A row is never changed. The public count of decisions shows the newest.
CREATE TABLE publication_extension (
  id          TEXT NOT NULL PRIMARY KEY,
  agency      TEXT NOT NULL,
  publication TEXT NOT NULL,
  ground      TEXT NOT NULL,
  document    TEXT NOT NULL,
  reason      TEXT NOT NULL,
  asked_on    TEXT NOT NULL,
  until_on    TEXT NOT NULL,
  due_before  TEXT NOT NULL,
  due_on      TEXT NOT NULL,
  decided_by  TEXT NOT NULL,
  approver    TEXT NOT NULL,
  recorded_on TEXT NOT NULL
);
CREATE UNIQUE INDEX publication_extension_of ON publication_extension (publication, due_on);
ALTER TABLE pub_commit ADD COLUMN extended_to TEXT NOT NULL DEFAULT '';
ALTER TABLE pub_commit ADD COLUMN extend_ground TEXT NOT NULL DEFAULT '';
CREATE INDEX pub_commit_extension ON pub_commit (publication) WHERE extended_to <> '';
