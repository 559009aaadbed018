-- Work that follows an act, queued in the act's own transaction. key keeps the same work from standing here twice
-- while it waits; a row that runs gives its key up, so that work asked for meanwhile is not lost.
CREATE TABLE job (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  key        TEXT NOT NULL UNIQUE,
  args       TEXT NOT NULL,
  run_at     TEXT NOT NULL,
  attempts   BIGINT NOT NULL,
  state      TEXT NOT NULL,
  last_error TEXT NOT NULL,
  created    TEXT NOT NULL,
  claimed    TEXT NOT NULL,
  claimed_by TEXT NOT NULL
);
CREATE INDEX job_due ON job (state, run_at, id);
CREATE TABLE job_schedule (
  kind     TEXT PRIMARY KEY,
  next_run TEXT NOT NULL
);
