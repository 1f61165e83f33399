import { sql, type SQL } from "drizzle-orm";
import { startOfDay } from "../../../shared/time/zone.ts";
import { rowsOf, type schema, type Tx } from "../../database/index.ts";
import { timeZoneOf } from "../catalogue/index.ts";
import type { Measure } from "./limits.ts";
import { periodOf } from "./period.ts";

type NewLimit = Omit<typeof schema.aiLimits.$inferSelect, "action" | "createdAt">;

/**
 * Counts against a limit what was used in its period before it was set: one that was removed and comes back is as spent
 * as it was. The transaction is the server's own, and the one that writes the limit. What is not settled counts as used,
 * with what is expected of it: whoever has asked knows nothing of this limit and will give nothing back to it. A rate has
 * no lines to count: its next minute is a new one anyway.
 */
export async function countUsedBefore(tx: Tx, limit: NewLimit, nowMs: number): Promise<void> {
  const { id, per, period, measure, most } = limit;
  if (period === "minute") return;
  const periods = (await readOrganisations(tx, limit)).map(({ tenantId, timeZone }) => {
    const { firstDay } = periodOf(nowMs, timeZone, period);
    return { tenantId, firstDay, since: new Date(startOfDay(firstDay, timeZone)).toISOString() };
  });
  await tx.execute(
    sql`INSERT INTO ai_counters (tenant_id, limit_id, subject, first_day, most, used)
        SELECT p."tenantId", ${id}::text, ${per === "organisation" ? sql`''` : sql`r.user_id`}, p."firstDay",
          ${most}::bigint, ${sums[measure]}::bigint
        FROM jsonb_to_recordset(${JSON.stringify(periods)}::jsonb)
          AS p("tenantId" text, "firstDay" date, since timestamptz)
        JOIN ai_requests r ON r.tenant_id = p."tenantId" AND r.asked_at >= p.since
        WHERE ${sql.join(linesOf(limit), sql` AND `)}
        GROUP BY 1, 3, 4`,
  );
}

/** Whom it holds for, each with its calendar: one of the operator's for all, or for all of a plan. */
function readOrganisations(
  tx: Tx,
  { tenantId, plan }: NewLimit,
): Promise<{ tenantId: string; timeZone: string }[]> {
  const ofOperator = plan === null ? sql`true` : sql`t.plan = ${plan}`;
  return rowsOf(
    tx,
    sql`SELECT t.id AS "tenantId", ${timeZoneOf(sql`t.id`)} AS "timeZone" FROM tenants t
        WHERE ${tenantId === "" ? ofOperator : sql`t.id = ${tenantId}`}`,
  );
}

/** Lines `r` that a limit would have counted, had it been there. */
function linesOf({ tenantId, per, userId, feature, modelId }: NewLimit): SQL[] {
  return [
    sql`r.source = 'model'`,
    wasUsed,
    ...(tenantId === "" ? [sql`r.of_operator`] : []),
    ...(per === "each" ? [sql`r.user_id IS NOT NULL`] : []),
    ...(per === "person" ? [sql`r.user_id = ${userId}`] : []),
    ...(feature === null ? [] : [sql`r.feature = ${feature}`]),
    ...(modelId === null ? [] : [sql`r.model_id = ${modelId}`]),
    ...(modelId === null && per !== "person" ? [sql`NOT r.of_person`] : []),
  ];
}

/** As it is settled: what was not even asked, or sent away, is no request. */
const wasUsed = sql`(r.outcome IS NULL OR r.outcome = 'answered'
  OR greatest(r.input_tokens, r.output_tokens, r.sound_ms, r.pictures) > 0)`;

const sums: Record<Measure, SQL> = {
  requests: sql`count(*)`,
  tokens: sql`sum(r.input_tokens::bigint + r.output_tokens)`,
  money: sql`sum(r.cost)`,
  minutes: sql`sum(r.sound_ms)`,
};
