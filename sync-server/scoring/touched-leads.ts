import { sql } from "drizzle-orm";
import { z } from "zod";
import { countedTouches } from "../../shared/scoring/lead/history.ts";
import { rowsOf, type Tx } from "../database/index.ts";

/** What a score is reckoned from: a lead itself, and what passes between it and the organisation; of insights chats. */
const counted = ["leads", ...countedTouches] as const;
type Counted = (typeof counted)[number];

/** How far each of their feeds was read ([PULL-1]). */
const Position = z.object({ xid: z.string().regex(/^\d+$/u), seq: z.string().regex(/^\d+$/u) });
type Position = z.infer<typeof Position>;
export const Positions = z.partialRecord(z.enum(counted), Position);
export type Positions = z.infer<typeof Positions>;

const start: Position = { xid: "0", seq: "0" };

/**
 * Leads of which something was written after `positions`, and how far that is. What an open transaction writes is left
 * for the next time ([PULL-2]).
 * @param limit rows of each feed; `more`: one of them may have others behind these
 */
export async function readTouched(
  tx: Tx,
  tenantId: string,
  { positions, limit }: { positions: Positions; limit: number },
): Promise<{ leadIds: string[]; positions: Positions; more: boolean }> {
  const leadIds = new Set<string>();
  const reached: Positions = {};
  let more = false;
  for (const collection of counted) {
    const from = positions[collection] ?? start;
    const rows = await readFeed(tx, tenantId, { collection, from, limit });
    for (const { leadId } of rows) if (leadId !== null) leadIds.add(leadId);
    const { xid, seq } = rows.at(-1) ?? from;
    reached[collection] = { xid, seq };
    more ||= rows.length === limit;
  }
  return { leadIds: [...leadIds].toSorted(), positions: reached, more };
}

type Row = { leadId: string | null; xid: string; seq: string };

/** A position ahead of everything is another database's, from before a restore: it is read from its start. */
function readFeed(
  tx: Tx,
  tenantId: string,
  { collection, from, limit }: { collection: Counted; from: Position; limit: number },
): Promise<Row[]> {
  const lead = collection === "leads" ? sql`id` : sql`parent_id`;
  const which = collection === "insights" ? sql`AND doc->>'kind' = 'chat'` : sql``;
  const horizon = sql`pg_snapshot_xmin(pg_current_snapshot())`;
  return rowsOf<Row>(
    tx,
    // Their order is that of the columns: what is only called as they are is text, of which "10" comes before "9".
    sql`SELECT ${lead} AS "leadId", xid::text AS xid, seq::text AS seq FROM ${sql.identifier(collection)} AS feed
        WHERE tenant_id = ${tenantId} AND xid < ${horizon} ${which}
          AND (xid, seq) > (CASE WHEN ${from.xid}::xid8 > ${horizon} THEN '0' ELSE ${from.xid} END::xid8,
                            CASE WHEN ${from.xid}::xid8 > ${horizon} THEN 0 ELSE ${from.seq}::bigint END)
        ORDER BY feed.xid, feed.seq LIMIT ${limit}`,
  );
}
