import { sql, type SQL } from "drizzle-orm";
import { addDays, startOfDay } from "../../../shared/time/zone.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import { findUnusual, type UnusualDay } from "./unusual.ts";

/** `fromDay` and `toDay` are in it, in the calendar of `timeZone`. */
export type UsageSpan = { tenantId: string; fromDay: string; toDay: string; timeZone: string };

type Cell = {
  day: string;
  feature: string;
  model: string;
  userId: string | null;
  source: "model" | "cache" | "rules";
  requests: number;
  failed: number;
  inputTokens: number;
  outputTokens: number;
  soundMs: number;
  cost: number;
};
type Model = {
  model: string;
  requests: number;
  answered: number;
  cost: number;
  medianMs: number | null;
  p95Ms: number | null;
  firstMs: number | null;
  good: number;
  bad: number;
};
export type Usage = {
  cells: Cell[];
  models: Model[];
  outcomes: { outcome: string; requests: number }[];
  doubted: number;
  unusual: (UnusualDay & { measure: "requests" | "money" })[];
};

/** Weeks that tell what is usual. */
const daysBefore = 28;
/** Half a dollar and twenty requests more than usual are nobody's news. */
const floors = { requests: 20, money: 500_000_000 } as const;

/** What an organisation used, and what stands out. Nothing in it is of what was asked or answered. */
export async function readUsage(tx: Tx, span: UsageSpan): Promise<Usage> {
  const of = linesOf(span);
  return {
    cells: await readCells(tx, span, of),
    models: await readModels(tx, of),
    ...(await readOutcomes(tx, of)),
    unusual: await readUnusual(tx, span),
  };
}

function linesOf({ tenantId, fromDay, toDay, timeZone }: UsageSpan): SQL {
  const since = new Date(startOfDay(fromDay, timeZone)).toISOString();
  const until = new Date(startOfDay(addDays(toDay, 1), timeZone)).toISOString();
  return sql`r.tenant_id = ${tenantId} AND r.asked_at >= ${since} AND r.asked_at < ${until} AND r.outcome IS NOT NULL`;
}

function readCells(tx: Tx, { timeZone }: UsageSpan, of: SQL): Promise<Cell[]> {
  return rowsOf<Cell>(
    tx,
    sql`SELECT (asked_at AT TIME ZONE ${timeZone})::date::text AS day, feature, model, user_id AS "userId", source,
          ${sumsOfLines}
        FROM ai_requests r WHERE ${of} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
  );
}

/** By organisation, for whoever pays for the models that all of them are offered: nothing of their own models. */
export type SystemCell = Omit<Cell, "userId"> & { tenantId: string };

/** What every organisation used of the operator's models, in the calendar of UTC. */
export function readSystemUsage(tx: Tx, fromDay: string, toDay: string): Promise<SystemCell[]> {
  return rowsOf<SystemCell>(
    tx,
    sql`SELECT (asked_at AT TIME ZONE 'UTC')::date::text AS day, tenant_id AS "tenantId", feature, model, source,
          ${sumsOfLines}
        FROM ai_requests r
        WHERE asked_at >= ${`${fromDay}T00:00:00Z`} AND asked_at < ${`${addDays(toDay, 1)}T00:00:00Z`}
          AND outcome IS NOT NULL AND of_operator
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
  );
}

const sumsOfLines = sql`count(*)::int AS requests, count(*) FILTER (WHERE outcome <> 'answered')::int AS failed,
  sum(input_tokens)::float8 AS "inputTokens", sum(output_tokens)::float8 AS "outputTokens", sum(sound_ms)::float8 AS "soundMs",
  sum(cost)::float8 AS cost`;

function readModels(tx: Tx, of: SQL): Promise<Model[]> {
  const rated = (rating: "good" | "bad") =>
    sql`coalesce(sum((SELECT count(*) FROM ai_ratings t
      WHERE t.tenant_id = r.tenant_id AND t.request_id = r.id AND t.rating = ${rating})), 0)::int`;
  return rowsOf<Model>(
    tx,
    sql`SELECT model, count(*)::int AS requests, count(*) FILTER (WHERE outcome = 'answered')::int AS answered,
          sum(cost)::float8 AS cost,
          percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE source = 'model') AS "medianMs",
          percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE source = 'model') AS "p95Ms",
          percentile_cont(0.5) WITHIN GROUP (ORDER BY first_ms) AS "firstMs",
          ${rated("good")} AS good, ${rated("bad")} AS bad
        FROM ai_requests r WHERE ${of} GROUP BY model ORDER BY cost DESC, requests DESC, model`,
  );
}

async function readOutcomes(tx: Tx, of: SQL): Promise<Pick<Usage, "outcomes" | "doubted">> {
  const rows = await rowsOf<{ outcome: string; requests: number; doubted: number }>(
    tx,
    sql`SELECT outcome, count(*)::int AS requests, count(*) FILTER (WHERE doubted)::int AS doubted
        FROM ai_requests r WHERE ${of} AND source = 'model' GROUP BY outcome ORDER BY requests DESC, outcome`,
  );
  return {
    outcomes: rows.map(({ outcome, requests }) => ({ outcome, requests })),
    doubted: rows.reduce((sum, { doubted }) => sum + doubted, 0),
  };
}

/** Days of the span with much more use than in the weeks before them; what people pay for themselves is their own matter. */
export async function readUnusual(tx: Tx, span: UsageSpan): Promise<Usage["unusual"]> {
  const { fromDay, toDay, timeZone } = span;
  const earlier = addDays(fromDay, -daysBefore);
  const rows = await rowsOf<{ day: string; requests: number; money: number }>(
    tx,
    sql`SELECT (asked_at AT TIME ZONE ${timeZone})::date::text AS day, count(*)::int AS requests,
          sum(cost)::float8 AS money
        FROM ai_requests r WHERE ${linesOf({ ...span, fromDay: earlier })} AND source = 'model' AND NOT of_person GROUP BY 1`,
  );
  // Before the first use of all there was nothing to get used to.
  const first = rows.map(({ day }) => day).toSorted()[0] ?? toDay;
  const days = daysBetween(first, toDay);
  return (["money", "requests"] as const).flatMap((measure) => {
    const amounts = days.map((day) => ({ day, amount: rows.find((row) => row.day === day)?.[measure] ?? 0 }));
    return findUnusual(amounts, floors[measure])
      .filter(({ day }) => day >= fromDay)
      .map((one) => ({ ...one, measure }));
  });
}

function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
