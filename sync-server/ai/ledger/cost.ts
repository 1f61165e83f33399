import type { Price, Used } from "../parts-port.ts";

/** What tokens, sound and pictures cost, in billionths of a US dollar, rounded up. Prices are millionths of a dollar. */
export function costOf({ inputTokens, outputTokens, soundMs = 0, pictures = 0 }: Used, price: Price): number {
  const { input, output, minute = 0, picture = 0 } = price;
  const tokens = (inputTokens * input + outputTokens * output) / 1_000;
  return Math.ceil(tokens + (soundMs * minute) / 60 + pictures * picture * 1_000);
}

/** How much more than we counted a question can be by a provider's own way of counting. */
const mostTimesOurs = 4;
const slackTokens = 1_000;

/**
 * What a provider says it used, within what is possible: it may bill by it, and budgets are kept by it. `doubted`: it
 * said something else. An answer may be longer than was asked for by a little, never by much. Sound and pictures are
 * counted by us.
 */
export function boundUsage(
  said: Used | null,
  estimate: Used,
  contextTokens: number,
): { usage: Used; doubted: boolean } {
  if (said === null) return { usage: estimate, doubted: false };
  const mostInput = Math.min(
    Math.max(contextTokens, estimate.inputTokens),
    estimate.inputTokens * mostTimesOurs + slackTokens,
  );
  const inputTokens = bound(said.inputTokens, mostInput, estimate.inputTokens);
  const outputTokens = bound(said.outputTokens, estimate.outputTokens + slackTokens, estimate.outputTokens);
  const doubted = inputTokens !== said.inputTokens || outputTokens !== said.outputTokens;
  return { usage: { ...said, inputTokens, outputTokens }, doubted };
}

/** What is no count of anything is taken for what we expected. */
function bound(said: number, most: number, expected: number): number {
  return Number.isSafeInteger(said) && said >= 0 ? Math.min(said, most) : expected;
}
