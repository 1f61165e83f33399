import type { CallMetrics } from "../../../shared/coaching/metrics/catalogue.ts";

/** How much the agent had said by some moment of the call. */
type Spoken = { atMs: number; agentMs: number; words: number };

const windowMs = 30_000;
/** Less speech than that says nothing about pace. */
const leastSpeechMs = 8_000;
const minuteMs = 60_000;

/**
 * The agent's pace over the last half minute of the call: how fast somebody speaks now, where `paceWpm` of the call
 * only says how fast they were on the whole.
 */
export function createRecentPace(): {
  /** @returns words a minute of the agent's own speech, as `paceWpm`; null while they have said too little */
  read(atMs: number, metrics: Pick<CallMetrics, "agentMs" | "paceWpm">): number | null;
} {
  const before: Spoken[] = [];
  return {
    read(atMs, { agentMs = 0, paceWpm }) {
      // Who has begun to speak has no pace yet: taken for no words, these would be missing from the half minute before.
      if (paceWpm === undefined && agentMs > 0) return null;
      const now = { atMs, agentMs, words: ((paceWpm ?? 0) * agentMs) / minuteMs };
      before.push(now);
      while (before.length > 1 && (before[1]?.atMs ?? atMs) <= atMs - windowMs) before.shift();
      const [start = now] = before;
      const spokeMs = now.agentMs - start.agentMs;
      if (spokeMs < leastSpeechMs) return null;
      return Math.round(((now.words - start.words) * minuteMs) / spokeMs);
    },
  };
}
