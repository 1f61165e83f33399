import type { Timers } from "../../../shared/result/ports.ts";
import { startMaintenance } from "../maintenance/index.ts";
import { afterFirstSync } from "./first-sync.ts";
import type { Desk } from "./open-desk.ts";

const forgetEveryMs = 10 * 60_000;

/** What nobody waits for: checkpoints, statistics, rows of records that are gone. */
export function startHousekeeping(
  desk: Desk,
  timers: Timers,
  onTrouble: (cause: unknown) => void,
): { stop(): Promise<void> } {
  const { database } = desk.replica;
  const maintenance = startMaintenance({
    pglite: database.pglite,
    isIdle: () => isIdle(desk),
    timers,
    onTrouble,
  });
  let running: Promise<unknown> = Promise.resolve();
  const follow = (work: Promise<unknown>) => {
    running = work.catch(onTrouble);
  };
  // The planner knows nothing of what a first sync has brought.
  const forgetFirstSync = desk.feed.isComplete()
    ? () => {}
    : afterFirstSync(desk, () => follow(maintenance.run({ force: true })));
  const forgetGone = (): (() => void) =>
    timers.after(forgetEveryMs, () => {
      if (isIdle(desk)) follow(database.forgetGone());
      cancelForget = forgetGone();
    });
  let cancelForget = forgetGone();
  return {
    async stop() {
      forgetFirstSync();
      cancelForget();
      await maintenance.stop();
      await running;
    },
  };
}

/** Nothing comes or goes, and no job runs. */
export function isIdle({ engine, jobs }: Pick<Desk, "engine" | "jobs">): boolean {
  const state = engine.state();
  const syncing = state.phase === "connected" && (state.pulling || state.push !== "none");
  return !syncing && jobs.list().every((job) => job.state !== "running");
}
