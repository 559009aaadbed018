-- One decision on its way to the public, out of it, and back. Narrow: the texts stand beside it, so that a change of
-- state does not rewrite them.
CREATE TABLE publication (
  id             TEXT PRIMARY KEY,
  agency         TEXT NOT NULL,
  agency_name    TEXT NOT NULL,
  source         TEXT NOT NULL,
  decision       TEXT NOT NULL DEFAULT '',
  case_id        TEXT NOT NULL DEFAULT '',
  class          TEXT NOT NULL DEFAULT '',
  kind           TEXT NOT NULL DEFAULT '',
  item           TEXT NOT NULL DEFAULT '',
  item_name      TEXT NOT NULL DEFAULT '',
  number         TEXT NOT NULL DEFAULT '',
  title          TEXT NOT NULL DEFAULT '',
  party_name     TEXT NOT NULL DEFAULT '',
  party_kind     TEXT NOT NULL DEFAULT '',
  basis          TEXT NOT NULL DEFAULT '',
  result         TEXT NOT NULL DEFAULT '',
  decided_on     TEXT NOT NULL DEFAULT '',
  due_on         TEXT NOT NULL DEFAULT '',
  service_mode   TEXT NOT NULL DEFAULT '',
  served_on      TEXT NOT NULL DEFAULT '',
  social_impact  BOOLEAN NOT NULL DEFAULT TRUE,
  minor          BOOLEAN NOT NULL DEFAULT FALSE,
  major          BOOLEAN NOT NULL DEFAULT FALSE,
  review         TEXT NOT NULL DEFAULT '',
  state          TEXT NOT NULL DEFAULT 'due',
  -- The day on which the next act is due: publishing, or taking down once the decision has fallen; '' = nothing is due.
  act_due        TEXT NOT NULL DEFAULT '',
  published_on   TEXT NOT NULL DEFAULT '',
  published_at   TEXT NOT NULL DEFAULT '',
  period_until   TEXT NOT NULL DEFAULT '',
  fallen_on      TEXT NOT NULL DEFAULT '',
  withdraw_due   TEXT NOT NULL DEFAULT '',
  withdrawn_on   TEXT NOT NULL DEFAULT '',
  ground         TEXT NOT NULL DEFAULT '',
  ground_document TEXT NOT NULL DEFAULT '',
  reason         TEXT NOT NULL DEFAULT '',
  replaced_by    TEXT NOT NULL DEFAULT '',
  content_hash   TEXT NOT NULL DEFAULT '',
  redaction_hash TEXT NOT NULL DEFAULT '',
  checked_hash   TEXT NOT NULL DEFAULT '',
  maker          TEXT NOT NULL DEFAULT '',
  maker_for      TEXT NOT NULL DEFAULT '',
  checker        TEXT NOT NULL DEFAULT '',
  checker_for    TEXT NOT NULL DEFAULT '',
  approver       TEXT NOT NULL DEFAULT '',
  version        BIGINT NOT NULL DEFAULT 0,
  ordinal        BIGINT NOT NULL DEFAULT 0,
  -- Under which agency the public finds it; '' = agency. An import may hold decisions of other bodies.
  office         TEXT NOT NULL DEFAULT '',
  run            TEXT NOT NULL DEFAULT '',
  dup            TEXT NOT NULL DEFAULT '',
  commit_year    BIGINT NOT NULL DEFAULT 0,
  commit_seq     BIGINT NOT NULL DEFAULT 0,
  commit_salt    TEXT NOT NULL DEFAULT '',
  decision_hash  TEXT NOT NULL DEFAULT '',
  updated_at     TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX publication_decision ON publication (decision) WHERE decision <> '';
CREATE UNIQUE INDEX publication_dup ON publication (agency, dup) WHERE dup <> '';
CREATE INDEX publication_due ON publication (agency, act_due, id) WHERE act_due <> '';
CREATE INDEX publication_state ON publication (agency, state, id);
CREATE INDEX publication_case ON publication (case_id) WHERE case_id <> '';
CREATE INDEX publication_run ON publication (run, id) WHERE run <> '';
CREATE INDEX publication_period ON publication (period_until, id) WHERE period_until <> '';

-- The working text of a publication. source holds personal data and never leaves the desk.
CREATE TABLE publication_text (
  publication TEXT PRIMARY KEY,
  source      TEXT NOT NULL,
  blocks      TEXT NOT NULL DEFAULT '',
  known       TEXT NOT NULL DEFAULT '',
  decisions   TEXT NOT NULL DEFAULT '',
  correction  TEXT NOT NULL DEFAULT '',
  findings    TEXT NOT NULL DEFAULT '',
  line        BIGINT NOT NULL DEFAULT 0
);

-- Every version that was ever public, for ever.
CREATE TABLE publication_version (
  publication    TEXT NOT NULL,
  number         BIGINT NOT NULL,
  title          TEXT NOT NULL,
  party_name     TEXT NOT NULL,
  result         TEXT NOT NULL,
  basis          TEXT NOT NULL,
  body           TEXT NOT NULL,
  blocks         TEXT NOT NULL,
  content_hash   TEXT NOT NULL,
  redaction_hash TEXT NOT NULL,
  manifest       TEXT NOT NULL,
  maker          TEXT NOT NULL,
  checker        TEXT NOT NULL,
  reason         TEXT NOT NULL,
  published_on   TEXT NOT NULL,
  at             TEXT NOT NULL,
  PRIMARY KEY (publication, number)
);

-- The number of decisions of an agency in a year, by which every one of them can be counted from outside.
CREATE TABLE commit_series (
  agency TEXT NOT NULL,
  year   BIGINT NOT NULL,
  last   BIGINT NOT NULL,
  PRIMARY KEY (agency, year)
);

-- What follows is all that the public reads.
CREATE TABLE pub_publication (
  ordinal        BIGINT PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  title          TEXT NOT NULL,
  number         TEXT NOT NULL,
  agency         TEXT NOT NULL,
  agency_name    TEXT NOT NULL,
  class          TEXT NOT NULL,
  item           TEXT NOT NULL,
  item_name      TEXT NOT NULL,
  year           BIGINT NOT NULL,
  party_name     TEXT NOT NULL,
  party_kind     TEXT NOT NULL,
  result         TEXT NOT NULL,
  basis          TEXT NOT NULL,
  decided_on     TEXT NOT NULL,
  published_on   TEXT NOT NULL,
  state          TEXT NOT NULL,
  source         TEXT NOT NULL,
  announced      BOOLEAN NOT NULL DEFAULT FALSE,
  effective_on   TEXT NOT NULL DEFAULT '',
  period_until   TEXT NOT NULL DEFAULT '',
  version        BIGINT NOT NULL DEFAULT 1,
  corrected_on   TEXT NOT NULL DEFAULT '',
  correct_reason TEXT NOT NULL DEFAULT '',
  withdrawn_on   TEXT NOT NULL DEFAULT '',
  ground         TEXT NOT NULL DEFAULT '',
  ground_document TEXT NOT NULL DEFAULT '',
  reason         TEXT NOT NULL DEFAULT '',
  replaced_by    TEXT NOT NULL DEFAULT '',
  content_hash   TEXT NOT NULL,
  no_index       BOOLEAN NOT NULL DEFAULT FALSE,
  updated_at     TEXT NOT NULL
);
CREATE INDEX pub_publication_agency ON pub_publication (agency, ordinal);
CREATE INDEX pub_publication_class ON pub_publication (class, ordinal);
CREATE INDEX pub_publication_year ON pub_publication (year, ordinal);
CREATE INDEX pub_publication_item ON pub_publication (item, ordinal) WHERE item <> '';
CREATE INDEX pub_publication_state ON pub_publication (state, ordinal) WHERE state <> 'published';
CREATE INDEX pub_publication_number ON pub_publication (number);

CREATE TABLE pub_body (
  ordinal BIGINT PRIMARY KEY,
  body    TEXT NOT NULL,
  blocks  TEXT NOT NULL
);

-- Counts kept with every act, so that no page counts rows.
CREATE TABLE pub_count (
  agency      TEXT NOT NULL,
  class       TEXT NOT NULL,
  item        TEXT NOT NULL,
  year        BIGINT NOT NULL,
  state       TEXT NOT NULL,
  agency_name TEXT NOT NULL,
  item_name   TEXT NOT NULL,
  n           BIGINT NOT NULL,
  PRIMARY KEY (agency, class, item, year, state)
);

-- Every decision, blinded, from the moment it is made: outsiders count what is not yet public and what is overdue.
CREATE TABLE pub_commit (
  agency     TEXT NOT NULL,
  year       BIGINT NOT NULL,
  seq        BIGINT NOT NULL,
  class      TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  due_on     TEXT NOT NULL,
  commitment TEXT NOT NULL,
  outcome    TEXT NOT NULL DEFAULT '',
  outcome_on TEXT NOT NULL DEFAULT '',
  ground     TEXT NOT NULL DEFAULT '',
  publication TEXT NOT NULL DEFAULT '',
  opened     TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (agency, year, seq)
);
CREATE INDEX pub_commit_open ON pub_commit (due_on, agency) WHERE outcome = '';

-- Ex-ante lists as published, and the difference of each version to the one before.
CREATE TABLE pub_snapshot (
  agency    TEXT NOT NULL,
  kind      TEXT NOT NULL,
  key       TEXT NOT NULL,
  place     BIGINT NOT NULL,
  json      TEXT NOT NULL,
  version   BIGINT NOT NULL,
  published TEXT NOT NULL,
  PRIMARY KEY (agency, kind, key)
);
CREATE INDEX pub_snapshot_key ON pub_snapshot (kind, key);
CREATE TABLE pub_snapshot_change (
  agency    TEXT NOT NULL,
  kind      TEXT NOT NULL,
  version   BIGINT NOT NULL,
  published TEXT NOT NULL,
  added     TEXT NOT NULL,
  removed   TEXT NOT NULL,
  changed   TEXT NOT NULL,
  PRIMARY KEY (agency, kind, version)
);

-- One row: the order of publication, the version of what the public reads, how much was queued for the search index
-- and how much it holds. Whoever changes what the public reads holds this row, so that all see one order.
CREATE TABLE pub_clock (
  name    TEXT PRIMARY KEY,
  ordinal BIGINT NOT NULL,
  version BIGINT NOT NULL,
  queued  BIGINT NOT NULL,
  indexed BIGINT NOT NULL
);
INSERT INTO pub_clock (name, ordinal, version, queued, indexed) VALUES ('public', 0, 0, 0, 0);

CREATE TABLE search_queue (
  seq     BIGINT PRIMARY KEY,
  ordinal BIGINT NOT NULL
);

CREATE TABLE import_run (
  id         TEXT PRIMARY KEY,
  agency     TEXT NOT NULL,
  digest     TEXT NOT NULL,
  name       TEXT NOT NULL,
  format     TEXT NOT NULL,
  mapping    TEXT NOT NULL,
  actor      TEXT NOT NULL,
  state      TEXT NOT NULL,
  rows_read  BIGINT NOT NULL DEFAULT 0,
  imported   BIGINT NOT NULL DEFAULT 0,
  duplicates BIGINT NOT NULL DEFAULT 0,
  left_out   BIGINT NOT NULL DEFAULT 0,
  found      BIGINT NOT NULL DEFAULT 0,
  published  BIGINT NOT NULL DEFAULT 0,
  started_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE UNIQUE INDEX import_run_file ON import_run (agency, digest, mapping) WHERE state = 'running';
CREATE INDEX import_run_agency ON import_run (agency, id);
-- Rows of a file that made no publication, and why. What was found in the others stands beside their text.
CREATE TABLE import_left_out (
  run     TEXT NOT NULL,
  line    BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (run, line)
);
