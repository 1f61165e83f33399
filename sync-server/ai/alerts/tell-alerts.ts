import { sql } from "drizzle-orm";
import type { Clock } from "../../../shared/result/ports.ts";
import { addDays, dayOf } from "../../../shared/time/zone.ts";
import type { Letters, Notice } from "../../auth/index.ts";
import { inSystem, rowsOf, schema, type Database, type Tx } from "../../database/index.ts";
import { readTimeZone } from "../catalogue/index.ts";
import { readUnusual } from "../ledger/index.ts";
import { readRefused, type RefusedKey } from "./read-refused.ts";
import { sayRefused, sayUnusual } from "./say-alerts.ts";

export type AlertDeps = {
  db: Database;
  clock: Clock;
  letters: Pick<Letters, "send">;
  /** Where people open the console, without a slash at the end. */
  publicUrl: () => string;
  log: { warn(facts: object, text: string): void };
};

type Tenant = { id: string; name: string };
type Told = Pick<typeof schema.aiAlerts.$inferInsert, "tenantId" | "kind" | "subject">;

const dayMs = 86_400_000;
/** Also a server that was down for weeks tells what nobody was told: less long than it remembers what it told. */
const newsMs = 29 * dayMs;
/** Days before today that are told of if they were unusual: as many as the console names. */
const unusualDays = 6;
/** A mail server may be away over a weekend. */
const letterLifeMs = 3 * dayMs;
/** Nothing that was told so long ago is looked at again. */
const rememberedMs = 30 * dayMs;

/**
 * Writes to admins of unusual use of models, and to whoever has an account of keys that are refused: each day, but once
 * where other models answer everything instead. What was told is written down with the letter, so that nodes, servers
 * that start again and later looks tell nothing twice.
 */
export async function tellAlerts(deps: AlertDeps): Promise<void> {
  const now = new Date(deps.clock.now());
  const since = new Date(now.getTime() - newsMs);
  const tenants = await inSystem(deps.db, (tx) => readAsking(tx, since));
  for (const tenant of tenants)
    // What cannot be told of one says nothing of the others.
    await inSystem(deps.db, (tx) => tellUnusual(deps, tx, tenant, now)).catch((error: unknown) =>
      deps.log.warn({ err: error, tenantId: tenant.id }, "nobody was told of unusual use of models"),
    );
  const ids = tenants.map(({ id }) => id);
  for (const key of await inSystem(deps.db, (tx) => readRefused(tx, ids, since)))
    await inSystem(deps.db, (tx) => tellRefused(deps, tx, key, now)).catch((error: unknown) =>
      deps.log.warn({ err: error, tenantId: key.tenantId }, "nobody was told of a key that is refused"),
    );
  await inSystem(deps.db, (tx) => forgetBefore(tx, new Date(now.getTime() - rememberedMs)));
}

/** Organisations that asked models since, as long as their people may sign in. */
function readAsking(tx: Tx, since: Date): Promise<Tenant[]> {
  return rowsOf<Tenant>(
    tx,
    sql`SELECT id, name FROM tenants t WHERE suspended_at IS NULL AND kind <> 'demo' AND EXISTS (
          SELECT FROM ai_requests r WHERE r.tenant_id = t.id AND r.asked_at >= ${since.toISOString()} AND r.source = 'model')
        ORDER BY id`,
  );
}

async function tellUnusual(deps: AlertDeps, tx: Tx, tenant: Tenant, now: Date): Promise<void> {
  const timeZone = await readTimeZone(tx, tenant.id);
  const toDay = dayOf(now.getTime(), timeZone);
  const found = await readUnusual(tx, {
    tenantId: tenant.id,
    fromDay: addDays(toDay, -unusualDays),
    toDay,
    timeZone,
  });
  const news = [];
  for (const one of found) {
    const told: Told = { tenantId: tenant.id, kind: "unusual-use", subject: `${one.day} ${one.measure}` };
    if (await isNews(tx, told, now)) news.push(one);
  }
  if (news.length === 0) return;
  deps.log.warn({ tenantId: tenant.id, unusual: news }, "models were used much more than usual");
  const people = await readAdmins(tx, tenant.id);
  const says = news.map(sayUnusual);
  await write(deps, tx, people, { kind: "unusual-use", says, tenant, page: "ai-usage", now });
}

