-- The party whose decision it is, as the case has it: the clocks of a batch run per party, and publishing one party's
-- decision must not stop another's (行政处罚法第四十八条).
ALTER TABLE publication ADD COLUMN party TEXT NOT NULL DEFAULT '';
UPDATE publication SET party = (SELECT d.party_id FROM decision d WHERE d.id = publication.decision)
  WHERE source = 'case' AND EXISTS (SELECT 1 FROM decision d WHERE d.id = publication.decision);
-- Until now no publication stopped its clock; those of decisions that are out were met on the day they came out.
UPDATE deadline SET
  met_on = (SELECT MIN(p.published_on) FROM publication p WHERE p.case_id = deadline.case_id AND p.party = deadline.party_id AND p.published_on <> ''),
  state = CASE WHEN due_on <> '' AND due_on < (SELECT MIN(p.published_on) FROM publication p WHERE p.case_id = deadline.case_id
    AND p.party = deadline.party_id AND p.published_on <> '') THEN 'missed' ELSE 'met' END
  WHERE state = 'open' AND param IN ('publish_days', 'publish_other_days')
    AND EXISTS (SELECT 1 FROM publication p WHERE p.case_id = deadline.case_id AND p.party = deadline.party_id AND p.published_on <> '');
UPDATE deadline SET
  met_on = (SELECT MIN(p.withdrawn_on) FROM publication p WHERE p.case_id = deadline.case_id AND p.party = deadline.party_id AND p.withdrawn_on <> ''),
  state = CASE WHEN due_on <> '' AND due_on < (SELECT MIN(p.withdrawn_on) FROM publication p WHERE p.case_id = deadline.case_id
    AND p.party = deadline.party_id AND p.withdrawn_on <> '') THEN 'missed' ELSE 'met' END
  WHERE state = 'open' AND param = 'withdraw_days'
    AND EXISTS (SELECT 1 FROM publication p WHERE p.case_id = deadline.case_id AND p.party = deadline.party_id AND p.withdrawn_on <> '');
