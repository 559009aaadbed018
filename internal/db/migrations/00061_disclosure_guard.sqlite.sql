-- The gates of disclosure as the database holds them, whatever program writes: nothing is deleted, the day of
-- publication never changes (行政处罚法第四十八条), maker and checker differ (政府信息公开条例第十七条), nothing is public before
-- service, of minors or of a major decision without its review, and a withdrawal says why.
-- +goose StatementBegin
CREATE TRIGGER publication_no_delete BEFORE DELETE ON publication BEGIN SELECT RAISE(ABORT,
  'gate:publication-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_begins BEFORE INSERT ON publication WHEN NEW.state <> 'due' OR NEW.published_on <> '' OR
  NEW.ordinal <> 0 OR NEW.checker <> '' BEGIN SELECT RAISE(ABORT, 'gate:publication-begins-due'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_identity BEFORE UPDATE ON publication WHEN NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR
  NEW.source <> OLD.source OR NEW.decision <> OLD.decision OR NEW.case_id <> OLD.case_id OR NEW.decided_on <>
  OLD.decided_on OR NEW.due_on <> OLD.due_on OR NEW.decision_hash <> OLD.decision_hash OR NEW.commit_year <>
  OLD.commit_year OR NEW.commit_seq <> OLD.commit_seq OR NEW.run <> OLD.run OR NEW.dup <> OLD.dup OR (OLD.minor AND
  NOT NEW.minor) OR (OLD.major AND NOT NEW.major) BEGIN SELECT RAISE(ABORT, 'gate:publication-identity'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_day_fixed BEFORE UPDATE ON publication WHEN OLD.published_on <> '' AND (NEW.published_on <>
  OLD.published_on OR NEW.published_at <> OLD.published_at OR NEW.ordinal <> OLD.ordinal OR NEW.number <> OLD.number)
  BEGIN SELECT RAISE(ABORT, 'gate:published-day-fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_served_fixed BEFORE UPDATE ON publication WHEN OLD.served_on <> '' AND (NEW.served_on <>
  OLD.served_on OR NEW.service_mode <> OLD.service_mode) BEGIN SELECT RAISE(ABORT, 'gate:served-day-fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_two_people BEFORE UPDATE ON publication WHEN NEW.checker <> '' AND (NEW.checker = NEW.maker
  OR NEW.checker = NEW.maker_for OR (NEW.checker_for <> '' AND (NEW.checker_for = NEW.maker OR NEW.checker_for =
  NEW.maker_for))) BEGIN SELECT RAISE(ABORT, 'gate:maker-is-checker'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_served_first BEFORE UPDATE ON publication WHEN OLD.published_on = '' AND NEW.published_on
  <> '' AND NEW.source = 'case' AND NEW.service_mode <> '公告送达' AND (NEW.served_on = '' OR NEW.served_on >
  NEW.published_on) BEGIN SELECT RAISE(ABORT, 'gate:publish-before-service'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_checked_first BEFORE UPDATE ON publication WHEN OLD.published_on = '' AND NEW.published_on
  <> '' AND (NEW.checker = '' OR NEW.maker = '' OR NEW.content_hash = '' OR NEW.checked_hash <> NEW.content_hash OR
  NEW.ordinal = 0) BEGIN SELECT RAISE(ABORT, 'gate:publish-unchecked'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_protected BEFORE UPDATE ON publication WHEN NEW.published_on <> '' AND OLD.published_on =
  '' AND (NEW.minor OR (NEW.major AND NEW.review = '') OR NEW.fallen_on <> '') BEGIN SELECT RAISE(ABORT,
  'gate:publish-protected'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_states BEFORE UPDATE ON publication WHEN (NEW.state IN ('published', 'corrected',
  'withdrawn', 'expired') AND NEW.published_on = '') OR (NEW.state IN ('due', 'prepared', 'checked', 'withheld') AND
  NEW.published_on <> '') BEGIN SELECT RAISE(ABORT, 'gate:publication-state'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_withdrawn_final BEFORE UPDATE ON publication WHEN OLD.state = 'withdrawn' AND (NEW.state <>
  'withdrawn' OR NEW.withdrawn_on <> OLD.withdrawn_on OR NEW.ground <> OLD.ground OR NEW.reason <> OLD.reason) BEGIN
  SELECT RAISE(ABORT, 'gate:withdrawn-final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_withdraw_ground BEFORE UPDATE ON publication WHEN NEW.state = 'withdrawn' AND (NEW.ground
  NOT IN ('变更', '撤销', '确认违法', '确认无效', '重新作出') OR NEW.ground_document = '' OR NEW.reason = '' OR NEW.withdrawn_on = '')
  BEGIN SELECT RAISE(ABORT, 'gate:withdraw-without-ground'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_withhold_ground BEFORE UPDATE ON publication WHEN NEW.state = 'withheld' AND OLD.state <>
  'withheld' AND (NEW.ground = '' OR NEW.approver = '') BEGIN SELECT RAISE(ABORT, 'gate:withhold-without-ground');
  END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_text_no_delete BEFORE DELETE ON publication_text BEGIN SELECT RAISE(ABORT,
  'gate:publication-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_version_no_update BEFORE UPDATE ON publication_version BEGIN SELECT RAISE(ABORT,
  'gate:version-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_version_no_delete BEFORE DELETE ON publication_version BEGIN SELECT RAISE(ABORT,
  'gate:version-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_publication_no_delete BEFORE DELETE ON pub_publication BEGIN SELECT RAISE(ABORT,
  'gate:publication-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_publication_true BEFORE INSERT ON pub_publication WHEN NOT EXISTS (SELECT 1 FROM publication p
  WHERE p.id = NEW.id AND p.ordinal = NEW.ordinal AND p.published_on = NEW.published_on AND p.state = 'published')
  BEGIN SELECT RAISE(ABORT, 'gate:published-without-act'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_publication_fixed BEFORE UPDATE ON pub_publication WHEN NEW.ordinal <> OLD.ordinal OR NEW.id <>
  OLD.id OR NEW.published_on <> OLD.published_on OR NEW.decided_on <> OLD.decided_on OR NEW.number <> OLD.number OR
  NEW.agency <> OLD.agency OR ((NEW.title <> OLD.title OR NEW.party_name <> OLD.party_name OR NEW.result <> OLD.result
  OR NEW.basis <> OLD.basis OR NEW.content_hash <> OLD.content_hash) AND NEW.version = OLD.version AND NEW.state =
  OLD.state) BEGIN SELECT RAISE(ABORT, 'gate:published-day-fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_publication_final BEFORE UPDATE ON pub_publication WHEN OLD.state = 'withdrawn' AND (NEW.state <>
  'withdrawn' OR NEW.ground <> OLD.ground OR NEW.reason <> OLD.reason) BEGIN SELECT RAISE(ABORT,
  'gate:withdrawn-final'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_publication_follows BEFORE UPDATE ON pub_publication WHEN NEW.state <> OLD.state AND NOT EXISTS
  (SELECT 1 FROM publication p WHERE p.id = NEW.id AND p.state = NEW.state) BEGIN SELECT RAISE(ABORT,
  'gate:published-without-act'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_body_insert BEFORE INSERT ON pub_body WHEN NOT EXISTS (SELECT 1 FROM pub_publication p JOIN
  publication_version v ON v.publication = p.id AND v.number = p.version WHERE p.ordinal = NEW.ordinal AND p.state IN
  ('published', 'corrected') AND v.body = NEW.body AND v.blocks = NEW.blocks) BEGIN SELECT RAISE(ABORT,
  'gate:published-body-fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_body_update BEFORE UPDATE ON pub_body WHEN NEW.ordinal <> OLD.ordinal OR NOT EXISTS (SELECT 1 FROM
  pub_publication p JOIN publication_version v ON v.publication = p.id AND v.number = p.version WHERE p.ordinal =
  NEW.ordinal AND p.state IN ('published', 'corrected') AND v.body = NEW.body AND v.blocks = NEW.blocks) BEGIN SELECT
  RAISE(ABORT, 'gate:published-body-fixed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_commit_no_delete BEFORE DELETE ON pub_commit BEGIN SELECT RAISE(ABORT, 'gate:commit-immutable');
  END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_commit_fixed BEFORE UPDATE ON pub_commit WHEN NEW.agency <> OLD.agency OR NEW.year <> OLD.year OR
  NEW.seq <> OLD.seq OR NEW.decided_on <> OLD.decided_on OR NEW.due_on <> OLD.due_on OR NEW.commitment <>
  OLD.commitment OR NEW.class <> OLD.class BEGIN SELECT RAISE(ABORT, 'gate:commit-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_snapshot_change_no_update BEFORE UPDATE ON pub_snapshot_change BEGIN SELECT RAISE(ABORT,
  'gate:change-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_snapshot_change_no_delete BEFORE DELETE ON pub_snapshot_change BEGIN SELECT RAISE(ABORT,
  'gate:change-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_no_replace BEFORE INSERT ON publication WHEN EXISTS (SELECT 1 FROM publication e WHERE e.id
  = NEW.id) BEGIN SELECT RAISE(ABORT, 'gate:publication-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_version_no_replace BEFORE INSERT ON publication_version WHEN EXISTS (SELECT 1 FROM
  publication_version e WHERE e.publication = NEW.publication AND e.number = NEW.number) BEGIN SELECT RAISE(ABORT,
  'gate:version-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_publication_no_replace BEFORE INSERT ON pub_publication WHEN EXISTS (SELECT 1 FROM pub_publication
  e WHERE e.ordinal = NEW.ordinal OR e.id = NEW.id) BEGIN SELECT RAISE(ABORT, 'gate:publication-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_commit_no_replace BEFORE INSERT ON pub_commit WHEN EXISTS (SELECT 1 FROM pub_commit e WHERE
  e.agency = NEW.agency AND e.year = NEW.year AND e.seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'gate:commit-immutable');
  END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_snapshot_change_no_replace BEFORE INSERT ON pub_snapshot_change WHEN EXISTS (SELECT 1 FROM
  pub_snapshot_change e WHERE e.agency = NEW.agency AND e.kind = NEW.kind AND e.version = NEW.version) BEGIN SELECT
  RAISE(ABORT, 'gate:change-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_text_no_replace BEFORE INSERT ON publication_text WHEN EXISTS (SELECT 1 FROM
  publication_text e WHERE e.publication = NEW.publication) BEGIN SELECT RAISE(ABORT, 'gate:publication-immutable');
  END;
-- +goose StatementEnd
