CREATE TABLE "ai_own_models" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"allowed" boolean NOT NULL
);
--> statement-breakpoint
SELECT ringside_protect('ai_own_models');
--> statement-breakpoint
CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE ON ai_own_models
  FOR EACH ROW EXECUTE FUNCTION ringside_announce_ai();
