-- How the second place fares: a row for what goes on all the time (configured, ship, copy), changed when it changes.
CREATE TABLE backup_state (
  name  TEXT PRIMARY KEY,
  since TEXT NOT NULL,
  said  TEXT NOT NULL,
  fault TEXT NOT NULL
);
-- Each drill: the newest backup brought back into a folder of its own, verified, and compared with the record that goes on.
CREATE TABLE backup_drill (
  id     TEXT PRIMARY KEY,
  at     TEXT NOT NULL,
  backup TEXT NOT NULL,
  scope  TEXT NOT NULL,
  logs   BIGINT NOT NULL,
  events BIGINT NOT NULL,
  millis BIGINT NOT NULL,
  sound  BIGINT NOT NULL,
  fault  TEXT NOT NULL
);
