import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Bot } from "../../shared/bot/bot.ts";
import { schemas } from "../../shared/entities/collections.ts";
import { Setting } from "../../shared/entities/setting.ts";
import { inSystem, rowsOf, type Database, type Tx } from "../../sync-server/database/index.ts";
import type { JsonSchema } from "./arbitrary-of.ts";
import { sampleOf } from "./operations.ts";
import { insertOf, late, readColumns, type Column } from "./sample-rows.ts";

/**
 * What everything of the victim is called: a call, its lead, a model, a limit, an import … each in its own table, so
 * that one request with this id tries them all.
 */
export const theirs = "victim-1";
/** What belongs to one person of theirs. */
const ofOne = `${theirs}-own`;
const number = "+13125550147";
export const recording = `${theirs}-1`;
const ofSomething = /^(?:id|key|chat|call|number)$|(?:Id|Ids|Key|Number)$/u;
/** What is called by something else than the others are. */
const calledAs: Readonly<Record<string, (id: string) => string>> = {
  number: () => number,
  playbookId: publishedPlaybook,
};
/** What is refused unless it looks like one. */
const texts: readonly [RegExp, string][] = [
  [/email$/iu, "somebody@example.com"],
  [/^issuer$|url$/iu, "https://example.com"],
  [/^(?:name|label)$/u, "A name"],
];

/** Stands in every document of theirs: no answer to anybody else holds it. */
export const secretWords = "said to the victim alone";

/** Puts a row into every table that there is, besides what stands in it: a table that is new is among them. */
export async function fillTenant(db: Database, tenantId: string, adminId: string): Promise<void> {
  const byTable = Map.groupBy(await readColumns(db), ({ table }) => table);
  const users = byTable.get("users") ?? [];
  await changeUnchecked(db, async (tx) => {
    await tx.execute(insertOf(users, tenantId, theirs, { email: sql`${`${theirs}@victim.example`}` }));
    for (const table of await tablesOf(tx)) {
      const columns = byTable.get(table) ?? [];
      for (const own of ownOf(table, columns, adminId))
        await tx.execute(insertOf(columns, tenantId, theirs, own));
    }
  });
}

/** What rows of a table say besides what any row must. */
function ownOf(table: string, columns: readonly Column[], adminId: string): Record<string, SQL>[] {
  const documents = documentsOf(table);
  if (documents) return documents.map((doc) => recordOf(doc));
  const said = Object.fromEntries(
    columns
      .filter(({ type, filled }) => type === "jsonb" && !filled)
      .map(({ column }) => [column, asJson({ words: secretWords })]),
  );
  const numbered = columns.some(({ column, type }) => column === "number" && type === "text")
    ? { number: sql`${number}` }
    : {};
  const own = { ...said, ...numbered, ...special[table] };
  const rows = personal[table]?.(sql`${adminId}`) ?? [{}];
  return rows.map((row) => ({ ...own, ...row }));
}

function asJson(value: object): SQL {
  return sql`${JSON.stringify(value)}::jsonb`;
}

/** Done, given up, or of now: nothing that the server would work on by itself while it is being asked. */
const special: Readonly<Record<string, Record<string, SQL>>> = {
  members: { role: sql`'agent'` },
  ai_own_models: { allowed: sql`true` },
  jobs: { failed_at: sql`now()` },
  presence: { seen_at: sql`${late}` },
  webhook_inbox: { done_at: sql`now()` },
  line_calls: { over_at: sql`now()` },
  bots: {
    config: asJson({
      name: "Bot",
      opening: secretWords,
      purposes: ["answers"],
      knows: [],
      teamId: null,
      people: "always",
      origins: [],
      mostAnswers: 9,
      mostChatsADay: 9,
      on: true,
    } satisfies Bot),
  },
  call_events: { event: asJson({ type: "recording-ready", recording, words: secretWords }) },
};

const organisationsAndOwn = (me: SQL) => [{}, { id: sql`${ofOne}`, user_id: me }];

/** What may be somebody's own is the admin's, who asks for it. */
const personal: Readonly<Record<string, (me: SQL) => Record<string, SQL>[]>> = {
  ai_accounts: organisationsAndOwn,
  ai_models: organisationsAndOwn,
  ai_requests: (me) => [{ user_id: me }],
};

function recordOf(doc: Record<string, unknown>): Record<string, SQL> {
  return {
    id: sql`${String(doc["id"])}`,
    doc: asJson(doc),
    rev: sql`1`,
    audience: sql`'{tenant,all}'`,
    touched: sql`'{}'`,
  };
}

/** Records as their schemas want them, of settings one of each kind; null for a table that is not synced. */
function documentsOf(table: string): Record<string, unknown>[] | null {
  if (!Object.hasOwn(schemas, table)) return null;
  if (table === "settings") return Setting.options.map(settingOf).flatMap(withPublished);
  const record = documentOf(schemas[table as keyof typeof schemas], theirs);
  // What was said to a visitor is a record under a name of its own.
  return table === "insights" ? [record, { ...record, id: `chat:${theirs}` }] : [record];
}

