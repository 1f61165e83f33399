CREATE TABLE "imported_recordings" (
	"tenant_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"import_id" text NOT NULL,
	"call_id" text NOT NULL,
	CONSTRAINT "imported_recordings_tenant_id_content_hash_pk" PRIMARY KEY("tenant_id","content_hash")
);
--> statement-breakpoint
CREATE TABLE "recording_imports" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"source" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "recording_imports_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "imported_recordings_import" ON "imported_recordings" USING btree ("tenant_id","import_id");--> statement-breakpoint
SELECT ringside_protect('recording_imports'), ringside_protect('imported_recordings');
--> statement-breakpoint
-- What was said in a call, and what is known of it: read for its report, and found when it is deleted.
CREATE INDEX segments_call ON segments (tenant_id, (doc->>'callId'));
--> statement-breakpoint
CREATE INDEX insights_call ON insights (tenant_id, (doc->>'callId'));
