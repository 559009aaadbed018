-- The hash of a text is made anew where the row is written, so that no text goes in under the hash of another (行政处罚法
-- 第五十七条、第五十八条: what was reviewed and approved is what is decided). A document's hash covers its kind, its version and
-- its values without number, date and seal, cut from the stored text as it stands; a version's hash what the public reads, a
-- line for each field; the public row says what its version says.
-- +goose StatementBegin
CREATE FUNCTION document_hash_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept text := NEW.body;
BEGIN
  IF NEW.body ~ '"(number|date|seal)":' THEN
    SELECT '{' || coalesce(string_agg(to_json(e.key)::text || ':' || e.value::text, ',' ORDER BY e.place), '') || '}' INTO kept
      FROM json_each(NEW.body::json) WITH ORDINALITY AS e(key, value, place) WHERE e.key NOT IN ('number', 'date', 'seal');
  END IF;
  IF NEW.body_hash IS DISTINCT FROM encode(sha256(convert_to('{"kind":' || to_json(NEW.kind)::text || ',"values":' || kept || ',"version":' || to_json(NEW.version)::text || '}', 'UTF8')), 'hex')
    THEN RAISE EXCEPTION 'gate:document-hash'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER document_hash BEFORE INSERT ON document FOR EACH ROW EXECUTE FUNCTION document_hash_gate();
ALTER TABLE document ENABLE ALWAYS TRIGGER document_hash;
-- +goose StatementBegin
CREATE FUNCTION public_text_hash(title text, number text, agency text, party text, result text, basis text, decided text, body text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(replace(title, chr(10), ' ') || chr(10) || replace(number, chr(10), ' ') || chr(10) || replace(agency, chr(10), ' ') || chr(10) ||
    replace(party, chr(10), ' ') || chr(10) || replace(result, chr(10), ' ') || chr(10) || replace(basis, chr(10), ' ') || chr(10) || replace(decided, chr(10), ' ') || chr(10) || body, 'UTF8')), 'hex')
$$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION publication_version_hash_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.redaction_hash IS DISTINCT FROM encode(sha256(convert_to(NEW.manifest, 'UTF8')), 'hex') OR NEW.content_hash IS DISTINCT FROM
    (SELECT public_text_hash(NEW.title, p.number, p.agency_name, NEW.party_name, NEW.result, NEW.basis, p.decided_on, NEW.body) FROM publication p WHERE p.id = NEW.publication)
    THEN RAISE EXCEPTION 'gate:version-hash'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER publication_version_hash BEFORE INSERT ON publication_version FOR EACH ROW EXECUTE FUNCTION publication_version_hash_gate();
ALTER TABLE publication_version ENABLE ALWAYS TRIGGER publication_version_hash;
-- +goose StatementBegin
CREATE FUNCTION pub_publication_hash_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('published', 'corrected') AND NEW.content_hash IS DISTINCT FROM
    (SELECT public_text_hash(NEW.title, NEW.number, NEW.agency_name, NEW.party_name, NEW.result, NEW.basis, NEW.decided_on, v.body)
      FROM publication_version v WHERE v.publication = NEW.id AND v.number = NEW.version)
    THEN RAISE EXCEPTION 'gate:published-hash'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pub_publication_hash_insert AFTER INSERT ON pub_publication FOR EACH ROW EXECUTE FUNCTION pub_publication_hash_gate();
ALTER TABLE pub_publication ENABLE ALWAYS TRIGGER pub_publication_hash_insert;
CREATE TRIGGER pub_publication_hash_update AFTER UPDATE OF title, number, agency_name, party_name, result, basis, decided_on, content_hash, version, state ON pub_publication
  FOR EACH ROW EXECUTE FUNCTION pub_publication_hash_gate();
ALTER TABLE pub_publication ENABLE ALWAYS TRIGGER pub_publication_hash_update;
