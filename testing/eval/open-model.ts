import { readConfig } from "../../sync-server/config.ts";
import type { Ai } from "../../sync-server/ai/index.ts";
import { createOpenAiProvider } from "../../sync-server/providers/openai/index.ts";
import { routeOf, stageGateway } from "../ai/stage-gateway.ts";

/** Who answers in an evaluation: the model of the settings (AI_BASE_URL, AI_MODEL, AI_API_KEY), else Ringside's rules. */
export function openModel(): { ai: Ai; name: string } {
  const { ai: access } = readConfig(process.env);
  if (access === null) return { ai: stageGateway([]).ai, name: "rules" };
  const provider = createOpenAiProvider({ kind: "compatible", ...access, apiVersion: null });
  const route = routeOf(provider, { label: access.model, wireName: access.model });
  return { ai: stageGateway([route, { ...route, role: "small" }]).ai, name: access.model };
}
