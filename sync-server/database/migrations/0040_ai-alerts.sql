CREATE TABLE "ai_alerts" (
	"tenant_id" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ai_alerts_tenant_id_kind_subject_pk" PRIMARY KEY("tenant_id","kind","subject")
);
--> statement-breakpoint
SELECT ringside_protect('ai_alerts');
--> statement-breakpoint
-- The server's own work alone writes to people by itself.
REVOKE INSERT, UPDATE, DELETE ON ai_alerts FROM ringside_app;
