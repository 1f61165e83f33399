ALTER TABLE "ai_models" ADD COLUMN "reasoning_tokens" integer;--> statement-breakpoint
ALTER TABLE "ai_models" ADD COLUMN "reasoning_effort" text;