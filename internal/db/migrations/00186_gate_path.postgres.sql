-- A trigger looks a table up where its writer says: a role that may make temporary tables, as every role may, put one named
-- review before the real one, and the gates read its forged verdict (行政处罚法第五十八条). From now on each trigger function of this schema
-- looks in this schema first and among temporary tables last.
-- +goose StatementBegin
DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace AND p.prorettype = 'trigger'::regtype LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', f, current_schema());
  END LOOP;
END $$;
-- +goose StatementEnd
