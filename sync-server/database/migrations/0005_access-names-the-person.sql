-- Says whose access changed, not only in which tenant: open streams of that person are asked who they are again.
CREATE OR REPLACE FUNCTION ringside_announce_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ringside_access', json_build_object('tenantId', tenant_id, 'userId', user_id)::text)
  FROM (SELECT DISTINCT tenant_id, user_id FROM written WHERE tenant_id IS NOT NULL) AS changed;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION ringside_announce_tenant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ringside_access', json_build_object('tenantId', id, 'userId', NULL)::text) FROM written;
  RETURN NULL;
END $$;
