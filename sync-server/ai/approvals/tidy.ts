import { sql } from "drizzle-orm";
import type { Clock } from "../../../shared/result/ports.ts";
import { inSystem, rowsOf, type Database } from "../../database/index.ts";
import { erasedAfterMs, eraseInsight, removeRecords } from "../../sync/index.ts";

const mostAtOnce = 200;
const dayMs = 86_400_000;
const tidyEveryMs = 3_600_000;

export type TidyDeps = {
  db: Database;
  clock: Clock;
  log: { error(facts: object, text: string): void };
  keepDays: number;
};

/** Erases letters from the queue in time, for as long as the server runs. */
export function keepApprovalsTidy(deps: TidyDeps): { stop(): void } {
  const { clock, log, keepDays } = deps;
  const tidy = () =>
    tidyApprovals(deps.db, clock.now(), keepDays).catch((error: unknown) =>
      log.error({ err: error }, "old letters were not erased from the queue of approvals"),
    );
  const chore = setInterval(() => void tidy(), tidyEveryMs);
  return { stop: () => clearInterval(chore) };
}

/**
 * [EDIT-10] Erases letters whose lead was deleted a week ago, and what was asked before `keepDays` days, with what
 * their records say. Done by every node, it is done once.
 */
export async function tidyApprovals(db: Database, nowMs: number, keepDays: number): Promise<void> {
  const goneSince = new Date(nowMs - erasedAfterMs).toISOString();
  const askedBefore = new Date(nowMs - keepDays * dayMs).toISOString();
  const gone = await inSystem(db, (tx) =>
    rowsOf<{ tenantId: string; id: string }>(
      tx,
      sql`SELECT a.tenant_id AS "tenantId", a.id FROM ai_approvals a
          LEFT JOIN insights i ON i.tenant_id = a.tenant_id AND i.id = a.id
          WHERE a.asked_at < ${askedBefore} OR (i.deleted AND i.doc->>'updatedAt' <= ${goneSince})
          LIMIT ${mostAtOnce}`,
    ),
  );
  const now = new Date(nowMs).toISOString();
  for (const { tenantId, id } of gone)
    await inSystem(db, async (tx) => {
      await tx.execute(sql`DELETE FROM ai_approvals WHERE tenant_id = ${tenantId} AND id = ${id}`);
      await removeRecords(tx, tenantId, "insights", [id], { now });
      await eraseInsight(tx, tenantId, id);
    });
}
