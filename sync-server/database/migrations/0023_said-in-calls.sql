-- What was said in calls, and what is known of them: under row-level security an index on what a document says is of no
-- use to a request (0015 tells why), so who deleted a call had every segment of the tenant read. These run as the role
-- that sees every row, and look at the request's own tenant alone.
CREATE FUNCTION ringside_segments_of(tenant text, calls text[]) RETURNS TABLE (id text, call text)
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT id, doc->>'callId' FROM segments
  WHERE tenant_id = tenant AND tenant = ringside_tenant() AND doc->>'callId' = ANY (calls);
END;
--> statement-breakpoint
CREATE FUNCTION ringside_insights_of(tenant text, calls text[]) RETURNS TABLE (id text, call text)
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
  SELECT id, doc->>'callId' FROM insights
  WHERE tenant_id = tenant AND tenant = ringside_tenant() AND doc->>'callId' = ANY (calls);
END;
--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('GRANT CREATE ON SCHEMA %I TO ringside_system', current_schema());
  ALTER FUNCTION ringside_segments_of(text, text[]) OWNER TO ringside_system;
  ALTER FUNCTION ringside_insights_of(text, text[]) OWNER TO ringside_system;
  EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM ringside_system', current_schema());
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION ringside_segments_of(text, text[]), ringside_insights_of(text, text[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION ringside_segments_of(text, text[]), ringside_insights_of(text, text[]) TO ringside_app, ringside_system;
