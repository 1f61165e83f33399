-- The call log is read newest first, a page at a time, however many calls there are.
CREATE INDEX calls_started ON calls (tenant_id, (doc->>'startedAt'), id) WHERE NOT deleted;
--> statement-breakpoint
-- Dials that a rule forbade stand in the audit log alone; a call's page shows those of its number.
CREATE INDEX audit_log_blocked ON audit_log (tenant_id, (details->>'to'), id) WHERE action = 'call.blocked';
