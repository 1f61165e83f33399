CREATE TABLE "looked_recordings" (
	"tenant_id" text NOT NULL,
	"import_id" text NOT NULL,
	"place" integer NOT NULL,
	"name" text NOT NULL,
	"verdict" text NOT NULL,
	"why" text DEFAULT '' NOT NULL,
	"call_id" text,
	CONSTRAINT "looked_recordings_tenant_id_import_id_place_pk" PRIMARY KEY("tenant_id","import_id","place")
);
--> statement-breakpoint
ALTER TABLE "recording_imports" ADD COLUMN "state" text DEFAULT 'taking' NOT NULL;--> statement-breakpoint
ALTER TABLE "recording_imports" ADD COLUMN "total" integer;--> statement-breakpoint
ALTER TABLE "recording_imports" ADD COLUMN "agent_id" text;--> statement-breakpoint
ALTER TABLE "recording_imports" ADD COLUMN "by_id" text;--> statement-breakpoint
UPDATE "recording_imports" SET "state" = CASE WHEN "undone_at" IS NOT NULL THEN 'undone' WHEN "finished_at" IS NULL THEN 'taking' ELSE 'done' END;
--> statement-breakpoint
SELECT ringside_protect('looked_recordings');
