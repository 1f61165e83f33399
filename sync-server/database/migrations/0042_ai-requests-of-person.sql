ALTER TABLE "ai_requests" ADD COLUMN "of_person" boolean DEFAULT false NOT NULL;--> statement-breakpoint
UPDATE ai_requests r SET of_person = true FROM ai_models m
  WHERE m.tenant_id = r.tenant_id AND m.id = r.model_id AND m.user_id IS NOT NULL AND r.source = 'model';
