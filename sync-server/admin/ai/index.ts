import type { Routes } from "../route.ts";
import { addAiAccountRoutes } from "./accounts.ts";
import { addApprovalRoutes } from "./approvals.ts";
import { addLetterRuleRoutes } from "./letter-rules.ts";
import { addConversionRoute } from "./conversion.ts";
import { addAiLimitRoutes } from "./limits.ts";
import { addAiModelRoutes } from "./models.ts";
import { addOfferedRoutes } from "./offered.ts";
import { addOwnModelRoutes } from "./own-models.ts";
import { addPromptRoutes } from "./prompts.ts";
import { addAiRequestRoutes } from "./requests.ts";
import { addRetentionRoutes } from "./retention.ts";
import { addSoundPriceRoutes } from "./sound-prices.ts";
import { addAiUsageRoutes } from "./usage.ts";

/** The admins' and the operator's side of the AI gateway (docs/intelligence.md). */
export function addAiRoutes(routes: Routes): void {
  addAiAccountRoutes(routes);
  addAiModelRoutes(routes);
  addSoundPriceRoutes(routes);
  addOfferedRoutes(routes);
  addOwnModelRoutes(routes);
  addAiLimitRoutes(routes);
  addAiUsageRoutes(routes);
  addAiRequestRoutes(routes);
  addRetentionRoutes(routes);
  addPromptRoutes(routes);
  addLetterRuleRoutes(routes);
  addApprovalRoutes(routes);
  addConversionRoute(routes);
}
