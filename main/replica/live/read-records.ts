import type { CollectionName, RecordOf } from "../../../shared/entities/collections.ts";
import type { Reads } from "../replica.ts";

/** A row's record: RxDB's storage keeps the id beside the document, not in it. */
export const recordSql = "(doc || jsonb_build_object('id', id))";

/** Records by id; those that are deleted or unknown are left out. */
export async function readByIds<C extends CollectionName>(
  reads: Reads,
  collection: C,
  ids: readonly string[],
): Promise<Map<string, RecordOf<C>>> {
  if (ids.length === 0) return new Map();
  const rows = await reads.sql<{ doc: RecordOf<C> }>(
    `select ${recordSql} as doc from ${reads.table(collection)} where not deleted and id = any($1::text[])`,
    [[...ids]],
  );
  return new Map(rows.map(({ doc }) => [doc.id, doc]));
}
