-- What outsiders say of the logs. A policy names the witnesses and their quorum; the newest row of a log is in force, and a
-- change leaves a row. A cosignature stands beside the checkpoint that it signs. A contradiction is an answer of a witness
-- that does not fit our log; it stands until that witness signs again. A stamp is an RFC 3161 token over a checkpoint.
CREATE TABLE witness_policy (
  agency TEXT NOT NULL,
  place  BIGINT NOT NULL,
  at     TEXT NOT NULL,
  text   TEXT NOT NULL,
  tsa    TEXT NOT NULL,
  PRIMARY KEY (agency, place)
);
CREATE TABLE cosignature (
  agency  TEXT NOT NULL,
  size    BIGINT NOT NULL,
  witness TEXT NOT NULL,
  signed  TEXT NOT NULL,
  at      TEXT NOT NULL,
  line    TEXT NOT NULL,
  PRIMARY KEY (agency, size, witness)
);
CREATE INDEX cosignature_witness ON cosignature (agency, witness, size);
CREATE TABLE contradiction (
  agency  TEXT NOT NULL,
  witness TEXT NOT NULL,
  at      TEXT NOT NULL,
  name    TEXT NOT NULL,
  size    BIGINT NOT NULL,
  status  BIGINT NOT NULL,
  said    TEXT NOT NULL,
  seen    TEXT NOT NULL,
  PRIMARY KEY (agency, witness, at)
);
CREATE TABLE checkpoint_stamp (
  agency TEXT NOT NULL,
  size   BIGINT NOT NULL,
  stamped TEXT NOT NULL,
  at     TEXT NOT NULL,
  tsa    TEXT NOT NULL,
  token  BYTEA NOT NULL,
  PRIMARY KEY (agency, size)
);
