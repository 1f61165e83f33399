import type { ModelProvider, ProviderAccess } from "../../ai/index.ts";
import { countTokens } from "../wire/count-tokens.ts";
import { failed } from "../wire/failure.ts";
import type { Way } from "../wire/plain-fetch.ts";
import { createBatches } from "./batches.ts";
import { openClient } from "./client.ts";
import { complete, stream } from "./messages.ts";

/** Anthropic's messages. It has neither embeddings nor pictures. */
export function createAnthropicProvider(access: ProviderAccess, through?: Way): ModelProvider {
  const client = openClient(access, through);
  return {
    kind: "anthropic",
    complete: (question) => complete(client, question),
    stream: (question) => stream(client, question),
    embed: () => Promise.resolve(failed("unsupported")),
    draw: () => Promise.resolve(failed("unsupported")),
    countTokens,
    batches: createBatches(client),
  };
}
