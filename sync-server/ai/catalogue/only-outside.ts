import { err } from "../../../shared/result/result.ts";
import type { ModelProvider, ProviderFailure } from "../provider-port.ts";

/**
 * A provider at an address that a tenant has named: it is asked only while that does not lead into the server's own
 * network, where nobody but the operator may send it. Judged before each question, as a name may say something else by
 * then; providers follow no redirects.
 */
export function createOnlyOutside(
  provider: ModelProvider,
  leadsInside: () => Promise<boolean>,
): ModelProvider {
  return {
    ...provider,
    complete: async (question) => ((await leadsInside()) ? err(refused) : provider.complete(question)),
    async *stream(question) {
      if (await leadsInside()) yield { kind: "end", result: err(refused) };
      else yield* provider.stream(question);
    },
    embed: async (question) => ((await leadsInside()) ? err(refused) : provider.embed(question)),
    draw: async (question) => ((await leadsInside()) ? err(refused) : provider.draw(question)),
    // Nobody waits for a batch: what has no need of one does without.
    batches: null,
  };
}

const refused: ProviderFailure = {
  code: "unreachable",
  message: "This address leads into the server's own network.",
  retryAfterMs: null,
  usage: null,
};
