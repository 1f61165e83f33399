import type { Usage } from "../../ai/index.ts";

/** @returns null unless both are numbers that a count can be: what lies about its bill is billed by our estimate */
export function usageOf(inputTokens: unknown, outputTokens: unknown): Usage | null {
  return isCount(inputTokens) && isCount(outputTokens) ? { inputTokens, outputTokens } : null;
}

/** No model reads or writes a thousand million tokens at once. */
const mostTokens = 1e9;

export function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= mostTokens;
}
