import type { filesContract } from "../../../shared/rpc/contract/files.ts";
import { maxChunkBytes } from "../../../shared/rpc/contract/files.ts";
import { systemClock } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { FileShelf } from "../files/file-shelf.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { importRows } from "./import-rows.ts";
import {
  applyOptions,
  checkSession,
  createSession,
  prepareSession,
  readingOf,
  type ImportPorts,
  type ImportSession,
} from "./import-session.ts";
import type { SavedImport } from "./import-store.ts";
import { importTargets } from "./import-targets.ts";
import { undoableUntil, undoDays, viewOf, type ImportState } from "./import-view.ts";
import { leadDefaults, mappingDraft } from "./lead-defaults.ts";
import { undoImport as undoRows } from "./undo-import.ts";

type Contract = Omit<typeof filesContract, "exportLeads" | "readFile">;
type Progress = NonNullable<ImportState["progress"]>;

export type Imports = Handlers<Contract> & {
  /** Goes on with what a restart interrupted. */
  resume(): Promise<void>;
  close(): void;
};

/** Windows hear of progress at most this often. */
const tellEveryMs = 80;

/** CSV imports: a file comes in pieces, is matched and checked, and becomes leads in the background. */
export function createImports(
  ports: ImportPorts & { jobs: Jobs; shelf: FileShelf; newId: () => string },
): Imports {
  const { replica, settings, store, jobs, shelf, newId, clock = systemClock } = ports;
  const sessions = new Map<string, ImportSession>();
  const received = new Map<string, { chunks: number; bytes: number; expected: number }>();
  const finished = new Map<string, SavedImport>();
  const running = new Map<string, { jobId: string; progress: Progress }>();
  const listeners = new Set<() => void>();
  const opened = openStore();

  async function openStore(): Promise<void> {
    for (const saved of await store.open(clock.now() - undoDays * 86_400_000))
      finished.set(saved.importId, saved);
  }
  function tell(): void {
    for (const listener of listeners) listener();
  }
  function inBackground(session: ImportSession, work: Promise<void>): void {
    work.catch((error: unknown) => {
      session.step = "failed";
      session.message = `This file could not be read: ${error instanceof Error ? error.message : String(error)}`;
      tell();
    });
  }
  function sessionOf(importId: string): ImportSession | null {
    const saved = finished.get(importId);
    const session = sessions.get(importId) ?? (saved ? restored(saved) : null);
    if (session) sessions.set(importId, session);
    return session;
  }

  function start(session: ImportSession, saved: SavedImport): void {
    session.step = "importing";
    session.abort.abort();
    finished.set(saved.importId, saved);
    const startedAtMs = clock.now();
    const begunAt = saved.throughRow;
    const jobId = jobs.start("import", `Importing ${saved.fileName}`, async (job) => {
      await store.save(saved);
      const reading = await readingOf(ports, session);
      if (!reading) return err({ code: "internal", message: "The file of this import is gone." });
      const ended = await importRows({
        path: store.sourcePath(saved.importId),
        shape: reading.options,
        convert: reading.convert,
        judge: reading.judge,
        store,
        edits: replica.edits,
        defaults: leadDefaults(replica, settings),
        saved,
        signal: job.signal,
        onProgress(now) {
          finished.set(now.importId, now);
          const done = Math.min(now.rows, doneRows(now));
          const leftMs = estimate(clock.now() - startedAtMs, now.throughRow - begunAt, now.rows - done);
          running.set(now.importId, { jobId, progress: { done, total: now.rows, leftMs } });
          job.progress(done, now.rows);
          tell();
        },
      });
      return finish(session, ended, job.signal.aborted);
    });
    running.set(saved.importId, { jobId, progress: { done: 0, total: saved.rows, leftMs: null } });
    tell();
  }

  async function finish(session: ImportSession, ended: Result<SavedImport, RpcError>, cancelled: boolean) {
    running.delete(session.importId);
    const last = ended.ok ? ended.value : finished.get(session.importId);
    if (!last) return err({ code: "internal" as const, message: "This import is gone." });
    const message = ended.ok ? endMessage(last, cancelled) : ended.error.message;
    const saved: SavedImport = { ...last, step: ended.ok && !cancelled ? "done" : "cancelled", message };
    await store.save(saved);
    await store.removeSource(saved.importId);
    finished.set(saved.importId, saved);
    session.step = ended.ok ? saved.step : "failed";
    session.message = message;
    tell();
    return ended.ok ? ok({ undoId: null, message }) : ended;
  }

  async function undo(
    session: ImportSession,
    saved: SavedImport,
    job: { signal: AbortSignal; progress(done: number, total: number | null): void },
  ) {
    const total = saved.result.created + saved.result.filled;
    const undone = await undoRows(
      replica,
      store.readLedger(saved.importId),
      `Undid import of ${saved.fileName}`,
      job.signal,
      (done) => job.progress(Math.min(done, total), total),
    );
    if (!undone.ok) return undone;
    const { removed, emptied, kept } = undone.value;
    const message = `Removed ${removed} leads and emptied fields of ${emptied}${kept > 0 ? `. ${kept} stay: somebody has worked on them since` : ""}.`;
    const next: SavedImport = { ...saved, step: "undone", message };
    await store.save(next);
    finished.set(saved.importId, next);
    session.step = "undone";
    session.message = message;
    tell();
    return ok({ undoId: null, message });
  }

  return {
    async beginImport({ fileName, sizeBytes }) {
      const importId = newId();
      await store.create(importId);
      sessions.set(importId, createSession(importId, fileName, clock.now()));
      received.set(importId, { chunks: 0, bytes: 0, expected: sizeBytes });
      return ok({ importId });
    },
    async addImportChunk({ importId, index, base64, last }) {
      const session = sessions.get(importId);
      const so = received.get(importId);
      if (!session || !so) return notFound;
      // A piece that comes again was received already: its answer was lost.
      if (index < so.chunks) return ok({});
      if (index > so.chunks) return err({ code: "bad-input", message: "A piece of the file is missing." });
      const bytes = Buffer.from(base64, "base64");
      if (so.bytes + bytes.length > so.expected + maxChunkBytes)
        return err({ code: "too-large", message: "The file is larger than announced." });
      await store.append(importId, bytes);
      received.set(importId, { ...so, chunks: index + 1, bytes: so.bytes + bytes.length });
      if (last) {
        received.delete(importId);
        inBackground(session, prepareSession(ports, session, tell));
      }
      return ok({});
    },
    async setImportOptions({ importId, options }) {
      const session = sessions.get(importId);
      if (!session) return notFound;
      const chosen = withoutUndefined(options);
      const applied = applyOptions(session, chosen);
      if (!applied.ok) return applied;
      tell();
      const again = applied.value.reread
        ? prepareSession(ports, session, tell, chosen)
        : checkSession(ports, session, tell);
      inBackground(session, again);
      return ok({});
    },
    async runImport({ importId }) {
      const session = sessions.get(importId);
      if (!session?.options || !session.facts) return notFound;
      if (session.step !== "matching")
        return err({ code: "refused", message: "This file has been imported already." });
      const { options, facts, fileName } = session;
      await replica.edits.apply(
        [mappingDraft(replica.me.userId, fileName, facts.headers, options.fields)],
        "Remembered the columns",
      );
      start(session, {
        importId,
        fileName,
        at: new Date(session.startedAtMs).toISOString(),
        step: "importing",
        options,
        headers: facts.headers,
        rows: facts.rows,
        throughRow: 0,
        result: { created: 0, filled: 0, skipped: 0, errors: 0 },
        message: null,
      });
      return ok({});
    },
    async cancelImport({ importId }) {
      const session = sessions.get(importId);
      if (!session) return notFound;
      const run = running.get(importId);
      if (run) jobs.cancel(run.jobId);
      else if (session.step === "receiving" || session.step === "reading" || session.step === "matching") {
        session.abort.abort();
        session.step = "cancelled";
        received.delete(importId);
        await store.removeSource(importId);
        tell();
      }
      return ok({});
    },
    async undoImport({ importId }) {
      const saved = finished.get(importId);
      const session = sessionOf(importId);
      if (!saved || !session) return notFound;
      if (undoableUntil(saved, clock.now()) === null)
        return err({ code: "refused", message: "This import can no longer be undone." });
      return ok({
        jobId: jobs.start("import-undo", `Undoing import of ${saved.fileName}`, (job) =>
          undo(session, saved, job),
        ),
      });
    },
    async importErrors({ importId }) {
      const session = sessionOf(importId);
      if (!session) return notFound;
      return ok(
        await shelf.put(
          store.errorsPath(importId),
          `${session.fileName.replace(/\.[^.]*$/u, "")}-errors.csv`,
        ),
      );
    },
    importState: ({ importId }, emit, fail) =>
      follow(
        listeners,
        () => {
          const session = sessionOf(importId);
          if (!session) return fail({ code: "not-found", message: "This import is not on this device." });
          emit(
            viewOf(
              session,
              finished.get(importId) ?? null,
              running.get(importId)?.progress ?? null,
              importTargets(settings),
              clock.now(),
            ),
          );
        },
        opened,
      ),
    recentImports: (_, emit) =>
      follow(
        listeners,
        () => {
          emit({
            imports: [...finished.values()]
              .sort((a, b) => b.at.localeCompare(a.at))
              .map((saved) => recentOf(saved, clock.now())),
          });
        },
        opened,
      ),
    async resume() {
      await opened;
      for (const saved of finished.values()) {
        const session = sessionOf(saved.importId);
        if (saved.step === "importing" && session) start(session, saved);
      }
    },
    close() {
      for (const session of sessions.values()) session.abort.abort();
      listeners.clear();
    },
  };
}

