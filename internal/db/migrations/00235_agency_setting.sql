-- What an agency sets itself at its desk: values of parameters within what the law leaves to it (行政处罚法第三十四条、第六十三条),
-- each with its basis and the signature of a second person, and the texts by which people reach it (行政处罚法第三十九条).
CREATE TABLE agency_setting (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, value TEXT NOT NULL, from_on TEXT NOT NULL,
  basis TEXT NOT NULL, note TEXT NOT NULL, state TEXT NOT NULL, proposed_by TEXT NOT NULL, proposed_for TEXT NOT NULL, proposed_at TEXT NOT NULL,
  decided_by TEXT NOT NULL, decided_at TEXT NOT NULL
);
CREATE INDEX agency_setting_code ON agency_setting (agency, kind, code, from_on, id);
