CREATE TABLE "ai_batch_items" (
	"tenant_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"key" text NOT NULL,
	"request_id" text,
	"asked" text,
	"outcome" text,
	CONSTRAINT "ai_batch_items_tenant_id_batch_id_key_pk" PRIMARY KEY("tenant_id","batch_id","key")
);
--> statement-breakpoint
CREATE TABLE "ai_batches" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"work" text NOT NULL,
	"state" text DEFAULT 'gathering' NOT NULL,
	"model_id" text DEFAULT '' NOT NULL,
	"name" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "ai_batches_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "ai_requests" ADD COLUMN "held_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "ai_batch_items" ADD CONSTRAINT "ai_batch_items_tenant_id_batch_id_ai_batches_tenant_id_id_fk" FOREIGN KEY ("tenant_id","batch_id") REFERENCES "public"."ai_batches"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ai_batch_items_request" ON "ai_batch_items" USING btree ("tenant_id","request_id");--> statement-breakpoint
CREATE INDEX "ai_batch_items_key" ON "ai_batch_items" USING btree ("tenant_id","key");--> statement-breakpoint
CREATE INDEX "ai_batches_gathering" ON "ai_batches" USING btree ("tenant_id","work") WHERE "ai_batches"."state" = 'gathering';--> statement-breakpoint
CREATE INDEX "imported_recordings_call" ON "imported_recordings" USING btree ("tenant_id","call_id");--> statement-breakpoint
SELECT ringside_protect('ai_batches'), ringside_protect('ai_batch_items');
--> statement-breakpoint
-- As of lines of the bill: a request sees how far its organisation's batches are, and writes none.
REVOKE INSERT, UPDATE, DELETE ON ai_batches, ai_batch_items FROM ringside_app;
