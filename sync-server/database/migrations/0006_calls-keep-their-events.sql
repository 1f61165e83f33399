CREATE TABLE "call_events" (
	"tenant_id" text NOT NULL,
	"call_id" text NOT NULL,
	"identity" text NOT NULL,
	"event" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "call_events_tenant_id_call_id_identity_pk" PRIMARY KEY("tenant_id","call_id","identity")
);
--> statement-breakpoint
SELECT ringside_protect('call_events');
