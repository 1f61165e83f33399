import { scoreLead } from "../../shared/scoring/lead/score-lead.ts";
import { inTenant, type Tx } from "../database/index.ts";
import { addJob, type Job } from "../jobs/index.ts";
import { saveRecords } from "../sync/index.ts";
import { nowOf, type ScoringDeps } from "./deps.ts";
import { readHistories, type KnownLead } from "./read-histories.ts";

export const scoreJob = "scoring.leads";

const pageSize = 200;
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
  const restMs = Math.max(pace.pageEveryMs - (performance.now() - beganMs), pace.leastRestMs);
  if (!isLast) await new Promise<void>((resolve) => void deps.timers.after(restMs, resolve));
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
