import { sql, type SQL } from "drizzle-orm";
import type { z } from "zod";
import { isoText, rowsOf, type Tx } from "../../database/index.ts";
import { addRoute, admins, found, type Routes } from "../route.ts";
import { IdParam } from "../wire.ts";
import { AiRequestLines, AiRequestSheet, AiRequestsPage, type AiRequestLine } from "./wire.ts";

type Filter = Omit<z.output<typeof AiRequestsPage>, "limit" | "before">;

/** How far back a search goes that names no days: what it looks for may be in few of very many lines. */
const searchedMs = 92 * 86_400_000;

/** The audit of what was asked, line by line. */
export function addAiRequestRoutes(routes: Routes): void {
  const path = "/ai/requests";
  addRoute(
    routes,
    { method: "GET", path, summary: "Every request to a model, the cache or the rules, newest first", roles: admins, query: AiRequestsPage, answer: AiRequestLines }, // prettier-ignore
    async ({ tx, identity: { tenantId }, query: { before, limit, ...filter }, now }) => {
      const since = sinceOf(filter, now);
      const fits = [...conditionsOf(filter, since), ...olderThan(before)];
      const lines = await readLines<AiRequestLine>(tx, tenantId, fits, limit + 1);
      const page = lines.slice(0, limit);
      const last = page.at(-1);
      const next = lines.length > limit && last ? `${last.askedAt}~${last.id}` : null;
      return { requests: page, next, searchedSince: filter.from === undefined ? since : null };
    },
  );
  addRoute(
    routes,
    { method: "GET", path: `${path}/:id`, summary: "All that is known of one request", roles: admins, params: IdParam, answer: AiRequestSheet }, // prettier-ignore
    async ({ tx, identity: { tenantId }, params: { id } }) => {
      const lines = await readLines<AiRequestSheet>(tx, tenantId, [sql`r.id = ${id}`], 1, detail);
      return found(lines[0], "request");
    },
  );
}

function readLines<Line>(
  tx: Tx,
  tenantId: string,
  fits: readonly SQL[],
  limit: number,
  more: SQL = sql``,
): Promise<Line[]> {
  return rowsOf<never>(
    tx,
    sql`SELECT r.id, ${isoText(sql`r.asked_at`)} AS "askedAt", r.user_id AS "userId", r.feature, r.task,
          r.prompt_version AS "promptVersion", r.source, r.model, r.outcome, r.instead, r.hidden,
          r.input_tokens AS "inputTokens", r.output_tokens AS "outputTokens", r.sound_ms AS "soundMs", r.pictures,
          r.cost::float8 AS cost, r.doubted, r.latency_ms AS "latencyMs", r.first_ms AS "firstMs"${more}
        FROM ai_requests r WHERE ${sql.join([sql`r.tenant_id = ${tenantId}`, ...fits], sql` AND `)}
        ORDER BY r.asked_at DESC, r.id DESC LIMIT ${limit}`,
  );
}

const rated = (rating: "good" | "bad") =>
  sql`(SELECT count(*)::int FROM ai_ratings t
       WHERE t.tenant_id = r.tenant_id AND t.request_id = r.id AND t.rating = ${rating})`;
const detail = sql`, json_build_object('input', r.input_price, 'output', r.output_price, 'minute', r.minute_price,
  'picture', r.picture_price) AS price, r.of_operator AS "ofOperator", ${rated("good")} AS good, ${rated("bad")} AS bad,
  EXISTS (SELECT FROM ai_batch_items i WHERE i.tenant_id = r.tenant_id AND i.request_id = r.id) AS "inBatch"`;

/** Of two that were asked in one millisecond the one with the greater id is the newer. */
function olderThan(before: string | undefined): SQL[] {
  if (before === undefined) return [];
  const [askedAt = "", id = ""] = before.split("~");
  return [sql`(r.asked_at, r.id) < (${askedAt}::timestamptz, ${id}::text)`];
}

/** What was asked before this is not looked at; null = everything is. */
function sinceOf({ from, to, feature, userId, outcome }: Filter, now: string): string | null {
  const isSearch = feature !== undefined || userId !== undefined || outcome !== undefined;
  if (from !== undefined || !isSearch) return from ?? null;
  return new Date(Date.parse(to ?? now) - searchedMs).toISOString();
}

function conditionsOf({ to, feature, userId, outcome }: Filter, since: string | null): SQL[] {
  return [
    since !== null && sql`r.asked_at >= ${since}::timestamptz`,
    to !== undefined && sql`r.asked_at < ${to}::timestamptz`,
    feature !== undefined && sql`r.feature = ${feature}`,
    userId !== undefined && sql`r.user_id = ${userId}`,
    outcome !== undefined && outcomes[outcome],
  ].filter((one) => one !== false);
}

const outcomes: Record<NonNullable<Filter["outcome"]>, SQL> = {
  answered: sql`r.source = 'model' AND r.outcome = 'answered'`,
  cache: sql`r.source = 'cache'`,
  rules: sql`r.source = 'rules'`,
  failed: sql`r.source = 'model' AND r.outcome NOT IN ('answered', 'lost')`,
  limited: sql`r.instead = 'limited'`,
  "under-way": sql`r.outcome IS NULL`,
  lost: sql`r.outcome = 'lost'`,
};
