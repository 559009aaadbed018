-- The hash of a text is made anew where the row is written, so that no text goes in under the hash of another (行政处罚法
-- 第五十七条、第五十八条: what was reviewed and approved is what is decided). sha256 is a function of the program's connections
-- since the version before this one; a client that lacks it cannot write these rows at all. A document's hash covers its kind,
-- its version and its values without number, date and seal; a version's hash what the public reads, a line for each field; the
-- public row says what its version says.
-- +goose StatementBegin
CREATE TRIGGER document_hash BEFORE INSERT ON document
WHEN NOT json_valid(NEW.body) OR NEW.body_hash IS NOT lower(hex(sha256('{"kind":' || json_quote(NEW.kind) || ',"values":' || json_remove(NEW.body, '$.number', '$.date', '$.seal') || ',"version":' || json_quote(NEW.version) || '}')))
BEGIN SELECT RAISE(ABORT, 'gate:document-hash'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_version_hash BEFORE INSERT ON publication_version
WHEN NEW.redaction_hash IS NOT lower(hex(sha256(NEW.manifest))) OR NEW.content_hash IS NOT (SELECT lower(hex(sha256(
  replace(NEW.title, char(10), ' ') || char(10) || replace(p.number, char(10), ' ') || char(10) || replace(p.agency_name, char(10), ' ') || char(10) ||
  replace(NEW.party_name, char(10), ' ') || char(10) || replace(NEW.result, char(10), ' ') || char(10) || replace(NEW.basis, char(10), ' ') || char(10) ||
  replace(p.decided_on, char(10), ' ') || char(10) || NEW.body))) FROM publication p WHERE p.id = NEW.publication)
BEGIN SELECT RAISE(ABORT, 'gate:version-hash'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_publication_hash_insert AFTER INSERT ON pub_publication
WHEN NEW.state IN ('published', 'corrected') AND NEW.content_hash IS NOT (SELECT lower(hex(sha256(
  replace(NEW.title, char(10), ' ') || char(10) || replace(NEW.number, char(10), ' ') || char(10) || replace(NEW.agency_name, char(10), ' ') || char(10) ||
  replace(NEW.party_name, char(10), ' ') || char(10) || replace(NEW.result, char(10), ' ') || char(10) || replace(NEW.basis, char(10), ' ') || char(10) ||
  replace(NEW.decided_on, char(10), ' ') || char(10) || v.body))) FROM publication_version v WHERE v.publication = NEW.id AND v.number = NEW.version)
BEGIN SELECT RAISE(ABORT, 'gate:published-hash'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_publication_hash_update AFTER UPDATE OF title, number, agency_name, party_name, result, basis, decided_on, content_hash, version, state ON pub_publication
WHEN NEW.state IN ('published', 'corrected') AND NEW.content_hash IS NOT (SELECT lower(hex(sha256(
  replace(NEW.title, char(10), ' ') || char(10) || replace(NEW.number, char(10), ' ') || char(10) || replace(NEW.agency_name, char(10), ' ') || char(10) ||
  replace(NEW.party_name, char(10), ' ') || char(10) || replace(NEW.result, char(10), ' ') || char(10) || replace(NEW.basis, char(10), ' ') || char(10) ||
  replace(NEW.decided_on, char(10), ' ') || char(10) || v.body))) FROM publication_version v WHERE v.publication = NEW.id AND v.number = NEW.version)
BEGIN SELECT RAISE(ABORT, 'gate:published-hash'); END;
-- +goose StatementEnd
