import type { Clock } from "../../../shared/result/ports.ts";
import type { Result } from "../../../shared/result/result.ts";
import type { Job } from "../../../shared/rpc/contract/records.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";

export type JobKind = Job["kind"];

/** What a running job has at hand. `signal` aborts when the person cancels; stopping is the job's own doing. */
export type JobControl = {
  readonly id: string;
  readonly signal: AbortSignal;
  progress(done: number, total: number | null): void;
};

/** `undoId` takes back what was done, also what a cancelled job did before it stopped. */
export type JobEnd = { undoId: string | null; message: string | null };

export type Jobs = {
  /** Starts the work and answers the job's id at once. */
  start(kind: JobKind, label: string, run: (job: JobControl) => Promise<Result<JobEnd, RpcError>>): string;
  /** @returns false where no such job is running */
  cancel(id: string): boolean;
  /** Newest first. Jobs that have ended stay for a while, so that a window can say how they ended. */
  list(): Job[];
  onChange(listener: () => void): () => void;
  /** Cancels what runs and waits for it: before a replica is closed. */
  stop(): Promise<void>;
};

/** Why a job's signal aborts when nobody cancelled it: the replica is being closed, and the work may go on later. */
export const closing = "closing";

const keptAfterEnd = 20;

type Running = { abort: AbortController; ended: Promise<void> };

/** Long work of one replica: what runs, how far it is, how it ended. */
export function createJobs({ clock, newId }: { clock: Clock; newId: () => string }): Jobs {
  let all: readonly Job[] = [];
  const running = new Map<string, Running>();
  const listeners = new Set<() => void>();

  function update(id: string, change: Partial<Job>): void {
    all = all.map((job) => (job.id === id ? { ...job, ...change } : job));
    for (const tell of listeners) tell();
  }

  async function follow(id: string, work: Promise<Result<JobEnd, RpcError>>): Promise<void> {
    const cancelled = () => running.get(id)?.abort.signal.aborted ?? false;
    try {
      const end = await work;
      if (end.ok) update(id, { ...end.value, state: cancelled() ? "cancelled" : "done", leftMs: 0 });
      else update(id, { ...stateOf(end.error), message: end.error.message, leftMs: null });
    } catch (error) {
      // A bug in one job must not take the process down; it is shown as a failure with its text.
      update(id, { state: "failed", message: `This stopped unexpectedly: ${String(error)}`, leftMs: null });
    }
    running.delete(id);
    all = forgetOldest(all);
  }

  return {
    start(kind, label, run) {
      const id = newId();
      const abort = new AbortController();
      const startedMs = clock.now();
      const progress = (done: number, total: number | null) =>
        update(id, { done, total, leftMs: estimateLeftMs(clock.now() - startedMs, done, total) });
      all = [newJob(id, kind, label, startedMs), ...all];
      const work = Promise.resolve().then(() => run({ id, signal: abort.signal, progress }));
      running.set(id, { abort, ended: follow(id, work) });
      for (const tell of listeners) tell();
      return id;
    },
    cancel(id) {
      running.get(id)?.abort.abort();
      return running.has(id);
    },
    list: () => [...all],
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      for (const { abort } of running.values()) abort.abort(closing);
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}

function newJob(id: string, kind: JobKind, label: string, startedMs: number): Job {
  return {
    id,
    kind,
    label,
    state: "running",
    done: 0,
    total: null,
    startedAt: new Date(startedMs).toISOString(),
    leftMs: null,
    message: null,
    undoId: null,
  };
}

function stateOf(error: RpcError): Pick<Job, "state"> {
  return { state: error.code === "cancelled" ? "cancelled" : "failed" };
}

function forgetOldest(jobs: readonly Job[]): readonly Job[] {
  let ended = 0;
  return jobs.filter(({ state }) => state === "running" || ++ended <= keptAfterEnd);
}

/** Says nothing before there is something to go by. */
function estimateLeftMs(elapsedMs: number, done: number, total: number | null): number | null {
  if (total === null || done === 0 || elapsedMs < 500) return null;
  return Math.round((elapsedMs / done) * Math.max(0, total - done));
}
