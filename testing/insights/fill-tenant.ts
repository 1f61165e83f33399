import { join } from "node:path";
import { sql } from "drizzle-orm";
import { inTenant, openDatabase, rowsOf, type Database } from "../../sync-server/database/index.ts";
import { demoTenant } from "../../sync-server/demo/index.ts";
import {
  accountsTeam,
  ana,
  ben,
  daniel,
  mei,
  newBusiness,
  priya,
  tom,
} from "../../sync-server/demo/people.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { coachedCalls, type CoachedCall } from "./coached-calls.ts";

/** The agents of the demo tenant, who talks least first. */
export const demoAgents = [
  { userId: mei, teamId: newBusiness },
  { userId: ana, teamId: newBusiness },
  { userId: priya, teamId: newBusiness },
  { userId: ben, teamId: newBusiness },
  { userId: daniel, teamId: accountsTeam },
  { userId: tom, teamId: newBusiness },
];
const page = 200;

/** Twelve weeks of coached calls in the folder of a server that does not run. */
export async function fillCoachedCalls(
  dataDir: string,
  options: { calls: number; segments: number; untilMs: number },
): Promise<void> {
  const db = await openDatabase({ kind: "embedded", dataDir: join(dataDir, "server") });
  const { calls: count, segments, untilMs } = options;
  const leadIds = await readLeadIds(db);
  const made = [
    ...coachedCalls({ seed: 5, count, untilMs, days: 84, agents: demoAgents, segments, leadIds }),
  ];
  for (let start = 0; start < made.length; start += page) await save(db, made.slice(start, start + page));
  await db.close();
}

/** Of New business, which all but one of the agents see. */
async function readLeadIds(db: Database): Promise<string[]> {
  const rows = await inTenant(db, { tenantId: demoTenant.id }, (tx) =>
    rowsOf<{ id: string }>(
      tx,
      sql`SELECT id FROM leads WHERE doc->>'teamId' = ${newBusiness} ORDER BY id LIMIT 300`,
    ),
  );
  return rows.map(({ id }) => id);
}

async function save(db: Database, made: readonly CoachedCall[]): Promise<void> {
  const now = new Date().toISOString();
  const { id } = demoTenant;
  await inTenant(db, { tenantId: id }, async (tx) => {
    await saveRecords(
      tx,
      id,
      "calls",
      made.map(({ call }) => call),
      { now },
    );
    await saveRecords(
      tx,
      id,
      "insights",
      made.map(({ report }) => report),
      { now },
    );
    await saveRecords(
      tx,
      id,
      "segments",
      made.flatMap(({ segments }) => segments),
      { now },
    );
  });
}
