-- The gates of disclosure as the database holds them, whatever program writes: nothing is deleted, the day of
-- publication never changes (行政处罚法第四十八条), maker and checker differ (政府信息公开条例第十七条), nothing is public before
-- service, of minors or of a major decision without its review, and a withdrawal says why.
-- +goose StatementBegin
CREATE FUNCTION publication_insert_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'due' OR NEW.published_on <> '' OR NEW.ordinal <> 0 OR NEW.checker <> '' THEN RAISE EXCEPTION
  'gate:publication-begins-due'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER publication_insert_gate BEFORE INSERT ON publication FOR EACH ROW EXECUTE FUNCTION publication_insert_gate();
ALTER TABLE publication ENABLE ALWAYS TRIGGER publication_insert_gate;
-- +goose StatementBegin
CREATE FUNCTION publication_update_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.source <> OLD.source OR NEW.decision <> OLD.decision OR
  NEW.case_id <> OLD.case_id OR NEW.decided_on <> OLD.decided_on OR NEW.due_on <> OLD.due_on OR NEW.decision_hash <>
  OLD.decision_hash OR NEW.commit_year <> OLD.commit_year OR NEW.commit_seq <> OLD.commit_seq OR NEW.run <> OLD.run OR
  NEW.dup <> OLD.dup OR (OLD.minor AND NOT NEW.minor) OR (OLD.major AND NOT NEW.major) THEN RAISE EXCEPTION
  'gate:publication-identity'; END IF;
  IF OLD.published_on <> '' AND (NEW.published_on <> OLD.published_on OR NEW.published_at <> OLD.published_at OR
  NEW.ordinal <> OLD.ordinal OR NEW.number <> OLD.number) THEN RAISE EXCEPTION 'gate:published-day-fixed'; END IF;
  IF OLD.served_on <> '' AND (NEW.served_on <> OLD.served_on OR NEW.service_mode <> OLD.service_mode) THEN RAISE
  EXCEPTION 'gate:served-day-fixed'; END IF;
  IF NEW.checker <> '' AND (NEW.checker = NEW.maker OR NEW.checker = NEW.maker_for OR (NEW.checker_for <> '' AND
  (NEW.checker_for = NEW.maker OR NEW.checker_for = NEW.maker_for))) THEN RAISE EXCEPTION 'gate:maker-is-checker'; END
  IF;
  IF OLD.published_on = '' AND NEW.published_on <> '' AND NEW.source = 'case' AND NEW.service_mode <> '公告送达' AND
  (NEW.served_on = '' OR NEW.served_on > NEW.published_on) THEN RAISE EXCEPTION 'gate:publish-before-service'; END IF;
  IF OLD.published_on = '' AND NEW.published_on <> '' AND (NEW.checker = '' OR NEW.maker = '' OR NEW.content_hash = ''
  OR NEW.checked_hash <> NEW.content_hash OR NEW.ordinal = 0) THEN RAISE EXCEPTION 'gate:publish-unchecked'; END IF;
  IF NEW.published_on <> '' AND OLD.published_on = '' AND (NEW.minor OR (NEW.major AND NEW.review = '') OR
  NEW.fallen_on <> '') THEN RAISE EXCEPTION 'gate:publish-protected'; END IF;
  IF (NEW.state IN ('published', 'corrected', 'withdrawn', 'expired') AND NEW.published_on = '') OR (NEW.state IN
  ('due', 'prepared', 'checked', 'withheld') AND NEW.published_on <> '') THEN RAISE EXCEPTION
  'gate:publication-state'; END IF;
  IF OLD.state = 'withdrawn' AND (NEW.state <> 'withdrawn' OR NEW.withdrawn_on <> OLD.withdrawn_on OR NEW.ground <>
  OLD.ground OR NEW.reason <> OLD.reason) THEN RAISE EXCEPTION 'gate:withdrawn-final'; END IF;
  IF NEW.state = 'withdrawn' AND (NEW.ground NOT IN ('变更', '撤销', '确认违法', '确认无效', '重新作出') OR NEW.ground_document = ''
  OR NEW.reason = '' OR NEW.withdrawn_on = '') THEN RAISE EXCEPTION 'gate:withdraw-without-ground'; END IF;
  IF NEW.state = 'withheld' AND OLD.state <> 'withheld' AND (NEW.ground = '' OR NEW.approver = '') THEN RAISE
  EXCEPTION 'gate:withhold-without-ground'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER publication_update_gate BEFORE UPDATE ON publication FOR EACH ROW EXECUTE FUNCTION publication_update_gate();
