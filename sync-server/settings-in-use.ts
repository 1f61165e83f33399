import { sql, type SQL } from "drizzle-orm";
import { rowsOf, type Tx } from "./database/index.ts";

type Setting = Readonly<Record<string, unknown>>;

/**
 * How many point at a setting: records, numbers, callers in a queue, people who wait in a call list. Without it they
 * would point at nothing, so it cannot be removed, by whichever way.
 */
export async function countUses(tx: Tx, tenantId: string, setting: Setting): Promise<number> {
  const uses = usesOf(tenantId, setting);
  if (uses === null) return 0;
  const [row] = await rowsOf<{ n: number }>(tx, sql`SELECT (${uses})::int AS n`);
  return row?.n ?? 0;
}

export function sayInUse(uses: number, noun: string): string {
  return `${uses === 1 ? "1 record uses" : `${uses} records use`} this ${noun}. Archive it instead.`;
}

/** Who is done with in a list that goes would count in another one of its key. */
export async function forgetUses(tx: Tx, tenantId: string, { kind, key }: Setting): Promise<void> {
  if (kind !== "call-list") return;
  await tx.execute(
    sql`DELETE FROM call_list_entries
        WHERE tenant_id = ${tenantId} AND list_key = ${String(key)} AND state = 'done'`,
  );
}

/** Null where nothing can; a reason for a break is in no record. */
function usesOf(tenantId: string, setting: Setting): SQL | null {
  const key = String(setting["key"]);
  switch (setting["kind"]) {
    case "field":
      return countIn(String(setting["collection"]), tenantId, sql`jsonb_exists(doc->'custom', ${key})`);
    case "stage":
      return countIn(String(setting["pipeline"]), tenantId, sql`doc->>'stage' = ${key}`);
    case "disposition":
      return countIn("calls", tenantId, sql`doc->>'disposition' = ${key}`);
    case "queue":
      return sql`(SELECT count(*) FROM telephony_numbers WHERE tenant_id = ${tenantId} AND queue = ${key})
        + (SELECT count(*) FROM line_calls
           WHERE tenant_id = ${tenantId} AND queue = ${key} AND over_at IS NULL)
        + (SELECT count(*) FROM settings WHERE tenant_id = ${tenantId} AND NOT deleted
           AND (doc->>'overflowQueue' = ${key} OR doc->>'defaultQueue' = ${key}))`;
    case "call-list":
      return sql`SELECT count(*) FROM call_list_entries
        WHERE tenant_id = ${tenantId} AND list_key = ${key} AND state <> 'done'`;
    default:
      return null;
  }
}

function countIn(table: string, tenantId: string, which: SQL): SQL {
  return sql`SELECT count(*) FROM ${sql.identifier(table)}
             WHERE tenant_id = ${tenantId} AND NOT deleted AND ${which}`;
}
