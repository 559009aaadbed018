-- What a form that was sent has already done, by the key that its page carries: a second click finds it there and makes
-- no second case.
CREATE TABLE form_once (
  agency TEXT NOT NULL, account TEXT NOT NULL, key TEXT NOT NULL, href TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (agency, account, key)
);
CREATE INDEX form_once_at ON form_once (agency, at);
