import { sql, type SQL } from "drizzle-orm";
import type { Lead } from "../../shared/entities/lead.ts";
import { touchOf, type LeadHistory, type TouchRecord } from "../../shared/scoring/lead/history.ts";
import { rowsOf, type Tx } from "../database/index.ts";

export type KnownLead = LeadHistory & {
  id: string;
  score: number | null;
  /** When somebody set it to a stage that is won, or won a deal of it; ms since 1970, null = never. */
  wonAt: number | null;
};

type Row = { id: string; doc: Lead; wonAt: string | null };

/** Leads by their ids, or a page of all of them in the order of their ids. */
export type Which = { ids: readonly string[] } | { after: string; limit: number };

/**
 * Leads with all that passed between them and the tenant. When something was won is what the server noted as the writing
 * of its stage: nobody types that date.
 */
export async function readHistories(tx: Tx, tenantId: string, which: Which): Promise<KnownLead[]> {
  const [among, page] =
    "ids" in which
      ? [sql`lead.id = ANY(${sql.param(which.ids)}::text[])`, sql``]
      : [sql`lead.id > ${which.after}`, sql`LIMIT ${which.limit}`];
  const leads = await rowsOf<Row>(
    tx,
    sql`WITH won AS (
          SELECT doc->>'pipeline' AS pipeline, doc->>'key' AS key FROM settings
          WHERE tenant_id = ${tenantId} AND NOT deleted AND doc->>'kind' = 'stage' AND doc->>'outcome' = 'won')
        SELECT lead.id, lead.doc, least(
            CASE WHEN ('leads', lead.doc->>'stage') IN (SELECT pipeline, key FROM won)
              THEN ${writtenAt(sql`lead.touched`, "stage")} END,
            (SELECT min(${writtenAt(sql`deal.touched`, "stage")}) FROM deals AS deal
              WHERE deal.tenant_id = ${tenantId} AND deal.parent_id = lead.id AND NOT deal.deleted
                AND ('deals', deal.doc->>'stage') IN (SELECT pipeline, key FROM won))) AS "wonAt"
        FROM leads AS lead
        WHERE lead.tenant_id = ${tenantId} AND NOT lead.deleted AND ${among}
        ORDER BY lead.id ${page}`,
  );
  const touches = await readTouches(tx, tenantId, leads.map(({ id }) => id)); // prettier-ignore
  return leads.map(({ id, doc, wonAt }) => ({
    ...{ id, lead: doc, score: doc.score, wonAt: wonAt === null ? null : Date.parse(wonAt) },
    touches: (touches.get(id) ?? []).toSorted((a, b) => a.at - b.at),
  }));
}

/** When a field was last written: with the record itself where nobody has touched it since. */
function writtenAt(touched: SQL, field: string): SQL {
  return sql`coalesce(${touched}->${field}::text->>'at', ${touched}->'*'->>'at')`;
}

/** What comes of a touch is written by and by; of all these, the last. */
const settledAt = sql.join(
  ["status", "openedCount", "disposition", "sentiment"].map((field) => writtenAt(sql`touched`, field)),
  sql`, `,
);

async function readTouches(tx: Tx, tenantId: string, leadIds: readonly string[]) {
  const of = (collection: TouchRecord["collection"], which: SQL = sql``) =>
    sql`SELECT parent_id AS "leadId", greatest(${settledAt}) AS "settledAt", jsonb_build_object('collection', ${collection}::text,
            'startedAt', doc->'startedAt', 'answeredAt', doc->'answeredAt', 'endedAt', doc->'endedAt',
            'direction', doc->'direction', 'sentiment', doc->'sentiment', 'disposition', doc->'disposition',
            'at', doc->'at', 'status', doc->'status', 'openedCount', doc->'openedCount',
            'startAt', doc->'startAt', 'outcome', doc->'outcome') AS record
        FROM ${sql.identifier(collection)}
        WHERE tenant_id = ${tenantId} AND NOT deleted
          AND parent_id = ANY(${sql.param(leadIds)}::text[]) ${which}`;
  const chats = of("insights", sql`AND doc->>'kind' = 'chat'`);
  const rows = await rowsOf<{ leadId: string; settledAt: string | null; record: TouchRecord }>(
    tx,
    sql.join([of("calls"), of("messages"), of("appointments"), chats], sql` UNION ALL `),
  );
  const found = rows.flatMap(({ leadId, settledAt: settled, record }) => {
    const touch = touchOf(record);
    if (touch === null) return [];
    return [{ leadId, touch: settled === null ? touch : { ...touch, settledAt: Date.parse(settled) } }];
  });
  const byLead = Map.groupBy(found, ({ leadId }) => leadId);
  return new Map(Array.from(byLead, ([id, all]) => [id, all.map(({ touch }) => touch)]));
}
