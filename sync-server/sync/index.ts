import type { FastifyInstance } from "fastify";
import type { Registry } from "prom-client";
import type { Clock, Timers } from "../../shared/result/ports.ts";
import { readFeedEpoch, type Database } from "../database/index.ts";
import type { Identify } from "../http/index.ts";
import { createSyncMetrics } from "./metrics.ts";
import { addSyncRoutes } from "./routes.ts";
import { startHub } from "./stream/hub.ts";
import type { SaidChannel } from "./stream/said.ts";
import { addStreamRoute } from "./stream/route.ts";

// The door of sync.
export { removeRecords, saveRecords, type GivenRecord } from "./save-records.ts";
export { givenJob, lockCall, takeCallEvents } from "./call-log.ts";
export { LostRace } from "./write-rows.ts";
export { forgetOldOutcomes } from "./tidy.ts";
export { eraseInsight, erasedAfterMs, eraseJob, eraseSpoken } from "./go-along.ts";
export { reportJob, wantReports } from "./want-reports.ts";
export { leftJob } from "./want-scores.ts";
export { vectorJob } from "./want-vectors.ts";
export { readPresence } from "./stream/presence.ts";
export { announceSaid, openSaidChannel, type SaidChannel, type Saying } from "./stream/said.ts";
export { oneAfterAnother } from "./stream/one-after-another.ts";
export { askToHangUp } from "./stream/hang-ups.ts";
export { announceIdentityChange } from "./stream/identity-changes.ts";

export type SyncDeps = {
  app: FastifyInstance;
  db: Database;
  clock: Clock;
  timers?: Timers;
  registry: Registry;
  identify: Identify;
  /** What is being said in calls. */
  said: Pick<SaidChannel, "follow">;
};

/** Adds pull, push and stream to the server. `stop` says goodbye to every stream. */
export async function startSync(deps: SyncDeps): Promise<{ stop(): Promise<void> }> {
  const feedEpoch = await readFeedEpoch(deps.db.owner);
  const metrics = createSyncMetrics(deps.registry);
  addSyncRoutes(deps.app, { ...deps, feedEpoch, metrics });
  const hub = await startHub({ ...deps, feedEpoch, metrics, log: deps.app.log });
  addStreamRoute(deps.app, { ...deps, hub });
  return { stop: hub.stop };
}
