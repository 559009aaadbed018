-- Rows of an import are bound like all others. One that its import does not speak of itself (worded), as the program before this
-- version brings them in, is noted with its text; every later change of either is.
DROP TRIGGER publication_noted_changed;
DROP TRIGGER publication_text_noted_new;
DROP TRIGGER publication_text_noted_changed;
-- +goose StatementBegin
CREATE TRIGGER publication_noted_changed AFTER UPDATE ON publication
BEGIN INSERT INTO touched (tbl, k) SELECT 'publication', n.k FROM (SELECT NEW.id AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication' AND t.k = n.k); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_text_noted_new AFTER INSERT ON publication_text WHEN NEW.line = 0 OR NOT NEW.worded
BEGIN
  INSERT INTO touched (tbl, k) SELECT 'publication_text', n.k FROM (SELECT NEW.publication AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication_text' AND t.k = n.k);
  INSERT INTO touched (tbl, k) SELECT 'publication', n.k FROM (SELECT NEW.publication AS k) n WHERE NEW.line > 0 AND NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication' AND t.k = n.k);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER publication_text_noted_changed AFTER UPDATE ON publication_text
BEGIN INSERT INTO touched (tbl, k) SELECT 'publication_text', n.k FROM (SELECT NEW.publication AS k) n WHERE NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication_text' AND t.k = n.k); END;
-- +goose StatementEnd
-- What earlier imports brought in and nobody acted on by itself is noted once; the first start binds it as it stands.
INSERT INTO touched (tbl, k) SELECT 'publication', x.id FROM publication x WHERE x.source = '历史导入' AND x.state IN ('due', 'published')
  AND NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication' AND t.k = x.id);
INSERT INTO touched (tbl, k) SELECT 'publication_text', x.publication FROM publication_text x WHERE x.line > 0
  AND NOT EXISTS (SELECT 1 FROM touched t WHERE t.tbl = 'publication_text' AND t.k = x.publication);
