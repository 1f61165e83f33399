ALTER TABLE "ai_requests" ADD COLUMN "of_operator" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- What was asked so far: of models that are offered, and of those that somebody of another organisation has removed, which only the operator can be.
UPDATE "ai_requests" r SET "of_operator" = true
WHERE "model_id" = 'environment'
  OR EXISTS (SELECT FROM "ai_models" m WHERE m."tenant_id" = '' AND m."id" = r."model_id")
  OR EXISTS (SELECT FROM "audit_log" a WHERE a."action" = 'ai-model.remove' AND a."subject" = 'ai-models/' || r."model_id" AND a."tenant_id" <> r."tenant_id");
