-- The rows of 00200 are taken note of as 00110 does it for the others, so that the ledger binds them.
-- +goose StatementBegin
CREATE FUNCTION rule_text_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('rule_text', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('rule_text', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER rule_text_noted AFTER INSERT OR UPDATE OR DELETE ON rule_text FOR EACH ROW EXECUTE FUNCTION rule_text_noted();
-- +goose StatementBegin
CREATE FUNCTION undertaking_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('undertaking', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('undertaking', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER undertaking_noted AFTER INSERT OR UPDATE OR DELETE ON undertaking FOR EACH ROW EXECUTE FUNCTION undertaking_noted();
-- +goose StatementBegin
CREATE FUNCTION undertaking_officer_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('undertaking_officer', OLD.undertaking || chr(31) || OLD.officer) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('undertaking_officer', NEW.undertaking || chr(31) || NEW.officer) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER undertaking_officer_noted AFTER INSERT OR UPDATE OR DELETE ON undertaking_officer FOR EACH ROW EXECUTE FUNCTION undertaking_officer_noted();
-- +goose StatementBegin
CREATE FUNCTION annual_return_noted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN INSERT INTO touched (tbl, k) VALUES ('annual_return', OLD.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN OLD; END IF;
  INSERT INTO touched (tbl, k) VALUES ('annual_return', NEW.id) ON CONFLICT (tbl, k) DO UPDATE SET tx = txid_current(); RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER annual_return_noted AFTER INSERT OR UPDATE OR DELETE ON annual_return FOR EACH ROW EXECUTE FUNCTION annual_return_noted();
