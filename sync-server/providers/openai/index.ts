import type { ModelProvider, ProviderAccess } from "../../ai/index.ts";
import { countTokens } from "../wire/count-tokens.ts";
import type { Way } from "../wire/plain-fetch.ts";
import { createBatches } from "./batches.ts";
import { openClient } from "./client.ts";
import { complete, stream } from "./chat.ts";
import { draw } from "./draw.ts";
import { embed } from "./embed.ts";

/** OpenAI, Azure OpenAI, and the many servers that speak their form; which of them, `access.kind` says. */
export function createOpenAiProvider(access: ProviderAccess, through?: Way): ModelProvider {
  const { kind, apiVersion } = access;
  const wire = { client: openClient(access, through), kind, apiVersion };
  return {
    kind,
    complete: (question) => complete(wire, question),
    stream: (question) => stream(wire, question),
    embed: (question) => embed(wire, question),
    draw: (question) => draw(wire, question),
    countTokens,
    // Azure's are deployments of their own kind, which a catalogue of models does not know.
    batches: kind === "azure" ? null : createBatches(wire),
  };
}