ALTER TABLE publication ENABLE ALWAYS TRIGGER publication_update_gate;
-- +goose StatementBegin
CREATE FUNCTION pub_publication_insert_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM publication p WHERE p.id = NEW.id AND p.ordinal = NEW.ordinal AND p.published_on =
  NEW.published_on AND p.state = 'published') THEN RAISE EXCEPTION 'gate:published-without-act'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pub_publication_insert_gate BEFORE INSERT ON pub_publication FOR EACH ROW EXECUTE FUNCTION pub_publication_insert_gate();
ALTER TABLE pub_publication ENABLE ALWAYS TRIGGER pub_publication_insert_gate;
-- +goose StatementBegin
CREATE FUNCTION pub_publication_update_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.ordinal <> OLD.ordinal OR NEW.id <> OLD.id OR NEW.published_on <> OLD.published_on OR NEW.decided_on <>
  OLD.decided_on OR NEW.number <> OLD.number OR NEW.agency <> OLD.agency OR ((NEW.title <> OLD.title OR NEW.party_name
  <> OLD.party_name OR NEW.result <> OLD.result OR NEW.basis <> OLD.basis OR NEW.content_hash <> OLD.content_hash) AND
  NEW.version = OLD.version AND NEW.state = OLD.state) THEN RAISE EXCEPTION 'gate:published-day-fixed'; END IF;
  IF OLD.state = 'withdrawn' AND (NEW.state <> 'withdrawn' OR NEW.ground <> OLD.ground OR NEW.reason <> OLD.reason)
  THEN RAISE EXCEPTION 'gate:withdrawn-final'; END IF;
  IF NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM publication p WHERE p.id = NEW.id AND p.state = NEW.state)
  THEN RAISE EXCEPTION 'gate:published-without-act'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pub_publication_update_gate BEFORE UPDATE ON pub_publication FOR EACH ROW EXECUTE FUNCTION pub_publication_update_gate();
ALTER TABLE pub_publication ENABLE ALWAYS TRIGGER pub_publication_update_gate;
-- +goose StatementBegin
CREATE FUNCTION pub_body_insert_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pub_publication p JOIN publication_version v ON v.publication = p.id AND v.number =
  p.version WHERE p.ordinal = NEW.ordinal AND p.state IN ('published', 'corrected') AND v.body = NEW.body AND v.blocks
  = NEW.blocks) THEN RAISE EXCEPTION 'gate:published-body-fixed'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pub_body_insert_gate BEFORE INSERT ON pub_body FOR EACH ROW EXECUTE FUNCTION pub_body_insert_gate();
ALTER TABLE pub_body ENABLE ALWAYS TRIGGER pub_body_insert_gate;
-- +goose StatementBegin
CREATE FUNCTION pub_body_update_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.ordinal <> OLD.ordinal OR NOT EXISTS (SELECT 1 FROM pub_publication p JOIN publication_version v ON
  v.publication = p.id AND v.number = p.version WHERE p.ordinal = NEW.ordinal AND p.state IN ('published',
  'corrected') AND v.body = NEW.body AND v.blocks = NEW.blocks) THEN RAISE EXCEPTION 'gate:published-body-fixed'; END
  IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pub_body_update_gate BEFORE UPDATE ON pub_body FOR EACH ROW EXECUTE FUNCTION pub_body_update_gate();
ALTER TABLE pub_body ENABLE ALWAYS TRIGGER pub_body_update_gate;
-- +goose StatementBegin
CREATE FUNCTION pub_commit_update_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.agency <> OLD.agency OR NEW.year <> OLD.year OR NEW.seq <> OLD.seq OR NEW.decided_on <> OLD.decided_on OR
  NEW.due_on <> OLD.due_on OR NEW.commitment <> OLD.commitment OR NEW.class <> OLD.class THEN RAISE EXCEPTION
  'gate:commit-immutable'; END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pub_commit_update_gate BEFORE UPDATE ON pub_commit FOR EACH ROW EXECUTE FUNCTION pub_commit_update_gate();
