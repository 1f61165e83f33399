import { sql, type SQL } from "drizzle-orm";

/**
 * ORDER BY of entries of one list that may be called: the higher priority, a time that was promised, whoever has waited
 * longest since they could be called. An index has this order (../../database/schema/outbound.ts).
 */
export function inTurn(entry: SQL): SQL {
  return sql`${entry}.priority DESC, (${entry}.because = 'asked') DESC, coalesce(${entry}.not_before, ${entry}.added_at), ${entry}.added_at, ${entry}.id`;
}
