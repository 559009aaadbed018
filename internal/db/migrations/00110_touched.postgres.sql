-- Every row of the tables that carry the record is taken note of when it is written, so that the ledger can bind it in the
-- same transaction (package ledger/bound): what stands in a row and not in the ledger's last word about it was written by
-- somebody else. Rows of an import are bound by the manifest of their batch and are not noted one by one.
-- tx tells the rows of this transaction from what somebody else left behind.
CREATE TABLE touched (tbl TEXT NOT NULL, k TEXT NOT NULL, tx BIGINT NOT NULL DEFAULT txid_current(), PRIMARY KEY (tbl, k));
-- +goose StatementBegin
CREATE FUNCTION activation_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('activation', OLD.agency || chr(31) || OLD.number) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('activation', NEW.agency || chr(31) || NEW.number) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER activation_noted AFTER INSERT OR UPDATE OR DELETE ON activation FOR EACH ROW EXECUTE FUNCTION activation_noted();
-- +goose StatementBegin
CREATE FUNCTION item_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('item', OLD.agency || chr(31) || OLD.activation || chr(31) || OLD.code || chr(31) || OLD.from_on) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('item', NEW.agency || chr(31) || NEW.activation || chr(31) || NEW.code || chr(31) || NEW.from_on) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER item_noted AFTER INSERT OR UPDATE OR DELETE ON item FOR EACH ROW EXECUTE FUNCTION item_noted();
-- +goose StatementBegin
CREATE FUNCTION task_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('task', OLD.agency || chr(31) || OLD.activation || chr(31) || OLD.number) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('task', NEW.agency || chr(31) || NEW.activation || chr(31) || NEW.number) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER task_noted AFTER INSERT OR UPDATE OR DELETE ON task FOR EACH ROW EXECUTE FUNCTION task_noted();
-- +goose StatementBegin
CREATE FUNCTION pack_row_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('pack_row', OLD.agency || chr(31) || OLD.activation || chr(31) || OLD.section || chr(31) || OLD.position) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('pack_row', NEW.agency || chr(31) || NEW.activation || chr(31) || NEW.section || chr(31) || NEW.position) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pack_row_noted AFTER INSERT OR UPDATE OR DELETE ON pack_row FOR EACH ROW EXECUTE FUNCTION pack_row_noted();
-- +goose StatementBegin
CREATE FUNCTION pack_change_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('pack_change', OLD.agency || chr(31) || OLD.activation || chr(31) || OLD.section || chr(31) || OLD.row_key) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('pack_change', NEW.agency || chr(31) || NEW.activation || chr(31) || NEW.section || chr(31) || NEW.row_key) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pack_change_noted AFTER INSERT OR UPDATE OR DELETE ON pack_change FOR EACH ROW EXECUTE FUNCTION pack_change_noted();
-- +goose StatementBegin
CREATE FUNCTION look_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('look', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('look', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER look_noted AFTER INSERT OR UPDATE OR DELETE ON look FOR EACH ROW EXECUTE FUNCTION look_noted();
-- +goose StatementBegin
CREATE FUNCTION account_role_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('account_role', OLD.account || chr(31) || OLD.role) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('account_role', NEW.account || chr(31) || NEW.role) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER account_role_noted AFTER INSERT OR UPDATE OR DELETE ON account_role FOR EACH ROW EXECUTE FUNCTION account_role_noted();
-- +goose StatementBegin
CREATE FUNCTION acting_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('acting', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('acting', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER acting_noted AFTER INSERT OR UPDATE OR DELETE ON acting FOR EACH ROW EXECUTE FUNCTION acting_noted();
-- +goose StatementBegin
CREATE FUNCTION agency_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('agency', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('agency', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER agency_noted AFTER INSERT OR UPDATE OR DELETE ON agency FOR EACH ROW EXECUTE FUNCTION agency_noted();
-- +goose StatementBegin
CREATE FUNCTION unit_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('unit', OLD.agency || chr(31) || OLD.code) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('unit', NEW.agency || chr(31) || NEW.code) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER unit_noted AFTER INSERT OR UPDATE OR DELETE ON unit FOR EACH ROW EXECUTE FUNCTION unit_noted();
-- +goose StatementBegin
CREATE FUNCTION officer_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('officer', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('officer', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER officer_noted AFTER INSERT OR UPDATE OR DELETE ON officer FOR EACH ROW EXECUTE FUNCTION officer_noted();
-- +goose StatementBegin
CREATE FUNCTION certificate_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('certificate', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('certificate', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER certificate_noted AFTER INSERT OR UPDATE OR DELETE ON certificate FOR EACH ROW EXECUTE FUNCTION certificate_noted();
-- +goose StatementBegin
CREATE FUNCTION reviewer_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('reviewer', OLD.agency || chr(31) || OLD.account) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('reviewer', NEW.agency || chr(31) || NEW.account) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER reviewer_noted AFTER INSERT OR UPDATE OR DELETE ON reviewer FOR EACH ROW EXECUTE FUNCTION reviewer_noted();
-- +goose StatementBegin
CREATE FUNCTION counsel_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('counsel', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('counsel', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER counsel_noted AFTER INSERT OR UPDATE OR DELETE ON counsel FOR EACH ROW EXECUTE FUNCTION counsel_noted();
-- +goose StatementBegin
CREATE FUNCTION case_file_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('case_file', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('case_file', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER case_file_noted AFTER INSERT OR UPDATE OR DELETE ON case_file FOR EACH ROW EXECUTE FUNCTION case_file_noted();
-- +goose StatementBegin
CREATE FUNCTION party_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('party', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('party', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER party_noted AFTER INSERT OR UPDATE OR DELETE ON party FOR EACH ROW EXECUTE FUNCTION party_noted();
-- +goose StatementBegin
CREATE FUNCTION case_officer_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('case_officer', OLD.case_id || chr(31) || OLD.certificate || chr(31) || OLD.from_on) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('case_officer', NEW.case_id || chr(31) || NEW.certificate || chr(31) || NEW.from_on) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER case_officer_noted AFTER INSERT OR UPDATE OR DELETE ON case_officer FOR EACH ROW EXECUTE FUNCTION case_officer_noted();
-- +goose StatementBegin
CREATE FUNCTION document_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('document', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('document', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER document_noted AFTER INSERT OR UPDATE OR DELETE ON document FOR EACH ROW EXECUTE FUNCTION document_noted();
-- +goose StatementBegin
CREATE FUNCTION submission_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('submission', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('submission', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER submission_noted AFTER INSERT OR UPDATE OR DELETE ON submission FOR EACH ROW EXECUTE FUNCTION submission_noted();
-- +goose StatementBegin
CREATE FUNCTION signoff_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('signoff', OLD.submission || chr(31) || OLD.ordinal) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('signoff', NEW.submission || chr(31) || NEW.ordinal) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER signoff_noted AFTER INSERT OR UPDATE OR DELETE ON signoff FOR EACH ROW EXECUTE FUNCTION signoff_noted();
-- +goose StatementBegin
CREATE FUNCTION number_series_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('number_series', OLD.agency || chr(31) || OLD.prefix || chr(31) || OLD.year) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('number_series', NEW.agency || chr(31) || NEW.prefix || chr(31) || NEW.year) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER number_series_noted AFTER INSERT OR UPDATE OR DELETE ON number_series FOR EACH ROW EXECUTE FUNCTION number_series_noted();
-- +goose StatementBegin
CREATE FUNCTION number_used_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('number_used', OLD.agency || chr(31) || OLD.prefix || chr(31) || OLD.year || chr(31) || OLD.serial) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('number_used', NEW.agency || chr(31) || NEW.prefix || chr(31) || NEW.year || chr(31) || NEW.serial) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER number_used_noted AFTER INSERT OR UPDATE OR DELETE ON number_used FOR EACH ROW EXECUTE FUNCTION number_used_noted();
-- +goose StatementBegin
CREATE FUNCTION deadline_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('deadline', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('deadline', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER deadline_noted AFTER INSERT OR UPDATE OR DELETE ON deadline FOR EACH ROW EXECUTE FUNCTION deadline_noted();
-- +goose StatementBegin
CREATE FUNCTION delivery_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('delivery', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('delivery', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER delivery_noted AFTER INSERT OR UPDATE OR DELETE ON delivery FOR EACH ROW EXECUTE FUNCTION delivery_noted();
-- +goose StatementBegin
CREATE FUNCTION approval_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('approval', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('approval', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER approval_noted AFTER INSERT OR UPDATE OR DELETE ON approval FOR EACH ROW EXECUTE FUNCTION approval_noted();
-- +goose StatementBegin
CREATE FUNCTION panel_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('panel', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('panel', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER panel_noted AFTER INSERT OR UPDATE OR DELETE ON panel FOR EACH ROW EXECUTE FUNCTION panel_noted();
-- +goose StatementBegin
CREATE FUNCTION decision_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('decision', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('decision', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER decision_noted AFTER INSERT OR UPDATE OR DELETE ON decision FOR EACH ROW EXECUTE FUNCTION decision_noted();
-- +goose StatementBegin
CREATE FUNCTION payment_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('payment', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('payment', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER payment_noted AFTER INSERT OR UPDATE OR DELETE ON payment FOR EACH ROW EXECUTE FUNCTION payment_noted();
-- +goose StatementBegin
CREATE FUNCTION attachment_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('attachment', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('attachment', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER attachment_noted AFTER INSERT OR UPDATE OR DELETE ON attachment FOR EACH ROW EXECUTE FUNCTION attachment_noted();
-- +goose StatementBegin
CREATE FUNCTION seal_use_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('seal_use', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('seal_use', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER seal_use_noted AFTER INSERT OR UPDATE OR DELETE ON seal_use FOR EACH ROW EXECUTE FUNCTION seal_use_noted();
-- +goose StatementBegin
CREATE FUNCTION review_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('review', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('review', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER review_noted AFTER INSERT OR UPDATE OR DELETE ON review FOR EACH ROW EXECUTE FUNCTION review_noted();
-- +goose StatementBegin
CREATE FUNCTION review_text_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('review_text', OLD.review_id || chr(31) || OLD.party_id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('review_text', NEW.review_id || chr(31) || NEW.party_id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER review_text_noted AFTER INSERT OR UPDATE OR DELETE ON review_text FOR EACH ROW EXECUTE FUNCTION review_text_noted();
-- +goose StatementBegin
CREATE FUNCTION publication_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('publication', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('publication', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER publication_noted_new AFTER INSERT ON publication FOR EACH ROW WHEN (NEW.source <> '历史导入') EXECUTE FUNCTION publication_noted();
CREATE TRIGGER publication_noted_changed AFTER UPDATE ON publication FOR EACH ROW WHEN (NOT (OLD.source = '历史导入' AND OLD.state = 'due' AND NEW.state = 'published')) EXECUTE FUNCTION publication_noted();
CREATE TRIGGER publication_noted_gone AFTER DELETE ON publication FOR EACH ROW EXECUTE FUNCTION publication_noted();
-- +goose StatementBegin
CREATE FUNCTION publication_text_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('publication_text', OLD.publication) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('publication_text', NEW.publication) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER publication_text_noted_new AFTER INSERT ON publication_text FOR EACH ROW WHEN (NEW.line = 0) EXECUTE FUNCTION publication_text_noted();
CREATE TRIGGER publication_text_noted_changed AFTER UPDATE ON publication_text FOR EACH ROW WHEN (NEW.line = 0 OR NEW.source <> OLD.source) EXECUTE FUNCTION publication_text_noted();
CREATE TRIGGER publication_text_noted_gone AFTER DELETE ON publication_text FOR EACH ROW EXECUTE FUNCTION publication_text_noted();
-- +goose StatementBegin
CREATE FUNCTION pub_snapshot_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('pub_snapshot', OLD.agency || chr(31) || OLD.kind || chr(31) || OLD.key) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('pub_snapshot', NEW.agency || chr(31) || NEW.kind || chr(31) || NEW.key) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pub_snapshot_noted AFTER INSERT OR UPDATE OR DELETE ON pub_snapshot FOR EACH ROW EXECUTE FUNCTION pub_snapshot_noted();
-- +goose StatementBegin
CREATE FUNCTION pub_snapshot_change_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('pub_snapshot_change', OLD.agency || chr(31) || OLD.kind || chr(31) || OLD.version) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('pub_snapshot_change', NEW.agency || chr(31) || NEW.kind || chr(31) || NEW.version) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER pub_snapshot_change_noted AFTER INSERT OR UPDATE OR DELETE ON pub_snapshot_change FOR EACH ROW EXECUTE FUNCTION pub_snapshot_change_noted();
-- What an older program wrote is noted once; the first start binds it as it stands.
INSERT INTO touched (tbl, k) SELECT 'activation', x.agency || chr(31) || x.number FROM activation x;
INSERT INTO touched (tbl, k) SELECT 'item', x.agency || chr(31) || x.activation || chr(31) || x.code || chr(31) || x.from_on FROM item x;
INSERT INTO touched (tbl, k) SELECT 'task', x.agency || chr(31) || x.activation || chr(31) || x.number FROM task x;
INSERT INTO touched (tbl, k) SELECT 'pack_row', x.agency || chr(31) || x.activation || chr(31) || x.section || chr(31) || x.position FROM pack_row x;
INSERT INTO touched (tbl, k) SELECT 'pack_change', x.agency || chr(31) || x.activation || chr(31) || x.section || chr(31) || x.row_key FROM pack_change x;
INSERT INTO touched (tbl, k) SELECT 'look', x.id FROM look x;
INSERT INTO touched (tbl, k) SELECT 'account_role', x.account || chr(31) || x.role FROM account_role x;
INSERT INTO touched (tbl, k) SELECT 'acting', x.id FROM acting x;
INSERT INTO touched (tbl, k) SELECT 'agency', x.id FROM agency x;
INSERT INTO touched (tbl, k) SELECT 'unit', x.agency || chr(31) || x.code FROM unit x;
INSERT INTO touched (tbl, k) SELECT 'officer', x.id FROM officer x;
INSERT INTO touched (tbl, k) SELECT 'certificate', x.id FROM certificate x;
INSERT INTO touched (tbl, k) SELECT 'reviewer', x.agency || chr(31) || x.account FROM reviewer x;
INSERT INTO touched (tbl, k) SELECT 'counsel', x.id FROM counsel x;
INSERT INTO touched (tbl, k) SELECT 'case_file', x.id FROM case_file x;
INSERT INTO touched (tbl, k) SELECT 'party', x.id FROM party x;
INSERT INTO touched (tbl, k) SELECT 'case_officer', x.case_id || chr(31) || x.certificate || chr(31) || x.from_on FROM case_officer x;
INSERT INTO touched (tbl, k) SELECT 'document', x.id FROM document x;
INSERT INTO touched (tbl, k) SELECT 'submission', x.id FROM submission x;
INSERT INTO touched (tbl, k) SELECT 'signoff', x.submission || chr(31) || x.ordinal FROM signoff x;
INSERT INTO touched (tbl, k) SELECT 'number_series', x.agency || chr(31) || x.prefix || chr(31) || x.year FROM number_series x;
INSERT INTO touched (tbl, k) SELECT 'number_used', x.agency || chr(31) || x.prefix || chr(31) || x.year || chr(31) || x.serial FROM number_used x;
INSERT INTO touched (tbl, k) SELECT 'deadline', x.id FROM deadline x;
INSERT INTO touched (tbl, k) SELECT 'delivery', x.id FROM delivery x;
INSERT INTO touched (tbl, k) SELECT 'approval', x.id FROM approval x;
INSERT INTO touched (tbl, k) SELECT 'panel', x.id FROM panel x;
INSERT INTO touched (tbl, k) SELECT 'decision', x.id FROM decision x;
INSERT INTO touched (tbl, k) SELECT 'payment', x.id FROM payment x;
INSERT INTO touched (tbl, k) SELECT 'attachment', x.id FROM attachment x;
INSERT INTO touched (tbl, k) SELECT 'seal_use', x.id FROM seal_use x;
INSERT INTO touched (tbl, k) SELECT 'review', x.id FROM review x;
INSERT INTO touched (tbl, k) SELECT 'review_text', x.review_id || chr(31) || x.party_id FROM review_text x;
INSERT INTO touched (tbl, k) SELECT 'publication', x.id FROM publication x WHERE source <> '历史导入' OR state NOT IN ('due', 'published');
INSERT INTO touched (tbl, k) SELECT 'publication_text', x.publication FROM publication_text x WHERE line = 0;
INSERT INTO touched (tbl, k) SELECT 'pub_snapshot', x.agency || chr(31) || x.kind || chr(31) || x.key FROM pub_snapshot x;
INSERT INTO touched (tbl, k) SELECT 'pub_snapshot_change', x.agency || chr(31) || x.kind || chr(31) || x.version FROM pub_snapshot_change x;
