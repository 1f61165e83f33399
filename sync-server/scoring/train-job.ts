import { desc, eq, sql } from "drizzle-orm";
import { inTenant, schema, type Tx } from "../database/index.ts";
import { addJob, type Job } from "../jobs/index.ts";
import { saveRecords } from "../sync/index.ts";
import { nowOf, type ScoringDeps } from "./deps.ts";
import { nextNight } from "./next-night.ts";
import { pastContacts } from "./past-contacts.ts";
import { readHistories } from "./read-histories.ts";
import { scoreJob } from "./score-job.ts";
import { beginTraining, type FromThread, type Training } from "./trainer.ts";

export const trainJob = "scoring.train";

/** Small enough that the embedded database, which stands still meanwhile, answers others in between. */
const pageSize = 200;
/** Models that are kept beside the one in use. */
const keptVersions = 30;

/**
 * Job: learns who converts from the tenant's own calls and what was won after them, keeps the model as the next
 * version, and has every lead scored. With few outcomes the model says what it was told beforehand.
 * @returns when to learn again
 */
export async function trainTenant(deps: ScoringDeps, { tenantId }: Job): Promise<Date> {
  const startedAt = nowOf(deps);
  const training = beginTraining();
  try {
    await giveContacts(deps, tenantId, training);
    const version = (await inTenant(deps.db, { tenantId }, (tx) => latestVersion(tx, tenantId))) + 1;
    const trained = await training.finish(version, startedAt.toISOString());
    await inTenant(deps.db, { tenantId }, (tx) => publish(tx, tenantId, trained, startedAt));
    if (trained.drift.alerts.length > 0)
      deps.log.warn({ tenantId, version, alerts: trained.drift.alerts }, "who converts has changed");
  } finally {
    await training.end();
  }
  return nextNight(tenantId, startedAt);
}

async function giveContacts(deps: ScoringDeps, tenantId: string, training: Training): Promise<void> {
  let after = "";
  for (;;) {
    const from = after;
    const known = await inTenant(deps.db, { tenantId }, (tx) => readHistories(tx, tenantId, { after: from, limit: pageSize })); // prettier-ignore
    training.give(known.flatMap((lead) => pastContacts(lead, deps.clock.now())));
    const last = known.at(-1);
    if (last === undefined || known.length < pageSize) return;
    after = last.id;
  }
}

async function latestVersion(tx: Tx, tenantId: string): Promise<number> {
  const { conversionModels: models } = schema;
  const [latest] = await tx
    .select({ version: models.version })
    .from(models)
    .where(eq(models.tenantId, tenantId))
    .orderBy(desc(models.version))
    .limit(1);
  return latest?.version ?? 0;
}

/** The model, what desks reckon with, and the job that follows from it, in one transaction. */
async function publish(tx: Tx, tenantId: string, { model, drift }: FromThread, at: Date): Promise<void> {
  const row = { tenantId, version: model.version, trainedAt: at, model, drift };
  await tx.insert(schema.conversionModels).values(row).onConflictDoNothing();
  await tx.execute(
    sql`DELETE FROM conversion_models WHERE tenant_id = ${tenantId} AND version <= ${model.version - keptVersions}`,
  );
  const setting = { id: "conversion", kind: "conversion", order: 0, model };
  await saveRecords(tx, tenantId, "settings", [setting], { now: at.toISOString() });
  await addJob(tx, { tenantId, kind: scoreJob, key: "leads", payload: { after: "" }, dueAt: at });
}
