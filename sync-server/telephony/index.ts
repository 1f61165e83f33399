import type { FastifyInstance } from "fastify";
import { join } from "node:path";
import type { Registry } from "prom-client";
import { systemTimers, type Clock, type Random, type Timers } from "../../shared/result/ports.ts";
import type { Database } from "../database/index.ts";
import type { Identify } from "../http/index.ts";
import { createJobs, type Job, type JobHandler } from "../jobs/index.ts";
import { eraseJob, givenJob, type SaidChannel } from "../sync/index.ts";
import type { Accounts } from "./accounts.ts";
import { openDemoLines, type DemoCarrier } from "./demo.ts";
import { nowOf, type MediaUrl, type TelephonyDeps } from "./deps.ts";
import { startDrain, tidyInbox } from "./drain.ts";
import { eraseCall } from "./erase-call.ts";
import { addGreetingRoutes } from "./greeting-routes.ts";
import { keepGreetingSounds, type GreetingSounds } from "./greetings.ts";
import { hearNotice } from "./hear-notice.ts";
import { importJobs, type ImportDeps } from "./imports/import-jobs.ts";
import { addImportRoutes } from "./imports/import-routes.ts";
import { tidyImports } from "./imports/tidy-imports.ts";
import { openInbox } from "./inbox.ts";
import { createTelephonyMetrics } from "./metrics.ts";
import type { Notice } from "./notices.ts";
import { followCall } from "./outbound/follow-call.ts";
import { reconcileCall } from "./reconcile.ts";
import { fetchRecording } from "./recordings.ts";
import { routeCall } from "./route-call.ts";
import { addTelephonyRoutes } from "./routes.ts";
import { settleCall } from "./settle.ts";
import { addSoundRoutes } from "./sounds.ts";
import { hangUpStray } from "./strays.ts";
import { listenAgain } from "./transcript/listen-again.ts";
import { readContext } from "./transcript/listeners.ts";
import { startTranscriptRelay } from "./transcript/relay.ts";
import { askOfStanding, endUnclaimed } from "./unclaimed-calls.ts";
import { endUnplaced, unplacedJob } from "./unplaced-dials.ts";
import { addWebhookRoutes } from "./webhooks.ts";

// The door of telephony: what providers implement, and how it is started.
export { openAccounts, type Accounts } from "./accounts.ts";
export { countryOf, isOpen, readBusiness } from "./business-hours.ts";
export type { AccountRecord, AccountUse, Carriers } from "./account-records.ts";
export type { DemoCarrier } from "./demo.ts";
export { findLeadOf } from "./find-lead.ts";
export { importRecordings, type ImportNews } from "./imports/import-recordings.ts";
export type { TakeDeps } from "./imports/take-recording.ts";
export { undoImport } from "./imports/undo-import.ts";
export type { LegStatus, NewCall, Notice } from "./notices.ts";
export type * from "./port.ts";
export { callsAtExchange } from "./own-exchange.ts";
export { tryDial } from "./try-dial.ts";
export { webhooksPath } from "./webhooks-path.ts";

export type TelephonyOptions = {
  app: FastifyInstance;
  db: Database;
  clock: Clock;
  registry: Registry;
  identify: Identify;
  /** To desks, of what is being said. */
  said: Pick<SaidChannel, "tell" | "follow">;
  accounts: Accounts;
  demo: DemoCarrier | null;
  /** Where carriers send what is said for us to listen to; without it nobody of us can. */
  mediaUrl?: MediaUrl;
  /** Start the demo's carrier as soon as the server listens. */
  demoAhead?: boolean;
  dataDir: string;
  timers?: Timers;
  random?: Random;
};

export type Telephony = {
  /**
   * Takes what somebody else than the carrier has heard on a leg of an account.
   * @param identity what two tellings of the same have in common
   */
  hear(accountId: string, notice: Notice, identity: string): Promise<void>;
  /** Whose a leg of an account is: of our people whoever talks to it now. Null = of no account of ours any more. */
  whoseIs(accountId: string, legId: string): Promise<{ tenantId: string; userId: string | null } | null>;
  stop(): Promise<void>;
};

const soundsPath = "/sounds";
const tidyEveryMs = 3_600_000;

