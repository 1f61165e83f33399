import type { Clock, Random } from "../../../shared/result/ports.ts";
import type { GuardLimits } from "./limits.ts";

/**
 * For how long work that nobody waits for leaves an account alone whose provider has too much to do and does not say
 * until when: each time that it says so again twice as long, until it answers somebody.
 */
export type BackOff = {
  /** In how many ms it may ask; 0 = now. Each is told another time, so that not all come at once. */
  waitMs(): number;
  /** @param askedMs when that was asked: what was asked before the pause began says nothing about it */
  refused(askedMs: number): void;
  answered(askedMs: number): void;
};

export function createBackOff(
  { clock, random }: { clock: Clock; random: Random },
  { firstMs, longestMs }: GuardLimits["backOff"],
): BackOff {
  let pauseMs = 0;
  let beganMs = Number.NEGATIVE_INFINITY;
  const endsMs = () => beganMs + pauseMs;
  return {
    waitMs() {
      const leftMs = endsMs() - clock.now();
      return leftMs > 0 ? leftMs + (random() * pauseMs) / 2 : 0;
    },
    refused(askedMs) {
      if (askedMs <= beganMs) return;
      pauseMs = pauseMs === 0 ? firstMs : Math.min(pauseMs * 2, longestMs);
      beganMs = clock.now();
    },
    answered(askedMs) {
      if (askedMs > beganMs) pauseMs = 0;
    },
  };
}
