-- terms holds the same tokens as the SQLite index; grams holds them in order, for phrases: a tsvector counts positions
-- only to 16,383 and a decision may be longer.
CREATE TABLE pub_search (
  ordinal BIGINT PRIMARY KEY,
  terms   TSVECTOR NOT NULL,
  grams   TEXT NOT NULL
);
CREATE INDEX pub_search_terms ON pub_search USING gin (terms) WITH (fastupdate = off);
