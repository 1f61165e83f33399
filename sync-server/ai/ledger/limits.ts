import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { Hold } from "../../database/schema/ai.ts";
import type { Attempt } from "../parts-port.ts";
import type { Usage } from "../provider-port.ts";
import { costOf } from "./cost.ts";
import { periodOf, type PeriodKind } from "./period.ts";

export type Measure = Hold["measure"];

/** A quota or a budget, as one attempt meets it. */
export type Limit = {
  id: string;
  /** It counts the operator's models alone. */
  byOperator: boolean;
  per: "organisation" | "each" | "person";
  userId: string | null;
  /** Null = all, here and below. */
  feature: string | null;
  modelId: string | null;
  measure: Measure;
  period: PeriodKind;
  most: number;
  action: "stop" | "downgrade";
};

/** What limits an organisation: its own, the operator's, and which models are not the operator's. */
export type Limits = { limits: readonly Limit[]; ownModels: ReadonlySet<string>; timeZone: string };

export type Meets = { limit: Limit; hold: Hold; endsMs: number };

/** More than anybody can use: what only counts is held against it. */
const endless = Number.MAX_SAFE_INTEGER;

/** Every limit that an attempt counts for, with what it holds back of it. In the order in which they are locked. */
export function limitsMetBy(
  attempt: Attempt,
  { limits, ownModels, timeZone }: Limits,
  nowMs: number,
): Meets[] {
  const amounts = amountsOf(attempt.estimate, attempt.route.price);
  return limits
    .filter((limit) => counts(limit, attempt, ownModels))
    .map((limit) => {
      const { firstDay, endsMs } = periodOf(nowMs, timeZone, limit.period);
      const subject = limit.per === "organisation" ? "" : (attempt.userId ?? "");
      const { id: limitId, measure } = limit;
      const most = stops(limit, attempt) ? limit.most : endless;
      return { limit, endsMs, hold: { limitId, subject, firstDay, measure, most, held: amounts[measure] } };
    });
}

function counts(limit: Limit, { userId, feature, route }: Attempt, ownModels: ReadonlySet<string>): boolean {
  return (
    (limit.feature === null || limit.feature === feature) &&
    (limit.modelId === null || limit.modelId === route.modelId) &&
    (limit.per === "organisation" || userId !== null) &&
    (limit.per !== "person" || limit.userId === userId) &&
    !(limit.byOperator && ownModels.has(route.modelId))
  );
}

/** A budget that downgrades lets the small models go on, and counts what they use. */
function stops({ action }: Limit, { route: { role } }: Attempt): boolean {
  return action === "stop" || role === "large" || role === "picture";
}

export function amountsOf(usage: Usage, price: { input: number; output: number }): Record<Measure, number> {
  return { requests: 1, tokens: usage.inputTokens + usage.outputTokens, money: costOf(usage, price) };
}

/** The transaction is the server's own. */
export async function readLimits(tx: Tx, tenantId: string): Promise<Omit<Limits, "timeZone">> {
  const limits = await rowsOf<Limit>(
    tx,
    sql`SELECT id, tenant_id = '' AS "byOperator", per, user_id AS "userId", feature, model_id AS "modelId", measure,
          period, most::float8 AS most, action
        FROM ai_limits WHERE tenant_id IN ('', ${tenantId}) ORDER BY id`,
  );
  const models = await rowsOf<{ id: string }>(
    tx,
    sql`SELECT id FROM ai_models WHERE tenant_id = ${tenantId}`,
  );
  return { limits, ownModels: new Set(models.map(({ id }) => id)) };
}
