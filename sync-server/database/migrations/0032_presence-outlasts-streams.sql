ALTER TABLE "devices" ADD COLUMN "left_presence" text;--> statement-breakpoint
ALTER TABLE "devices" ADD COLUMN "left_reason" text;--> statement-breakpoint
ALTER TABLE "devices" ADD COLUMN "left_since" timestamp (3) with time zone;