function settingOf(option: (typeof Setting.options)[number]): Record<string, unknown> {
  const [kind] = option.shape.kind.values;
  return { ...documentOf(option, `${kind}:${theirs}`), kind, key: theirs };
}

function documentOf(entity: z.ZodType, id: string): Record<string, unknown> {
  const described = z.toJSONSchema(entity, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const document = withIds(sampleOf(described, 1), theirs) as Record<string, unknown>;
  return { ...document, id, words: secretWords };
}

/** A playbook is worked at as a draft, and desks go by one that is out. */
function withPublished(setting: Record<string, unknown>): Record<string, unknown>[] {
  if (setting["kind"] !== "playbook") return [setting];
  return [setting, { ...setting, id: publishedPlaybook(theirs), version: 1, state: "live" }];
}

function publishedPlaybook(key: string): string {
  return `playbook:${key}:1`;
}

/** Whether a parameter, or a property, of this name holds what something is called. */
export function namesSomethingCalled(name: string): boolean {
  return ofSomething.test(name);
}

/** The same, with everything in it that names something called `id`, and only text that can be kept. */
export function withIds(value: unknown, id: string): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map((one) => withIds(one, id));
  if (value === null || typeof value !== "object") return value;
  const named = (name: string, inner: unknown) => {
    if (namesSomethingCalled(name)) return renamed(inner, calledAs[name]?.(id) ?? id);
    const believable = typeof inner === "string" && texts.find(([names]) => names.test(name));
    return believable ? believable[1] : withIds(inner, id);
  };
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [storable(name), named(name, inner)]),
  );
}

function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}

function renamed(value: unknown, id: string): unknown {
  if (Array.isArray(value)) return [id];
  return value === null || typeof value === "string" ? id : value;
}

/** What something of theirs may be asked for by, at an address: everything that they have is called one of these. */
export function idsAt(path: string): string[] {
  const kinds = Setting.options.flatMap(({ shape }) => [...shape.kind.values]);
  const settings = kinds.filter((kind) => path.includes(`/${kind}`)).map((kind) => `${kind}:${theirs}`);
  return [theirs, ...settings, ofOne, recording, number, late];
}

/** What is named in a body there: of somebody's own, what is theirs alone. */
export function calledAt(path: string): string {
  return path.includes("/own/") ? ofOne : theirs;
}

export async function readRows(
  db: Database,
  tenantId: string,
): Promise<Record<string, Record<string, unknown>[]>> {
  return inSystem(db, async (tx) => {
    const tables: Record<string, Record<string, unknown>[]> = {};
    for (const name of await tablesOf(tx)) {
      const rows = await rowsOf<{ row: Record<string, unknown> }>(
        tx,
        sql`SELECT to_jsonb(t) AS row FROM ${sql.identifier(name)} t WHERE tenant_id = ${tenantId} ORDER BY to_jsonb(t)::text`,
      );
      tables[name] = rows.map(({ row }) => row);
    }
    return tables;
  });
}

/**
 * Remembers the rows of some tenants.
 * @returns what makes them so again
 */
export async function keepRows(db: Database, tenantIds: readonly string[]): Promise<() => Promise<void>> {
  const tables = await inSystem(db, tablesOf);
  const owners = sql.param([...tenantIds]);
  await changeUnchecked(db, async (tx) => {
    await tx.execute(sql`CREATE SCHEMA kept`);
    for (const table of tables) {
      const name = sql.identifier(table);
      await tx.execute(
        sql`CREATE TABLE kept.${name} AS SELECT * FROM ${name} WHERE tenant_id = ANY(${owners}::text[])`,
      );
    }
  });
  const names = `{${tables.join(",")}}`;
  const among = tenantIds.map((id) => `'${id}'`).join(", ");
  return () =>
    changeUnchecked(db, async (tx) => {
      await tx.execute(
        sql.raw(`DO $$ DECLARE name text; BEGIN FOREACH name IN ARRAY '${names}'::text[] LOOP
          EXECUTE format('DELETE FROM %I WHERE tenant_id IN (${among.replaceAll("'", "''")})', name);
          EXECUTE format('INSERT INTO %I OVERRIDING SYSTEM VALUE SELECT * FROM kept.%I', name, name);
        END LOOP; END $$`),
      );
    });
}

function tablesOf(tx: Tx): Promise<string[]> {
  return rowsOf<{ name: string }>(
    tx,
    sql`SELECT table_name::text AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1`,
  ).then((named) => named.map(({ name }) => name));
}

/** As the owner of the database, who may do anything, and without what a table would do by itself. */
function changeUnchecked(db: Database, work: (tx: Tx) => Promise<void>): Promise<void> {
  return inSystem(db, async (tx) => {
    await tx.execute(sql`RESET ROLE`);
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await work(tx);
  });
}
