import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { AnyQuery, OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import { systemClock, systemTimers, type Clock, type Timers } from "../../../shared/result/ports.ts";
import { sameValue } from "../../../shared/sync/fields.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { Reads, RecordsChanged } from "../replica.ts";

export type LiveQuery<I, O> = {
  /** A change in any of these may change the answer. */
  dependsOn: readonly CollectionName[];
  /** Says that a change cannot matter to this input; without it every change of `dependsOn` counts. */
  affects?: (change: RecordsChanged, input: I) => boolean;
  /** Further reasons to look again, such as midnight or a finished index. */
  alsoOn?: (rerun: () => void, input: I) => () => void;
  read: (input: I) => Promise<O> | O;
};

export type LivePorts = { reads: Pick<Reads, "onChange">; clock?: Clock; timers?: Timers };

/** A run shorter than this is repeated at once; a longer one may take at most a quarter of the process's time. */
const cheapRunMs = 12;
const restFactor = 3;
const longestRestMs = 500;

/**
 * Answers a query now and whenever its answer changes. Runs never overlap: changes during a run lead to one more
 * run after it. Idle, a change is answered at once; under a flood of changes (a first sync) runs are spaced by
 * what they cost.
 */
export function liveQuery<Q extends AnyQuery>(
  { reads, clock = systemClock, timers = systemTimers }: LivePorts,
  query: LiveQuery<ParsedInputOf<Q>, OutputOf<Q>>,
): QueryHandler<Q> {
  return (input, emit, fail) => {
    const rerun = createRunner(
      clock,
      timers,
      () => query.read(input),
      emit,
      (error) => fail({ code: "internal", message: "This list could not be read.", details: String(error) }),
    );
    const stops = [
      reads.onChange((change) => {
        if (!query.dependsOn.includes(change.collection)) return;
        if (query.affects?.(change, input) ?? true) rerun.now();
      }),
      query.alsoOn?.(rerun.now, input),
    ];
    rerun.now();
    return () => {
      rerun.stop();
      for (const stop of stops) stop?.();
    };
  };
}

function createRunner<O>(
  clock: Clock,
  timers: Timers,
  read: () => Promise<O> | O,
  emit: (value: O) => void,
  fail: (error: unknown) => void,
): { now(): void; stop(): void } {
  let state: "idle" | "running" | "running-stale" | "resting" | "stopped" = "idle";
  let cancelRest: (() => void) | null = null;
  let restUntil = 0;
  let last: { value: O } | null = null;
  const isStopped = () => state === "stopped";

  async function run(): Promise<void> {
    state = "running";
    const startedAt = clock.now();
    try {
      const value = await read();
      if (isStopped()) return;
      if (!last || !sameValue(last.value, value)) emit((last = { value }).value);
    } catch (error) {
      if (!isStopped()) fail(error);
    }
    settle(clock.now() - startedAt);
  }

  function settle(tookMs: number): void {
    if (isStopped()) return;
    restUntil = clock.now() + (tookMs < cheapRunMs ? 0 : Math.min(tookMs * restFactor, longestRestMs));
    const stale = state === "running-stale";
    state = "idle";
    if (stale) now();
  }

  function now(): void {
    if (state === "running") state = "running-stale";
    if (state !== "idle") return;
    const restMs = restUntil - clock.now();
    if (restMs <= 0) return void run();
    state = "resting";
    cancelRest = timers.after(restMs, () => void run());
  }

  return {
    now,
    stop() {
      cancelRest?.();
      state = "stopped";
    },
  };
}
