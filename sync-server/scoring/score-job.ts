import { scoreLead } from "../../shared/scoring/lead/score-lead.ts";
import { inTenant, type Tx } from "../database/index.ts";
import { addJob, type Job } from "../jobs/index.ts";
import { saveRecords } from "../sync/index.ts";
import { nowOf, type ScoringDeps } from "./deps.ts";
import { readHistories, type KnownLead } from "./read-histories.ts";
import { Positions, readTouched } from "./touched-leads.ts";

/** After a training: every lead. */
export const scoreJob = "scoring.leads";
/** By day: those of whom something was written. */
export const touchedJob = "scoring.touched";

const pageSize = 200;
/** Of each feed: five of them together are a page. */
const feedRows = 40;
/** Who was called this morning moves in lists today; often enough, and an organisation that rests costs next to nothing. */
const lookAtTouchedEveryMs = 15 * 60_000;
/** A score that hardly moved stays: every one that is written goes to every desk that holds the lead. */
const leastChange = 3;

/**
 * Nobody waits for scores, and people work meanwhile: each page is written by every desk that holds it, and whoever
 * searches there waits for that. Where the server takes as long for a page by itself, it has a little time for others.
 */
const pace = { pageEveryMs: 140, leastRestMs: 20 };

/**
 * Job: scores one page of leads by the rules and asks for the next in the same transaction, so that one that is cut
 * off goes on where it stopped. They are written in the server's own name.
 */
export async function scorePage(deps: ScoringDeps, { tenantId, payload }: Job): Promise<void> {
  const after = typeof payload["after"] === "string" ? payload["after"] : "";
  const now = nowOf(deps);
  const beganMs = performance.now();
  const isLast = await inTenant(deps.db, { tenantId }, async (tx) => {
    const known = await readHistories(tx, tenantId, { after, limit: pageSize });
    await saveScores(tx, tenantId, known, now);
    const last = known.at(-1);
    if (last === undefined || known.length < pageSize) return true;
    await addJob(tx, { tenantId, kind: scoreJob, key: "leads", payload: { after: last.id }, dueAt: now });
    return false;
  });
  if (!isLast) await rest(deps, beganMs);
}

/**
 * Job, one for each tenant: scores the leads of whom something was written since it last looked, a page at a time, and
 * asks for itself again in the same transaction.
 */
export async function scoreTouched(deps: ScoringDeps, { tenantId, payload }: Job): Promise<void> {
  const positions = Positions.catch({}).parse(payload["positions"]);
  const now = nowOf(deps);
  const beganMs = performance.now();
  const more = await inTenant(deps.db, { tenantId }, async (tx) => {
    const touched = await readTouched(tx, tenantId, { positions, limit: feedRows });
    await saveScores(tx, tenantId, await readHistories(tx, tenantId, { ids: touched.leadIds }), now);
    await addJob(tx, {
      ...{ tenantId, kind: touchedJob, key: "tenant", payload: { positions: touched.positions } },
      dueAt: touched.more ? now : nextLook(now),
    });
    return touched.more;
  });
  if (more) await rest(deps, beganMs);
}

/** Job: scores a lead that something no longer belongs to. */
export async function scoreLeft(deps: ScoringDeps, { tenantId, key }: Job): Promise<void> {
  await inTenant(deps.db, { tenantId }, async (tx) =>
    saveScores(tx, tenantId, await readHistories(tx, tenantId, { ids: [key] }), nowOf(deps)),
  );
}

/** When a look at what was written is due, that of a tenant which has had none as well. */
export function nextLook(now: Date): Date {
  return new Date(now.getTime() + lookAtTouchedEveryMs);
}

function rest({ timers }: ScoringDeps, beganMs: number): Promise<void> {
  const restMs = Math.max(pace.pageEveryMs - (performance.now() - beganMs), pace.leastRestMs);
  return new Promise((resolve) => void timers.after(restMs, resolve));
}

async function saveScores(tx: Tx, tenantId: string, known: readonly KnownLead[], now: Date): Promise<void> {
  const changed = known.flatMap((lead) => {
    const { score } = scoreLead(lead, now.getTime());
    return isNews(lead.score, score) ? [{ id: lead.id, score }] : [];
  });
  const at = now.toISOString();
  if (changed.length > 0) await saveRecords(tx, tenantId, "leads", changed, { now: at, onlyLiving: true });
}

function isNews(before: number | null, now: number): boolean {
  return before === null || Math.abs(before - now) >= leastChange;
}
