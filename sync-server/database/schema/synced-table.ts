import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Touch } from "../../../shared/sync/apply-edit.ts";
import type { Doc } from "../../../shared/sync/fields.ts";

/** A transaction id of 64 bits: never wraps, so it orders the whole life of a database. As decimal text here. */
export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });

/**
 * The table of one synced collection. `xid` and `seq` are stamped by a trigger ([PULL-1]); migrations make the
 * trigger, row-level security and grants with `SELECT ringside_sync('<table>')`.
 */
export function syncedTable<N extends CollectionName>(name: N) {
  return pgTable(
    name,
    {
      tenantId: text("tenant_id").notNull(),
      id: text("id").notNull(),
      /** The record as it goes over the wire. */
      doc: jsonb("doc").$type<Doc>().notNull(),
      rev: integer("rev").notNull(),
      deleted: boolean("deleted").notNull().default(false),
      audience: text("audience").array().notNull(),
      former: text("former")
        .array()
        .notNull()
        .default(sql`'{}'`),
      touched: jsonb("touched").$type<Record<string, Touch>>().notNull(),
      /** The record whose audience this one shares: its lead, or what a line of history is about. */
      parentId: text("parent_id"),
      xid: xid8("xid")
        .notNull()
        .default(sql`'0'`),
      seq: bigint("seq", { mode: "bigint" })
        .notNull()
        .default(sql`0`),
    },
    (table) => [
      primaryKey({ columns: [table.tenantId, table.id] }),
      index(`${name}_feed`).on(table.tenantId, table.xid, table.seq),
      index(`${name}_parent`)
        .on(table.tenantId, table.parentId)
        .where(sql`${table.parentId} IS NOT NULL`),
    ],
  );
}
