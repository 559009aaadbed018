CREATE TABLE review (
  id TEXT PRIMARY KEY, agency TEXT NOT NULL, case_id TEXT NOT NULL, round BIGINT NOT NULL, state TEXT NOT NULL, verdict TEXT NOT NULL,
  submitted_by TEXT NOT NULL, submitted_on TEXT NOT NULL, complete_on TEXT NOT NULL, reviewer TEXT NOT NULL, concluded_on TEXT NOT NULL,
  body TEXT NOT NULL, counsel TEXT NOT NULL, opinion TEXT NOT NULL, draft_kind TEXT NOT NULL, due_on TEXT NOT NULL
);
CREATE INDEX review_case ON review (case_id, id);
CREATE INDEX review_desk ON review (agency, state, id);
-- What a review covers: the canonical body of each party's text, by hash.
CREATE TABLE review_text (
  review_id TEXT NOT NULL REFERENCES review (id), case_id TEXT NOT NULL, party_id TEXT NOT NULL, body_hash TEXT NOT NULL,
  PRIMARY KEY (review_id, party_id)
);
CREATE INDEX review_text_party ON review_text (case_id, party_id, review_id);
