import { mkdtempSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { createFileShelf } from "../../main/replica/files/file-shelf.ts";
import { createImportStore } from "../../main/replica/imports/import-store.ts";
import { createImports } from "../../main/replica/imports/imports.ts";
import { createJobs } from "../../main/replica/jobs/jobs.ts";
import { createLeadRows } from "../../main/replica/leads/lead-rows.ts";
import { openTenantSettings } from "../../main/replica/live/tenant-settings.ts";
import type { Replica } from "../../main/replica/replica.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import type { Clock } from "../../shared/result/ports.ts";
import type { OutputOf } from "../../shared/rpc/define.ts";
import type { ImportOptions, importState } from "../../shared/rpc/contract/files.ts";
import { makeTenant } from "./records.ts";
import { createFakeReplica, type FakeReplica } from "./replica.ts";
import { watch } from "./watch.ts";

type State = OutputOf<typeof importState>;
export type ImportDesk = ReturnType<typeof openImportDesk>;

/** The imports of an open replica, as its windows reach them. */
export function openImportDesk(replica: Replica, folder: string, clock: Clock) {
  const jobs = createJobs({ clock, newId: randomUUID });
  const settings = openTenantSettings(replica.reads);
  const shelf = createFileShelf(randomUUID);
  const imports = createImports({
    replica,
    rows: createLeadRows(replica.reads),
    settings,
    store: createImportStore(folder),
    jobs,
    shelf,
    newId: randomUUID,
    clock,
  });
  void imports.resume();
  const handlers = { ...imports, readFile: shelf.readFile };

  /** Hands a file over in pieces, as a window does. */
  async function upload(content: string | Buffer, fileName = "leads.csv"): Promise<string> {
    const bytes = Buffer.from(content);
    const { importId } = await must(handlers.beginImport({ fileName, sizeBytes: bytes.length }));
    const size = 700_000;
    for (let index = 0; index === 0 || index * size < bytes.length; index += 1) {
      const base64 = bytes.subarray(index * size, (index + 1) * size).toString("base64");
      const last = (index + 1) * size >= bytes.length;
      await must(handlers.addImportChunk({ importId, index, base64, last }));
    }
    return importId;
  }

  async function until(importId: string, isWanted: (state: State) => boolean): Promise<State> {
    const state = watch(handlers.importState, { importId });
    for (;;) {
      const now = await state.next();
      if (!isWanted(now)) continue;
      state.stop();
      return now;
    }
  }
  const ended = (importId: string) =>
    until(importId, ({ step }) => ["done", "cancelled", "failed", "undone"].includes(step));

  return {
    handlers,
    upload,
    until,
    ended,
    checked: (importId: string) => until(importId, (state) => state.checked.done),
    async run(importId: string): Promise<State> {
      await must(handlers.runImport({ importId }));
      return ended(importId);
    },
    stopJobs: () => jobs.stop(),
    close() {
      imports.close();
      settings.close();
    },
  };
}

/** The imports of a desk, over a replica in memory, made anew for each test of the file that calls this. */
export function useImportDesk() {
  const clock = {
    nowMs: Date.parse("2026-05-04T15:00:00.000Z"),
    // As a clock that is an object has it: whoever passes `now` on must not take it off its clock.
    now() {
      return this.nowMs;
    },
  };
  let replica: FakeReplica;
  let folder: string;
  let desk: ImportDesk;

  beforeEach(async () => {
    replica = await createFakeReplica();
    await replica.seed("settings", makeTenant());
    folder = mkdtempSync(join(tmpdir(), "imports-"));
    open();
  });
  afterEach(async () => {
    desk.close();
    await desk.stopJobs();
    await replica.close();
    rmSync(folder, { recursive: true });
  });

  function open(): void {
    desk = openImportDesk(replica, join(folder, "imports"), clock);
  }

  return {
    clock,
    get replica() {
      return replica;
    },
    get handlers() {
      return desk.handlers;
    },
    open,
    close: () => desk.close(),
    stopJobs: () => desk.stopJobs(),
    upload: (content: string | Buffer, fileName?: string) => desk.upload(content, fileName),
    until: (importId: string, isWanted: (state: State) => boolean) => desk.until(importId, isWanted),
    ended: (importId: string) => desk.ended(importId),
    checked: (importId: string) => desk.checked(importId),
    run: (importId: string) => desk.run(importId),
    set: (importId: string, options: Partial<ImportOptions>) =>
      must(desk.handlers.setImportOptions({ importId, options })),
    async leads(): Promise<Lead[]> {
      const rows = await replica.reads.sql<{ doc: Lead }>(
        "select doc || jsonb_build_object('id', id) as doc from leads where not deleted order by id",
      );
      return rows.map(({ doc }) => doc);
    },
  };
}

/** @throws with what the desk said, when it refused */
export async function must<T>(
  result: Promise<{ ok: true; value: T } | { ok: false; error: { message: string } }>,
): Promise<T> {
  const answer = await result;
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