async function tellRefused(deps: AlertDeps, tx: Tx, key: RefusedKey, now: Date): Promise<void> {
  const { tenantId, accountId, userId, lastAt, instead } = key;
  const kind = instead === "model" ? "key-passed-over" : "key-refused";
  if (kind === "key-passed-over" && (await wasTold(tx, key))) return;
  if (!(await isNews(tx, { tenantId, kind, subject: `${accountId} ${lastAt.slice(0, 10)}` }, now))) return;
  deps.log.warn({ tenantId, accountId, lastAt, instead }, "a provider of models does not take a key");
  const isOperators = tenantId === "";
  const people = isOperators
    ? await readOperators(tx)
    : userId === null
      ? await readAdmins(tx, tenantId)
      : await readPerson(tx, tenantId, userId);
  const tenant = isOperators ? null : { id: tenantId, name: key.tenantName };
  const page = userId === null ? "ai-models" : "own-models";
  await write(deps, tx, people, { kind, says: [sayRefused(key)], tenant, page, now });
}

/** Whether of this account's key anything was told since it was last taken, on whatever day. */
async function wasTold(tx: Tx, { tenantId, accountId, wellAt }: RefusedKey): Promise<boolean> {
  const told = await rowsOf(
    tx,
    sql`SELECT 1 FROM ai_alerts WHERE tenant_id = ${tenantId} AND kind IN ('key-refused', 'key-passed-over')
          AND starts_with(subject, ${`${accountId} `}) AND told_at > coalesce(${wellAt}::timestamptz, '-infinity') LIMIT 1`,
  );
  return told.length > 0;
}

/** Until this transaction ends others who ask the same wait; once it has, they are told no. */
async function isNews(tx: Tx, told: Told, now: Date): Promise<boolean> {
  const { aiAlerts } = schema;
  const written = await tx
    .insert(aiAlerts)
    .values({ ...told, toldAt: now })
    .onConflictDoNothing()
    .returning({ subject: aiAlerts.subject });
  return written.length > 0;
}

type Written = Pick<Notice, "kind" | "says" | "tenant"> & { page: string; now: Date };

async function write(
  { letters, publicUrl }: AlertDeps,
  tx: Tx,
  people: readonly string[],
  { page, now, ...notice }: Written,
): Promise<void> {
  const link = `${publicUrl()}/console/${page}`;
  const expiresAt = new Date(now.getTime() + letterLifeMs);
  for (const to of people) await letters.send(tx, { ...notice, to, link, expiresAt });
}

/** Their e-mail addresses. */
async function readAdmins(tx: Tx, tenantId: string): Promise<string[]> {
  return addressesOf(tx, sql`m.tenant_id = ${tenantId} AND m.role = 'admin'`);
}

async function readPerson(tx: Tx, tenantId: string, userId: string): Promise<string[]> {
  return addressesOf(tx, sql`m.tenant_id = ${tenantId} AND m.user_id = ${userId}`);
}

async function readOperators(tx: Tx): Promise<string[]> {
  return addressesOf(tx, sql`m.role = 'operator' AND t.kind = 'operations'`);
}

async function addressesOf(tx: Tx, who: ReturnType<typeof sql>): Promise<string[]> {
  const rows = await rowsOf<{ email: string }>(
    tx,
    sql`SELECT DISTINCT u.email FROM members m JOIN users u ON u.id = m.user_id JOIN tenants t ON t.id = m.tenant_id
        WHERE m.deactivated_at IS NULL AND t.suspended_at IS NULL AND ${who} ORDER BY u.email`,
  );
  return rows.map(({ email }) => email);
}

async function forgetBefore(tx: Tx, before: Date): Promise<void> {
  await tx.execute(sql`DELETE FROM ai_alerts WHERE told_at < ${before.toISOString()}`);
}
