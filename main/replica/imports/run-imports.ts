import { systemClock, type Clock } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { countOf, formatCount } from "../../../shared/text/counts.ts";
import { closing, type JobControl, type JobEnd, type Jobs } from "../jobs/jobs.ts";
import { importRows } from "./import-rows.ts";
import type { ImportRegister } from "./import-register.ts";
import { readingOf, type ImportPorts, type ImportSession } from "./import-session.ts";
import type { LedgerLine, SavedImport } from "./import-store.ts";
import type { ImportState } from "./import-view.ts";
import { leadDefaults } from "./lead-defaults.ts";
import { undoImport, type Undone } from "./undo-import.ts";

type Progress = NonNullable<ImportState["progress"]>;
type Ended = Result<JobEnd, RpcError>;

/** Imports as jobs: they go on after a restart, stop when told, and can be taken back. */
export type ImportRuns = {
  /** Goes on from where `saved` stands. */
  start(session: ImportSession, saved: SavedImport): void;
  /** @returns false where the import is not running */
  cancel(importId: string): boolean;
  progress(importId: string): Progress | null;
  /** @returns the job's id */
  undo(session: ImportSession, saved: SavedImport): string;
};

export function createImportRuns(ports: ImportPorts & { jobs: Jobs }, register: ImportRegister): ImportRuns {
  const { replica, settings, store, jobs, clock = systemClock } = ports;
  const running = new Map<string, { jobId: string; progress: Progress }>();

  async function run(session: ImportSession, saved: SavedImport, job: JobControl): Promise<Ended> {
    await store.save(saved);
    const reading = await readingOf(ports, session);
    if (!reading) return err({ code: "internal", message: "The file of this import is gone." });
    const showProgress = createProgress(saved, clock);
    return importRows({
      path: store.sourcePath(saved.importId),
      shape: reading.options,
      convert: reading.convert,
      judge: reading.judge,
      store,
      replica,
      defaults: leadDefaults(replica, settings),
      saved,
      signal: job.signal,
      onProgress(now) {
        const progress = showProgress(now);
        register.remember(now);
        running.set(now.importId, { jobId: job.id, progress });
        job.progress(progress.done, progress.total);
        register.tell();
      },
    }).then((ended) => (ended.ok ? finish(session, ended.value, job.signal) : ended));
  }

  /** The file goes only when nothing is to be read from it any more; closing the desk is no end. */
  async function finish(session: ImportSession, last: SavedImport, signal: AbortSignal): Promise<Ended> {
    if (signal.reason === closing)
      return ok({ undoId: null, message: "This goes on when the desk is opened again." });
    const saved = endedImport(last, signal.aborted);
    await store.save(saved);
    await store.removeSource(saved.importId);
    register.remember(saved);
    Object.assign(session, { step: saved.step, message: saved.message });
    return ok({ undoId: null, message: saved.message });
  }

  /** Whatever went wrong, what was imported stays, and the rest can be tried again. */
  async function withoutLoss(session: ImportSession, work: Promise<Ended>): Promise<Ended> {
    const fail = (message: string) => Object.assign(session, { step: "failed", message });
    try {
      const ended = await work;
      if (!ended.ok) fail(ended.error.message);
      return ended;
    } catch (error) {
      fail(`The import stopped: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    } finally {
      running.delete(session.importId);
      register.tell();
    }
  }

  async function undo(session: ImportSession, saved: SavedImport, job: JobControl): Promise<Ended> {
    const total = saved.result.created + saved.result.filled;
    const label = `Undid import of ${saved.fileName}`;
    const ledger = {
      readLedger: () => store.readLedger(saved.importId),
      addToLedger: (lines: readonly LedgerLine[]) => store.addToLedger(saved.importId, lines),
    };
    const undone = await undoImport(replica, ledger, label, job.signal, (done) =>
      job.progress(Math.min(done, total), total),
    );
    if (!undone.ok) return undone;
    if (job.signal.aborted)
      return ok({ undoId: null, message: `${undoneText(undone.value)} Undo again for the rest.` });
    const next: SavedImport = { ...saved, step: "undone", message: undoneText(undone.value) };
    await store.save(next);
    register.remember(next);
    Object.assign(session, { step: next.step, message: next.message });
    register.tell();
    return ok({ undoId: null, message: next.message });
  }

  return {
    start(session, saved) {
      session.abort.abort();
      Object.assign(session, { step: "importing", message: null });
      register.remember(saved);
      const jobId = jobs.start("import", `Importing ${saved.fileName}`, (job) =>
        withoutLoss(session, run(session, saved, job)),
      );
      running.set(saved.importId, {
        jobId,
        progress: { done: doneRows(saved), total: saved.rows, leftMs: null },
      });
      register.tell();
    },
    cancel: (importId) => jobs.cancel(running.get(importId)?.jobId ?? ""),
    progress: (importId) => running.get(importId)?.progress ?? null,
    undo: (session, saved) =>
      jobs.start("import-undo", `Undoing import of ${saved.fileName}`, (job) => undo(session, saved, job)),
  };
}

/** An import that stops here: by the person, or because every row is done. */
export function endedImport(saved: SavedImport, cancelled: boolean): SavedImport {
  const message = `Stopped. ${formatCount(saved.result.created)} new leads are here and stay until you undo the import.`;
  return { ...saved, step: cancelled ? "cancelled" : "done", message: cancelled ? message : null };
}

function createProgress(from: SavedImport, clock: Clock): (saved: SavedImport) => Progress {
  const startedAtMs = clock.now();
  return (saved) => {
    const done = Math.min(saved.rows, doneRows(saved));
    const since = done - doneRows(from);
    const leftMs = since > 0 ? Math.round(((clock.now() - startedAtMs) / since) * (saved.rows - done)) : null;
    return { done, total: saved.rows, leftMs };
  };
}

function doneRows({ result: { created, filled, skipped, errors, refused } }: SavedImport): number {
  return created + filled + skipped + errors + (refused?.rows ?? 0);
}

function undoneText({ removed, emptied, kept, gone, left: refused }: Undone): string {
  const stay =
    kept > 0
      ? ` ${formatCount(kept)} ${kept === 1 ? "stays" : "stay"}: somebody has worked on ${themOf(kept)} since.`
      : "";
  const left =
    gone > 0
      ? ` ${formatCount(gone)} ${gone === 1 ? "is" : "are"} no longer here: another team has ${themOf(gone)} now, or somebody deleted ${themOf(gone)}.`
      : "";
  return [
    `Removed ${countOf(removed, "lead")} and emptied fields of ${formatCount(emptied)}.${stay}${left}`,
    refused.sentence(),
  ]
    .filter(Boolean)
    .join(" ");
}

function themOf(count: number): string {
  return count === 1 ? "it" : "them";
}
