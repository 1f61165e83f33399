import type { Price, Used } from "../parts-port.ts";

/** What tokens, sound and pictures cost, in billionths of a US dollar, rounded up. Prices are millionths of a dollar. */
export function costOf({ inputTokens, outputTokens, soundMs = 0, pictures = 0 }: Used, price: Price): number {
  const { input, output, minute = 0, picture = 0 } = price;
  const tokens = (inputTokens * input + outputTokens * output) / 1_000;
  return Math.ceil(tokens + (soundMs * minute) / 60 + pictures * picture * 1_000);
}

/**
 * How much more than we counted a question can be by a provider's own way of counting: tokens are of a byte at least, and
 * we count one for four bytes at most.
 */
const mostTimesOurs = 4;
/** What providers add of their own: borders, and the form of the answer. */
const slackTokens = 1_000;

/** The most that is ever billed of what is asked for with tokens: an answer ends where it was told to. */
export function mostUsed(estimate: Used): Used {
  const { inputTokens, outputTokens } = estimate;
  if (inputTokens + outputTokens === 0) return estimate;
  return { ...estimate, inputTokens: inputTokens * mostTimesOurs + slackTokens };
}

/**
 * What a provider says it used, within what was held back for it: it may bill by it, and budgets are kept by it.
 * `doubted`: it said something else. Sound and pictures are counted by us.
 */
export function boundUsage(said: Used | null, estimate: Used): { usage: Used; doubted: boolean } {
  if (said === null) return { usage: estimate, doubted: false };
  const most = mostUsed(estimate);
  const inputTokens = bound(said.inputTokens, most.inputTokens, estimate.inputTokens);
  const outputTokens = bound(said.outputTokens, most.outputTokens, estimate.outputTokens);
  const doubted = inputTokens !== said.inputTokens || outputTokens !== said.outputTokens;
  return { usage: { ...said, inputTokens, outputTokens }, doubted };
}

/** What is no count of anything is taken for what we expected. */
function bound(said: number, most: number, expected: number): number {
  return Number.isSafeInteger(said) && said >= 0 ? Math.min(said, most) : expected;
}
