CREATE TABLE "bots" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"public_id" text NOT NULL,
	"config" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"archived" boolean DEFAULT false NOT NULL,
	CONSTRAINT "bots_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "chat_events" (
	"tenant_id" text NOT NULL,
	"chat_id" text NOT NULL,
	"seq" integer NOT NULL,
	"id" text NOT NULL,
	"event" jsonb NOT NULL,
	CONSTRAINT "chat_events_tenant_id_chat_id_seq_pk" PRIMARY KEY("tenant_id","chat_id","seq")
);
--> statement-breakpoint
CREATE TABLE "chats" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"bot_id" text NOT NULL,
	"token_hash" text NOT NULL,
	"seq" integer DEFAULT 0 NOT NULL,
	"phase" text DEFAULT 'bot' NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "chats_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "bots_public_id" ON "bots" USING btree ("public_id");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_events_id" ON "chat_events" USING btree ("tenant_id","chat_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "chats_token" ON "chats" USING btree ("tenant_id","token_hash");--> statement-breakpoint
CREATE INDEX "chats_opened" ON "chats" USING btree ("tenant_id","opened_at");--> statement-breakpoint
CREATE INDEX "chats_open" ON "chats" USING btree ("phase","last_at");
--> statement-breakpoint
SELECT ringside_protect('bots'), ringside_protect('chats'), ringside_protect('chat_events');
--> statement-breakpoint
-- What was said stays said.
REVOKE UPDATE, DELETE ON chat_events FROM ringside_app;
