CREATE TABLE "ai_minute_prices" (
	"tenant_id" text NOT NULL,
	"model" text NOT NULL,
	"from_day" date NOT NULL,
	"minute" bigint NOT NULL,
	CONSTRAINT "ai_minute_prices_tenant_id_model_from_day_pk" PRIMARY KEY("tenant_id","model","from_day")
);
--> statement-breakpoint
CREATE TABLE "ai_rates" (
	"tenant_id" text NOT NULL,
	"limit_id" text NOT NULL,
	"subject" text NOT NULL,
	"minute" timestamp (3) with time zone NOT NULL,
	"most" bigint NOT NULL,
	"asked" integer NOT NULL,
	CONSTRAINT "ai_rates_tenant_id_limit_id_subject_pk" PRIMARY KEY("tenant_id","limit_id","subject")
);
--> statement-breakpoint
CREATE TABLE "ai_retention" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"request_days" integer,
	"chat_days" integer
);
--> statement-breakpoint
ALTER TABLE "ai_limits" ADD COLUMN "plan" text;--> statement-breakpoint
ALTER TABLE "ai_requests" ADD COLUMN "instead" text;--> statement-breakpoint
ALTER TABLE "ai_requests" ADD COLUMN "hidden" integer;--> statement-breakpoint
ALTER TABLE "ai_requests" ADD COLUMN "sound_ms" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ai_requests" ADD COLUMN "minute_price" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
SELECT ringside_protect('ai_minute_prices'), ringside_protect('ai_rates'), ringside_protect('ai_retention');
--> statement-breakpoint
-- Prices of sound are the operator's, and what was asked is counted by the ledger alone.
REVOKE INSERT, UPDATE, DELETE ON ai_minute_prices, ai_rates FROM ringside_app;
