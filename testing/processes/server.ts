import type { ChildProcess } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { systemClock } from "../../shared/result/ports.ts";
import { inTenant, openDatabase, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { demoTenant, ensureDemoTenant } from "../../sync-server/demo/index.ts";
import { stopChild } from "../../tools/processes.ts";
import { findFreePort, startDemoServer } from "../../tools/start-server.ts";

/** The sync-server as its users run it, on its embedded database. */
export type RunningServer = { url: string; process: ChildProcess; close(): Promise<void> };

export type ServerOptions = {
  /** Made with `makeServerFolder`. */
  dataDir: string;
  /** A desk belongs to its server's address: say the same port again after a restart. */
  port: number;
  /** Told of the process at once, so that it can be stopped, or killed, before it answers. */
  keep?: (child: ChildProcess) => void;
};

export { findFreePort };

/** Makes the folder of a server with the demo tenant and hardly any leads, and whatever `fill` adds. */
export async function makeServerFolder(
  dataDir: string,
  fill: (db: Database) => Promise<void> = async () => {},
): Promise<void> {
  await mkdir(join(dataDir, "server"), { recursive: true });
  const db = await openDatabase({ kind: "embedded", dataDir: join(dataDir, "server") });
  await ensureDemoTenant({ db, clock: systemClock }, { leadCount: 1 });
  await fill(db);
  await db.maintain();
  await db.close();
  writeFileSync(join(dataDir, "demo-made"), new Date().toISOString());
}

/** @throws when it ends before it answers */
export async function openServer({ dataDir, port, keep }: ServerOptions): Promise<RunningServer> {
  let started: ChildProcess | null = null;
  const { url } = await startDemoServer({
    dataDir,
    port: String(port),
    keep(child) {
      started = child;
      keep?.(child);
    },
  });
  const child = started as ChildProcess | null;
  if (!child) throw new Error("no server was started");
  return { url, process: child, close: () => stopChild(child) };
}

export type ServerRow = { id: string; doc: Record<string, unknown>; deleted: boolean; audience: string[] };

/** What the database of a server that does not run holds of the demo tenant. */
export async function readServerFolder<Name extends string>(
  dataDir: string,
  collections: readonly Name[],
): Promise<Record<Name, ServerRow[]>> {
  const db = await openDatabase({ kind: "embedded", dataDir: join(dataDir, "server") });
  try {
    const all = {} as Record<Name, ServerRow[]>;
    for (const name of collections) {
      all[name] = await inTenant(db, { tenantId: demoTenant.id }, (tx) =>
        rowsOf<ServerRow>(
          tx,
          sql`SELECT id, doc, deleted, audience FROM ${sql.identifier(name)} ORDER BY id`,
        ),
      );
    }
    return all;
  } finally {
    await db.close();
  }
}
