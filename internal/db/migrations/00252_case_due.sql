-- The day by which the agency has to act was not worked again when a publication met its clock: lists showed cases as late that
-- were not.
UPDATE case_file SET next_due = COALESCE((SELECT MIN(d.due_on) FROM deadline d
  WHERE d.case_id = case_file.id AND d.state = 'open' AND NOT d.for_party AND d.due_on <> ''), '')
WHERE next_due <> COALESCE((SELECT MIN(d.due_on) FROM deadline d
  WHERE d.case_id = case_file.id AND d.state = 'open' AND NOT d.for_party AND d.due_on <> ''), '');
