import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { openPGlite, tableName } from "../../../main/replica/pglite-storage/index.ts";
import { schemaVersions } from "../../../main/replica/database/record-schemas.ts";
import { coachedCalls } from "../../insights/coached-calls.ts";

/** What an agency of twenty agents has in seven months. */
export const size = {
  calls: Number(process.env["BENCH_CALLS"] ?? 20_000),
  ...{ segmentsOfCall: 50, agents: 20, days: 200 },
};
const page = 2_000;
type Collection = "calls" | "insights" | "segments";

/** Of the person who was signed in last; nobody else may have it open. */
export async function openFolderOf(dataDir: string, replica: string): Promise<PGlite> {
  const opened = await openPGlite(join(dataDir, "replicas", replica, "database"));
  if (!opened.ok) throw opened.error.cause;
  return opened.value;
}

export function listReplicas(dataDir: string): Promise<string[]> {
  return readdir(join(dataDir, "replicas"));
}

export function tableOf(collectionName: keyof typeof schemaVersions): string {
  return tableName({ databaseName: "replica", collectionName, version: schemaVersions[collectionName] });
}

/** Calls, reports, showings of cards and a million segments, by COPY: as a first sync would leave them, in half a minute. */
export async function fillReplica(db: PGlite, untilMs: number): Promise<void> {
  const agents = Array.from({ length: size.agents }, (_, index) => ({
    userId: `agent-${index}`,
    teamId: index % 2 === 0 ? "demo-new-business" : "demo-accounts",
  }));
  const rows: Record<Collection, string[]> = { calls: [], insights: [], segments: [] };
  const flush = async () => {
    for (const collection of ["calls", "insights", "segments"] as const)
      await copyRows(db, collection, rows[collection].splice(0));
  };
  const options = { seed: 1, count: size.calls, untilMs, days: size.days, agents };
  const made = coachedCalls({ ...options, segments: size.segmentsOfCall });
  for (const { call, report, showings, segments } of made) {
    rows.calls.push(rowOf(call));
    rows.insights.push(...[report, ...showings].map(rowOf));
    rows.segments.push(...segments.map(rowOf));
    if (rows.calls.length === page) await flush();
  }
  await flush();
  for (const collection of ["calls", "insights", "segments"] as const)
    await db.exec(`vacuum analyze ${tableOf(collection)}`);
}

async function copyRows(db: PGlite, collection: Collection, rows: string[]): Promise<void> {
  const statement = `copy ${tableOf(collection)} (id, rev, deleted, lwt, doc) from '/dev/blob'`;
  if (rows.length > 0) await db.query(statement, [], { blob: new Blob(rows) });
}

function rowOf({ id, ...doc }: { id: string }): string {
  const json = JSON.stringify(doc).replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n");
  return `${id}\t1-copied\tf\t1\t${json}\n`;
}
