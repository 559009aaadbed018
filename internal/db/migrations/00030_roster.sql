CREATE TABLE agency (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, short_name TEXT NOT NULL, credit_code TEXT NOT NULL, number_word TEXT NOT NULL, level TEXT NOT NULL,
  parent TEXT NOT NULL, division TEXT NOT NULL, entrusted_by TEXT NOT NULL, created TEXT NOT NULL
);
CREATE TABLE unit (
  agency TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, review BOOLEAN NOT NULL, PRIMARY KEY (agency, code)
);
CREATE TABLE officer (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, unit TEXT NOT NULL, name TEXT NOT NULL, position TEXT NOT NULL, staff TEXT NOT NULL,
  account TEXT NOT NULL, from_on TEXT NOT NULL, until_on TEXT NOT NULL
);
CREATE INDEX officer_agency ON officer (agency, id);
CREATE TABLE certificate (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, officer TEXT NOT NULL REFERENCES officer (id), number TEXT NOT NULL, issuer TEXT NOT NULL,
  class TEXT NOT NULL, area TEXT NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT NOT NULL, state_issued BOOLEAN NOT NULL,
  filed BOOLEAN NOT NULL, revoked_on TEXT NOT NULL, UNIQUE (agency, number)
);
CREATE INDEX certificate_officer ON certificate (officer);
CREATE TABLE reviewer (
  agency TEXT NOT NULL, account TEXT NOT NULL, unit TEXT NOT NULL, qualification TEXT NOT NULL, first_review_on TEXT NOT NULL,
  from_on TEXT NOT NULL, until_on TEXT NOT NULL, PRIMARY KEY (agency, account)
);
