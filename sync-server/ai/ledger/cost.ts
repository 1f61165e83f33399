import type { ModelRoute } from "../parts-port.ts";
import type { Usage } from "../provider-port.ts";

/** What tokens cost, in billionths of a US dollar, rounded up. Prices are millionths of a dollar for a million tokens. */
export function costOf({ inputTokens, outputTokens }: Usage, price: ModelRoute["price"]): number {
  return Math.ceil((inputTokens * price.input + outputTokens * price.output) / 1_000);
}

/** How much more than we counted a question can be by a provider's own way of counting. */
const mostTimesOurs = 4;
const slackTokens = 1_000;

/**
 * What a provider says it used, within what is possible: it may bill by it, and budgets are kept by it. `doubted`: it
 * said something else. An answer may be longer than was asked for by a little, never by much.
 */
export function boundUsage(
  said: Usage | null,
  estimate: Usage,
  contextTokens: number,
): { usage: Usage; doubted: boolean } {
  if (said === null) return { usage: estimate, doubted: false };
  const mostInput = Math.min(
    Math.max(contextTokens, estimate.inputTokens),
    estimate.inputTokens * mostTimesOurs + slackTokens,
  );
  const inputTokens = bound(said.inputTokens, mostInput, estimate.inputTokens);
  const outputTokens = bound(said.outputTokens, estimate.outputTokens + slackTokens, estimate.outputTokens);
  const doubted = inputTokens !== said.inputTokens || outputTokens !== said.outputTokens;
  return { usage: { inputTokens, outputTokens }, doubted };
}

/** What is no count of anything is taken for what we expected. */
function bound(said: number, most: number, expected: number): number {
  return Number.isSafeInteger(said) && said >= 0 ? Math.min(said, most) : expected;
}
