import { sql, type SQL } from "drizzle-orm";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { Hold } from "../../database/schema/ai.ts";
import type { Attempt, BilledRoute, Price, Used } from "../parts-port.ts";
import { costOf, mostUsed } from "./cost.ts";
import { periodOf, type PeriodKind } from "./period.ts";

export type Measure = Hold["measure"];

/** A quota, a rate or a budget, as one attempt meets it. */
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
  period: PeriodKind | "minute";
  most: number;
  action: "stop" | "downgrade";
};
type Quota = Limit & { period: PeriodKind };

/** What limits an organisation: its own, the operator's, and whose the models are that are not the operator's. */
export type Limits = {
  limits: readonly Limit[];
  /** Of the organisation and of its people. */
  ownModels: ReadonlySet<string>;
  /** Of its people. */
  personalModels: ReadonlySet<string>;
  timeZone: string;
};
type WhoseModels = Pick<Limits, "ownModels" | "personalModels">;

type Billed = Attempt<BilledRoute>;
/** A limit that an attempt counts for, and when its period ends. */
export type Met = { limit: Limit; endsMs: number };
export type Meets = Met & { hold: Hold };

/** More than anybody can use: what only counts is held against it. */
const endless = Number.MAX_SAFE_INTEGER;

/** In each measure, what is expected to be used and what may be. */
type Amounts = Record<"expected" | "most", Record<Measure, number>>;

/** Every quota and budget that an attempt counts for, with what it holds back of it. In the order in which they are locked. */
export function limitsMetBy(
  attempt: Billed,
  { limits, timeZone, ...whose }: Limits,
  nowMs: number,
  amounts = amountsOfAttempt(attempt),
): Meets[] {
  return limits
    .filter((limit): limit is Quota => limit.period !== "minute" && counts(limit, attempt, whose))
    .map((limit) => {
      const { firstDay, endsMs } = periodOf(nowMs, timeZone, limit.period);
      const { id: limitId, measure } = limit;
      const most = stops(limit, attempt) ? limit.most : endless;
      const subject = subjectOf(limit, attempt);
      const [held, expected] = [amounts.most[measure], amounts.expected[measure]];
      return { limit, endsMs, hold: { limitId, subject, firstDay, measure, most, held, expected } };
    });
}

/** What may be asked in a minute of the clock. */
export type Rate = { limitId: string; subject: string; most: number };

export const minuteMs = 60_000;

/** Every rate that an attempt counts for. In the order in which they are locked. */
export function ratesMetBy(
  attempt: Billed,
  { limits, ...whose }: Limits,
  nowMs: number,
): { minute: Date; met: (Met & { rate: Rate })[] } {
  const beganMs = Math.floor(nowMs / minuteMs) * minuteMs;
  const met = limits
    .filter((limit) => limit.period === "minute" && counts(limit, attempt, whose))
    .map((limit) => ({
      ...{ limit, endsMs: beganMs + minuteMs },
      rate: { limitId: limit.id, subject: subjectOf(limit, attempt), most: limit.most },
    }));
  return { minute: new Date(beganMs), met };
}

function subjectOf({ per }: Limit, { userId }: Billed): string {
  return per === "organisation" ? "" : (userId ?? "");
}

/** A model of somebody's own goes by their key and their price: only a limit that names it, or them, counts it. */
function counts(
  limit: Limit,
  { userId, feature, route }: Billed,
  { ownModels, personalModels }: WhoseModels,
): boolean {
  return (
    (limit.feature === null || limit.feature === feature) &&
    (limit.modelId === null || limit.modelId === route.modelId) &&
    (limit.per === "organisation" || userId !== null) &&
    (limit.per !== "person" || limit.userId === userId) &&
    !(limit.byOperator && ownModels.has(route.modelId)) &&
    (limit.modelId !== null || limit.per === "person" || !personalModels.has(route.modelId))
  );
}

/** A budget that downgrades lets the small models go on, and counts what they use. */
function stops({ action }: Limit, { route: { role } }: Billed): boolean {
  return action === "stop" || role === "large" || role === "picture";
}

function amountsOfAttempt({ estimate, route: { price } }: Billed): Amounts {
  return { expected: amountsOf(estimate, price), most: amountsOf(mostUsed(estimate), price) };
}

export function amountsOf(usage: Used, price: Price): Record<Measure, number> {
  const { inputTokens, outputTokens, soundMs = 0 } = usage;
  return {
    ...{ requests: 1, tokens: inputTokens + outputTokens, minutes: soundMs },
    money: costOf(usage, price),
  };
}

/** The transaction is the server's own. */
export async function readLimits(tx: Tx, tenantId: string): Promise<Omit<Limits, "timeZone">> {
  const limits = await rowsOf<Limit>(
    tx,
    sql`SELECT id, tenant_id = '' AS "byOperator", per, user_id AS "userId", feature, model_id AS "modelId", measure,
          period, most::float8 AS most, action
        FROM ai_limits WHERE tenant_id = ${tenantId} OR (tenant_id = '' AND ${isForPlanOf(tenantId)}) ORDER BY id`,
  );
  const models = await rowsOf<{ id: string; isPersonal: boolean }>(
    tx,
    sql`SELECT id, user_id IS NOT NULL AS "isPersonal" FROM ai_models WHERE tenant_id = ${tenantId}`,
  );
  const personal = models.filter(({ isPersonal }) => isPersonal);
  return { limits, ownModels: idsOf(models), personalModels: idsOf(personal) };
}

function idsOf(models: readonly { id: string }[]): Set<string> {
  return new Set(models.map(({ id }) => id));
}

/** Of the operator's limits: those for every organisation, and those for the plan of this one; to the operator all. */
export function isForPlanOf(tenantId: string): SQL {
  return sql`(${tenantId === ""} OR plan IS NULL OR plan = (SELECT t.plan FROM tenants t WHERE t.id = ${tenantId}))`;
}
