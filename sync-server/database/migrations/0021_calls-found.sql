-- What a carrier sent of a call, and calls of some days: under row-level security an index on what a document says is of
-- no use to a request (0015 tells why), so the pages of a call and of the call log read everything that a tenant has.
-- These run as the role that sees every row, and look at the request's own tenant alone.
CREATE INDEX webhook_inbox_leg ON webhook_inbox (tenant_id, (coalesce(notice->>'legId', notice->>'sid')));
--> statement-breakpoint
CREATE FUNCTION ringside_deliveries_of(tenant text, legs text[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT id FROM webhook_inbox
  WHERE tenant_id = tenant AND tenant = ringside_tenant() AND coalesce(notice->>'legId', notice->>'sid') = ANY (legs);
END;
--> statement-breakpoint
-- Instants as records have them: text, in order. `until` is not among them; null = no end.
CREATE FUNCTION ringside_calls_between(tenant text, since text, until text)
RETURNS TABLE (id text, "from" text, "to" text)
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT id, doc->>'from', doc->>'to' FROM calls
  WHERE tenant_id = tenant AND tenant = ringside_tenant() AND NOT deleted
    AND doc->>'startedAt' >= since AND doc->>'startedAt' < coalesce(until, 'a');
END;
--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('GRANT CREATE ON SCHEMA %I TO ringside_system', current_schema());
  ALTER FUNCTION ringside_deliveries_of(text, text[]) OWNER TO ringside_system;
  ALTER FUNCTION ringside_calls_between(text, text, text) OWNER TO ringside_system;
  EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM ringside_system', current_schema());
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION ringside_deliveries_of(text, text[]), ringside_calls_between(text, text, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION ringside_deliveries_of(text, text[]), ringside_calls_between(text, text, text) TO ringside_app;
