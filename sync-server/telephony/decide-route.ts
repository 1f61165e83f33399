export type QueueRules = {
  /** One desk rings for so long before the next one does. */
  ringMs: number;
  /** After so long nobody is looked for any more. */
  longestWaitMs: number;
};

/** Somebody who may take calls of the queue. */
export type Candidate = {
  userId: string;
  /** Present, and nothing keeps this call from ringing there. */
  free: boolean;
  /** At a desk at all, whatever they are doing. */
  present: boolean;
  /** Since when they had nothing to do and no call rang there, ms since the epoch. */
  idleSince: number;
  /** Let the last call ring that came to them, and has not shown since then that anybody is there. */
  missed: boolean;
};

export type Waiting = {
  since: number;
  /** Whose desks ring for this call, and since when. */
  ringing: readonly { userId: string; since: number }[];
  /** Who was rung for it and did not take it. */
  tried: ReadonlySet<string>;
  /** The same of each caller who has waited longer in this queue and rings nobody at this moment, longest first. */
  before: readonly ReadonlySet<string>[];
};

export type RouteDecision =
  | { do: "ring"; userIds: readonly string[]; thenAt: number }
  /** These have rung long enough; the next one's turn comes when they stop. */
  | { do: "stop-ringing"; userIds: readonly string[] }
  | { do: "wait"; until: number }
  /** Those who are free are left to callers who have waited longer. */
  | { do: "let-pass"; until: number }
  | { do: "overflow" };

/** Whether somebody has become free is looked at this often, beside being told. */
const lookEveryMs = 1_000;

/**
 * What becomes of a caller who waits: the desk of whoever has been idle for longest rings, then the next one's. Who let
 * the last call ring stands at the end: one person who went away would keep every caller waiting. Whoever has waited
 * longer comes first, as callers are told. Pure.
 *
 * @param candidates everybody of the queue; empty where nobody belongs to it
 * @returns in `ring`, in the order in which to try: another call may have taken the first one meanwhile
 */
export function decideRoute(
  waiting: Waiting,
  candidates: readonly Candidate[],
  { ringMs, longestWaitMs }: QueueRules,
  now: number,
): RouteDecision {
  const late = waiting.ringing.filter(({ since }) => now >= since + ringMs);
  if (late.length > 0) return { do: "stop-ringing", userIds: late.map(({ userId }) => userId) };
  if (waiting.ringing.length > 0)
    return { do: "wait", until: Math.min(...waiting.ringing.map(({ since }) => since + ringMs)) };
  const untried = candidates.filter(({ userId }) => !waiting.tried.has(userId));
  const nobodyThere = !untried.some(({ present }) => present);
  if (nobodyThere || now >= waiting.since + longestWaitMs) return { do: "overflow" };
  const free = untried.filter((one) => one.free).toSorted(inTurn);
  if (free.length === 0)
    return { do: "wait", until: Math.min(now + lookEveryMs, waiting.since + longestWaitMs) };
  const left = waiting.before.reduce(
    takeFirst,
    free.map(({ userId }) => userId),
  );
  if (left.length === 0)
    return { do: "let-pass", until: Math.min(now + lookEveryMs, waiting.since + longestWaitMs) };
  return { do: "ring", userIds: left, thenAt: now + ringMs };
}

/** One of them is for a caller who has been rung for at none of those before. */
function takeFirst(userIds: readonly string[], tried: ReadonlySet<string>): string[] {
  const first = userIds.find((userId) => !tried.has(userId));
  return userIds.filter((userId) => userId !== first);
}

function inTurn(a: Candidate, b: Candidate): number {
  if (a.missed !== b.missed) return a.missed ? 1 : -1;
  return a.idleSince - b.idleSince || (a.userId < b.userId ? -1 : 1);
}
