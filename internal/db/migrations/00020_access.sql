CREATE TABLE account (
  id           TEXT PRIMARY KEY,
  agency       TEXT NOT NULL,
  login        TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  unit         TEXT NOT NULL,
  password     TEXT NOT NULL,
  password_at  TEXT NOT NULL,
  totp         TEXT NOT NULL,
  totp_pending TEXT NOT NULL,
  totp_step    BIGINT NOT NULL,
  state        TEXT NOT NULL,
  created      TEXT NOT NULL,
  changed      TEXT NOT NULL
);
CREATE INDEX account_agency ON account (agency, id);
CREATE TABLE account_role (
  account    TEXT NOT NULL,
  role       TEXT NOT NULL,
  granted    TEXT NOT NULL,
  granted_by TEXT NOT NULL,
  PRIMARY KEY (account, role)
);
CREATE INDEX account_role_role ON account_role (role, account);
-- A one-time code with which a person sets the first password; only its hash is kept.
CREATE TABLE setup_code (
  hash    TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  issued  TEXT NOT NULL,
  expires TEXT NOT NULL
);
CREATE INDEX setup_code_account ON setup_code (account);
-- Attempts are counted for the name typed, whether or not it is an account, so that a lock tells nothing.
CREATE TABLE login_attempt (
  login_hash   TEXT PRIMARY KEY,
  failures     BIGINT NOT NULL,
  last         TEXT NOT NULL,
  locked_until TEXT NOT NULL
);
CREATE INDEX login_attempt_last ON login_attempt (last);
CREATE TABLE session (
  id_hash    TEXT PRIMARY KEY,
  account    TEXT NOT NULL,
  created    TEXT NOT NULL,
  seen       TEXT NOT NULL,
  expires    TEXT NOT NULL,
  acting     TEXT NOT NULL,
  on_behalf  TEXT NOT NULL,
  step_up_at TEXT NOT NULL
);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires ON session (expires);
CREATE TABLE acting (
  id         TEXT PRIMARY KEY,
  agency     TEXT NOT NULL,
  principal  TEXT NOT NULL,
  deputy     TEXT NOT NULL,
  from_day   TEXT NOT NULL,
  until_day  TEXT NOT NULL,
  reason     TEXT NOT NULL,
  granted    TEXT NOT NULL,
  granted_by TEXT NOT NULL,
  ended      TEXT NOT NULL
);
CREATE INDEX acting_deputy ON acting (deputy, until_day);
CREATE INDEX acting_agency ON acting (agency, id);
CREATE TABLE factor_reset (
  id           TEXT PRIMARY KEY,
  agency       TEXT NOT NULL,
  account      TEXT NOT NULL,
  reason       TEXT NOT NULL,
  requested    TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  settled      TEXT NOT NULL,
  settled_by   TEXT NOT NULL,
  state        TEXT NOT NULL
);
CREATE INDEX factor_reset_agency ON factor_reset (agency, state, id);
-- Who looked at whose personal data, and what for (个人信息保护法第五十一条).
CREATE TABLE look (
  id         TEXT PRIMARY KEY,
  agency     TEXT NOT NULL,
  account    TEXT NOT NULL,
  on_behalf  TEXT NOT NULL,
  thing_kind TEXT NOT NULL,
  thing      TEXT NOT NULL,
  purpose    TEXT NOT NULL,
  at         TEXT NOT NULL
);
CREATE INDEX look_agency ON look (agency, id);
CREATE INDEX look_account ON look (agency, account, id);
CREATE INDEX look_thing ON look (agency, thing_kind, thing, id);
