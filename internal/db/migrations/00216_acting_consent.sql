-- That a deputy agreed to act (AB角). Who is away asks a colleague, and the colleague accepts; whom the head or an administrator
-- appoints acts by that appointment and has no row here. A grant of before that somebody made for the own absence waits now.
CREATE TABLE acting_consent (
  acting TEXT PRIMARY KEY,
  at     TEXT NOT NULL
);
