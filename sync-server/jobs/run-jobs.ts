import { sql } from "drizzle-orm";
import type { Clock, Random, Timers } from "../../shared/result/ports.ts";
import { inSystem, rowsOf, type Database } from "../database/index.ts";
import { summariseError } from "../http/index.ts";
import { jobsChannel } from "./add-job.ts";
import { createAwaited } from "./awaited.ts";

export type Job = {
  tenantId: string;
  kind: string;
  key: string;
  payload: Record<string, unknown>;
  /** 1 = the first try. */
  attempt: number;
};

export type JobHandler = {
  /**
   * Does the work; throwing means: again later. It may run twice, so that it must change nothing the second time.
   * @returns when it wants to run again, or nothing when it is done
   */
  run(job: Job): Promise<Date | void>;
  /** Tries before it is given up, and kept with its error. */
  mostAttempts: number;
  /** Before the second try; doubled for each further one. */
  retryAfterMs: number;
  /** A run that has not come back after this long never will: another one begins. A minute where it is left out. */
  longestRunMs?: number;
};

type Deps = {
  db: Database;
  clock: Clock;
  timers: Timers;
  random: Random;
  handlers: Readonly<Record<string, JobHandler>>;
  /** Tells of work that failed. */
  failed(job: Job, error: unknown): void;
};

export type Jobs = {
  /** Looks for work from now on. */
  start(): Promise<void>;
  /**
   * Does one job now, in the caller's time, unless another node is at it.
   * @returns `absent`: there is no such job any more, so it was done
   */
  runNow(tenantId: string, kind: string, key: string): Promise<"done" | "failed" | "busy" | "absent">;
  /**
   * Does one job now, and waits for it where another node is at it or where it failed and is tried again.
   * @returns whether it was done within `withinMs`; it goes on being tried where it was not
   */
  finish(tenantId: string, kind: string, key: string, withinMs: number): Promise<boolean>;
  /** Takes nothing new and waits for what is under way. */
  stop(): Promise<void>;
};

/** Work of which nobody has said for so long that it goes on was a dead node's: a caller may be waiting for it. */
const leaseMs = 15_000;
const renewEveryMs = 5_000;
const longestRunMs = 60_000;
/** Nobody tells when a job becomes due, and a notice may be lost. */
const lookEveryMs = 500;
/** PostgreSQL refuses where it has too many connections already. */
const listenAgainMs = 5_000;
const atOnce = 8;
const longestRetryMs = 30_000;

