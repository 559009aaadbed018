-- The place of a text is in the public log of disclosure from now on. Until then it was in the agency's inner record, whose
-- leaves are for nobody outside; those places are forgotten, and the next version of the text gets one in the public log.
UPDATE pub_publication SET log = '', seq = -1 WHERE log <> '' AND log NOT LIKE '%/public';
