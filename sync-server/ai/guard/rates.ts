import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { GuardLimits } from "./limits.ts";
import type { Turn } from "./lane.ts";

/** Requests by the minute, of an account and of each tenant that uses it. */
export type Rates = {
  /** Counts a request. @returns 0 = it may go; else in how many ms it may ask again */
  take(account: string, turn: Pick<Turn, "tenantId" | "priority">): Promise<number>;
};

export function createRates(limits: GuardLimits): Rates {
  const ofTenant = limiterOf(limits.tenantRequestsPerMinute);
  // The rest of a minute is for those who wait.
  const ofBackground = limiterOf(Math.max(1, Math.floor(limits.requestsPerMinute * limits.backgroundShare)));
  const ofAccount = limiterOf(limits.requestsPerMinute);
  return {
    async take(account, { tenantId, priority }) {
      return (
        (await consume(ofTenant, JSON.stringify([account, tenantId]))) ||
        (priority === "background" && (await consume(ofBackground, account))) ||
        consume(ofAccount, account)
      );
    },
  };
}

function limiterOf(points: number): RateLimiterMemory {
  return new RateLimiterMemory({ points, duration: 60 });
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refused) {
    // The library rejects with when it would not.
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, refused.msBeforeNext);
  }
}