/** Does persisted work from `start` to `stop`, `atOnce` at a time. */
export function createJobs(deps: Deps): Jobs {
  const underWay = new Set<Promise<unknown>>();
  let stopping = true;
  let unlisten = async () => {};
  let looking = false;
  let lookAgain = false;
  /** The last look took all that there was room for. */
  let maybeMore = false;
  let cancel = () => {};
  let cancelListening = () => {};
  const awaited = createAwaited(deps);

  const start = (job: Claimed) => {
    const run = work(deps, job)
      .then(({ isDue }) => {
        maybeMore ||= isDue;
      })
      // What became of it could not be written: its lease runs out, and it is done again.
      .catch((error: unknown) => deps.failed(job, error))
      .finally(() => {
        underWay.delete(run);
        if (maybeMore) wake();
      });
    underWay.add(run);
  };
  const look = async () => {
    // Nobody can note that they are at it: not a fault to be told of twice a second. The next look is as far off as ever.
    if (deps.db.isFull()) return;
    const room = atOnce - underWay.size;
    // A job that somebody is at is due again when that is said anew, or when its lease runs out.
    const isDue = sql`(due_at <= ${nowOf(deps)} OR due_at = 'infinity')`;
    const jobs = room > 0 ? await claim(deps, isDue, room) : [];
    maybeMore = jobs.length >= room;
    for (const job of jobs) start(job);
  };
  const wake = () => {
    if (stopping) return;
    lookAgain = true;
    if (looking) return;
    looking = true;
    cancel();
    const run = (async () => {
      while (lookAgain && !stopping) {
        lookAgain = false;
        await look().catch((error: unknown) => deps.failed(lookingForWork, error));
      }
    })().finally(() => {
      looking = false;
      underWay.delete(run);
      if (!stopping) cancel = deps.timers.after(lookEveryMs, wake);
    });
    underWay.add(run);
  };
  const hear = (payload: string) => {
    // A server has several that do jobs: each looks when there is something for it.
    if (Object.hasOwn(deps.handlers, payload)) wake();
    else awaited.tell(payload);
  };
  const hearGap = () => {
    wake();
    awaited.tellAll();
  };
  /** Without being told of it work is found all the same, a little later: who is not let listen does what there is. */
  const listen = async (): Promise<void> => {
    try {
      unlisten = await deps.db.listen(jobsChannel, hear, hearGap);
    } catch (error) {
      deps.failed(listeningForWork, error);
      if (!stopping) cancelListening = deps.timers.after(listenAgainMs, listenAgain);
    }
  };
  const listenAgain = () => {
    const run = listen()
      .then(hearGap)
      .finally(() => underWay.delete(run));
    underWay.add(run);
  };
  const runNow: Jobs["runNow"] = async (tenantId, kind, key) => {
    const own = isIt({ tenantId, kind, key });
    const [job] = await claim(deps, own, 1);
    if (job) {
      const { succeeded, isDue } = await work(deps, job);
      if (isDue) wake();
      return succeeded ? "done" : "failed";
    }
    const left = await inSystem(deps.db, (tx) => rowsOf(tx, sql`SELECT 1 FROM jobs WHERE ${own}`));
    return left.length === 0 ? "absent" : "busy";
  };
  return {
    async start() {
      stopping = false;
      await listen();
      wake();
    },
    runNow,
    async finish(tenantId, kind, key, withinMs) {
      // From before the first look, so that nothing that happens in between is missed.
      const news = awaited.open(nameOf({ tenantId, kind, key }), withinMs);
      try {
        do {
          const outcome = await runNow(tenantId, kind, key);
          if (outcome === "done" || outcome === "absent") return true;
        } while (await news.next());
        return false;
      } finally {
        news.close();
      }
    },
    async stop() {
      stopping = true;
      cancel();
      cancelListening();
      while (underWay.size > 0) await Promise.allSettled(underWay);
      await unlisten();
    },
  };
}

/** As a payload of the channel says that it is done. */
function nameOf({ tenantId, kind, key }: Pick<Job, "tenantId" | "kind" | "key">): string {
  return JSON.stringify([tenantId, kind, key]);
}

const lookingForWork: Job = { tenantId: "", kind: "look for jobs", key: "", payload: {}, attempt: 1 };
const listeningForWork: Job = { ...lookingForWork, kind: "listen for jobs" };

/** `asked` as it was when the work began. */
type Claimed = Job & { asked: number };

function claim(deps: Deps, which: ReturnType<typeof sql>, most: number): Promise<Claimed[]> {
  const kinds = sql.param(Object.keys(deps.handlers));
  return inSystem(deps.db, (tx) =>
    rowsOf<Claimed>(
      tx,
      sql`UPDATE jobs SET leased_until = ${leaseEnd(deps)}, attempts = attempts + 1, due_at = 'infinity'
          WHERE (tenant_id, kind, key) IN (
            SELECT tenant_id, kind, key FROM jobs
            WHERE failed_at IS NULL AND (leased_until IS NULL OR leased_until < ${nowOf(deps)})
              AND kind = ANY(${kinds}::text[]) AND ${which}
            ORDER BY due_at LIMIT ${most} FOR UPDATE SKIP LOCKED)
          RETURNING tenant_id AS "tenantId", kind, key, payload, attempts AS attempt, asked`,
    ),
  );
}

/** `isDue`: it is to be done again now; whoever asked for it meanwhile found it taken. */
type Outcome = { succeeded: boolean; isDue: boolean };

