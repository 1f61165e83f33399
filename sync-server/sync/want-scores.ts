import { countedTouches } from "../../shared/scoring/lead/history.ts";
import type { Tx } from "../database/index.ts";
import { addJobs } from "../jobs/index.ts";
import type { Row } from "./rows.ts";

/** A lead that something no longer belongs to is scored anew by this job; its key is the lead (../scoring). */
export const leftJob = "scoring.left";

const counted: ReadonlySet<string> = new Set(countedTouches);

/**
 * Asks for the scores of leads that rows were taken from, in the transaction that writes them: the feed tells of where
 * those are now alone.
 * @param now ISO 8601
 */
export async function wantScores(tx: Tx, tenantId: string, rows: Iterable<Row>, now: string): Promise<void> {
  const left = [...rows].flatMap(({ collection, left: id }) => (id && counted.has(collection) ? [id] : []));
  await addJobs(
    tx,
    Array.from(new Set(left), (key) => ({ tenantId, kind: leftJob, key, dueAt: new Date(now) })),
  );
}
