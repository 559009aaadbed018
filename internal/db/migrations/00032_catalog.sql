-- What an activated pack says, row by row and for ever, so that a later question about an old act finds the list as it
-- stood. body is the pack's own row; the columns beside it are what lists are searched by.
CREATE TABLE activation (
  agency       TEXT NOT NULL,
  number       BIGINT NOT NULL,
  hash         TEXT NOT NULL,
  layers       TEXT NOT NULL,
  demo         BOOLEAN NOT NULL,
  from_on      TEXT NOT NULL,
  activated    TEXT NOT NULL,
  activated_by TEXT NOT NULL,
  PRIMARY KEY (agency, number)
);
CREATE TABLE item (
  agency     TEXT NOT NULL,
  activation BIGINT NOT NULL,
  code       TEXT NOT NULL,
  from_on    TEXT NOT NULL,
  until_on   TEXT NOT NULL,
  name       TEXT NOT NULL,
  class      TEXT NOT NULL,
  theme      TEXT NOT NULL,
  owner      TEXT NOT NULL,
  status     TEXT NOT NULL,
  body       TEXT NOT NULL,
  PRIMARY KEY (agency, activation, code, from_on)
);
CREATE TABLE task (
  agency     TEXT NOT NULL,
  activation BIGINT NOT NULL,
  number     BIGINT NOT NULL,
  code       TEXT NOT NULL,
  body       TEXT NOT NULL,
  PRIMARY KEY (agency, activation, number)
);
-- The short lists: trigger, numbering, text, recording; position is their order in the pack.
CREATE TABLE pack_row (
  agency     TEXT NOT NULL,
  activation BIGINT NOT NULL,
  section    TEXT NOT NULL,
  position   BIGINT NOT NULL,
  code       TEXT NOT NULL,
  from_on    TEXT NOT NULL,
  until_on   TEXT NOT NULL,
  body       TEXT NOT NULL,
  PRIMARY KEY (agency, activation, section, position)
);
-- How an activation differs from the one before it.
CREATE TABLE pack_change (
  agency     TEXT NOT NULL,
  activation BIGINT NOT NULL,
  section    TEXT NOT NULL,
  row_key    TEXT NOT NULL,
  kind       TEXT NOT NULL,
  before     TEXT NOT NULL,
  after      TEXT NOT NULL,
  PRIMARY KEY (agency, activation, section, row_key)
);
