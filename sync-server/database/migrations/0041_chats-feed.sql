-- Of all that is known of calls, scoring looks for chats alone: every quarter of an hour, and for all of them once.
CREATE INDEX insights_chats ON insights (tenant_id, xid, seq) WHERE (doc->>'kind') = 'chat';
