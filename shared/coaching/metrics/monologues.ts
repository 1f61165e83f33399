import type { Tally } from "./tally.ts";

type Longest = { agent: number; customer: number };

/**
 * `longestMonologueMs` (agent), `longestCustomerMs` = longest stretch of one turn from its first word to its last, the
 * other's backchannels and pauses under 5 s within it, no hold (ms; "only one speaks", as Zoom).
 */
export const monologues: Tally<Longest> = {
  start: { agent: 0, customer: 0 },
  step: (longest, { turns: { holder, sinceMs, untilMs } }) => {
    if (holder === null || untilMs - sinceMs <= longest[holder]) return longest;
    return { ...longest, [holder]: untilMs - sinceMs };
  },
  read: ({ agent, customer }) => ({ longestMonologueMs: agent, longestCustomerMs: customer }),
};
