CREATE TABLE case_file (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, cause TEXT NOT NULL,
  procedure TEXT NOT NULL, item TEXT NOT NULL, class TEXT NOT NULL, unit TEXT NOT NULL, handler TEXT NOT NULL,
  state TEXT NOT NULL, found_on TEXT NOT NULL, opened_on TEXT NOT NULL, closed_on TEXT NOT NULL, last_on TEXT NOT NULL,
  complex BOOLEAN NOT NULL, crime_open BOOLEAN NOT NULL, rule_set TEXT NOT NULL, pack TEXT NOT NULL,
  parties BIGINT NOT NULL, next_due TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL
);
CREATE INDEX case_file_list ON case_file (agency, id);
CREATE INDEX case_file_handler ON case_file (handler, state);
-- One row for each party of a case: what is known of it, and where its own track stands.
CREATE TABLE party (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL REFERENCES case_file (id), ordinal BIGINT NOT NULL,
  kind TEXT NOT NULL, name TEXT NOT NULL, code TEXT NOT NULL, citizen_id TEXT NOT NULL, birth TEXT NOT NULL,
  details TEXT NOT NULL, name_key TEXT NOT NULL, track TEXT NOT NULL, item TEXT NOT NULL,
  catalogue BOOLEAN NOT NULL, major BOOLEAN NOT NULL,
  notice_on TEXT NOT NULL, window_until TEXT NOT NULL, waived BOOLEAN NOT NULL,
  hearing_open BOOLEAN NOT NULL, notified_rank BIGINT NOT NULL, notified_amount BIGINT NOT NULL,
  UNIQUE (case_id, ordinal)
);
CREATE INDEX party_name ON party (name_key);
CREATE INDEX party_code ON party (agency, code);
CREATE TABLE case_officer (
  case_id TEXT NOT NULL REFERENCES case_file (id), certificate TEXT NOT NULL, name TEXT NOT NULL, account TEXT NOT NULL,
  from_on TEXT NOT NULL, until_on TEXT NOT NULL, PRIMARY KEY (case_id, certificate, from_on)
);
-- A finished document never changes: a correction is a further document that names it.
CREATE TABLE document (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL, party_id TEXT NOT NULL, step TEXT NOT NULL,
  kind TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL, number TEXT NOT NULL, made_on TEXT NOT NULL,
  made_at TEXT NOT NULL, made_by TEXT NOT NULL, body TEXT NOT NULL, body_hash TEXT NOT NULL, corrects TEXT NOT NULL
);
CREATE INDEX document_case ON document (case_id, id);
CREATE INDEX document_number ON document (agency, number);
CREATE TABLE draft (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL, party_id TEXT NOT NULL, step TEXT NOT NULL, kind TEXT NOT NULL,
  body TEXT NOT NULL, raw TEXT NOT NULL, body_hash TEXT NOT NULL, version BIGINT NOT NULL,
  editor TEXT NOT NULL, editor_name TEXT NOT NULL, saved TEXT NOT NULL, UNIQUE (case_id, party_id, step, kind)
);
-- A step that waits for somebody's hand: the levels of 签批 it went through lie in signoff.
CREATE TABLE submission (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL, step TEXT NOT NULL, parties TEXT NOT NULL,
  waiting TEXT NOT NULL, sent_by TEXT NOT NULL, sent_name TEXT NOT NULL, sent_at TEXT NOT NULL, read_at TEXT NOT NULL, state TEXT NOT NULL
);
CREATE INDEX submission_waiting ON submission (agency, state, waiting);
CREATE INDEX submission_case ON submission (case_id, state);
CREATE TABLE signoff (
  submission TEXT NOT NULL, ordinal BIGINT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
  opinion TEXT NOT NULL, verdict TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (submission, ordinal)
);
CREATE TABLE number_series (
  agency TEXT NOT NULL, prefix TEXT NOT NULL, year BIGINT NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (agency, prefix, year)
);
CREATE TABLE number_used (
  agency TEXT NOT NULL, prefix TEXT NOT NULL, year BIGINT NOT NULL, serial BIGINT NOT NULL, document TEXT NOT NULL,
  void TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (agency, prefix, year, serial)
);
CREATE TABLE deadline (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL, party_id TEXT NOT NULL, param TEXT NOT NULL, label TEXT NOT NULL,
  done TEXT NOT NULL, trigger_on TEXT NOT NULL, length BIGINT NOT NULL, unit TEXT NOT NULL, due_on TEXT NOT NULL, provisional BOOLEAN NOT NULL,
  calendar TEXT NOT NULL, for_party BOOLEAN NOT NULL, stops TEXT NOT NULL, state TEXT NOT NULL, met_on TEXT NOT NULL
);
CREATE INDEX deadline_open ON deadline (agency, state, due_on);
CREATE INDEX deadline_case ON deadline (case_id, state);
CREATE TABLE delivery (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL, party_id TEXT NOT NULL, document_id TEXT NOT NULL, purpose TEXT NOT NULL,
  mode TEXT NOT NULL, sent_on TEXT NOT NULL, effective_on TEXT NOT NULL, receipt TEXT NOT NULL
);
CREATE INDEX delivery_case ON delivery (case_id, party_id, purpose);
CREATE TABLE approval (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL, party_id TEXT NOT NULL, body_hash TEXT NOT NULL,
  approver TEXT NOT NULL, approved_on TEXT NOT NULL, document_id TEXT NOT NULL
);
CREATE INDEX approval_case ON approval (case_id, party_id);
CREATE TABLE panel (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL, party_id TEXT NOT NULL, held_on TEXT NOT NULL,
  members BIGINT NOT NULL, minutes BIGINT NOT NULL, document_id TEXT NOT NULL
);
CREATE INDEX panel_case ON panel (case_id, party_id);
CREATE TABLE decision (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL REFERENCES case_file (id), party_id TEXT NOT NULL, document_id TEXT NOT NULL,
  kind TEXT NOT NULL, procedure TEXT NOT NULL, number TEXT NOT NULL, body_hash TEXT NOT NULL, major BOOLEAN NOT NULL, review_id TEXT NOT NULL,
  handler TEXT NOT NULL, approver TEXT NOT NULL, decided_on TEXT NOT NULL, penalties TEXT NOT NULL, rank BIGINT NOT NULL,
  fine BIGINT NOT NULL, confiscated BIGINT NOT NULL, served_on TEXT NOT NULL, service_mode TEXT NOT NULL, effective_on TEXT NOT NULL,
  state TEXT NOT NULL, annulled_on TEXT NOT NULL
);
CREATE INDEX decision_agency ON decision (agency, decided_on);
CREATE UNIQUE INDEX decision_once ON decision (case_id, party_id) WHERE state = 'made';
CREATE TABLE payment (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL, party_id TEXT NOT NULL, kind TEXT NOT NULL,
  amount BIGINT NOT NULL, paid_on TEXT NOT NULL, receipt TEXT NOT NULL, recorded TEXT NOT NULL
);
CREATE INDEX payment_case ON payment (case_id, party_id);
CREATE TABLE attachment (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL, owner_kind TEXT NOT NULL, owner TEXT NOT NULL, kind TEXT NOT NULL,
  name TEXT NOT NULL, mime TEXT NOT NULL, size BIGINT NOT NULL, digest TEXT NOT NULL, added_by TEXT NOT NULL, added_at TEXT NOT NULL
);
CREATE INDEX attachment_owner ON attachment (owner_kind, owner, id);
CREATE INDEX attachment_case ON attachment (case_id, id);
CREATE TABLE seal_use (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, document_id TEXT NOT NULL, case_id TEXT NOT NULL, seal TEXT NOT NULL,
  used_on TEXT NOT NULL, used_by TEXT NOT NULL, approved_by TEXT NOT NULL, copies BIGINT NOT NULL
);
CREATE INDEX seal_use_agency ON seal_use (agency, id);
