import PQueue, { type RunFunction } from "p-queue";
import type { TaskTraits } from "../port.ts";
import { FairLine, type Place } from "./fair-line.ts";
import type { GuardLimits } from "./limits.ts";

export type Turn = { tenantId: string; priority: TaskTraits["priority"]; signal: AbortSignal };

const rank = { live: 2, waiting: 1, background: 0 };

/** The places of one account: who has one, and who waits for one. */
export type Lane = {
  /**
   * Runs `work` when there is a place for it.
   * @returns null when `turn.signal` ended the waiting: it was not run
   */
  run<T>(turn: Turn, work: () => Promise<T>): Promise<T | null>;
  /** Whether somebody waits, or would have to soon. */
  isFull(): boolean;
};

export function createLane({ mostAtOnce, backgroundShare }: GuardLimits): Lane {
  const places = createPlaces(mostAtOnce);
  // What nobody waits for passes through a smaller door first, so that it never holds every place.
  const door = createPlaces(Math.max(1, Math.floor(mostAtOnce * backgroundShare)));
  const nearlyAll = mostAtOnce * 0.8;
  return {
    async run(turn, work) {
      const { leave, started } = leavingOf(turn.signal);
      const begin = () => {
        started();
        return work();
      };
      const place: Place = { priority: rank[turn.priority], tenantId: turn.tenantId, signal: leave };
      const enter = () => places.add(begin, place);
      const done = turn.priority === "background" ? door.add(enter, place) : enter();
      try {
        return await done;
      } catch (error) {
        if (leave.aborted) return null;
        throw error;
      } finally {
        started();
      }
    },
    isFull: () => places.size > 0 || places.pending >= nearlyAll,
  };
}

function createPlaces(concurrency: number): PQueue<FairLine<RunFunction>, Place> {
  return new PQueue({ concurrency, queueClass: FairLine<RunFunction> });
}

/**
 * Leaves the line with `signal`, but no longer once the work has begun: the queue would give its place away while it
 * still runs, and what it says about its bill would be lost.
 */
function leavingOf(signal: AbortSignal): { leave: AbortSignal; started: () => void } {
  const leaving = new AbortController();
  const abort = () => leaving.abort(signal.reason);
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  return { leave: leaving.signal, started: () => signal.removeEventListener("abort", abort) };
}
