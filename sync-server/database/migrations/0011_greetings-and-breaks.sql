ALTER TABLE "presence" ADD COLUMN "reason" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "line_calls" ADD COLUMN "greeting" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "line_calls" ADD COLUMN "picked_up_by" text DEFAULT 'unasked' NOT NULL;