ALTER TABLE pub_commit ENABLE ALWAYS TRIGGER pub_commit_update_gate;
CREATE TRIGGER publication_no_delete BEFORE DELETE ON publication FOR EACH ROW EXECUTE FUNCTION gate_refuse('publication-immutable');
ALTER TABLE publication ENABLE ALWAYS TRIGGER publication_no_delete;
CREATE TRIGGER publication_text_no_delete BEFORE DELETE ON publication_text FOR EACH ROW EXECUTE FUNCTION gate_refuse('publication-immutable');
ALTER TABLE publication_text ENABLE ALWAYS TRIGGER publication_text_no_delete;
CREATE TRIGGER publication_version_no_update BEFORE UPDATE ON publication_version FOR EACH ROW EXECUTE FUNCTION gate_refuse('version-immutable');
ALTER TABLE publication_version ENABLE ALWAYS TRIGGER publication_version_no_update;
CREATE TRIGGER publication_version_no_delete BEFORE DELETE ON publication_version FOR EACH ROW EXECUTE FUNCTION gate_refuse('version-immutable');
ALTER TABLE publication_version ENABLE ALWAYS TRIGGER publication_version_no_delete;
CREATE TRIGGER pub_publication_no_delete BEFORE DELETE ON pub_publication FOR EACH ROW EXECUTE FUNCTION gate_refuse('publication-immutable');
ALTER TABLE pub_publication ENABLE ALWAYS TRIGGER pub_publication_no_delete;
CREATE TRIGGER pub_commit_no_delete BEFORE DELETE ON pub_commit FOR EACH ROW EXECUTE FUNCTION gate_refuse('commit-immutable');
ALTER TABLE pub_commit ENABLE ALWAYS TRIGGER pub_commit_no_delete;
CREATE TRIGGER pub_snapshot_change_no_update BEFORE UPDATE ON pub_snapshot_change FOR EACH ROW EXECUTE FUNCTION gate_refuse('change-immutable');
ALTER TABLE pub_snapshot_change ENABLE ALWAYS TRIGGER pub_snapshot_change_no_update;
CREATE TRIGGER pub_snapshot_change_no_delete BEFORE DELETE ON pub_snapshot_change FOR EACH ROW EXECUTE FUNCTION gate_refuse('change-immutable');
ALTER TABLE pub_snapshot_change ENABLE ALWAYS TRIGGER pub_snapshot_change_no_delete;
CREATE TRIGGER publication_no_truncate BEFORE TRUNCATE ON publication FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('publication-immutable');
ALTER TABLE publication ENABLE ALWAYS TRIGGER publication_no_truncate;
CREATE TRIGGER publication_text_no_truncate BEFORE TRUNCATE ON publication_text FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('publication-immutable');
ALTER TABLE publication_text ENABLE ALWAYS TRIGGER publication_text_no_truncate;
CREATE TRIGGER publication_version_no_truncate BEFORE TRUNCATE ON publication_version FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('version-immutable');
ALTER TABLE publication_version ENABLE ALWAYS TRIGGER publication_version_no_truncate;
CREATE TRIGGER pub_publication_no_truncate BEFORE TRUNCATE ON pub_publication FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('publication-immutable');
ALTER TABLE pub_publication ENABLE ALWAYS TRIGGER pub_publication_no_truncate;
CREATE TRIGGER pub_commit_no_truncate BEFORE TRUNCATE ON pub_commit FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('commit-immutable');
ALTER TABLE pub_commit ENABLE ALWAYS TRIGGER pub_commit_no_truncate;
CREATE TRIGGER pub_snapshot_change_no_truncate BEFORE TRUNCATE ON pub_snapshot_change FOR EACH STATEMENT EXECUTE FUNCTION gate_refuse('change-immutable');
ALTER TABLE pub_snapshot_change ENABLE ALWAYS TRIGGER pub_snapshot_change_no_truncate;
