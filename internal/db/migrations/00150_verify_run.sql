-- The verifications that were made of each log, the newest of which the desk and the public see.
CREATE TABLE verify_run (
  id          TEXT PRIMARY KEY,
  agency      TEXT NOT NULL,
  at          TEXT NOT NULL,
  millis      BIGINT NOT NULL,
  events      BIGINT NOT NULL,
  signed      BIGINT NOT NULL,
  checkpoints BIGINT NOT NULL,
  shredded    BIGINT NOT NULL,
  seals       BIGINT NOT NULL,
  problems    BIGINT NOT NULL,
  root        TEXT NOT NULL,
  fault       TEXT NOT NULL,
  report      TEXT NOT NULL
);
CREATE INDEX verify_run_agency ON verify_run (agency, id);
