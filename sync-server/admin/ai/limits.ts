import { and, eq, sql, type SQL } from "drizzle-orm";
import { v7 } from "uuid";
import { dayOf } from "../../../shared/time/zone.ts";
import { readTimeZone } from "../../ai/catalogue/index.ts";
import { countUsedBefore, isForPlanOf, minuteMs, periodOf } from "../../ai/ledger/index.ts";
import { rowsOf, schema, type Tx } from "../../database/index.ts";
import { Refused } from "../../http/index.ts";
import { addRoute, found, type Routes } from "../route.ts";
import { IdParam } from "../wire.ts";
import { organisationScope, systemScope, type Scope } from "./scope.ts";
import { AiLimit, AiLimits, ChangeAiLimit, NewAiLimit } from "./wire.ts";

const { aiLimits } = schema;
const mostLimits = 100;

/** Quotas and budgets, with how much of them is used. The operator's hold for each organisation. */
export function addAiLimitRoutes(routes: Routes): void {
  for (const scope of [systemScope, organisationScope]) {
    addListRoutes(routes, scope);
    addChangeRoutes(routes, scope);
  }
}

function addListRoutes(routes: Routes, { path: root, roles, as, whose, ownerOf }: Scope): void {
  const path = `${root}/limits`;
  addRoute(
    routes,
    {
      method: "GET",
      path,
      summary: `Limits ${whose}, and what is used of them`,
      roles,
      as,
      answer: AiLimits,
    },
    async ({ tx, identity, now }) => ({
      limits: await readLimits(tx, ownerOf(identity).tenantId, Date.parse(now)),
    }),
  );
  addRoute(
    routes,
    // No request may write what limits count: that is the server's own work, and everything here names its tenant.
    { method: "POST", path, summary: `Add a limit ${whose}`, roles, as: "server", body: NewAiLimit, answer: AiLimit, status: 201 }, // prettier-ignore
    async ({ tx, identity, body, now, note }) => {
      const { tenantId } = ownerOf(identity);
      if (body.plan !== null && as !== "server")
        throw new Refused("bad-request", "Plans are the operator's.");
      if ((await readLimits(tx, tenantId, Date.parse(now))).length >= mostLimits)
        throw new Refused("conflict", `There are ${mostLimits} limits. Remove one.`);
      const id = v7();
      await tx.insert(aiLimits).values({ tenantId, id, ...body, createdAt: new Date(now) });
      await countUsedBefore(tx, { tenantId, id, ...body }, Date.parse(now));
      await note("ai-limit.create", subjectOf(id), { after: body });
      return limitOf(tx, tenantId, id, now);
    },
  );
}

function addChangeRoutes(routes: Routes, { path: root, roles, as, ownerOf }: Scope): void {
  const one = `${root}/limits/:id`;
  addRoute(
    routes,
    { method: "PATCH", path: one, summary: "Change how much a limit leaves, or what it does", roles, as, params: IdParam, body: ChangeAiLimit, answer: AiLimit }, // prettier-ignore
    async ({ tx, identity, params: { id }, body, now, note }) => {
      const { tenantId } = ownerOf(identity);
      const { most, action, period } = await ownLimitOf(tx, tenantId, id, now);
      if (period === "minute" && body.action === "downgrade")
        throw new Refused("bad-request", "By the minute nothing goes on in place of what is refused.");
      await tx.update(aiLimits).set(body).where(own(tenantId, id));
      await note("ai-limit.change", subjectOf(id), { before: { most, action }, after: body });
      return limitOf(tx, tenantId, id, now);
    },
  );
  addRoute(
    routes,
    { method: "DELETE", path: one, summary: "Remove a limit", roles, as, params: IdParam, answer: null },
    async ({ tx, identity, params: { id }, now, note }) => {
      const { tenantId } = ownerOf(identity);
      const { used: _used, held: _held, ...before } = await ownLimitOf(tx, tenantId, id, now);
      await tx.delete(aiLimits).where(own(tenantId, id));
      await note("ai-limit.remove", subjectOf(id), { before });
    },
  );
}

