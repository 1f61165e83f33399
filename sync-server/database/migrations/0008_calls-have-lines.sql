CREATE TABLE "call_legs" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"account_id" text NOT NULL,
	"call_id" text NOT NULL,
	"sid" text,
	"role" text NOT NULL,
	"agent_id" text,
	"purpose" jsonb DEFAULT '{}' NOT NULL,
	"state" text NOT NULL,
	"asked_at" timestamp (3) with time zone,
	"ring_ms" integer DEFAULT 30000 NOT NULL,
	"wanted" boolean DEFAULT true NOT NULL,
	"anchor_wanted" boolean DEFAULT false NOT NULL,
	"anchor" boolean DEFAULT false NOT NULL,
	"dialled_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "call_legs_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"tenant_id" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"payload" jsonb DEFAULT '{}' NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"asked" integer DEFAULT 1 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"error" text,
	"failed_at" timestamp (3) with time zone,
	CONSTRAINT "jobs_tenant_id_kind_key_pk" PRIMARY KEY("tenant_id","kind","key")
);
--> statement-breakpoint
CREATE TABLE "line_calls" (
	"tenant_id" text NOT NULL,
	"call_id" text NOT NULL,
	"account_id" text NOT NULL,
	"direction" text NOT NULL,
	"ours" text NOT NULL,
	"theirs" text NOT NULL,
	"announce" boolean DEFAULT false NOT NULL,
	"queue" text DEFAULT '' NOT NULL,
	"queued_at" timestamp (3) with time zone,
	"only_agent_id" text,
	"voicemail_at" timestamp (3) with time zone,
	"voicemail_told" boolean DEFAULT false NOT NULL,
	"hold_wanted" boolean DEFAULT false NOT NULL,
	"held" boolean DEFAULT false NOT NULL,
	"recording_wanted" text DEFAULT 'off' NOT NULL,
	"recording" text DEFAULT 'off' NOT NULL,
	"next_seq" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"over_at" timestamp (3) with time zone,
	CONSTRAINT "line_calls_tenant_id_call_id_pk" PRIMARY KEY("tenant_id","call_id")
);
--> statement-breakpoint
CREATE TABLE "telephony_accounts" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"provider" text NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"config" jsonb NOT NULL,
	"credentials" text NOT NULL,
	"key_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	CONSTRAINT "telephony_accounts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "telephony_numbers" (
	"tenant_id" text NOT NULL,
	"number" text NOT NULL,
	"account_id" text NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"queue" text DEFAULT '' NOT NULL,
	"agent_id" text,
	"always_open" boolean DEFAULT false NOT NULL,
	CONSTRAINT "telephony_numbers_tenant_id_number_pk" PRIMARY KEY("tenant_id","number")
);
--> statement-breakpoint
CREATE TABLE "webhook_inbox" (
	"tenant_id" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "webhook_inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" text NOT NULL,
	"identity" text NOT NULL,
	"notice" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_inbox_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "call_legs_sid" ON "call_legs" USING btree ("tenant_id","account_id","sid");--> statement-breakpoint
CREATE INDEX "call_legs_call" ON "call_legs" USING btree ("tenant_id","call_id");--> statement-breakpoint
CREATE INDEX "call_legs_agent" ON "call_legs" USING btree ("tenant_id","agent_id","ended_at");--> statement-breakpoint
CREATE UNIQUE INDEX "call_legs_one_ring" ON "call_legs" USING btree ("tenant_id","agent_id") WHERE "call_legs"."state" IN ('dialling', 'ringing') AND "call_legs"."role" = 'agent';--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("due_at") WHERE "jobs"."failed_at" IS NULL;--> statement-breakpoint
CREATE INDEX "line_calls_open" ON "line_calls" USING btree ("tenant_id","started_at") WHERE "line_calls"."over_at" IS NULL;--> statement-breakpoint
CREATE INDEX "line_calls_theirs" ON "line_calls" USING btree ("tenant_id","theirs","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "telephony_accounts_id" ON "telephony_accounts" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "telephony_accounts_active" ON "telephony_accounts" USING btree ("tenant_id") WHERE "telephony_accounts"."disabled_at" IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_inbox_identity" ON "webhook_inbox" USING btree ("tenant_id","account_id","identity");--> statement-breakpoint
CREATE INDEX "webhook_inbox_due" ON "webhook_inbox" USING btree ("due_at","id") WHERE "webhook_inbox"."done_at" IS NULL;--> statement-breakpoint
CREATE INDEX "webhook_inbox_done" ON "webhook_inbox" USING btree ("done_at");--> statement-breakpoint
SELECT ringside_protect('telephony_accounts'), ringside_protect('telephony_numbers'), ringside_protect('line_calls'),
  ringside_protect('call_legs'), ringside_protect('webhook_inbox'), ringside_protect('jobs');
