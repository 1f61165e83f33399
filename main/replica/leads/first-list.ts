import type { Timers } from "../../../shared/result/ports.ts";

/** What people look at when they open the desk; whatever reads every lead at the start lets it go first. */
export type FirstList = {
  /** To be called with each answer of a list. */
  answered(): void;
  /** Resolves when the first list has been answered, or soon after the first call where nobody asks for one. */
  letGoFirst(): Promise<void>;
  close(): void;
};

const longestWaitMs = 300;

export function createFirstList(timers: Timers): FirstList {
  const first = Promise.withResolvers<void>();
  let cancelWait: (() => void) | null = null;
  return {
    answered: first.resolve,
    letGoFirst() {
      cancelWait ??= timers.after(longestWaitMs, first.resolve);
      return first.promise;
    },
    close: () => cancelWait?.(),
  };
}
