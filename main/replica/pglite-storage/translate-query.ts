import type { FilledMangoQuery } from "rxdb";
import { getPrimaryFieldOfPrimaryKey } from "rxdb";
import { fieldAt, type SchemaLike } from "./fields.ts";
import type { Wire } from "./statements.ts";
import { translateSelector } from "./translate-selector.ts";

export type SqlQuery = {
  /** Condition, with its values in `params`. */
  where: string;
  params: Wire[];
  /** ORDER BY list; null where only RxDB's comparator knows the order. */
  orderBy: string | null;
  /** False: the condition lets too much through, and RxDB's matcher decides. */
  exact: boolean;
};

/** A Mango query as SQL, with what remains for RxDB's own matcher and comparator. */
export function translateQuery<RxDocType>(schema: SchemaLike, query: FilledMangoQuery<RxDocType>): SqlQuery {
  const params: Wire[] = [];
  const { sql, exact } = translateSelector(schema, query.selector, params);
  return { where: sql, params, exact, orderBy: translateSort(schema, query) };
}

function translateSort<RxDocType>(schema: SchemaLike, query: FilledMangoQuery<RxDocType>): string | null {
  const primary: string = getPrimaryFieldOfPrimaryKey(schema.primaryKey as never);
  const parts: string[] = [];
  for (const part of query.sort) {
    const [path = "", direction] = Object.entries(part)[0] ?? [];
    if (isPinned(query.selector, path)) continue;
    const field = fieldAt(schema, path);
    if (field.kind !== "scalar" || !field.sortable) return null;
    parts.push(`${field.sql} ${direction === "desc" ? "DESC NULLS LAST" : "ASC NULLS FIRST"}`);
    // Nothing is equal beyond the primary key.
    if (path === primary) return parts.join(", ");
  }
  return [...parts, "id"].join(", ");
}

/** A field that equals one value everywhere orders nothing, and would hide the index that does. */
function isPinned(selector: unknown, path: string): boolean {
  const matcher = (selector as Record<string, unknown>)[path];
  if (matcher === null || typeof matcher !== "object" || !("$eq" in matcher)) return false;
  return ["string", "number", "boolean"].includes(typeof matcher.$eq);
}
