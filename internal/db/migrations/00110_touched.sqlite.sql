-- Every row of the tables that carry the record is taken note of when it is written, so that the ledger can bind it in the
-- same transaction (package ledger/bound): what stands in a row and not in the ledger's last word about it was written by
-- somebody else. Rows of an import are bound by the manifest of their batch and are not noted one by one.
-- The notes ask before they insert: the conflict clause of the statement that fires a trigger goes before the trigger's own.
CREATE TABLE touched (tbl TEXT NOT NULL, k TEXT NOT NULL, PRIMARY KEY (tbl, k)) WITHOUT ROWID;
-- +goose StatementBegin
CREATE TRIGGER activation_noted_new AFTER INSERT ON activation
BEGIN INSERT INTO touched (tbl, k) SELECT 'activation', n.k FROM (SELECT NEW.agency || char(31) || NEW.number AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'activation' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER activation_noted_changed AFTER UPDATE ON activation
BEGIN INSERT INTO touched (tbl, k) SELECT 'activation', n.k FROM (SELECT NEW.agency || char(31) || NEW.number AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'activation' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER activation_noted_gone AFTER DELETE ON activation
BEGIN INSERT INTO touched (tbl, k) SELECT 'activation', n.k FROM (SELECT OLD.agency || char(31) || OLD.number AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'activation' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER item_noted_new AFTER INSERT ON item
BEGIN INSERT INTO touched (tbl, k) SELECT 'item', n.k FROM (SELECT NEW.agency || char(31) || NEW.activation || char(31) || NEW.code || char(31) || NEW.from_on AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'item' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER item_noted_changed AFTER UPDATE ON item
BEGIN INSERT INTO touched (tbl, k) SELECT 'item', n.k FROM (SELECT NEW.agency || char(31) || NEW.activation || char(31) || NEW.code || char(31) || NEW.from_on AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'item' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER item_noted_gone AFTER DELETE ON item
BEGIN INSERT INTO touched (tbl, k) SELECT 'item', n.k FROM (SELECT OLD.agency || char(31) || OLD.activation || char(31) || OLD.code || char(31) || OLD.from_on AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'item' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER task_noted_new AFTER INSERT ON task
BEGIN INSERT INTO touched (tbl, k) SELECT 'task', n.k FROM (SELECT NEW.agency || char(31) || NEW.activation || char(31) || NEW.number AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'task' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER task_noted_changed AFTER UPDATE ON task
BEGIN INSERT INTO touched (tbl, k) SELECT 'task', n.k FROM (SELECT NEW.agency || char(31) || NEW.activation || char(31) || NEW.number AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'task' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER task_noted_gone AFTER DELETE ON task
BEGIN INSERT INTO touched (tbl, k) SELECT 'task', n.k FROM (SELECT OLD.agency || char(31) || OLD.activation || char(31) || OLD.number AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'task' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_row_noted_new AFTER INSERT ON pack_row
BEGIN INSERT INTO touched (tbl, k) SELECT 'pack_row', n.k FROM (SELECT NEW.agency || char(31) || NEW.activation || char(31) || NEW.section || char(31) || NEW.position AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pack_row' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_row_noted_changed AFTER UPDATE ON pack_row
BEGIN INSERT INTO touched (tbl, k) SELECT 'pack_row', n.k FROM (SELECT NEW.agency || char(31) || NEW.activation || char(31) || NEW.section || char(31) || NEW.position AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pack_row' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_row_noted_gone AFTER DELETE ON pack_row
BEGIN INSERT INTO touched (tbl, k) SELECT 'pack_row', n.k FROM (SELECT OLD.agency || char(31) || OLD.activation || char(31) || OLD.section || char(31) || OLD.position AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pack_row' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_change_noted_new AFTER INSERT ON pack_change
BEGIN INSERT INTO touched (tbl, k) SELECT 'pack_change', n.k FROM (SELECT NEW.agency || char(31) || NEW.activation || char(31) || NEW.section || char(31) || NEW.row_key AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pack_change' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_change_noted_changed AFTER UPDATE ON pack_change
BEGIN INSERT INTO touched (tbl, k) SELECT 'pack_change', n.k FROM (SELECT NEW.agency || char(31) || NEW.activation || char(31) || NEW.section || char(31) || NEW.row_key AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pack_change' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pack_change_noted_gone AFTER DELETE ON pack_change
BEGIN INSERT INTO touched (tbl, k) SELECT 'pack_change', n.k FROM (SELECT OLD.agency || char(31) || OLD.activation || char(31) || OLD.section || char(31) || OLD.row_key AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pack_change' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER look_noted_new AFTER INSERT ON look
BEGIN INSERT INTO touched (tbl, k) SELECT 'look', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'look' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER look_noted_changed AFTER UPDATE ON look
BEGIN INSERT INTO touched (tbl, k) SELECT 'look', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'look' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER look_noted_gone AFTER DELETE ON look
BEGIN INSERT INTO touched (tbl, k) SELECT 'look', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'look' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER account_role_noted_new AFTER INSERT ON account_role
BEGIN INSERT INTO touched (tbl, k) SELECT 'account_role', n.k FROM (SELECT NEW.account || char(31) || NEW.role AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'account_role' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER account_role_noted_changed AFTER UPDATE ON account_role
BEGIN INSERT INTO touched (tbl, k) SELECT 'account_role', n.k FROM (SELECT NEW.account || char(31) || NEW.role AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'account_role' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER account_role_noted_gone AFTER DELETE ON account_role
BEGIN INSERT INTO touched (tbl, k) SELECT 'account_role', n.k FROM (SELECT OLD.account || char(31) || OLD.role AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'account_role' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER acting_noted_new AFTER INSERT ON acting
BEGIN INSERT INTO touched (tbl, k) SELECT 'acting', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'acting' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER acting_noted_changed AFTER UPDATE ON acting
BEGIN INSERT INTO touched (tbl, k) SELECT 'acting', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'acting' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER acting_noted_gone AFTER DELETE ON acting
BEGIN INSERT INTO touched (tbl, k) SELECT 'acting', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'acting' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agency_noted_new AFTER INSERT ON agency
BEGIN INSERT INTO touched (tbl, k) SELECT 'agency', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'agency' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agency_noted_changed AFTER UPDATE ON agency
BEGIN INSERT INTO touched (tbl, k) SELECT 'agency', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'agency' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER agency_noted_gone AFTER DELETE ON agency
BEGIN INSERT INTO touched (tbl, k) SELECT 'agency', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'agency' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER unit_noted_new AFTER INSERT ON unit
BEGIN INSERT INTO touched (tbl, k) SELECT 'unit', n.k FROM (SELECT NEW.agency || char(31) || NEW.code AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'unit' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER unit_noted_changed AFTER UPDATE ON unit
BEGIN INSERT INTO touched (tbl, k) SELECT 'unit', n.k FROM (SELECT NEW.agency || char(31) || NEW.code AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'unit' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER unit_noted_gone AFTER DELETE ON unit
BEGIN INSERT INTO touched (tbl, k) SELECT 'unit', n.k FROM (SELECT OLD.agency || char(31) || OLD.code AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'unit' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER officer_noted_new AFTER INSERT ON officer
BEGIN INSERT INTO touched (tbl, k) SELECT 'officer', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'officer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER officer_noted_changed AFTER UPDATE ON officer
BEGIN INSERT INTO touched (tbl, k) SELECT 'officer', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'officer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER officer_noted_gone AFTER DELETE ON officer
BEGIN INSERT INTO touched (tbl, k) SELECT 'officer', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'officer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificate_noted_new AFTER INSERT ON certificate
BEGIN INSERT INTO touched (tbl, k) SELECT 'certificate', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'certificate' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificate_noted_changed AFTER UPDATE ON certificate
BEGIN INSERT INTO touched (tbl, k) SELECT 'certificate', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'certificate' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER certificate_noted_gone AFTER DELETE ON certificate
BEGIN INSERT INTO touched (tbl, k) SELECT 'certificate', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'certificate' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reviewer_noted_new AFTER INSERT ON reviewer
BEGIN INSERT INTO touched (tbl, k) SELECT 'reviewer', n.k FROM (SELECT NEW.agency || char(31) || NEW.account AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'reviewer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reviewer_noted_changed AFTER UPDATE ON reviewer
BEGIN INSERT INTO touched (tbl, k) SELECT 'reviewer', n.k FROM (SELECT NEW.agency || char(31) || NEW.account AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'reviewer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER reviewer_noted_gone AFTER DELETE ON reviewer
BEGIN INSERT INTO touched (tbl, k) SELECT 'reviewer', n.k FROM (SELECT OLD.agency || char(31) || OLD.account AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'reviewer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER counsel_noted_new AFTER INSERT ON counsel
BEGIN INSERT INTO touched (tbl, k) SELECT 'counsel', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'counsel' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER counsel_noted_changed AFTER UPDATE ON counsel
BEGIN INSERT INTO touched (tbl, k) SELECT 'counsel', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'counsel' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER counsel_noted_gone AFTER DELETE ON counsel
BEGIN INSERT INTO touched (tbl, k) SELECT 'counsel', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'counsel' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_file_noted_new AFTER INSERT ON case_file
BEGIN INSERT INTO touched (tbl, k) SELECT 'case_file', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'case_file' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_file_noted_changed AFTER UPDATE ON case_file
BEGIN INSERT INTO touched (tbl, k) SELECT 'case_file', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'case_file' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_file_noted_gone AFTER DELETE ON case_file
BEGIN INSERT INTO touched (tbl, k) SELECT 'case_file', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'case_file' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_noted_new AFTER INSERT ON party
BEGIN INSERT INTO touched (tbl, k) SELECT 'party', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'party' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_noted_changed AFTER UPDATE ON party
BEGIN INSERT INTO touched (tbl, k) SELECT 'party', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'party' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER party_noted_gone AFTER DELETE ON party
BEGIN INSERT INTO touched (tbl, k) SELECT 'party', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'party' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_officer_noted_new AFTER INSERT ON case_officer
BEGIN INSERT INTO touched (tbl, k) SELECT 'case_officer', n.k FROM (SELECT NEW.case_id || char(31) || NEW.certificate || char(31) || NEW.from_on AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'case_officer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_officer_noted_changed AFTER UPDATE ON case_officer
BEGIN INSERT INTO touched (tbl, k) SELECT 'case_officer', n.k FROM (SELECT NEW.case_id || char(31) || NEW.certificate || char(31) || NEW.from_on AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'case_officer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_officer_noted_gone AFTER DELETE ON case_officer
BEGIN INSERT INTO touched (tbl, k) SELECT 'case_officer', n.k FROM (SELECT OLD.case_id || char(31) || OLD.certificate || char(31) || OLD.from_on AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'case_officer' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_noted_new AFTER INSERT ON document
BEGIN INSERT INTO touched (tbl, k) SELECT 'document', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'document' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_noted_changed AFTER UPDATE ON document
BEGIN INSERT INTO touched (tbl, k) SELECT 'document', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'document' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER document_noted_gone AFTER DELETE ON document
BEGIN INSERT INTO touched (tbl, k) SELECT 'document', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'document' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER submission_noted_new AFTER INSERT ON submission
BEGIN INSERT INTO touched (tbl, k) SELECT 'submission', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'submission' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER submission_noted_changed AFTER UPDATE ON submission
BEGIN INSERT INTO touched (tbl, k) SELECT 'submission', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'submission' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER submission_noted_gone AFTER DELETE ON submission
BEGIN INSERT INTO touched (tbl, k) SELECT 'submission', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'submission' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER signoff_noted_new AFTER INSERT ON signoff
BEGIN INSERT INTO touched (tbl, k) SELECT 'signoff', n.k FROM (SELECT NEW.submission || char(31) || NEW.ordinal AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'signoff' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER signoff_noted_changed AFTER UPDATE ON signoff
BEGIN INSERT INTO touched (tbl, k) SELECT 'signoff', n.k FROM (SELECT NEW.submission || char(31) || NEW.ordinal AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'signoff' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER signoff_noted_gone AFTER DELETE ON signoff
BEGIN INSERT INTO touched (tbl, k) SELECT 'signoff', n.k FROM (SELECT OLD.submission || char(31) || OLD.ordinal AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'signoff' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_series_noted_new AFTER INSERT ON number_series
BEGIN INSERT INTO touched (tbl, k) SELECT 'number_series', n.k FROM (SELECT NEW.agency || char(31) || NEW.prefix || char(31) || NEW.year AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'number_series' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_series_noted_changed AFTER UPDATE ON number_series
BEGIN INSERT INTO touched (tbl, k) SELECT 'number_series', n.k FROM (SELECT NEW.agency || char(31) || NEW.prefix || char(31) || NEW.year AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'number_series' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_series_noted_gone AFTER DELETE ON number_series
BEGIN INSERT INTO touched (tbl, k) SELECT 'number_series', n.k FROM (SELECT OLD.agency || char(31) || OLD.prefix || char(31) || OLD.year AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'number_series' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_used_noted_new AFTER INSERT ON number_used
BEGIN INSERT INTO touched (tbl, k) SELECT 'number_used', n.k FROM (SELECT NEW.agency || char(31) || NEW.prefix || char(31) || NEW.year || char(31) || NEW.serial AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'number_used' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_used_noted_changed AFTER UPDATE ON number_used
BEGIN INSERT INTO touched (tbl, k) SELECT 'number_used', n.k FROM (SELECT NEW.agency || char(31) || NEW.prefix || char(31) || NEW.year || char(31) || NEW.serial AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'number_used' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER number_used_noted_gone AFTER DELETE ON number_used
BEGIN INSERT INTO touched (tbl, k) SELECT 'number_used', n.k FROM (SELECT OLD.agency || char(31) || OLD.prefix || char(31) || OLD.year || char(31) || OLD.serial AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'number_used' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deadline_noted_new AFTER INSERT ON deadline
BEGIN INSERT INTO touched (tbl, k) SELECT 'deadline', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'deadline' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deadline_noted_changed AFTER UPDATE ON deadline
BEGIN INSERT INTO touched (tbl, k) SELECT 'deadline', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'deadline' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER deadline_noted_gone AFTER DELETE ON deadline
BEGIN INSERT INTO touched (tbl, k) SELECT 'deadline', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'deadline' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_noted_new AFTER INSERT ON delivery
BEGIN INSERT INTO touched (tbl, k) SELECT 'delivery', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'delivery' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_noted_changed AFTER UPDATE ON delivery
BEGIN INSERT INTO touched (tbl, k) SELECT 'delivery', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'delivery' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER delivery_noted_gone AFTER DELETE ON delivery
BEGIN INSERT INTO touched (tbl, k) SELECT 'delivery', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'delivery' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_noted_new AFTER INSERT ON approval
BEGIN INSERT INTO touched (tbl, k) SELECT 'approval', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'approval' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_noted_changed AFTER UPDATE ON approval
BEGIN INSERT INTO touched (tbl, k) SELECT 'approval', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'approval' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER approval_noted_gone AFTER DELETE ON approval
BEGIN INSERT INTO touched (tbl, k) SELECT 'approval', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'approval' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER panel_noted_new AFTER INSERT ON panel
BEGIN INSERT INTO touched (tbl, k) SELECT 'panel', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'panel' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER panel_noted_changed AFTER UPDATE ON panel
BEGIN INSERT INTO touched (tbl, k) SELECT 'panel', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'panel' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER panel_noted_gone AFTER DELETE ON panel
BEGIN INSERT INTO touched (tbl, k) SELECT 'panel', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'panel' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_noted_new AFTER INSERT ON decision
BEGIN INSERT INTO touched (tbl, k) SELECT 'decision', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'decision' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_noted_changed AFTER UPDATE ON decision
BEGIN INSERT INTO touched (tbl, k) SELECT 'decision', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'decision' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_noted_gone AFTER DELETE ON decision
BEGIN INSERT INTO touched (tbl, k) SELECT 'decision', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'decision' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_noted_new AFTER INSERT ON payment
BEGIN INSERT INTO touched (tbl, k) SELECT 'payment', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'payment' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_noted_changed AFTER UPDATE ON payment
BEGIN INSERT INTO touched (tbl, k) SELECT 'payment', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'payment' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_noted_gone AFTER DELETE ON payment
BEGIN INSERT INTO touched (tbl, k) SELECT 'payment', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'payment' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attachment_noted_new AFTER INSERT ON attachment
BEGIN INSERT INTO touched (tbl, k) SELECT 'attachment', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'attachment' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attachment_noted_changed AFTER UPDATE ON attachment
BEGIN INSERT INTO touched (tbl, k) SELECT 'attachment', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'attachment' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER attachment_noted_gone AFTER DELETE ON attachment
BEGIN INSERT INTO touched (tbl, k) SELECT 'attachment', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'attachment' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER seal_use_noted_new AFTER INSERT ON seal_use
BEGIN INSERT INTO touched (tbl, k) SELECT 'seal_use', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'seal_use' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER seal_use_noted_changed AFTER UPDATE ON seal_use
BEGIN INSERT INTO touched (tbl, k) SELECT 'seal_use', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'seal_use' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER seal_use_noted_gone AFTER DELETE ON seal_use
BEGIN INSERT INTO touched (tbl, k) SELECT 'seal_use', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'seal_use' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_noted_new AFTER INSERT ON review
BEGIN INSERT INTO touched (tbl, k) SELECT 'review', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'review' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_noted_changed AFTER UPDATE ON review
BEGIN INSERT INTO touched (tbl, k) SELECT 'review', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'review' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_noted_gone AFTER DELETE ON review
BEGIN INSERT INTO touched (tbl, k) SELECT 'review', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'review' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_text_noted_new AFTER INSERT ON review_text
BEGIN INSERT INTO touched (tbl, k) SELECT 'review_text', n.k FROM (SELECT NEW.review_id || char(31) || NEW.party_id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'review_text' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_text_noted_changed AFTER UPDATE ON review_text
BEGIN INSERT INTO touched (tbl, k) SELECT 'review_text', n.k FROM (SELECT NEW.review_id || char(31) || NEW.party_id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'review_text' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_text_noted_gone AFTER DELETE ON review_text
BEGIN INSERT INTO touched (tbl, k) SELECT 'review_text', n.k FROM (SELECT OLD.review_id || char(31) || OLD.party_id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'review_text' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_noted_new AFTER INSERT ON publication WHEN NEW.source <> '历史导入'
BEGIN INSERT INTO touched (tbl, k) SELECT 'publication', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_noted_changed AFTER UPDATE ON publication WHEN NOT (OLD.source = '历史导入' AND OLD.state = 'due' AND NEW.state = 'published')
BEGIN INSERT INTO touched (tbl, k) SELECT 'publication', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_noted_gone AFTER DELETE ON publication
BEGIN INSERT INTO touched (tbl, k) SELECT 'publication', n.k FROM (SELECT OLD.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_text_noted_new AFTER INSERT ON publication_text WHEN NEW.line = 0
BEGIN INSERT INTO touched (tbl, k) SELECT 'publication_text', n.k FROM (SELECT NEW.publication AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication_text' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_text_noted_changed AFTER UPDATE ON publication_text WHEN NEW.line = 0 OR NEW.source <> OLD.source
BEGIN INSERT INTO touched (tbl, k) SELECT 'publication_text', n.k FROM (SELECT NEW.publication AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication_text' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_text_noted_gone AFTER DELETE ON publication_text
BEGIN INSERT INTO touched (tbl, k) SELECT 'publication_text', n.k FROM (SELECT OLD.publication AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication_text' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_snapshot_noted_new AFTER INSERT ON pub_snapshot
BEGIN INSERT INTO touched (tbl, k) SELECT 'pub_snapshot', n.k FROM (SELECT NEW.agency || char(31) || NEW.kind || char(31) || NEW.key AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pub_snapshot' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_snapshot_noted_changed AFTER UPDATE ON pub_snapshot
BEGIN INSERT INTO touched (tbl, k) SELECT 'pub_snapshot', n.k FROM (SELECT NEW.agency || char(31) || NEW.kind || char(31) || NEW.key AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pub_snapshot' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_snapshot_noted_gone AFTER DELETE ON pub_snapshot
BEGIN INSERT INTO touched (tbl, k) SELECT 'pub_snapshot', n.k FROM (SELECT OLD.agency || char(31) || OLD.kind || char(31) || OLD.key AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pub_snapshot' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_snapshot_change_noted_new AFTER INSERT ON pub_snapshot_change
BEGIN INSERT INTO touched (tbl, k) SELECT 'pub_snapshot_change', n.k FROM (SELECT NEW.agency || char(31) || NEW.kind || char(31) || NEW.version AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pub_snapshot_change' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_snapshot_change_noted_changed AFTER UPDATE ON pub_snapshot_change
BEGIN INSERT INTO touched (tbl, k) SELECT 'pub_snapshot_change', n.k FROM (SELECT NEW.agency || char(31) || NEW.kind || char(31) || NEW.version AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pub_snapshot_change' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pub_snapshot_change_noted_gone AFTER DELETE ON pub_snapshot_change
BEGIN INSERT INTO touched (tbl, k) SELECT 'pub_snapshot_change', n.k FROM (SELECT OLD.agency || char(31) || OLD.kind || char(31) || OLD.version AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'pub_snapshot_change' AND t.k = n.k); END;
-- +goose StatementEnd
-- What an older program wrote is noted once; the first start binds it as it stands.
INSERT INTO touched (tbl, k) SELECT 'activation', x.agency || char(31) || x.number FROM activation x;
INSERT INTO touched (tbl, k) SELECT 'item', x.agency || char(31) || x.activation || char(31) || x.code || char(31) || x.from_on FROM item x;
INSERT INTO touched (tbl, k) SELECT 'task', x.agency || char(31) || x.activation || char(31) || x.number FROM task x;
INSERT INTO touched (tbl, k) SELECT 'pack_row', x.agency || char(31) || x.activation || char(31) || x.section || char(31) || x.position FROM pack_row x;
INSERT INTO touched (tbl, k) SELECT 'pack_change', x.agency || char(31) || x.activation || char(31) || x.section || char(31) || x.row_key FROM pack_change x;
INSERT INTO touched (tbl, k) SELECT 'look', x.id FROM look x;
INSERT INTO touched (tbl, k) SELECT 'account_role', x.account || char(31) || x.role FROM account_role x;
INSERT INTO touched (tbl, k) SELECT 'acting', x.id FROM acting x;
INSERT INTO touched (tbl, k) SELECT 'agency', x.id FROM agency x;
INSERT INTO touched (tbl, k) SELECT 'unit', x.agency || char(31) || x.code FROM unit x;
INSERT INTO touched (tbl, k) SELECT 'officer', x.id FROM officer x;
INSERT INTO touched (tbl, k) SELECT 'certificate', x.id FROM certificate x;
INSERT INTO touched (tbl, k) SELECT 'reviewer', x.agency || char(31) || x.account FROM reviewer x;
INSERT INTO touched (tbl, k) SELECT 'counsel', x.id FROM counsel x;
INSERT INTO touched (tbl, k) SELECT 'case_file', x.id FROM case_file x;
INSERT INTO touched (tbl, k) SELECT 'party', x.id FROM party x;
INSERT INTO touched (tbl, k) SELECT 'case_officer', x.case_id || char(31) || x.certificate || char(31) || x.from_on FROM case_officer x;
INSERT INTO touched (tbl, k) SELECT 'document', x.id FROM document x;
INSERT INTO touched (tbl, k) SELECT 'submission', x.id FROM submission x;
INSERT INTO touched (tbl, k) SELECT 'signoff', x.submission || char(31) || x.ordinal FROM signoff x;
INSERT INTO touched (tbl, k) SELECT 'number_series', x.agency || char(31) || x.prefix || char(31) || x.year FROM number_series x;
INSERT INTO touched (tbl, k) SELECT 'number_used', x.agency || char(31) || x.prefix || char(31) || x.year || char(31) || x.serial FROM number_used x;
INSERT INTO touched (tbl, k) SELECT 'deadline', x.id FROM deadline x;
INSERT INTO touched (tbl, k) SELECT 'delivery', x.id FROM delivery x;
INSERT INTO touched (tbl, k) SELECT 'approval', x.id FROM approval x;
INSERT INTO touched (tbl, k) SELECT 'panel', x.id FROM panel x;
INSERT INTO touched (tbl, k) SELECT 'decision', x.id FROM decision x;
INSERT INTO touched (tbl, k) SELECT 'payment', x.id FROM payment x;
INSERT INTO touched (tbl, k) SELECT 'attachment', x.id FROM attachment x;
INSERT INTO touched (tbl, k) SELECT 'seal_use', x.id FROM seal_use x;
INSERT INTO touched (tbl, k) SELECT 'review', x.id FROM review x;
INSERT INTO touched (tbl, k) SELECT 'review_text', x.review_id || char(31) || x.party_id FROM review_text x;
INSERT INTO touched (tbl, k) SELECT 'publication', x.id FROM publication x WHERE source <> '历史导入' OR state NOT IN ('due', 'published');
INSERT INTO touched (tbl, k) SELECT 'publication_text', x.publication FROM publication_text x WHERE line = 0;
INSERT INTO touched (tbl, k) SELECT 'pub_snapshot', x.agency || char(31) || x.kind || char(31) || x.key FROM pub_snapshot x;
INSERT INTO touched (tbl, k) SELECT 'pub_snapshot_change', x.agency || char(31) || x.kind || char(31) || x.version FROM pub_snapshot_change x;
