/** What may be asked of one account with a provider, by one process. */
export type GuardLimits = {
  mostAtOnce: number;
  /** The share of places, and of a minute's requests, that work which nobody waits for may take. */
  backgroundShare: number;
  /** Of people, and of work which nobody waits for; a tenant's share of each is half. */
  mostWaiting: number;
  requestsPerMinute: number;
  tenantRequestsPerMinute: number;
  /** For how long in all somebody who waits is kept waiting for rates and `Retry-After`; others wait as long as they may. */
  patienceMs: number;
  /**
   * Pauses of work that nobody waits for, of an account with too much to do that does not say until when; each is twice as
   * long as the one before. What is refused so often is given back to whoever asked.
   */
  backOff: { firstMs: number; longestMs: number; mostTries: number };
  breaker: {
    /** Opens when more than half of this many failed, of the last so many. */
    outOf: number;
    atLeast: number;
    /** Then one question tries again. */
    halfOpenAfterMs: number;
  };
};

/**
 * Above what the smallest paid accounts with providers allow, since these say 429 by themselves; so that one account
 * carries the 200 streams at once that a server is to bear.
 */
export const defaultLimits: GuardLimits = {
  mostAtOnce: 256,
  backgroundShare: 0.5,
  mostWaiting: 1_000,
  requestsPerMinute: 6_000,
  tenantRequestsPerMinute: 3_000,
  patienceMs: 3_000,
  backOff: { firstMs: 1_000, longestMs: 60_000, mostTries: 6 },
  breaker: { outOf: 20, atLeast: 5, halfOpenAfterMs: 10_000 },
};
