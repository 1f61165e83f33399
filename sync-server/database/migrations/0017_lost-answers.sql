ALTER TABLE "line_calls" ALTER COLUMN "held" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "line_calls" ALTER COLUMN "recording" DROP NOT NULL;