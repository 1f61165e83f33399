import type { UserId } from "../entities/id.ts";
import type { CallState, Talk } from "./call.ts";

/** In ms on the call's clock, the end not in it; `toMs` Infinity = it has none yet. */
export type CallSpan = { fromMs: number; toMs: number };

/** A time in which one of us has the call, with all its holds and consultations. */
export type Shift = CallSpan & { agentId: UserId | null };

type Talked = { talks?: readonly Talk[]; endedAt: string | null };

/**
 * When agent and customer do not hear each other: on hold, while a colleague is asked, while the call waits for the next
 * of us. What is before their first word to each other is none.
 * @param zeroMs when the call's clock began, ms since the epoch
 */
export function apartOf({ talks = [], endedAt }: Talked, zeroMs: number): CallSpan[] {
  return talks.flatMap(({ to }, at) => {
    if (to === null) return [];
    const again = talks[at + 1]?.from ?? endedAt;
    const span = { fromMs: onClock(to, zeroMs), toMs: again === null ? Infinity : onClock(again, zeroMs) };
    return span.toMs > span.fromMs ? [span] : [];
  });
}

/** Who had the call when: one span after the other, from the call's beginning to its end. None where nobody kept it. */
export function shiftsOf({ talks = [] }: Pick<Talked, "talks">, zeroMs: number): Shift[] {
  const firsts = talks.filter(({ agentId }, at) => at === 0 || talks[at - 1]?.agentId !== agentId);
  return firsts.map(({ agentId, from }, at) => {
    const next = firsts[at + 1];
    return {
      agentId,
      fromMs: at === 0 ? 0 : onClock(from, zeroMs),
      toMs: next ? onClock(next.from, zeroMs) : Infinity,
    };
  });
}

/** Who of us had the call at that moment of it. */
export function holderAt(shifts: readonly Shift[], atMs: number): UserId | null {
  return shifts.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)?.agentId ?? null;
}

type Kept = Pick<CallState, "answeredAt" | "startedAt"> & { line: Pick<Talked, "talks"> | null };

/** The same by a call's record; null also where no line of ours told of it. */
export function holderIn(call: Kept, atMs: number): UserId | null {
  return call.line ? holderAt(shiftsOf(call.line, clockStartOf(call)), atMs) : null;
}

/** When the call's clock begins: its answer. */
export function clockStartOf({ answeredAt, startedAt }: Pick<CallState, "answeredAt" | "startedAt">): number {
  return Date.parse(answeredAt ?? startedAt);
}

function onClock(at: string, zeroMs: number): number {
  return Math.max(0, Date.parse(at) - zeroMs);
}
