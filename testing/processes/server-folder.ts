import { mkdir } from "node:fs/promises";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { systemClock } from "../../shared/result/ports.ts";
import { inTenant, openDatabase, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { demoTenant, ensureDemoTenant } from "../../sync-server/demo/index.ts";
import { addJobs } from "../../sync-server/jobs/index.ts";
import { touchedJob } from "../../sync-server/scoring/score-job.ts";
import { trainJob } from "../../sync-server/scoring/train-job.ts";

/** Beyond any test. */
const never = new Date("2100-01-01T00:00:00.000Z");

/**
 * Makes the folder of a server with the demo tenant and `leadCount` leads, and whatever `fill` adds. Nobody is scored
 * there, by day or by night: the server would write into leads that a test compares, or counts the changes of.
 */
export async function makeServerFolder(
  dataDir: string,
  fill: (db: Database) => Promise<void> = async () => {},
  leadCount = 1,
): Promise<void> {
  await mkdir(join(dataDir, "server"), { recursive: true });
  const db = await openDatabase({ kind: "embedded", dataDir: join(dataDir, "server") });
  const tenantId = demoTenant.id;
  await ensureDemoTenant({ db, clock: systemClock }, { leadCount });
  const unscored = [trainJob, touchedJob].map((kind) => ({ tenantId, kind, key: "tenant", dueAt: never }));
  await inTenant(db, { tenantId }, (tx) => addJobs(tx, unscored));
  await fill(db);
  await db.maintain();
  await db.close();
  writeFileSync(join(dataDir, "demo-made"), new Date().toISOString());
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
