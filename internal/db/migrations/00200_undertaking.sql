-- What an agency keeps of the duties that are no case: the texts of its rules in their versions (duties 1, 17, 27), what it
-- undertakes again and again (17, 27 to 32) with the officers who took part, and the annual returns that it sent (12).
CREATE TABLE rule_text (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, code TEXT NOT NULL, title TEXT NOT NULL, number TEXT NOT NULL, source TEXT NOT NULL,
  from_on TEXT NOT NULL, until_on TEXT NOT NULL, body TEXT NOT NULL, recorded TEXT NOT NULL, recorded_by TEXT NOT NULL,
  UNIQUE (agency, code, from_on)
);
CREATE TABLE undertaking (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, kind TEXT NOT NULL, task TEXT NOT NULL, title TEXT NOT NULL, on_day TEXT NOT NULL, due_on TEXT NOT NULL,
  late TEXT NOT NULL, body TEXT NOT NULL, settled_on TEXT NOT NULL, settled_by TEXT NOT NULL, outcome TEXT NOT NULL,
  recorded TEXT NOT NULL, recorded_by TEXT NOT NULL
);
CREATE INDEX undertaking_kind ON undertaking (agency, task, kind, on_day, id);
CREATE TABLE undertaking_officer (
  undertaking TEXT NOT NULL REFERENCES undertaking (id), officer TEXT NOT NULL REFERENCES officer (id), agency TEXT NOT NULL,
  PRIMARY KEY (undertaking, officer)
);
CREATE TABLE annual_return (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, year BIGINT NOT NULL, recipient TEXT NOT NULL, sent_on TEXT NOT NULL, receipt TEXT NOT NULL,
  late TEXT NOT NULL, body TEXT NOT NULL, recorded TEXT NOT NULL, recorded_by TEXT NOT NULL, UNIQUE (agency, year)
);
