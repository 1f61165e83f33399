import { noReasoning } from "../../shared/ai/reasoning.ts";
import type { Attempt } from "../../sync-server/ai/parts-port.ts";
import type { ModelProvider } from "../../sync-server/ai/provider-port.ts";

const unasked = () => Promise.reject(new Error("nobody asks this provider"));

/** A provider that stands in a route and is never asked. */
export const unaskedProvider: ModelProvider = {
  kind: "compatible",
  complete: unasked,
  stream: () => {
    throw new Error("nobody asks this provider");
  },
  embed: unasked,
  draw: unasked,
  countTokens: () => 0,
  batches: null,
};

type Given = Partial<Omit<Attempt, "route">> & { route?: Partial<Attempt["route"]> };

/** An attempt that costs a thousandth of a dollar at most: 500 tokens in, 500 out, at a dollar for a million. */
export function sampleAttempt({ route, ...given }: Given = {}): Attempt {
  return {
    tenantId: "north",
    userId: "ana",
    feature: "writing",
    task: "writing.mail",
    promptVersion: 1,
    estimate: { inputTokens: 500, outputTokens: 500 },
    hidden: 2,
    ...given,
    route: {
      ...{ modelId: "big", label: "Big", role: "large", provider: unaskedProvider, account: "/a" },
      ...{
        wireName: "big-1",
        contextTokens: 100_000,
        maxOutputTokens: 4_000,
        reasoning: noReasoning,
        systemMessage: "",
      },
      price: { input: 1_000_000, output: 1_000_000 },
      ...route,
    },
  };
}
