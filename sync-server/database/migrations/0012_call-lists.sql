CREATE TABLE "call_list_entries" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"list_key" text NOT NULL,
	"lead_id" text NOT NULL,
	"priority" integer NOT NULL,
	"state" text NOT NULL,
	"not_before" timestamp (3) with time zone,
	"because" text NOT NULL,
	"agent_id" text,
	"reserved_until" timestamp (3) with time zone,
	"call_id" text,
	"done_why" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_outcome" text,
	"last_at" timestamp (3) with time zone,
	"last_call_id" text,
	"added_by" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "call_list_entries_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "call_list_entries_lead" ON "call_list_entries" USING btree ("tenant_id","list_key","lead_id");--> statement-breakpoint
CREATE UNIQUE INDEX "call_list_entries_one_agent" ON "call_list_entries" USING btree ("tenant_id","lead_id") WHERE "call_list_entries"."state" IN ('reserved', 'calling');--> statement-breakpoint
CREATE INDEX "call_list_entries_next" ON "call_list_entries" USING btree ("tenant_id","list_key","priority" DESC NULLS LAST,"added_at") WHERE "call_list_entries"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "call_list_entries_call" ON "call_list_entries" USING btree ("tenant_id","call_id") WHERE "call_list_entries"."state" = 'calling';
--> statement-breakpoint
SELECT ringside_protect('call_list_entries');
