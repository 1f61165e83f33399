import { sql } from "drizzle-orm";
import type { FieldRule } from "../../../shared/entities/check-record.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { Row } from "../rows.ts";

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
export function rulesInForce(stored: readonly FieldRule[], settings: readonly Row[]): readonly FieldRule[] {
  const changed = settings.flatMap(({ master }) =>
    master && !master.deleted ? fieldRuleIn(master.doc) : [],
  );
  if (changed.length === 0) return stored;
  const isChanged = (rule: FieldRule) =>
    changed.some(({ collection, key }) => collection === rule.collection && key === rule.key);
  return [...stored.filter((rule) => !isChanged(rule)), ...changed];
}

function fieldRuleIn(doc: Readonly<Record<string, unknown>>): FieldRule[] {
  return doc["kind"] === "field" ? [doc as unknown as FieldRule] : [];
}
