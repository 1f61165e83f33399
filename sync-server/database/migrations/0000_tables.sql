CREATE TABLE "audit_log" (
	"tenant_id" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"details" jsonb DEFAULT '{}' NOT NULL,
	"ip" text,
	CONSTRAINT "audit_log_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"platform" text DEFAULT '' NOT NULL,
	"app_version" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"wipe_requested_at" timestamp (3) with time zone,
	"wiped_at" timestamp (3) with time zone,
	CONSTRAINT "devices_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "edits" (
	"tenant_id" text NOT NULL,
	"edit_id" text NOT NULL,
	"device_id" text NOT NULL,
	"outcome" jsonb NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "edits_tenant_id_edit_id_pk" PRIMARY KEY("tenant_id","edit_id")
);
--> statement-breakpoint
CREATE TABLE "presence" (
	"tenant_id" text NOT NULL,
	"device_id" text NOT NULL,
	"user_id" text NOT NULL,
	"presence" text NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"node_id" text NOT NULL,
	CONSTRAINT "presence_tenant_id_device_id_pk" PRIMARY KEY("tenant_id","device_id")
);
--> statement-breakpoint
CREATE TABLE "server_facts" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"suspended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "activities" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "activities_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "appointments" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "appointments_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "calls_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "deals" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "deals_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "insights" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "insights_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "leads_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "listings" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "listings_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "messages_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "recommendations" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "recommendations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "segments" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "segments_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "settings_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "tasks_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"doc" jsonb NOT NULL,
	"rev" integer NOT NULL,
	"deleted" boolean DEFAULT false NOT NULL,
	"audience" text[] NOT NULL,
	"former" text[] DEFAULT '{}' NOT NULL,
	"touched" jsonb NOT NULL,
	"parent_id" text,
	"xid" "xid8" DEFAULT '0' NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "tickets_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE INDEX "devices_user" ON "devices" USING btree ("tenant_id","user_id");--> statement-breakpoint
CREATE INDEX "edits_device" ON "edits" USING btree ("tenant_id","device_id");--> statement-breakpoint
CREATE INDEX "edits_at" ON "edits" USING btree ("at");--> statement-breakpoint
CREATE INDEX "activities_feed" ON "activities" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "activities_parent" ON "activities" USING btree ("tenant_id","parent_id") WHERE "activities"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "appointments_feed" ON "appointments" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "appointments_parent" ON "appointments" USING btree ("tenant_id","parent_id") WHERE "appointments"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "calls_feed" ON "calls" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "calls_parent" ON "calls" USING btree ("tenant_id","parent_id") WHERE "calls"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "deals_feed" ON "deals" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "deals_parent" ON "deals" USING btree ("tenant_id","parent_id") WHERE "deals"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "insights_feed" ON "insights" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "insights_parent" ON "insights" USING btree ("tenant_id","parent_id") WHERE "insights"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "leads_feed" ON "leads" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "leads_parent" ON "leads" USING btree ("tenant_id","parent_id") WHERE "leads"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "listings_feed" ON "listings" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "listings_parent" ON "listings" USING btree ("tenant_id","parent_id") WHERE "listings"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "messages_feed" ON "messages" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "messages_parent" ON "messages" USING btree ("tenant_id","parent_id") WHERE "messages"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "recommendations_feed" ON "recommendations" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "recommendations_parent" ON "recommendations" USING btree ("tenant_id","parent_id") WHERE "recommendations"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "segments_feed" ON "segments" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "segments_parent" ON "segments" USING btree ("tenant_id","parent_id") WHERE "segments"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "settings_feed" ON "settings" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "settings_parent" ON "settings" USING btree ("tenant_id","parent_id") WHERE "settings"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "tasks_feed" ON "tasks" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "tasks_parent" ON "tasks" USING btree ("tenant_id","parent_id") WHERE "tasks"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "tickets_feed" ON "tickets" USING btree ("tenant_id","xid","seq");--> statement-breakpoint
CREATE INDEX "tickets_parent" ON "tickets" USING btree ("tenant_id","parent_id") WHERE "tickets"."parent_id" IS NOT NULL;