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

/**
 * A change of so many records at once is not somebody's edit but a sync or an import. Lists follow it at a pace
 * that people can read: a first sync of 50,000 leads would otherwise spend half of its time on showing itself.
 */
const floodRecords = 50;
const floodPaceMs = 500;

/** A run shorter than this is repeated at once; a longer one may take at most a quarter of the process's time. */
const cheapRunMs = 12;
const restFactor = 3;
const longestRestMs = 500;

/**
 * Answers a query now and whenever its answer changes. Runs never overlap: changes during a run lead to one more
 * run after it. Idle, a change is answered at once; under many changes runs are spaced by what they cost, and under
 * a flood of records (a first sync) by half a second.
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
        if (!(query.affects?.(change, input) ?? true)) return;
        if (change.records.length >= floodRecords) rerun.paced();
        else rerun.now();
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
): { now(): void; paced(): void; stop(): void } {
  let state: "idle" | "running" | "resting" | "stopped" = "idle";
  /** Wanted again before the run that goes on has ended. */
  let again: "no" | "paced" | "now" = "no";
  let cancelRest: (() => void) | null = null;
  let restingUntil = 0;
  let endedAt = Number.NEGATIVE_INFINITY;
  let restMs = 0;
  let last: { value: O } | null = null;
  const isStopped = () => state === "stopped";

  async function run(): Promise<void> {
    state = "running";
    cancelRest = null;
    const startedAt = clock.now();
    try {
      const value = await read();
      if (isStopped()) return;
      if (!last || !sameValue(last.value, value)) emit((last = { value }).value);
    } catch (error) {
      if (!isStopped()) fail(error);
    }
    settle(startedAt);
  }

  function settle(startedAt: number): void {
    if (isStopped()) return;
    endedAt = clock.now();
    const tookMs = endedAt - startedAt;
    restMs = tookMs < cheapRunMs ? 0 : Math.min(tookMs * restFactor, longestRestMs);
    const wanted = again;
    state = "idle";
    again = "no";
    if (wanted !== "no") ask(wanted);
  }

  function ask(how: "paced" | "now"): void {
    if (state === "running") again = how === "now" || again === "now" ? "now" : "paced";
    if (state === "running" || state === "stopped") return;
    // Of a clock that was set back nobody waits until it has come round again.
    endedAt = Math.min(endedAt, clock.now());
    const runAt = endedAt + (how === "now" ? restMs : Math.max(restMs, floodPaceMs));
    if (state === "resting" && runAt >= restingUntil) return;
    cancelRest?.();
    if (runAt <= clock.now()) return void run();
    state = "resting";
    restingUntil = runAt;
    cancelRest = timers.after(runAt - clock.now(), () => void run());
  }

  return {
    now: () => ask("now"),
    paced: () => ask("paced"),
    stop() {
      cancelRest?.();
      state = "stopped";
    },
  };
}
