-- Rows of an import are bound like all others. One that its import does not speak of itself (worded), as the program before this
-- version brings them in, is noted with its text; every later change of either is.
DROP TRIGGER publication_noted_changed ON publication;
DROP TRIGGER publication_text_noted_new ON publication_text;
DROP TRIGGER publication_text_noted_changed ON publication_text;
CREATE TRIGGER publication_noted_changed AFTER UPDATE ON publication FOR EACH ROW EXECUTE FUNCTION publication_noted();
CREATE TRIGGER publication_text_noted_changed AFTER UPDATE ON publication_text FOR EACH ROW EXECUTE FUNCTION publication_text_noted();
-- +goose StatementBegin
CREATE FUNCTION publication_text_noted_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO touched (tbl, k) VALUES ('publication_text', NEW.publication) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current();
  IF NEW.line > 0 THEN INSERT INTO touched (tbl, k) VALUES ('publication', NEW.publication) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); END IF;
  RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER publication_text_noted_new AFTER INSERT ON publication_text FOR EACH ROW WHEN (NEW.line = 0 OR NOT NEW.worded) EXECUTE FUNCTION publication_text_noted_new();
-- What earlier imports brought in and nobody acted on by itself is noted once; the first start binds it as it stands.
INSERT INTO touched (tbl, k) SELECT 'publication', x.id FROM publication x WHERE x.source = '历史导入' AND x.state IN ('due', 'published') ON CONFLICT (tbl, k) DO NOTHING;
INSERT INTO touched (tbl, k) SELECT 'publication_text', x.publication FROM publication_text x WHERE x.line > 0 ON CONFLICT (tbl, k) DO NOTHING;