async function limitOf(tx: Tx, tenantId: string, id: string, now: string): Promise<AiLimit> {
  const all = await readLimits(tx, tenantId, Date.parse(now));
  return found(
    all.find((limit) => limit.id === id),
    "limit",
  );
}

async function ownLimitOf(tx: Tx, tenantId: string, id: string, now: string): Promise<AiLimit> {
  const limit = await limitOf(tx, tenantId, id, now);
  if (limit.byOperator !== (tenantId === "")) throw new Refused("forbidden", "This limit is the operator's.");
  return limit;
}

function own(tenantId: string, id: string) {
  return and(eq(aiLimits.tenantId, tenantId), eq(aiLimits.id, id));
}

type Row = Omit<AiLimit, "used" | "held" | "firstDay">;

/** An organisation sees the operator's limits beside its own; the operator sees whoever uses the most of each. */
async function readLimits(tx: Tx, tenantId: string, nowMs: number): Promise<AiLimit[]> {
  const timeZone = await readTimeZone(tx, tenantId);
  const rows = await rowsOf<Row>(
    tx,
    sql`SELECT id, tenant_id = '' AS "byOperator", per, user_id AS "userId",
          (SELECT name FROM users u WHERE u.id = user_id AND ${isPersonOf(tenantId)}) AS "userName", feature, model_id AS "modelId", measure,
          period, plan, most::float8 AS most, action
        FROM ai_limits WHERE tenant_id = ${tenantId} OR (tenant_id = '' AND ${isForPlanOf(tenantId)})
        ORDER BY tenant_id = '', created_at, id`,
  );
  const asked = await readAsked(tx, tenantId, nowMs);
  const used = await rowsOf<{ limitId: string; firstDay: string; used: number; held: number }>(
    tx,
    sql`SELECT DISTINCT ON (limit_id, first_day) limit_id AS "limitId", first_day::text AS "firstDay",
          used::float8 AS used, held::float8 AS held
        FROM ai_counters WHERE ${tenantId === "" ? sql`true` : sql`tenant_id = ${tenantId}`}
          AND first_day > now() - interval '40 days'
        ORDER BY limit_id, first_day, used + held DESC`,
  );
  return rows.map((row) => {
    if (row.period === "minute")
      return { ...row, firstDay: dayOf(nowMs, timeZone), used: asked.get(row.id) ?? 0, held: 0 };
    const { firstDay } = periodOf(nowMs, timeZone, row.period);
    const now = used.find((one) => one.limitId === row.id && one.firstDay === firstDay);
    return { ...row, firstDay, used: now?.used ?? 0, held: now?.held ?? 0 };
  });
}

/** A user `u` that may be shown there: to the operator everybody. */
function isPersonOf(tenantId: string): SQL {
  return sql`(${tenantId === ""} OR EXISTS (SELECT FROM members m WHERE m.tenant_id = ${tenantId} AND m.user_id = u.id))`;
}

/** In this minute of the clock, by limit; of each organisation or person the one who asked the most. */
async function readAsked(tx: Tx, tenantId: string, nowMs: number): Promise<Map<string, number>> {
  const minute = new Date(Math.floor(nowMs / minuteMs) * minuteMs).toISOString();
  const rows = await rowsOf<{ limitId: string; asked: number }>(
    tx,
    sql`SELECT limit_id AS "limitId", max(asked)::int AS asked FROM ai_rates
        WHERE ${tenantId === "" ? sql`true` : sql`tenant_id = ${tenantId}`} AND minute = ${minute}
        GROUP BY limit_id`,
  );
  return new Map(rows.map(({ limitId, asked }) => [limitId, asked]));
}

function subjectOf(id: string): string {
  return `ai-limits/${id}`;
}
