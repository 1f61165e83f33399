import { sql } from "drizzle-orm";
import type { FieldRule } from "../../../shared/entities/check-record.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { RowSet } from "../rows.ts";

const withFields: ReadonlySet<string> = new Set(["leads", "deals", "listings"]);

/** The tenant's own fields; none where no edit can name one. */
export async function readFieldRules(tx: Tx, tenantId: string, edits: readonly Edit[]): Promise<FieldRule[]> {
  if (!edits.some(({ collection }) => withFields.has(collection))) return [];
  const found = await rowsOf<{ doc: FieldRule }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND NOT deleted AND doc->>'kind' = 'field'`,
  );
  return found.map(({ doc }) => doc);
}

/** A field that was made or changed earlier in the same batch counts for what follows. */
export function rulesInForce(stored: readonly FieldRule[], rows: RowSet): readonly FieldRule[] {
  const changed = [...settingsOf(rows)].filter((doc) => doc.kind === "field");
  if (changed.length === 0) return stored;
  const isChanged = (rule: FieldRule) =>
    changed.some(({ collection, key }) => collection === rule.collection && key === rule.key);
  return [...stored.filter((rule) => !isChanged(rule)), ...changed];
}

function* settingsOf(rows: RowSet): Generator<FieldRule & { kind: unknown }> {
  for (const { collection, master } of rows.values()) {
    if (collection === "settings" && master && !master.deleted) {
      yield master.doc as unknown as FieldRule & { kind: unknown };
    }
  }
}
