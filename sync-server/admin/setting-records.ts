import { sql } from "drizzle-orm";
import type { z } from "zod";
import { Setting } from "../../shared/entities/setting.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import { countUses, sayInUse } from "../settings-in-use.ts";
import { saveRecords, type GivenRecord } from "../sync/index.ts";
import type { Call } from "./route.ts";

export type SettingDoc = Setting & Record<string, unknown>;
export type SettingFilter = { collection?: string; pipeline?: string };
type AnyCall = Call<unknown, unknown, unknown>;

/** In order. */
export async function readSettings(
  tx: Tx,
  tenantId: string,
  kind: string,
  filter: SettingFilter,
): Promise<SettingDoc[]> {
  const { collection = null, pipeline = null } = filter;
  const stored = await rowsOf<{ doc: SettingDoc }>(
    tx,
    sql`SELECT doc FROM settings
        WHERE tenant_id = ${tenantId} AND NOT deleted AND doc->>'kind' = ${kind}
          AND (${collection}::text IS NULL OR doc->>'collection' = ${collection})
          AND (${pipeline}::text IS NULL OR doc->>'pipeline' = ${pipeline})
        ORDER BY (doc->>'order')::float8, id`,
  );
  return stored.map(({ doc }) => doc);
}

/** Null where it does not stand. Locked until the transaction ends: whoever changes it too waits for this change. */
export async function lockSetting(
  { tx, identity: { tenantId } }: AnyCall,
  kind: string,
  id: string,
): Promise<SettingDoc | null> {
  const [row] = await rowsOf<{ doc: SettingDoc }>(
    tx,
    sql`SELECT doc FROM settings
        WHERE tenant_id = ${tenantId} AND id = ${id} AND NOT deleted AND doc->>'kind' = ${kind} FOR UPDATE`,
  );
  return row?.doc ?? null;
}

/** A setting as its own address answers it: without what every record has. */
export function withoutBase<S extends z.ZodObject>(doc: object, schema: S): z.output<S> {
  const fields = Object.entries(doc).filter(([field]) => field in schema.shape);
  return Object.fromEntries(fields) as z.output<S>;
}

/** @param key of a queue; empty = none is named */
export async function requireQueue(tx: Tx, tenantId: string, key: string): Promise<void> {
  if (key === "") return;
  const queues = await readSettings(tx, tenantId, "queue", {});
  if (!queues.some((queue) => queue["key"] === key && queue["archived"] === false))
    throw new Refused("bad-request", "There is no such queue.");
}

/** The body was checked alone; together with what stands it must be a setting that desks understand. */
export function checked(setting: Record<string, unknown>): SettingDoc {
  const stamp = {
    rev: 1,
    createdAt: "2000-01-01T00:00:00.000Z",
    updatedAt: "2000-01-01T00:00:00.000Z",
    kept: [],
  };
  const parsed = Setting.safeParse({ ...stamp, ...setting });
  if (!parsed.success) {
    const details = parsed.error.issues.map(({ path, message }) => ({ at: path.join("."), message }));
    throw new Refused("bad-request", "This does not fit together.", details);
  }
  if (parsed.data.kind === "field") requireOptions(parsed.data);
  if (parsed.data.kind === "queue" && parsed.data.overflowQueue === parsed.data.key)
    throw new Refused("bad-request", "A queue cannot send its callers on to itself.");
  // When it was made, and by how many writes it came to be, is the server's to say.
  const own = Object.entries(parsed.data).filter(([field]) => !(field in stamp) || field in setting);
  return Object.fromEntries(own) as SettingDoc;
}

function requireOptions({ type, options }: { type: string; options: string[] }): void {
  const isChoice = type === "select" || type === "multi-select";
  if (isChoice && options.length === 0)
    throw new Refused("bad-request", "A field to choose from needs options.");
  if (new Set(options).size !== options.length)
    throw new Refused("bad-request", "An option stands here twice.");
}

/** @param given whole, or of what stands the fields that change */
export async function putSettings(
  { tx, identity, now }: AnyCall,
  given: readonly GivenRecord[],
): Promise<void> {
  await saveRecords(tx, identity.tenantId, "settings", given, { by: identity.userId, now });
}

/** Records that use it would point at nothing; archiving hides it and keeps them. */
export async function requireUnused(tx: Tx, tenantId: string, doc: SettingDoc, noun: string): Promise<void> {
  const records = await countUses(tx, tenantId, doc);
  if (records > 0) throw new Refused("conflict", sayInUse(records, noun), { records });
}