const notFound = err({ code: "not-found" as const, message: "This import is not on this device." });

/** Tells now and after changes, not more often than windows can draw. */
function follow(listeners: Set<() => void>, show: () => void, ready: Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stopped = false;
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = null;
      show();
    }, tellEveryMs);
  };
  listeners.add(soon);
  void ready.then(() => !stopped && show());
  return () => {
    stopped = true;
    listeners.delete(soon);
    if (timer) clearTimeout(timer);
  };
}

/** A session for an import of an earlier start: enough to go on, to show its result, and to undo it. */
function restored(saved: SavedImport): ImportSession {
  const session = createSession(saved.importId, saved.fileName, Date.parse(saved.at));
  return {
    ...session,
    step: saved.step,
    message: saved.message,
    options: saved.options,
    facts: { headers: saved.headers, rows: saved.rows, sample: [] },
  };
}

function recentOf(saved: SavedImport, nowMs: number) {
  const { importId, fileName, at, result } = saved;
  return {
    importId,
    fileName,
    at,
    created: result.created,
    filled: result.filled,
    undoableUntil: undoableUntil(saved, nowMs),
  };
}

function endMessage({ result }: SavedImport, cancelled: boolean): string | null {
  return cancelled
    ? `Stopped. ${result.created} new leads are here and stay until you undo the import.`
    : null;
}

function doneRows({ result }: SavedImport): number {
  return result.created + result.filled + result.skipped + result.errors;
}

function estimate(tookMs: number, done: number, left: number): number | null {
  return done === 0 ? null : Math.round((tookMs / done) * left);
}

function withoutUndefined<T extends Record<string, unknown>>(
  options: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
