/**
 * Times in which agent and customer do not hear each other (a hold, a consultation), in ms on the call's clock: in order,
 * none over another; `toMs` Infinity = it goes on.
 */
export type Apart = readonly { readonly fromMs: number; readonly toMs: number }[];

export const neverApart: Apart = [];

type Quiet = { atMs: number; endMs: number };

/** What of a time they do hear each other in, in order. */
export function togetherIn(apart: Apart, fromMs: number, toMs: number): Quiet[] {
  if (!meetsApart(apart, fromMs, toMs)) return toMs > fromMs ? [{ atMs: fromMs, endMs: toMs }] : [];
  const parts: Quiet[] = [];
  let atMs = fromMs;
  for (const span of apart) {
    if (span.fromMs >= toMs) break;
    if (span.fromMs > atMs) parts.push({ atMs, endMs: span.fromMs });
    atMs = Math.max(atMs, span.toMs);
  }
  if (atMs < toMs) parts.push({ atMs, endMs: toMs });
  return parts;
}

/** How much of a time they hear each other, in ms. */
export function togetherMs(apart: Apart, fromMs: number, toMs: number): number {
  return togetherIn(apart, fromMs, toMs).reduce((sum, { atMs, endMs }) => sum + endMs - atMs, 0);
}

/** Looked at from the end, where nearly all is said. */
export function meetsApart(apart: Apart, fromMs: number, toMs: number): boolean {
  const last = apart.findLast((span) => span.fromMs < toMs);
  return last !== undefined && last.toMs > fromMs;
}

/** Since when they hear each other again, as of `nowMs`; null = they do not. 0 = they always have. */
export function togetherSince(apart: Apart, nowMs: number): number | null {
  const last = apart.findLast(({ fromMs }) => fromMs <= nowMs);
  if (last === undefined) return 0;
  return last.toMs <= nowMs ? last.toMs : null;
}