async function work(deps: Deps, job: Claimed): Promise<Outcome> {
  const handler = deps.handlers[job.kind];
  if (!handler) throw new Error(`nobody does ${job.kind}`);
  const letGo = keepLease(deps, job, handler);
  try {
    const again = await handler.run(job);
    return { succeeded: true, isDue: await settle(deps, job, again ?? null) };
  } catch (error) {
    deps.failed(job, error);
    return { succeeded: false, isDue: await postpone(deps, job, handler, error) };
  } finally {
    letGo();
  }
}

/** Says every few seconds that the work goes on. @returns what ends that */
function keepLease(deps: Deps, job: Claimed, handler: JobHandler): () => void {
  const endsMs = deps.clock.now() + (handler.longestRunMs ?? longestRunMs);
  let isOver = false;
  let cancel = () => {};
  const wait = () => {
    if (!isOver && deps.clock.now() < endsMs) cancel = deps.timers.after(renewEveryMs, () => void renew());
  };
  const renew = async () => {
    // Nobody's lease once it was given back; a renewal that fails is made up for by the next.
    await inSystem(deps.db, (tx) =>
      tx.execute(
        sql`UPDATE jobs SET leased_until = ${leaseEnd(deps)} WHERE ${isIt(job)} AND leased_until IS NOT NULL`,
      ),
    ).catch(() => {});
    wait();
  };
  wait();
  return () => {
    isOver = true;
    cancel();
  };
}

function leaseEnd({ clock }: Deps): string {
  return new Date(clock.now() + leaseMs).toISOString();
}

/** @returns whether it is due again */
function settle(deps: Deps, job: Claimed, again: Date | null): Promise<boolean> {
  const { asked } = job;
  return inSystem(deps.db, async (tx) => {
    // Whoever asked for it meanwhile has said when it is due.
    if (again === null) {
      const done = await rowsOf(
        tx,
        sql`WITH done AS (DELETE FROM jobs WHERE ${isIt(job)} AND asked = ${asked} RETURNING 1)
            SELECT pg_notify(${jobsChannel}, ${nameOf(job)}) FROM done`,
      );
      if (done.length > 0) return false;
    }
    const [left] = await rowsOf<{ due: boolean }>(
      tx,
      sql`UPDATE jobs SET leased_until = NULL, attempts = 0, error = NULL,
            due_at = CASE WHEN asked = ${asked} THEN ${again?.toISOString() ?? null}::timestamptz ELSE due_at END
          WHERE ${isIt(job)} RETURNING due_at <= ${nowOf(deps)}::timestamptz AS due`,
    );
    return left?.due ?? false;
  });
}

/** @returns whether it is due again */
function postpone(deps: Deps, job: Claimed, handler: JobHandler, error: unknown): Promise<boolean> {
  const { attempt, asked } = job;
  const delayMs =
    Math.min(longestRetryMs, handler.retryAfterMs * 2 ** (attempt - 1)) * (0.75 + deps.random() / 2);
  const dueAt = new Date(deps.clock.now() + delayMs).toISOString();
  const givenUp = attempt >= handler.mostAttempts ? nowOf(deps) : null;
  return inSystem(deps.db, async (tx) => {
    const [left] = await rowsOf<{ due: boolean }>(
      tx,
      // Asked for meanwhile, what it failed of may be over.
      sql`UPDATE jobs SET leased_until = NULL, error = ${summariseError(error)},
            due_at = CASE WHEN asked = ${asked} THEN ${dueAt}::timestamptz ELSE due_at END,
            failed_at = CASE WHEN asked = ${asked} THEN ${givenUp}::timestamptz END
          WHERE ${isIt(job)} RETURNING due_at <= ${nowOf(deps)}::timestamptz AS due`,
    );
    return left?.due ?? false;
  });
}

function isIt({ tenantId, kind, key }: Pick<Job, "tenantId" | "kind" | "key">) {
  return sql`tenant_id = ${tenantId} AND kind = ${kind} AND key = ${key}`;
}

function nowOf({ clock }: Deps): string {
  return new Date(clock.now()).toISOString();
}
