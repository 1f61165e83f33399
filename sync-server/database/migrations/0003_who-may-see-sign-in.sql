SELECT ringside_protect('members'), ringside_protect('teams'), ringside_protect('team_members'),
  ringside_protect('invitations'), ringside_protect('sessions');
--> statement-breakpoint
-- A request may list and end the sessions of its tenant, but never read what would let it act as one of them.
REVOKE ALL ON sessions FROM ringside_app;
--> statement-breakpoint
GRANT SELECT (id, user_id, tenant_id, device_id, expires_at, ip_address, user_agent, created_at, updated_at), DELETE
  ON sessions TO ringside_app;
--> statement-breakpoint
-- better-auth works as the owner; sessions begin before they have a tenant.
CREATE POLICY sign_in ON sessions TO CURRENT_USER USING (true) WITH CHECK (true);
--> statement-breakpoint
-- Of persons, a request sees the names of its own members and nothing else.
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_members ON users FOR SELECT TO ringside_app
  USING (EXISTS (SELECT FROM members WHERE members.user_id = users.id AND members.tenant_id = ringside_tenant()));
--> statement-breakpoint
CREATE POLICY everybody ON users TO ringside_system USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT (id, name, email, two_factor_enabled) ON users TO ringside_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON users, accounts, verifications, two_factors, sign_in_attempts TO ringside_system;
--> statement-breakpoint
-- Every node forgets what it believes about a session, a person or a whole tenant when one of these changes.
CREATE FUNCTION ringside_announce_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ringside_access', tenant_id)
  FROM (SELECT DISTINCT tenant_id FROM written WHERE tenant_id IS NOT NULL) AS tenants;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION ringside_announce_tenant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ringside_access', id) FROM written;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION ringside_watch_access(watched regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format(
    'CREATE TRIGGER access_new AFTER INSERT ON %s REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ringside_announce_access()',
    watched);
  EXECUTE format(
    'CREATE TRIGGER access_changed AFTER UPDATE ON %s REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ringside_announce_access()',
    watched);
  EXECUTE format(
    'CREATE TRIGGER access_ended AFTER DELETE ON %s REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ringside_announce_access()',
    watched);
END $$;
--> statement-breakpoint
SELECT ringside_watch_access('members'), ringside_watch_access('team_members');
--> statement-breakpoint
CREATE TRIGGER access_ended AFTER DELETE ON sessions
  REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ringside_announce_access();
--> statement-breakpoint
CREATE TRIGGER access_changed AFTER UPDATE ON tenants
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ringside_announce_tenant();
