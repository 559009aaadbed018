-- What opens the blinded entry of a decision is not public any more: the hash of the full text would let anybody try names
-- until they fit what redaction took out. The column stays, empty, for a program of before.
UPDATE pub_commit SET opened = '' WHERE opened <> '';
