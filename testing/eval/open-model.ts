import { z } from "zod";
import { ProviderKind } from "../../shared/ai/vocabulary.ts";
import { reasoningByName } from "../../shared/ai/reasoning.ts";
import type { Ai } from "../../sync-server/ai/index.ts";
import { readConfig } from "../../sync-server/config.ts";
import { providerOf } from "../../sync-server/providers/model-provider.ts";
import { routeOf, stageGateway } from "../ai/stage-gateway.ts";

/** Whose wire form the model's address speaks, and which version of Azure's; the server's own settings know none. */
const Spoken = z.object({
  AI_PROVIDER: z.union([z.literal(""), ProviderKind.exclude(["rules"])]).default(""),
  AI_API_VERSION: z.string().default(""),
});

/**
 * Who answers in an evaluation: the model of the settings (AI_BASE_URL, AI_MODEL, AI_API_KEY), else Ringside's rules.
 * Without AI_PROVIDER the address says what is spoken there, as for the server.
 * @throws where AI_PROVIDER is none
 */
export function openModel(environment: NodeJS.ProcessEnv = process.env): { ai: Ai; name: string } {
  const { ai: access } = readConfig(environment);
  if (access === null) return { ai: stageGateway([]).ai, name: "rules" };
  const { AI_PROVIDER: named, AI_API_VERSION: apiVersion } = Spoken.parse(environment);
  const { baseUrl, apiKey, model } = access;
  const kind = named || (new URL(baseUrl).hostname === "api.openai.com" ? "openai" : "compatible");
  const provider = providerOf({ kind, baseUrl, apiKey, apiVersion: apiVersion || null });
  const reasoning = reasoningByName({ kind, wireName: model });
  const route = routeOf(provider, { label: model, wireName: model, reasoning });
  return { ai: stageGateway([route, { ...route, role: "small" }]).ai, name: model };
}
