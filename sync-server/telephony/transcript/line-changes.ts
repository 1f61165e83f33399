import { sql } from "drizzle-orm";
import type { Tx } from "../../database/index.ts";

/** Its payload is a call's id. */
export const lineChannel = "ringside_line";

/** Tells every node, when the transaction commits, that somebody came into these calls or left them. */
export async function announceLines(tx: Tx, callIds: readonly string[]): Promise<void> {
  if (callIds.length === 0) return;
  await tx.execute(
    sql`SELECT pg_notify(${lineChannel}, id) FROM unnest(${sql.param([...callIds])}::text[]) AS id`,
  );
}
