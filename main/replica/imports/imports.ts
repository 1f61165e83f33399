import type { filesContract, ImportOptions } from "../../../shared/rpc/contract/files.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { systemClock } from "../../../shared/result/ports.ts";
import { err, ok } from "../../../shared/result/result.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { FileShelf } from "../files/file-shelf.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { createImportRegister } from "./import-register.ts";
import {
  applyOptions,
  checkSession,
  createSession,
  prepareSession,
  type ImportPorts,
  type ImportSession,
} from "./import-session.ts";
import type { SavedImport } from "./import-store.ts";
import { importTargets } from "./import-targets.ts";
import { undoableUntil, undoDays, viewOf } from "./import-view.ts";
import { mappingDraft } from "./lead-defaults.ts";
import { createReceiver } from "./receive-file.ts";
import { createImportRuns, endedImport } from "./run-imports.ts";

type Contract = Omit<typeof filesContract, "exportLeads" | "readFile">;

export type Imports = Handlers<Contract> & {
  /** Goes on with what a restart interrupted. */
  resume(): Promise<void>;
  close(): void;
};

/** CSV imports: a file comes in pieces, is matched and checked, and becomes leads in the background. */
export function createImports(
  ports: ImportPorts & { jobs: Jobs; shelf: FileShelf; newId: () => string },
): Imports {
  const { replica, settings, store, shelf, newId, clock = systemClock } = ports;
  const register = createImportRegister(store, clock.now() - undoDays * 86_400_000);
  const receiver = createReceiver(store);
  const runs = createImportRuns(ports, register);
  const { tell } = register;

  function inBackground(session: ImportSession, work: Promise<void>): void {
    work.catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      Object.assign(session, { step: "failed", message: `This file could not be read: ${why}` });
      tell();
    });
  }

  /** Ends what is not running: a file that is being matched, or an import that failed half way. */
  async function abandon(session: ImportSession): Promise<void> {
    session.abort.abort();
    receiver.forget(session.importId);
    const saved = register.saved(session.importId);
    const ended = saved && endedImport(saved, true);
    if (ended) await store.save(ended);
    if (ended) register.remember(ended);
    await store.removeSource(session.importId);
    Object.assign(session, { step: "cancelled", message: ended?.message ?? null });
    tell();
  }

  return {
    async beginImport({ fileName, sizeBytes }) {
      const importId = newId();
      await receiver.begin(importId, sizeBytes);
      register.add(createSession(importId, fileName, clock.now()));
      return ok({ importId });
    },
    async addImportChunk(chunk) {
      const session = register.session(chunk.importId);
      if (!session) return notFound;
      const taken = await receiver.take(chunk);
      if (!taken.ok) return taken;
      if (taken.value) inBackground(session, prepareSession(ports, session, tell));
      return ok({});
    },
    async setImportOptions({ importId, options }) {
      const session = register.session(importId);
      if (!session) return notFound;
      const chosen = withoutUndefined(options);
      const applied = applyOptions(session, chosen);
      if (!applied.ok) return applied;
      const { reread } = applied.value;
      inBackground(
        session,
        reread ? prepareSession(ports, session, tell, chosen) : checkSession(ports, session, tell),
      );
      // Whoever has the answer must not take the last check for one of these options.
      register.tellNow();
      return ok({});
    },
    async runImport({ importId }) {
      const session = register.session(importId);
      if (!session?.options || !session.facts) return notFound;
      const interrupted = register.saved(importId);
      if (session.step === "failed" && interrupted?.step === "importing") {
        runs.start(session, interrupted);
        return ok({});
      }
      if (session.step !== "matching")
        return err({ code: "refused", message: "This file has been imported already." });
      runs.start(session, newImport(session, session.options));
      const { fileName, facts, options } = session;
      const mapping = mappingDraft(replica.me.userId, fileName, facts.headers, options.fields);
      const remembered = await replica.edits.apply([mapping], "Remembered the columns");
      return remembered.ok ? ok({}) : remembered;
    },
    async cancelImport({ importId }) {
      const session = register.session(importId);
      if (!session) return notFound;
      const isOpen = ["receiving", "reading", "matching", "failed"].includes(session.step);
      if (!runs.cancel(importId) && isOpen) await abandon(session);
      return ok({});
    },
    async undoImport({ importId }) {
      const [session, saved] = [register.session(importId), register.saved(importId)];
      if (!saved || !session) return notFound;
      if (undoableUntil(saved, clock.now()) === null) {
        return err({ code: "refused", message: "This import can no longer be undone." });
      }
      return ok({ jobId: runs.undo(session, saved) });
    },
    async importErrors({ importId }) {
      const session = register.session(importId);
      if (!session) return notFound;
      const name = `${session.fileName.replace(/\.[^.]*$/u, "")}-errors.csv`;
      return ok(await shelf.put(store.errorsPath(importId), name));
    },
    importState: ({ importId }, emit, fail) =>
      register.follow(() => {
        const session = register.session(importId);
        if (!session) return fail(notFound.error);
        const [saved, progress] = [register.saved(importId), runs.progress(importId)];
        emit(viewOf(session, saved, progress, importTargets(settings), clock.now()));
      }),
    recentImports: (_, emit) =>
      register.follow(() =>
        emit({ imports: register.allSaved().map((saved) => recentOf(saved, clock.now())) }),
      ),
    async resume() {
      await register.opened;
      for (const saved of register.allSaved()) {
        const session = register.session(saved.importId);
        if (saved.step === "importing" && session) runs.start(session, saved);
      }
    },
    close: register.close,
  };
}

const notFound = err({ code: "not-found" as const, message: "This import is not on this device." }) as {
  ok: false;
  error: { code: "not-found"; message: string };
};

function newImport(session: ImportSession, options: ImportOptions): SavedImport {
  const { importId, fileName, startedAtMs, facts } = session;
  return {
    importId,
    fileName,
    at: new Date(startedAtMs).toISOString(),
    step: "importing",
    options,
    headers: facts?.headers ?? [],
    rows: facts?.rows ?? 0,
    throughRow: 0,
    result: { created: 0, filled: 0, skipped: 0, errors: 0 },
    message: null,
  };
}

function recentOf(saved: SavedImport, nowMs: number): OutputOf<Contract["recentImports"]>["imports"][number] {
  const { importId, fileName, at, result } = saved;
  const { created, filled } = result;
  return { importId, fileName, at, created, filled, undoableUntil: undoableUntil(saved, nowMs) };
}

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends Record<string, unknown>>(options: T): Given<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>;
}
