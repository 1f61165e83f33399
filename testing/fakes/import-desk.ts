import { mkdtempSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { createFileShelf } from "../../main/replica/files/file-shelf.ts";
import { createImportStore } from "../../main/replica/imports/import-store.ts";
import { createImports } from "../../main/replica/imports/imports.ts";
import { createJobs, type Jobs } from "../../main/replica/jobs/jobs.ts";
import { createLeadRows } from "../../main/replica/leads/lead-rows.ts";
import { openTenantSettings } from "../../main/replica/live/tenant-settings.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import type { OutputOf } from "../../shared/rpc/define.ts";
import type { ImportOptions, importState } from "../../shared/rpc/contract/files.ts";
import { makeTenant } from "./records.ts";
import { createFakeReplica, type FakeReplica } from "./replica.ts";
import { watch } from "./watch.ts";

type State = OutputOf<typeof importState>;

/** The imports of a desk, over a replica in memory, made anew for each test of the file that calls this. */
export function useImportDesk() {
  const clock = { nowMs: Date.parse("2026-05-04T15:00:00.000Z"), now: () => clock.nowMs };
  let replica: FakeReplica;
  let folder: string;
  let jobs: Jobs;
  let desk: ReturnType<typeof openImports>;

  beforeEach(async () => {
    replica = await createFakeReplica();
    await replica.seed("settings", makeTenant());
    folder = mkdtempSync(join(tmpdir(), "imports-"));
    open();
  });
  afterEach(async () => {
    desk.close();
    await jobs.stop();
    await replica.close();
    rmSync(folder, { recursive: true });
  });

  function open(): void {
    jobs = createJobs({ clock, newId: randomUUID });
    desk = openImports();
  }

  function openImports() {
    const settings = openTenantSettings(replica.reads);
    const shelf = createFileShelf(randomUUID);
    const imports = createImports({
      replica,
      rows: createLeadRows(replica.reads),
      settings,
      store: createImportStore(join(folder, "imports")),
      jobs,
      shelf,
      newId: randomUUID,
      clock,
    });
    void imports.resume();
    return {
      handlers: { ...imports, readFile: shelf.readFile },
      close() {
        imports.close();
        settings.close();
      },
    };
  }

  /** Hands a file over in pieces, as a window does. */
  async function upload(content: string | Buffer, fileName = "leads.csv"): Promise<string> {
    const bytes = Buffer.from(content);
    const { importId } = await must(desk.handlers.beginImport({ fileName, sizeBytes: bytes.length }));
    const size = 700_000;
    for (let index = 0; index === 0 || index * size < bytes.length; index += 1) {
      const base64 = bytes.subarray(index * size, (index + 1) * size).toString("base64");
      const last = (index + 1) * size >= bytes.length;
      await must(desk.handlers.addImportChunk({ importId, index, base64, last }));
    }
    return importId;
  }

  async function until(importId: string, isWanted: (state: State) => boolean): Promise<State> {
    const state = watch(desk.handlers.importState, { importId });
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
    clock,
    get replica() {
      return replica;
    },
    get handlers() {
      return desk.handlers;
    },
    open,
    close: () => desk.close(),
    stopJobs: () => jobs.stop(),
    upload,
    until,
    ended,
    checked: (importId: string) => until(importId, (state) => state.checked.done),
    set: (importId: string, options: Partial<ImportOptions>) =>
      must(desk.handlers.setImportOptions({ importId, options })),
    async leads(): Promise<Lead[]> {
      const rows = await replica.reads.sql<{ doc: Lead }>(
        "select doc || jsonb_build_object('id', id) as doc from leads where not deleted order by id",
      );
      return rows.map(({ doc }) => doc);
    },
    async run(importId: string): Promise<State> {
      await must(desk.handlers.runImport({ importId }));
      return ended(importId);
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
