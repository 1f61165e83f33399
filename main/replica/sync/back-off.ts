import type { Random } from "../../../shared/result/ports.ts";

const firstMs = 500;
const longestMs = 60_000;

/**
 * How long to wait after so many failures in a row: anything up to a doubling limit ("full jitter"), so that a
 * thousand desks that lost one server do not come back together. Never so short that failing becomes a loop.
 *
 * @param failures 1 after the first
 * @param atLeastMs what the server asked for, if it did
 */
export function backOffMs(failures: number, random: Random, atLeastMs = 0): number {
  const limitMs = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 20));
  return Math.max(atLeastMs, 100 + Math.round(random() * limitMs));
}
