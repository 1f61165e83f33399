CREATE TABLE "do_not_call" (
	"tenant_id" text NOT NULL,
	"number" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"by_id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "do_not_call_tenant_id_number_pk" PRIMARY KEY("tenant_id","number")
);
--> statement-breakpoint
SELECT ringside_protect('do_not_call');
