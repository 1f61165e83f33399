import { sql } from "drizzle-orm";
import type { z } from "zod";
import { addDays, dayOf } from "../../../shared/time/zone.ts";
import { readRefused } from "../../ai/alerts/index.ts";
import { readTimeZone } from "../../ai/catalogue/index.ts";
import { readSystemUsage, readUnusual, readUsage } from "../../ai/ledger/index.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import { Refused } from "../../http/index.ts";
import { addRoute, admins, operators, type Routes } from "../route.ts";
import { AiNotices, AiUsage, SystemUsage, UsageQuery } from "./wire.ts";

const mostDays = 366;
const usualDays = 30;

const noticeDays = 7;
const dayMs = 86_400_000;

/** What models cost and how they did, and what people thought of their answers. */
export function addAiUsageRoutes(routes: Routes): void {
  addRoute(
    routes,
    { method: "GET", path: "/ai/notices", summary: "Days of the last week with unusual use, and accounts whose key is refused", roles: admins, answer: AiNotices }, // prettier-ignore
    async ({ tx, identity: { tenantId }, now }) => {
      const timeZone = await readTimeZone(tx, tenantId);
      const toDay = dayOf(Date.parse(now), timeZone);
      const span = { tenantId, fromDay: addDays(toDay, 1 - noticeDays), toDay, timeZone };
      return { unusual: await readUnusual(tx, span), refused: await readOwnRefused(tx, tenantId, now) };
    },
  );
  addRoute(
    routes,
    { method: "GET", path: "/ai/usage", summary: "Cost, tokens, times, outcomes and ratings by day, feature, model and person", roles: admins, query: UsageQuery, answer: AiUsage }, // prettier-ignore
    async ({ tx, identity: { tenantId }, query, now }) => {
      const timeZone = await readTimeZone(tx, tenantId);
      const { fromDay, toDay } = spanOf(query, dayOf(Date.parse(now), timeZone));
      const usage = await readUsage(tx, { tenantId, fromDay, toDay, timeZone });
      const people = await rowsOf<{ userId: string; name: string }>(
        tx,
        sql`SELECT m.user_id AS "userId", u.name FROM members m JOIN users u ON u.id = m.user_id
            WHERE m.tenant_id = ${tenantId} ORDER BY u.name`,
      );
      return { fromDay, toDay, ...usage, people };
    },
  );
  addSystemUsageRoute(routes);
}

/** A person's own account is their own matter, and the operator's the operator's. */
async function readOwnRefused(tx: Tx, tenantId: string, now: string) {
  const keys = await readRefused(tx, [tenantId], new Date(Date.parse(now) - noticeDays * dayMs));
  return keys
    .filter((key) => key.tenantId === tenantId && key.userId === null)
    .map(({ accountId, label, model, lastAt, instead }) => ({ accountId, label, model, lastAt, instead }));
}

function addSystemUsageRoute(routes: Routes): void {
  addRoute(
    routes,
    { method: "GET", path: "/ai/system/usage", summary: "What organisations used of the operator's models, by day, feature and model", roles: operators, as: "server", query: UsageQuery, answer: SystemUsage }, // prettier-ignore
    async ({ tx, query, now }) => {
      const { fromDay, toDay } = spanOf(query, dayOf(Date.parse(now), "UTC"));
      const cells = await readSystemUsage(tx, fromDay, toDay);
      const organisations = await rowsOf<{ id: string; name: string }>(
        tx,
        sql`SELECT id, name FROM tenants WHERE id = ANY(${sql.param([...new Set(cells.map(({ tenantId }) => tenantId))])}::text[])
            ORDER BY name`,
      );
      return { fromDay, toDay, cells, organisations };
    },
  );
}

function spanOf(query: z.infer<typeof UsageQuery>, today: string) {
  const { toDay = today, days = usualDays } = query;
  const fromDay = query.fromDay ?? addDays(toDay, 1 - days);
  if (toDay < fromDay || toDay > addDays(fromDay, mostDays))
    throw new Refused("bad-request", `Name a first and a last day, at most ${mostDays} days apart.`);
  return { fromDay, toDay };
}
