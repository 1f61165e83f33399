import { inSystem } from "../../database/index.ts";
import { moveBatch, readItems, type Batch } from "./batch-rows.ts";
import type { OpenWork } from "./open-work.ts";
import { noteSent } from "./send-batch.ts";
import { answeredWithinMs, askAllAlone, giveUp, routeOfBatch, type BatchRoute, type BulkDeps } from "./steps.ts"; // prettier-ignore

/** No file and no request is under way for longer: what the provider does not have then has not arrived. */
const arrivesWithinMs = 30 * 60_000;
/** Later what is held back for it might run out before it is answered. */
const sentAgainWithinMs = 3_600_000;
const lookWithinMs = 60_000;

/**
 * Looks at the provider for a batch that may have arrived: sent a second time it would be billed a second time.
 * @returns when to go on; nothing when it is over
 */
export async function findSent(deps: BulkDeps, work: OpenWork, batch: Batch): Promise<Date | void> {
  const found = await routeOfBatch(deps, batch, work);
  // Begun by a server that put no mark on it: nobody would know it again.
  if (found === null || batch.sentAt === null) return giveUp(deps, work, batch);
  const since = new Date(batch.sentAt);
  const sought = await look(deps, found, batch, since);
  if (sought.ok && sought.value.state === "found") return noteSent(deps, batch, sought.value.batch);
  if (!sought.ok && sought.error.code === "unsupported") return giveUp(deps, work, batch);
  const ageMs = deps.clock.now() - since.getTime();
  if (sought.ok && sought.value.state === "none" && ageMs >= arrivesWithinMs)
    return neverArrived(deps, work, batch);
  if (ageMs >= answeredWithinMs) return giveUp(deps, work, batch);
  return new Date(deps.clock.now() + deps.times.lookEveryMs);
}

async function look({ db, guard }: BulkDeps, { route, batches }: BatchRoute, batch: Batch, since: Date) {
  const items = await inSystem(db, (tx) => readItems(tx, batch));
  const keys = items.flatMap(({ requestId }) => requestId ?? []);
  const signal = AbortSignal.timeout(lookWithinMs);
  const turn = { route, tenantId: batch.tenantId, priority: "background" as const, signal };
  return guard.run(turn, () => batches.find({ mark: batch.id, keys, since }, signal));
}

async function neverArrived(deps: BulkDeps, work: OpenWork, batch: Batch): Promise<Date | void> {
  const now = deps.clock.now();
  if (now >= Date.parse(batch.createdAt) + sentAgainWithinMs) return askAllAlone(deps, work, batch);
  await inSystem(deps.db, (tx) => moveBatch(tx, batch, { state: "closed" }));
  return new Date(now);
}
