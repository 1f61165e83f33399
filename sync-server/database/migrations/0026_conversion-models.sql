CREATE TABLE "conversion_models" (
	"tenant_id" text NOT NULL,
	"version" integer NOT NULL,
	"trained_at" timestamp (3) with time zone NOT NULL,
	"model" jsonb NOT NULL,
	"drift" jsonb NOT NULL,
	CONSTRAINT "conversion_models_tenant_id_version_pk" PRIMARY KEY("tenant_id","version")
);
--> statement-breakpoint
SELECT ringside_protect('conversion_models');
