CREATE TABLE "ai_accounts" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"user_id" text,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"base_url" text NOT NULL,
	"api_version" text,
	"sealed_key" text,
	"key_id" text,
	"key_tail" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"key_changed_at" timestamp (3) with time zone,
	CONSTRAINT "ai_accounts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "ai_approvals" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"payload" jsonb NOT NULL,
	"asked_by_id" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"decided_by_id" text,
	"decided_at" timestamp (3) with time zone,
	"reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "ai_approvals_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "ai_choices" (
	"tenant_id" text NOT NULL,
	"model_id" text NOT NULL,
	"enabled" boolean NOT NULL,
	CONSTRAINT "ai_choices_tenant_id_model_id_pk" PRIMARY KEY("tenant_id","model_id")
);
--> statement-breakpoint
CREATE TABLE "ai_counters" (
	"tenant_id" text NOT NULL,
	"limit_id" text NOT NULL,
	"subject" text NOT NULL,
	"first_day" date NOT NULL,
	"most" bigint NOT NULL,
	"used" bigint DEFAULT 0 NOT NULL,
	"held" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "ai_counters_tenant_id_limit_id_subject_first_day_pk" PRIMARY KEY("tenant_id","limit_id","subject","first_day")
);
--> statement-breakpoint
CREATE TABLE "ai_limits" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"per" text NOT NULL,
	"user_id" text,
	"feature" text,
	"model_id" text,
	"measure" text NOT NULL,
	"period" text NOT NULL,
	"most" bigint NOT NULL,
	"action" text DEFAULT 'stop' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ai_limits_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "ai_models" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"user_id" text,
	"account_id" text NOT NULL,
	"label" text NOT NULL,
	"wire_name" text NOT NULL,
	"role" text NOT NULL,
	"features" text[] DEFAULT '{}' NOT NULL,
	"system_message" text DEFAULT '' NOT NULL,
	"context_tokens" integer NOT NULL,
	"max_output_tokens" integer NOT NULL,
	"plan" text,
	"industries" text[] DEFAULT '{}' NOT NULL,
	"terms" text DEFAULT 'paid' NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"featured" boolean DEFAULT false NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ai_models_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "ai_prices" (
	"tenant_id" text NOT NULL,
	"model_id" text NOT NULL,
	"from_day" date NOT NULL,
	"input" bigint NOT NULL,
	"output" bigint NOT NULL,
	CONSTRAINT "ai_prices_tenant_id_model_id_from_day_pk" PRIMARY KEY("tenant_id","model_id","from_day")
);
--> statement-breakpoint
CREATE TABLE "ai_ratings" (
	"tenant_id" text NOT NULL,
	"request_id" text NOT NULL,
	"user_id" text NOT NULL,
	"rating" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ai_ratings_tenant_id_request_id_user_id_pk" PRIMARY KEY("tenant_id","request_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "ai_requests" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"user_id" text,
	"feature" text NOT NULL,
	"task" text NOT NULL,
	"prompt_version" integer NOT NULL,
	"source" text NOT NULL,
	"model_id" text DEFAULT '' NOT NULL,
	"model" text DEFAULT '' NOT NULL,
	"outcome" text,
	"input_tokens" integer DEFAULT 0 NOT NULL,
	"output_tokens" integer DEFAULT 0 NOT NULL,
	"cost" bigint DEFAULT 0 NOT NULL,
	"input_price" bigint DEFAULT 0 NOT NULL,
	"output_price" bigint DEFAULT 0 NOT NULL,
	"doubted" boolean DEFAULT false NOT NULL,
	"latency_ms" integer,
	"first_ms" integer,
	"holds" jsonb,
	"asked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ai_requests_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "plan" text;--> statement-breakpoint
ALTER TABLE "ai_models" ADD CONSTRAINT "ai_models_tenant_id_account_id_ai_accounts_tenant_id_id_fk" FOREIGN KEY ("tenant_id","account_id") REFERENCES "public"."ai_accounts"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ai_prices" ADD CONSTRAINT "ai_prices_tenant_id_model_id_ai_models_tenant_id_id_fk" FOREIGN KEY ("tenant_id","model_id") REFERENCES "public"."ai_models"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ai_ratings" ADD CONSTRAINT "ai_ratings_tenant_id_request_id_ai_requests_tenant_id_id_fk" FOREIGN KEY ("tenant_id","request_id") REFERENCES "public"."ai_requests"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ai_approvals_state" ON "ai_approvals" USING btree ("tenant_id","state","asked_at");--> statement-breakpoint
CREATE INDEX "ai_counters_first_day" ON "ai_counters" USING btree ("first_day");--> statement-breakpoint
CREATE INDEX "ai_models_account" ON "ai_models" USING btree ("tenant_id","account_id");--> statement-breakpoint
CREATE INDEX "ai_requests_asked" ON "ai_requests" USING btree ("tenant_id","asked_at");--> statement-breakpoint
CREATE INDEX "ai_requests_open" ON "ai_requests" USING btree ("asked_at") WHERE "ai_requests"."outcome" IS NULL;--> statement-breakpoint
SELECT ringside_protect('ai_accounts'), ringside_protect('ai_models'), ringside_protect('ai_choices'),
  ringside_protect('ai_prices'), ringside_protect('ai_limits'), ringside_protect('ai_counters'),
  ringside_protect('ai_requests'), ringside_protect('ai_ratings'), ringside_protect('ai_approvals');
--> statement-breakpoint
-- The operator's rows have the tenant "", which no request can be of: every organisation reads them, none writes them.
DO $$
DECLARE
  shared text;
BEGIN
  FOREACH shared IN ARRAY ARRAY['ai_accounts', 'ai_models', 'ai_prices', 'ai_limits'] LOOP
    EXECUTE format(
      'CREATE POLICY system_tier ON %I FOR SELECT TO ringside_app USING (tenant_id = '''' AND ringside_tenant() IS NOT NULL)',
      shared);
  END LOOP;
END $$;
--> statement-breakpoint
-- A request may write a key but never read one, not even its own and sealed: only the server's own work opens it.
REVOKE SELECT ON ai_accounts FROM ringside_app;
--> statement-breakpoint
GRANT SELECT (tenant_id, id, user_id, kind, label, base_url, api_version, key_id, key_tail, created_at, key_changed_at)
  ON ai_accounts TO ringside_app;
--> statement-breakpoint
-- Use is written by the ledger alone, and lines of the audit are never removed by a request.
REVOKE INSERT, UPDATE, DELETE ON ai_counters, ai_requests FROM ringside_app;
--> statement-breakpoint
-- Every node forgets what it remembers of the catalogue.
CREATE FUNCTION ringside_announce_ai() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ringside_ai', coalesce(NEW.tenant_id, OLD.tenant_id));
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE
  remembered text;
BEGIN
  FOREACH remembered IN ARRAY ARRAY['ai_accounts', 'ai_models', 'ai_choices', 'ai_prices', 'ai_limits'] LOOP
    EXECUTE format(
      'CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION ringside_announce_ai()',
      remembered);
  END LOOP;
END $$;