/** Adds calls to the server: webhooks, what desks ask, and the work that goes on by itself. Call it before listening. */
export async function startTelephony(options: TelephonyOptions): Promise<Telephony> {
  const { app, db, clock, registry, accounts } = options;
  const timers = options.timers ?? systemTimers;
  const transcripts = await startTranscriptRelay({ db, clock, timers, said: options.said, log: app.log });
  const work: Omit<TelephonyDeps, "jobs"> = {
    db,
    clock,
    timers,
    transcripts,
    mediaUrl: options.mediaUrl ?? null,
    random: options.random ?? Math.random,
    log: app.log,
    accounts,
    metrics: createTelephonyMetrics(registry),
    recordingsDir: join(options.dataDir, "recordings"),
    soundsUrl: ({ webhookUrl }) => new URL(soundsPath, webhookUrl).href,
  };
  const imports = {
    ...{ db, recordingsDir: work.recordingsDir, now: () => nowOf(work) },
    importsDir: join(options.dataDir, "imports"),
  };
  const handlers = handlersOf(() => deps);
  const jobs = createJobs({ ...work, handlers, failed: logFailure(work) });
  // Lines have a queue of their own: nobody on one waits behind a folder of recordings.
  const importing = createJobs({ ...work, handlers: importJobs(imports), failed: logFailure(work) });
  const deps: TelephonyDeps = { ...work, jobs };
  const drain = { wake: () => {}, stop: async () => {} };
  const inbox = openInbox(db, () => drain.wake());
  await addWebhookRoutes(app, deps, inbox);
  await addTelephonyRoutes(app, { ...deps, identify: options.identify, demo: options.demo });
  const greetingSounds = keepGreetingSounds(join(options.dataDir, "greetings"));
  await addGreetingRoutes(app, { ...deps, identify: options.identify, greetingSounds });
  addSoundRoutes(app, soundsPath, greetingSounds);
  await addImportRoutes(app, { ...imports, identify: options.identify });
  // Carriers are told this server's address: nothing is asked of them before it has one.
  app.addHook("onListen", async () => {
    await jobs.start();
    await importing.start();
    Object.assign(drain, startDrain(deps));
    // In its own time: whoever asks meanwhile waits for the same start.
    if (options.demo && options.demoAhead)
      void openDemoLines(deps, options.demo).catch((error: unknown) =>
        app.log.warn({ err: error }, "the demo's carrier was not started ahead"),
      );
  });
  const tidying = setInterval(() => void tidy(deps, greetingSounds, imports), tidyEveryMs);
  return {
    hear: (accountId, notice, identity) => hearNotice(deps, inbox, accountId, notice, identity),
    async whoseIs(accountId, legId) {
      const account = (await accounts.byId(accountId))?.account;
      const call = account && (await readContext(db, account, { legId, sid: "" }));
      return account ? { tenantId: account.tenantId, userId: call?.users[0] ?? null } : null;
    },
    async stop() {
      clearInterval(tidying);
      await drain.stop();
      await jobs.stop();
      await importing.stop();
      await transcripts.stop();
    },
  };
}

async function tidy(deps: TelephonyDeps, sounds: GreetingSounds, imports: ImportDeps): Promise<void> {
  const log = (what: string) => (error: unknown) => deps.log.error({ err: error }, `${what} was not tidied`);
  await tidyInbox(deps).catch(log("the inbox"));
  await sounds.tidy(deps.db, nowOf(deps)).catch(log("the folder of greetings"));
  await tidyImports(imports).catch(log("the folder of imports"));
  await askOfStanding(deps).catch(log("what stands as up of calls that were given away"));
}

/** Work on lines; kinds are written by store.ts, recordings.ts, unplaced-dials.ts, outbound/dial-from-list.ts and ../sync. */
function handlersOf(deps: () => TelephonyDeps): Record<string, JobHandler> {
  const handler = (
    run: (deps: TelephonyDeps, job: Job) => Promise<Date | void>,
    retryAfterMs: number,
  ): JobHandler => ({
    run: (job) => run(deps(), job),
    retryAfterMs,
    mostAttempts: 100,
  });
  return {
    // A caller may be waiting on hold for it.
    "call.settle": handler(settleCall, 100),
    "call.route": handler(routeCall, 250),
    "call.listen": handler(listenAgain, 2_000),
    "call.stray": handler(hangUpStray, 250),
    "call.reconcile": handler(reconcileCall, 5_000),
    "call.list": handler(followCall, 5_000),
    "recording.fetch": handler(fetchRecording, 2_000),
    [givenJob]: handler(endUnclaimed, 5_000),
    [unplacedJob]: handler(endUnplaced, 5_000),
    [eraseJob]: handler(eraseCall, 60_000),
  };
}

function logFailure({ log }: Pick<TelephonyDeps, "log">) {
  return ({ kind, key, tenantId, attempt }: Job, error: unknown) =>
    log.warn({ err: error, kind, key, tenantId, attempt }, "work on a call failed and is tried again");
}
