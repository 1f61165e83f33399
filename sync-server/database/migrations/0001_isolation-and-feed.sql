-- Two roles without login. Requests run as ringside_app and see one tenant; the server's own work across
-- tenants (feed of all, operator's lists, backups) runs as ringside_system. Nobody works as the owner.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['ringside_app', 'ringside_system'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
    EXCEPTION
      -- Roles belong to the whole cluster: another database of it, or another node, was first.
      WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO ringside_app, ringside_system;
--> statement-breakpoint
CREATE SEQUENCE feed_seq AS bigint;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE feed_seq TO ringside_app, ringside_system;
--> statement-breakpoint
-- The tenant of this transaction, or null: then every comparison with it is false and no row is seen.
CREATE FUNCTION ringside_tenant() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('ringside.tenant', true), '');
--> statement-breakpoint
-- Makes a tenant table: a request sees and writes rows of its own tenant alone, whatever its SQL says.
CREATE FUNCTION ringside_protect(protected regclass, tenant_column name DEFAULT 'tenant_id') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
  EXECUTE format(
    'CREATE POLICY own_tenant ON %1$s TO ringside_app USING (%2$I = ringside_tenant()) WITH CHECK (%2$I = ringside_tenant())',
    protected, tenant_column);
  EXECUTE format('CREATE POLICY all_tenants ON %s TO ringside_system USING (true) WITH CHECK (true)', protected);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO ringside_app, ringside_system', protected);
END $$;
--> statement-breakpoint
-- [PULL-1] Which transaction wrote the row, and in which order. A trigger, so that no writer can forget it.
CREATE FUNCTION ringside_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.xid := pg_current_xact_id();
  NEW.seq := nextval('feed_seq');
  RETURN NEW;
END $$;
--> statement-breakpoint
-- [STREAM-5] Tells every node that a collection of a tenant has news; once a statement, delivered at commit.
CREATE FUNCTION ringside_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ringside_feed', TG_TABLE_NAME || ' ' || tenant_id)
  FROM (SELECT DISTINCT tenant_id FROM written) AS tenants;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Makes the table of a synced collection. Requests cannot delete its rows: a deletion is a mark that devices hear of.
CREATE FUNCTION ringside_sync(synced regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM ringside_protect(synced);
  EXECUTE format('REVOKE DELETE ON %s FROM ringside_app', synced);
  EXECUTE format(
    'CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION ringside_stamp()', synced);
  EXECUTE format(
    'CREATE TRIGGER announce_new AFTER INSERT ON %s REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ringside_announce()',
    synced);
  EXECUTE format(
    'CREATE TRIGGER announce_changed AFTER UPDATE ON %s REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ringside_announce()',
    synced);
END $$;
--> statement-breakpoint
SELECT ringside_sync(synced::regclass) FROM unnest(ARRAY[
  'settings', 'leads', 'tasks', 'deals', 'appointments', 'calls', 'listings', 'activities', 'messages',
  'tickets', 'recommendations', 'insights', 'segments'
]) AS synced;
--> statement-breakpoint
SELECT ringside_protect('tenants', 'id'), ringside_protect('devices'), ringside_protect('edits'),
  ringside_protect('presence'), ringside_protect('audit_log');
--> statement-breakpoint
-- A request may read its tenant's name but not change it, and may add to the audit log but not rewrite it.
REVOKE INSERT, UPDATE, DELETE ON tenants FROM ringside_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE ON audit_log FROM ringside_app;
--> statement-breakpoint
REVOKE UPDATE ON audit_log FROM ringside_system;
