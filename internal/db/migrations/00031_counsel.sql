-- Legal counsel and public lawyers, of the agency's own or from a pool that agencies share (duty 22).
CREATE TABLE counsel (
  id           TEXT PRIMARY KEY,
  agency       TEXT NOT NULL,
  name         TEXT NOT NULL,
  kind         TEXT NOT NULL,
  organisation TEXT NOT NULL,
  licence      TEXT NOT NULL,
  account      TEXT NOT NULL,
  pooled       BOOLEAN NOT NULL,
  from_on      TEXT NOT NULL,
  until_on     TEXT NOT NULL
);
CREATE INDEX counsel_agency ON counsel (agency, id);
CREATE INDEX counsel_pooled ON counsel (pooled, id);
CREATE INDEX certificate_until ON certificate (agency, valid_until, id);
CREATE INDEX officer_account ON officer (account);
CREATE INDEX agency_parent ON agency (parent, id);
