import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { inTenant, schema, type Database } from "../../sync-server/database/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";

export const tenantId = "northgate";
export const now = "2026-11-01T09:00:00.000Z";

export const plain = (own: Record<string, unknown> = {}) =>
  JSON.stringify({
    startedAt: "2026-10-01T11:00:00+02:00",
    direction: "outbound",
    agent: "Ana@northgate.example",
    customer: { phone: "+13125550147" },
    title: "First call",
    turns: [
      { speaker: "customer", startMs: 1_000, endMs: 1_900, text: "The  rent\u0000 is too high." },
      { speaker: "agent", startMs: 0, endMs: 900, text: "Good morning.", words: [{ startMs: 0, endMs: 400 }, { startMs: 400, endMs: 900 }] }, // prettier-ignore
      { speaker: "agent", startMs: 950, endMs: 960, text: "  " },
    ],
    ...own,
  });

export const vtt =
  "WEBVTT\n\nNOTE\nagent: ana@northgate.example\n\n00:00.000 --> 00:00.900\n<v Agent>Good morning\n";

export type ImportStage = ReturnType<typeof stageImports>;

/** A tenant with one agent, Ana, and a folder for each test. */
export function stageImports(open: () => Promise<Database>) {
  let db: Database;
  let folder: string;

  beforeAll(async () => {
    db = await open();
    await db.owner.insert(schema.tenants).values([{ id: tenantId, name: "Northgate" }, { id: "other", name: "Other" }]); // prettier-ignore
    await run(async (tx) => {
      const person = { kind: "person", order: 0, role: "agent", active: true };
      const ana = { ...person, id: "person:ana", userId: "ana", name: "Ana", email: "ana@northgate.example", teamIds: ["north"] }; // prettier-ignore
      await saveRecords(tx, tenantId, "settings", [ana], { now });
    });
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "ringside-import-"));
    await run((tx) => tx.execute(sql`DELETE FROM imported_recordings`));
    return () => rm(folder, { recursive: true, force: true });
  });

  const run = <T>(work: Parameters<typeof inTenant<T>>[2], of = tenantId) =>
    inTenant(db, { tenantId: of }, work);
  const deps = () => ({ db, recordingsDir: join(folder, "kept"), now: () => new Date(now) });
  return { run, deps, path: (name = "") => join(folder, name) };
}
