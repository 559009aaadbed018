-- What a person has seen of the messages that are derived from the records; the messages themselves are not stored.
CREATE TABLE message_read (
  account TEXT NOT NULL,
  key     TEXT NOT NULL,
  at      TEXT NOT NULL,
  PRIMARY KEY (account, key)
);
