-- Who calls: under row-level security an index on an expression is of no use to a request, because PostgreSQL must not
-- evaluate on rows of other tenants what it cannot trust: with 50,000 leads it read them all. This runs as the role
-- that sees every row, and looks at the request's own tenant alone. Its conditions repeat those of the indexes, or
-- PostgreSQL would not see that they fit.
CREATE FUNCTION ringside_leads_by_number(tenant text, e164 text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT id FROM leads
  WHERE tenant_id = tenant AND tenant = ringside_tenant() AND NOT deleted
    AND doc->>'phone' = e164 AND doc->>'phone' <> ''
  UNION
  SELECT id FROM leads
  WHERE tenant_id = tenant AND tenant = ringside_tenant() AND NOT deleted
    AND doc->>'phoneSecond' = e164 AND doc->>'phoneSecond' <> '';
END;
--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('GRANT CREATE ON SCHEMA %I TO ringside_system', current_schema());
  ALTER FUNCTION ringside_leads_by_number(text, text) OWNER TO ringside_system;
  EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM ringside_system', current_schema());
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION ringside_leads_by_number(text, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION ringside_leads_by_number(text, text) TO ringside_app;
