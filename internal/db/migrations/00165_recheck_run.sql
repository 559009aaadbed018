-- The re-checks that were made, the last of which the desk shows. What they found stands in the ledger too.
CREATE TABLE recheck_run (
  id       TEXT PRIMARY KEY,
  state    TEXT NOT NULL,
  begun    TEXT NOT NULL,
  ended    TEXT NOT NULL,
  progress TEXT NOT NULL,
  events   BIGINT NOT NULL,
  rows     BIGINT NOT NULL,
  problems BIGINT NOT NULL,
  report   TEXT NOT NULL
);
