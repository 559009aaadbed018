-- A row has a hidden number beside its key, and REPLACE takes away the row whose number a statement names, without any trigger of
-- DELETE where the client asks for no recursive triggers: INSERT OR REPLACE INTO decision (rowid, …), UPDATE OR REPLACE decision SET
-- rowid = …. The same goes for a second unique key. No row of a table that keeps its rows is taken away so. PostgreSQL has neither.
-- The two tables of which an import writes thousands of rows have one guard for all, which costs less than two.
-- +goose StatementBegin
CREATE TRIGGER activation_no_number BEFORE INSERT ON activation WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM activation e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER annual_return_no_number BEFORE INSERT ON annual_return WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM annual_return e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:return-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_no_number BEFORE INSERT ON approval WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM approval e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:approval-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attachment_no_number BEFORE INSERT ON attachment WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM attachment e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:attachment-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_file_no_number BEFORE INSERT ON case_file WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM case_file e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:case-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_file_number_fixed BEFORE UPDATE ON case_file WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:case-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_officer_no_number BEFORE INSERT ON case_officer WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM case_officer e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:officer-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_officer_number_fixed BEFORE UPDATE ON case_officer WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:officer-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_no_number BEFORE INSERT ON checkpoint WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM checkpoint e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:checkpoint-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_stamp_no_number BEFORE INSERT ON checkpoint_stamp WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM checkpoint_stamp e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:stamp-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER contradiction_no_number BEFORE INSERT ON contradiction WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM contradiction e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:contradiction-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER cosignature_no_number BEFORE INSERT ON cosignature WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM cosignature e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:cosignature-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_no_number BEFORE INSERT ON decision WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM decision e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:decision-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_number_fixed BEFORE UPDATE ON decision WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:decision-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_no_number BEFORE INSERT ON delivery WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM delivery e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:delivery-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_no_number BEFORE INSERT ON document WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM document e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:document-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_no_number BEFORE INSERT ON event WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM event e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:event-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER item_no_number BEFORE INSERT ON item WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM item e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_head_no_number BEFORE INSERT ON ledger_head WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM ledger_head e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:head-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER ledger_head_number_fixed BEFORE UPDATE ON ledger_head WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:head-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER look_no_number BEFORE INSERT ON look WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM look e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:look-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_series_no_number BEFORE INSERT ON number_series WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM number_series e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:number-gap'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_series_number_fixed BEFORE UPDATE ON number_series WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:number-gap'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_used_no_number BEFORE INSERT ON number_used WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM number_used e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:number-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_used_number_fixed BEFORE UPDATE ON number_used WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:number-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_change_no_number BEFORE INSERT ON pack_change WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM pack_change e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_row_no_number BEFORE INSERT ON pack_row WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM pack_row e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER panel_no_number BEFORE INSERT ON panel WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM panel e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:panel-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_no_number BEFORE INSERT ON party WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM party e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:party-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_number_fixed BEFORE UPDATE ON party WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:party-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payload_no_number BEFORE INSERT ON payload WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM payload e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:payload-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payload_number_fixed BEFORE UPDATE ON payload WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:payload-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_no_number BEFORE INSERT ON payment WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM payment e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:payment-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_commit_no_number BEFORE INSERT ON pub_commit WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM pub_commit e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:commit-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_commit_number_fixed BEFORE UPDATE ON pub_commit WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:commit-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_publication_no_number BEFORE INSERT ON pub_publication WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM pub_publication e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:publication-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_publication_number_fixed BEFORE UPDATE ON pub_publication WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:publication-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_snapshot_change_no_number BEFORE INSERT ON pub_snapshot_change WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM pub_snapshot_change e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:change-immutable'); END;
-- +goose StatementEnd
DROP TRIGGER publication_no_replace;
-- +goose StatementBegin
CREATE TRIGGER publication_no_replace BEFORE INSERT ON publication WHEN EXISTS (SELECT 1 FROM publication e WHERE e.id = NEW.id)
  OR (NEW.rowid > 0 AND EXISTS (SELECT 1 FROM publication e WHERE e.rowid = NEW.rowid))
  OR (NEW.decision <> '' AND EXISTS (SELECT 1 FROM publication e WHERE e.decision = NEW.decision AND e.decision <> ''))
  OR (NEW.dup <> '' AND EXISTS (SELECT 1 FROM publication e WHERE e.agency = NEW.agency AND e.dup = NEW.dup AND e.dup <> ''))
  BEGIN SELECT RAISE(ABORT, 'gate:publication-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_number_fixed BEFORE UPDATE ON publication WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:publication-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_extension_no_number BEFORE INSERT ON publication_extension WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM publication_extension e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:extension-immutable'); END;
-- +goose StatementEnd
DROP TRIGGER publication_text_no_replace;
-- +goose StatementBegin
CREATE TRIGGER publication_text_no_replace BEFORE INSERT ON publication_text WHEN EXISTS (SELECT 1 FROM publication_text e WHERE e.publication = NEW.publication)
  OR (NEW.rowid > 0 AND EXISTS (SELECT 1 FROM publication_text e WHERE e.rowid = NEW.rowid)) BEGIN SELECT RAISE(ABORT, 'gate:publication-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_text_number_fixed BEFORE UPDATE ON publication_text WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:publication-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_version_no_number BEFORE INSERT ON publication_version WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM publication_version e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:version-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_no_number BEFORE INSERT ON review WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM review e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_number_fixed BEFORE UPDATE ON review WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_text_no_number BEFORE INSERT ON review_text WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM review_text e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:review-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_text_no_number BEFORE INSERT ON rule_text WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM rule_text e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:rule-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER rule_text_number_fixed BEFORE UPDATE ON rule_text WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:rule-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER seal_use_no_number BEFORE INSERT ON seal_use WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM seal_use e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:seal-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER signoff_no_number BEFORE INSERT ON signoff WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM signoff e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:signoff-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sm3_seal_no_number BEFORE INSERT ON sm3_seal WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM sm3_seal e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:seal-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER task_no_number BEFORE INSERT ON task WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM task e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:activation-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tree_hash_no_number BEFORE INSERT ON tree_hash WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM tree_hash e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:tree-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_no_number BEFORE INSERT ON undertaking WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM undertaking e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:undertaking-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_number_fixed BEFORE UPDATE ON undertaking WHEN NEW.rowid <> OLD.rowid BEGIN SELECT RAISE(ABORT, 'gate:undertaking-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER undertaking_officer_no_number BEFORE INSERT ON undertaking_officer WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM undertaking_officer e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:undertaking-immutable'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER witness_policy_no_number BEFORE INSERT ON witness_policy WHEN NEW.rowid > 0 AND EXISTS (SELECT 1 FROM witness_policy e WHERE e.rowid = NEW.rowid) BEGIN SELECT RAISE(ABORT, 'gate:policy-immutable'); END;
-- +goose StatementEnd
