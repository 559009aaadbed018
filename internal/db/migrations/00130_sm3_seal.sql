-- The signed heads of the second tree over each log's leaves, hashed with SM3 and signed with SM2. peaks are the roots of the
-- full subtrees, from which the next seal goes on.
CREATE TABLE sm3_seal (
  agency TEXT NOT NULL,
  size   BIGINT NOT NULL,
  root   TEXT NOT NULL,
  peaks  TEXT NOT NULL,
  at     TEXT NOT NULL,
  note   TEXT NOT NULL,
  PRIMARY KEY (agency, size)
);
