-- Calls whose line is open, for whoever watches: there are few of them, however many calls there were.
CREATE INDEX calls_live ON calls (tenant_id, (doc->>'startedAt'))
  WHERE NOT deleted AND doc->>'endedAt' IS NULL AND jsonb_typeof(doc->'line') = 'object';
--> statement-breakpoint
-- Today's callers, for the service level. By a column: row-level security keeps conditions on what a document says
-- from being looked up in an index.
CREATE INDEX line_calls_inbound ON line_calls (tenant_id, started_at) WHERE direction = 'inbound';
