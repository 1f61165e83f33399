import type { FastifyInstance } from "fastify";
import type { Random, Timers } from "../../shared/result/ports.ts";
import { systemTimers } from "../../shared/result/ports.ts";
import { createJobs, type Job, type JobHandler } from "../jobs/index.ts";
import { reportJob } from "../sync/index.ts";
import { addCardRoute } from "./card-route.ts";
import { cardTask } from "./card-words.ts";
import type { CoachingDeps } from "./deps.ts";
import { addListeningRoute } from "./listening-route.ts";
import { addMeaningRoute } from "./meaning-route.ts";
import { reportCall, wordCall, wordsJob } from "./report-job.ts";
import { reportWords } from "./report-words.ts";
import { leaveToBatch, WordsPayload, wordsInBulk } from "./words-in-bulk.ts";

// The door of coaching: what the server does after a call, and words for a card during it.

export { createReportMaker, type ReportMaker } from "./report-maker.ts";
/** All whose prompts can be tried. */
export const coachingTasks = [cardTask, reportWords];
export { compareCall } from "./compare-meanings.ts";
export { readUtterances } from "./read-call.ts";
export { reportNow } from "./report-job.ts";

export type CoachingOptions = Omit<CoachingDeps, "log"> & {
  app: FastifyInstance;
  /** Further work for the same queue. */
  work?: Readonly<Record<string, JobHandler>>;
  timers?: Timers;
  random?: Random;
};

/** Adds coaching to the server. Its work has a queue of its own: nobody on a line waits behind a model. */
export function startCoaching(options: CoachingOptions): { stop(): Promise<void> } {
  const { app, timers = systemTimers, random = Math.random } = options;
  const deps: CoachingDeps = { ...options, log: app.log };
  const jobs = createJobs({
    ...{ db: deps.db, clock: deps.clock, timers, random },
    handlers: {
      ...options.work,
      [reportJob]: { run: (job) => reportCall(deps, job), mostAttempts: 20, retryAfterMs: 1_000 },
      [wordsJob]: { run: (job) => wordCalls(deps, job), mostAttempts: 8, retryAfterMs: 2_000 },
    },
    failed: ({ kind, key, tenantId, attempt }: Job, error: unknown) =>
      deps.log.warn(
        { err: error, kind, key, tenantId, attempt },
        "work after a call failed and is tried again",
      ),
  });
  deps.bulk?.does(wordsInBulk(deps));
  addCardRoute(app, deps);
  addMeaningRoute(app, deps);
  addListeningRoute(app, deps);
  app.addHook("onListen", () => jobs.start());
  return {
    async stop() {
      await jobs.stop();
      await deps.reports.stop();
    },
  };
}

/** A call by itself, unless its words come with those of others. */
async function wordCalls(deps: CoachingDeps, job: Job): Promise<Date | undefined> {
  const { tenantId, key: callId, payload } = job;
  const { alone, brokeOff } = WordsPayload.parse(payload);
  const isLeft = !alone && (await leaveToBatch(deps, tenantId, callId));
  return isLeft ? undefined : wordCall(deps, job, brokeOff);
}
