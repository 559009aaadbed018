CREATE TABLE ledger_head (
  agency     TEXT PRIMARY KEY,
  size       BIGINT NOT NULL,
  origin     TEXT NOT NULL
);
-- One row for each act. leaf is the canonical JSON that the tree hashes; nothing in it names a person in clear.
CREATE TABLE event (
  agency       TEXT NOT NULL,
  seq          BIGINT NOT NULL,
  id           TEXT NOT NULL UNIQUE,
  kind         TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject      TEXT NOT NULL,
  occurred     TEXT NOT NULL,
  recorded     TEXT NOT NULL,
  actor        TEXT NOT NULL,
  leaf         TEXT NOT NULL,
  leaf_hash    BYTEA NOT NULL,
  PRIMARY KEY (agency, seq)
);
CREATE INDEX event_subject ON event (subject_kind, subject, seq);
CREATE INDEX event_kind ON event (agency, kind, seq);
-- The personal part of an event. It may change exactly once, to nothing, when the law has it destroyed.
CREATE TABLE payload (
  event  TEXT PRIMARY KEY,
  salt   TEXT NOT NULL,
  body   TEXT NOT NULL,
  shred  TEXT NOT NULL DEFAULT ''
);
CREATE TABLE tree_hash (
  agency TEXT NOT NULL,
  idx    BIGINT NOT NULL,
  hash   BYTEA NOT NULL,
  PRIMARY KEY (agency, idx)
);
CREATE TABLE checkpoint (
  agency TEXT NOT NULL,
  size   BIGINT NOT NULL,
  root   TEXT NOT NULL,
  at     TEXT NOT NULL,
  note   TEXT NOT NULL,
  PRIMARY KEY (agency, size)
);
