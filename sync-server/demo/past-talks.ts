import { sql } from "drizzle-orm";
import type { Call } from "../../shared/entities/call.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import type { Clock } from "../../shared/result/ports.ts";
import { inTenant, rowsOf, type Database, type Tx } from "../database/index.ts";
import { reportNow, type ReportMaker } from "../coaching/index.ts";
import { addJob, type Job, type JobHandler } from "../jobs/index.ts";
import { saveRecords } from "../sync/index.ts";
import { demoTenant } from "./people.ts";
import { rollDice, seedOf } from "./random.ts";
import { planTalks, type DemoCall } from "./talk/plan-talks.ts";
import { tellCall } from "./talk/tell-call.ts";

const kind = "demo.talks";
const key = "all";
/** Others have their turn between them: what was said in October holds nobody up. */
const atOnce = 8;

/**
 * Asks for what was said in the demo's past calls, and for their reports. Both are written when the server runs, a few
 * calls at a time: a first start must not wait for it.
 */
export async function wantTalks(
  tx: Tx,
  calls: readonly DemoCall[],
  seed: number,
  now: string,
): Promise<void> {
  const ids = planTalks(calls, now, rollDice(seedOf(seed, 77)));
  const tenantId = demoTenant.id;
  if (ids.length > 0) await addJob(tx, { tenantId, kind, key, payload: { ids, now }, dueAt: new Date(now) });
}

type Deps = { db: Database; clock: Clock; reports: ReportMaker };

/** The demo's own work, for the server's queue. */
export function demoWork(deps: Deps): Record<string, JobHandler> {
  return { [kind]: { run: (job) => tellSome(deps, job), mostAttempts: 20, retryAfterMs: 1_000 } };
}

/** No model is asked to word them: a demo must cost nobody anything. */
async function tellSome({ db, clock, reports }: Deps, { payload }: Job): Promise<void> {
  const { ids, now } = payload as { ids: string[]; now: string };
  const [some, rest] = [ids.slice(0, atOnce), ids.slice(atOnce)];
  const tenantId = demoTenant.id;
  await inTenant(db, { tenantId }, async (tx) => {
    for (const { call, lead } of await readCalls(tx, some)) await tell(tx, call, lead, now);
  });
  await reportNow({ db, reports }, tenantId, some, new Date(clock.now()));
  if (rest.length === 0) return;
  const dueAt = new Date(clock.now());
  await inTenant(db, { tenantId }, (tx) => addJob(tx, { tenantId, kind, key, payload: { ids: rest, now }, dueAt })); // prettier-ignore
}

async function readCalls(tx: Tx, ids: readonly string[]): Promise<{ call: Call; lead: Lead }[]> {
  return rowsOf<{ call: Call; lead: Lead }>(
    tx,
    sql`SELECT calls.doc AS call, leads.doc AS lead FROM calls
          JOIN leads ON leads.tenant_id = calls.tenant_id AND leads.id = calls.parent_id
        WHERE calls.tenant_id = ${demoTenant.id} AND calls.id = ANY(${sql.param([...ids])}::text[])
          AND NOT calls.deleted AND NOT leads.deleted`,
  );
}

async function tell(tx: Tx, call: Call, lead: Lead, now: string): Promise<void> {
  const { id: callId, leadId, agentId, teamId } = call;
  const at = call.endedAt ?? call.startedAt;
  const segments = tellCall(call, lead, now).map((said, index) => ({
    ...{ id: `${callId}:${index}`, callId, leadId, agentId, teamId, createdAt: at, updatedAt: at },
    ...said,
  }));
  await saveRecords(tx, demoTenant.id, "segments", segments, { now: at });
}

/** A demo that was made before coaching gets them too. */
export async function wantMissingTalks(tx: Tx, seed: number, now: string): Promise<void> {
  const [known] = await rowsOf(
    tx,
    sql`SELECT 1 FROM segments WHERE tenant_id = ${demoTenant.id}
        UNION ALL SELECT 1 FROM jobs WHERE tenant_id = ${demoTenant.id} AND kind = ${kind} LIMIT 1`,
  );
  if (known) return;
  const calls = await rowsOf<{ doc: Call }>(
    tx,
    sql`SELECT doc FROM calls WHERE tenant_id = ${demoTenant.id} AND NOT deleted AND doc->>'endReason' = 'completed'
          AND doc->'line' = 'null'::jsonb AND parent_id IS NOT NULL ORDER BY id`,
  );
  await wantTalks(tx, calls.map(({ doc }) => doc), seed, now); // prettier-ignore
}
